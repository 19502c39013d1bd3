"""Codes from E540 on of the family E5: windows of time."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo
from pdel.diagnostics.codes.e5_methods import READINGS, ROD, SENSORS

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E540",
        title="Windows of time in a problem without time",
        explanation="`march windows` cuts the interval of `time` into parts. A problem without `time` has none.",
        bad="""\
problem plate
space x in [0, 1]
field u(x)
equation balance: u_xx = -1
boundary ends: u = 0 on boundary
march windows
""",
        good="""\
problem plate
space x in [0, 1]
field u(x)
equation balance: u_xx = -1
boundary ends: u = 0 on boundary
""",
    ),
    CodeInfo(
        code="E541",
        title="Windows of time that begin from a condition in the loss",
        explanation=(
            "A window begins where the one before has ended, exactly. The first one has to begin so as well, and an\n"
            "initial condition in the loss holds about. `pdel plan` tells why a condition is in the loss."
        ),
        bad=ROD + "march windows\nenforce profile: softly\n",
        good=ROD + "march windows\n",
    ),
    CodeInfo(
        code="E542",
        title="Windows of time beside a condition on a part of time",
        explanation=(
            "The points of conditions are drawn for all times and moved into the window in training, so that `where`\n"
            "cannot select times. A value in pieces, `if(t < 1, …, …)`, can."
        ),
        bad=ROD.replace("on x = 0, x = 1\n", "on x = 0\nboundary right: u_x = 0  on x = 1 where t > 0.5\n")
        + "march windows\n",
        good=ROD.replace("on x = 0, x = 1\n", "on x = 0\nboundary right: u_x = 0  on x = 1\n") + "march windows\n",
    ),
    CodeInfo(
        code="E543",
        title="Windows of time and what is inferred or observed",
        explanation=(
            "Windows are trained one after the other, and each is frozen when it is done. An unknown has one value\n"
            "for all of time, and data lie in all of it: they need one network for all of time."
        ),
        bad=ROD + SENSORS + "march windows\n",
        good=ROD + SENSORS + "march whole\n",
        files=READINGS,
    ),
    CodeInfo(
        code="E544",
        title="Windows of time for an equation of high order in time",
        explanation=(
            "Through a joint go the fields and their derivatives in time below the order of the equations. The joint\n"
            "is written out up to second order. With a field for a derivative, `v = u_t`, the order is lower."
        ),
        bad="""\
problem jerk
time t in [0, 1]
field u(t)
equation motion: u_ttt = -u
initial start: u = 1, u_t = 0, u_tt = 0
march windows
""",
        good="""\
problem jerk
time t in [0, 1]
field (u, v)(t)
equation motion: v_tt = -u
equation speed: u_t = v
initial start: u = 1, v = 0, v_t = 0
march windows
""",
    ),
)
