"""Codes from E314 on of the family E3: what the kinds of statements need."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E314",
        title="A relation without a field",
        explanation=(
            "Equations and conditions say something about the fields, in every component. A relation of known\n"
            "quantities only has nothing to solve for."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: x^2 = 1
boundary ends: u = 0 on x = 0, x = 1
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
        code="E315",
        title="An empty interval",
        explanation=("Intervals run from a lower to a higher number, and indices from 1 upwards."),
        bad="""\
problem rod
space x in [1, 0]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
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
        code="E316",
        title="Two conditions for one thing at one place",
        explanation=(
            "Two conditions have the same left side on the same piece of the boundary, or both at the start\n"
            "of time. They either say the same or contradict each other. Keep one, or narrow them with\n"
            "`where` or `except`. Conditions that are narrowed by `where` clash if both hold at one of many\n"
            "points of the piece."
        ),
        bad="""\
problem rod
space x in [0, 1], y in [0, 1]
field u(x, y)
equation balance: laplacian(u) = 1
boundary walls: u = 0 on boundary
boundary lid: u = 1 on y = 1
""",
        good="""\
problem rod
space x in [0, 1], y in [0, 1]
field u(x, y)
equation balance: laplacian(u) = 1
boundary walls: u = 0 on boundary except y = 1
boundary lid: u = 1 on y = 1
""",
    ),
    CodeInfo(
        code="E317",
        title="The normal away from the boundary",
        explanation=(
            "`normal`, `tangent` and `dn` belong to the boundary: they stand in `boundary` statements and in\n"
            "integrals over the boundary. The normal is not known beside the boundary, so that it cannot be\n"
            "differentiated."
        ),
        bad="""\
problem rod
space x in [0, 1], y in [0, 1]
field u(x, y)
equation balance: dn(u) = 1
boundary walls: u = 0 on boundary
""",
        good="""\
problem rod
space x in [0, 1], y in [0, 1]
field u(x, y)
equation balance: laplacian(u) = 1
boundary walls: dn(u) + u = 0 on boundary
""",
    ),
    CodeInfo(
        code="E318",
        title="A form that is not built yet",
        explanation=(
            "The form belongs to the language, and this version of pdel cannot compile it. It is refused so\n"
            "that nothing that was asked for is left out in silence."
        ),
        bad="""\
problem rod
space polar (r, theta) in rectangle((1, 0), (2, 3))
field u(r, theta)
equation balance: u_rr = 1
boundary ends: u = 0 on r = 1
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
        code="E319",
        title="A left side that is not a field, or a shape of another dimension",
        explanation=(
            "`exact` and `manufacture` give a field or a named vector by its name, one relation for each. The\n"
            "shape after `in` of an equation has as many coordinates as space."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
exact u + 1 = x*(x - 1) + 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
exact u = x*(x - 1)
""",
    ),
    CodeInfo(
        code="E320",
        title="An expression that becomes too large",
        explanation=(
            "Names for expressions and functions are replaced by what they stand for. The result may have a\n"
            "limited number of parts and levels, so that compiling ends and the module can be read. Exponents\n"
            "are limited as well."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = x^5000
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = x^5
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E321",
        title="A quantity that is not a number",
        explanation=(
            "A quantity is one number for each run: made of integrals, values at points and constants. A\n"
            "field or a coordinate that stands outside of them varies over the region."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
quantity middle = 2*u
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
quantity middle = 2*u(0.5)
""",
    ),
    CodeInfo(
        code="E322",
        title="A condition without its coordinate",
        explanation=("`initial` needs a `time`, `boundary` needs a `space`."),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
initial start: u = 0
""",
        good="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation balance: u_t = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x)
""",
    ),
    CodeInfo(
        code="E323",
        title="A point that is not one of the problem",
        explanation=(
            "The point after `at` gives a value for each coordinate of space (the constraint then holds at\n"
            "all times), or for each coordinate of space and time. It lies in the region."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
constraint left: u = 0 at (0, 1)
constraint right: u = 0 at (1)
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
constraint left: u = 0 at (0)
constraint right: u = 0 at (1)
""",
    ),
)
