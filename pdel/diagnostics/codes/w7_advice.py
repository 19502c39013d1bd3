"""Codes of the family W7: advice, as warnings."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="W701",
        title="More boundary conditions than the order needs",
        explanation=(
            "An equation of order m along a coordinate determines its field by m conditions over both ends.\n"
            "Further ones are satisfied only if they follow from the others; otherwise training settles on a\n"
            "compromise."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
boundary slope: u_x = 0 on x = 0
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary left: u = 0 on x = 0
boundary right: u_x = 0 on x = 1
""",
    ),
    CodeInfo(
        code="W702",
        title="Perhaps too few boundary conditions",
        explanation=(
            "Counted by the order of the equation, boundary conditions are missing. That may be right where a\n"
            "coefficient vanishes on the boundary, where the flow leaves the region, or in a system whose other\n"
            "equations supply what is missing; otherwise the solution is not determined."
        ),
        bad="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation transport: u_t + u_x = 0
initial start: u = exp(-x^2)
""",
        good="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation transport: u_t + u_x = 0
boundary inflow: u = exp(-t^2) on x = 0
initial start: u = exp(-x^2)
""",
    ),
    CodeInfo(
        code="W703",
        title="A field determined up to a constant",
        explanation=(
            "Only derivatives of the field occur in the equations and conditions, as with the pressure of an\n"
            "incompressible flow between walls: if p solves the problem, so does p + c. A constraint at one point\n"
            "fixes c, and makes errors against a reference mean something."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = cos(pi*x)
boundary ends: u_x = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = cos(pi*x)
boundary ends: u_x = 0 on x = 0, x = 1
constraint level: u = 0 at (0)
""",
    ),
    CodeInfo(
        code="W704",
        title="Initial and boundary values that disagree",
        explanation=(
            "At the start of time the boundary condition and the initial condition hold at the same points. Where\n"
            "they disagree, no continuous solution exists, and a network cannot learn a jump. In parabolic problems\n"
            "with one coordinate of space, where the value of a field that spreads by linear diffusion is stated at\n"
            "an end, what the jump makes of it is a part of the ansatz in closed form, and both conditions hold.\n"
            "Elsewhere the network has to learn the jump."
        ),
        bad="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = 1
""",
        good="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = x*(1 - x)
""",
    ),
    CodeInfo(
        code="W705",
        title="Boundary values that disagree at a corner",
        explanation=(
            "Two boundary conditions give one field two values at a corner where their faces meet, as the lid of\n"
            "a driven cavity does. Neither can then be built into the ansatz, and the solution has a jump there. In a\n"
            "steady problem the network is given the direction from that corner, and the equations count little\n"
            "beside it."
        ),
        bad="""\
problem plate
space x in [0, 1], y in [0, 1]
field u(x, y)
equation balance: laplacian(u) = 0
boundary hot: u = 1 on y = 1
boundary cold: u = 0 on x = 0, x = 1, y = 0
""",
        good="""\
problem plate
space x in [0, 1], y in [0, 1]
field u(x, y)
equation balance: laplacian(u) = 0
boundary hot: u = sin(pi*x) on y = 1
boundary cold: u = 0 on x = 0, x = 1, y = 0
""",
    ),
    CodeInfo(
        code="W706",
        title="A name that is never used",
        explanation=(
            "A constant, a `let`, a function, a shape or a part is declared and no other statement mentions it.\n"
            "Often a number still stands where the name was meant."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
constant load = 2
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
constant load = 2
equation balance: u_xx = load
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="W707",
        title="A coefficient far from unit scale",
        explanation=(
            "Networks learn best what is of order 1. A derivative whose coefficient is beyond 1e4 or below 1e-6\n"
            "dominates the loss or does not count in it; in scaled coordinates and fields it becomes a moderate\n"
            "number."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: 1e7*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: 10*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="W708",
        title="A coordinate far from unit scale",
        explanation=(
            "Derivatives along a coordinate scale with powers of its length. Where the interval is longer than\n"
            "1000 or shorter than 0.001, measure the coordinate in another unit."
        ),
        bad="""\
problem rod
space x in [0, 5000]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 5000
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="W709",
        title="More equations than fields",
        explanation=(
            "Equations beyond the number of fields are allowed, and sometimes help training, but only where they\n"
            "follow from the others. If they contradict one another no field satisfies them."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
equation slope: u_xxx = 0
boundary left: u = 0 on x = 0, x = 1
boundary bend: u_xx = 1 on x = 0
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="W710",
        title="A quasi-Newton method in single precision",
        explanation=(
            "L-BFGS and Broyden's method build the curvature of the loss from differences of gradients. In single\n"
            "precision these drown in rounding errors at a loss of about 1e-7, and the method stops early."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
train lbfgs(steps = 500)
precision float32
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
train lbfgs(steps = 500)
precision float64
""",
    ),
    CodeInfo(
        code="W711",
        title="An equation that runs backward in time",
        explanation=(
            "The sign of the highest derivative is that of diffusion run backward: perturbations grow without\n"
            "bound, the shortest ones fastest, so that the solution does not depend continuously on the initial\n"
            "values."
        ),
        bad="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t + u_xx = 0
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x)
""",
        good="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t - u_xx = 0
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x)
""",
    ),
    CodeInfo(
        code="W712",
        title="An initial value that is not periodic",
        explanation=(
            "Along a periodic coordinate every field has the same value at both ends, exactly. An initial value\n"
            "that jumps between them cannot be represented."
        ),
        bad="""\
problem ring
space x in [0, 1] periodic
time t in [0, 1]
field u(x, t)
equation transport: u_t + u_x = 0
initial start: u = x
""",
        good="""\
problem ring
space x in [0, 1] periodic
time t in [0, 1]
field u(x, t)
equation transport: u_t + u_x = 0
initial start: u = sin(2*pi*x)
""",
    ),
    CodeInfo(
        code="W713",
        title="Not finite on the boundary",
        explanation=(
            "Inside the region the expression has a value, on its boundary it has none, like 1/r at the axis.\n"
            "Points are drawn inside, but sample methods with points on the boundary (`grid`) and points close to\n"
            "it meet very large numbers."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx + u_x/x = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: x*u_xx + u_x = x
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="W714",
        title="An initial condition more than the equations need",
        explanation=(
            "The order of the equations in time says how many values a field takes at the start: one for first\n"
            "order, two for second order. What goes beyond is determined by the equation itself, and contradicts\n"
            "it unless chosen with care."
        ),
        bad="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x), u_t = 0
""",
        good="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x)
""",
    ),
    CodeInfo(
        code="W715",
        title="Exact solution with few digits",
        explanation=(
            "The exact solution satisfies the statement to a few digits only, as rounded numbers in it do. Errors\n"
            "of a trained network below that are then errors of the closed form."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx + u = 0
boundary left: u = 0 on x = 0
boundary right: u = 0.8415 on x = 1
exact u = sin(x)
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx + u = 0
boundary left: u = 0 on x = 0
boundary right: u = sin(1) on x = 1
exact u = sin(x)
""",
    ),
)
