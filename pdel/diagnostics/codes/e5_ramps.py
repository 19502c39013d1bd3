"""Codes from E550 on of the family E5: constants that change during training, weights at points."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

ROD = """\
problem rod

space x in [0, 1]
time t in [0, 1]
field u(x, t)
constant alpha = 0.1
equation conduction: u_t = alpha*u_xx
boundary ends: u = 0  on x = 0, x = 1
initial profile: u = sin(pi*x)

"""

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E550",
        title="A ramp of a constant that cannot change",
        explanation=(
            "A ramp changes a constant of equations and of conditions in the loss. Other constants, bounds of the\n"
            "region and the forms of conditions that hold exactly are settled before training, and a constant that\n"
            "the loss does not contain changes nothing."
        ),
        bad=ROD.replace("= alpha*u_xx", "= beta*u_xx").replace("equation", "constant beta = 2*alpha\nequation")
        + "ramp alpha: geometric(from = 1)\n",
        good=ROD + "ramp alpha: geometric(from = 1)\n",
    ),
    CodeInfo(
        code="E551",
        title="A geometric ramp through zero",
        explanation=(
            "`geometric` multiplies by equal factors from `from` to the constant's own value: both have the same\n"
            "sign, and neither is 0. There is no default for `from`. `linear` may begin at 0 and change signs."
        ),
        bad=ROD + "ramp alpha: geometric\n",
        good=ROD + "ramp alpha: linear\n",
    ),
    CodeInfo(
        code="E552",
        title="A ramp that outlasts training",
        explanation="A constant has its own value behind the ramp only. What is trained before is another problem.",
        bad=ROD + "ramp alpha: geometric(from = 1, steps = 500)\ntrain broyden(steps = 400)\n",
        good=ROD + "ramp alpha: geometric(from = 1, steps = 500)\ntrain broyden(steps = 4000)\n",
    ),
    CodeInfo(
        code="E553",
        title="A ramp and windows of time",
        explanation=(
            "Windows are trained one after the other, each on the problem itself. A ramp would have to begin anew in\n"
            "each of them, behind windows that have reached its end."
        ),
        bad=ROD + "ramp alpha: geometric(from = 1)\nmarch windows\n",
        good=ROD + "march windows\n",
    ),
    CodeInfo(
        code="E554",
        title="Attention that cannot be given",
        explanation=(
            "`weigh NAME: attention` gives the residual of an equation a weight at every point of the interior. The\n"
            "weights of all equations follow one rule, so that several statements have the same options. Conditions\n"
            "and data have weights that are numbers, and `prune` sets those of equations by itself."
        ),
        bad=ROD + "enforce ends: softly\nweigh ends: attention\n",
        good=ROD + "enforce ends: softly\nweigh ends: 20\nweigh conduction: attention\n",
    ),
)
