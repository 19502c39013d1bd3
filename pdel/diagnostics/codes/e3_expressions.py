"""Codes E301 to E313 of the family E3: kinds, shapes and arguments inside expressions."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E301",
        title="A name of the wrong kind",
        explanation=(
            "The name is declared, but as something that cannot stand here: a shape in an expression, a field\n"
            "as an argument of a field, a constant that is called like a function. Only functions are called;\n"
            "a product needs `*`."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
constant a = 2
equation balance: a(x + 1)*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
constant a = 2
equation balance: a*(x + 1)*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E302",
        title="Shapes that do not fit together",
        explanation=(
            "The terms of a sum, and the two sides of a relation, have one shape: all scalars, all vectors of\n"
            "one length, or all matrices of one size. The literal 0 equals the zero of any shape. Products of\n"
            "vectors are written with `dot`, `inner`, `outer` or `cross`, which say what is meant."
        ),
        bad="""\
problem rod
space x in [0, 1], y in [0, 1]
field vel = (u, v)(x, y)
equation balance: laplacian(vel) = 1
boundary walls: vel = 0 on boundary
""",
        good="""\
problem rod
space x in [0, 1], y in [0, 1]
field vel = (u, v)(x, y)
equation balance: laplacian(vel) = (1, 0)
boundary walls: vel = 0 on boundary
""",
    ),
    CodeInfo(
        code="E303",
        title="An argument of the wrong shape",
        explanation=(
            "Operators and functions take arguments of certain shapes: `div` a vector or a matrix, `sin` a\n"
            "scalar, `curl` a vector of 3 in space. `dot(vel, grad(vel))` is refused, because it could sum\n"
            "over the rows or over the columns of the gradient: `advect(w, u)` is (w·∇)u."
        ),
        bad="""\
problem rod
space x in [0, 1], y in [0, 1]
field vel = (u, v)(x, y)
equation balance: dot(vel, grad(vel)) = laplacian(vel)
boundary walls: vel = 0 on boundary
""",
        good="""\
problem rod
space x in [0, 1], y in [0, 1]
field vel = (u, v)(x, y)
equation balance: advect(vel, vel) = laplacian(vel)
boundary walls: vel = 0 on boundary
""",
    ),
    CodeInfo(
        code="E304",
        title="Wrong arguments",
        explanation=(
            "The call has too few or too many arguments, or options that a function does not take. A field is\n"
            "written without its arguments: `u`, not `u(x, t)`."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = atan2(x)
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = atan2(x, 1)
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E305",
        title="A derivative of a vector by suffix",
        explanation=(
            "`u_x` is the derivative of a scalar. For a vector write the component's own name, a component\n"
            "`vel[x]` of it, or `d(vel, x)` for the derivatives of all components."
        ),
        bad="""\
problem rod
space x in [0, 1], y in [0, 1]
field vel = (u, v)(x, y)
equation balance: vel_xx = 0
boundary walls: vel = 0 on boundary
""",
        good="""\
problem rod
space x in [0, 1], y in [0, 1]
field vel = (u, v)(x, y)
equation balance: d(vel, x, 2) = 0
boundary walls: vel = 0 on boundary
""",
    ),
    CodeInfo(
        code="E306",
        title="A derivative of too high an order",
        explanation=(
            "Derivatives up to the sixth order are built. Equations of higher order are written as a system,\n"
            "with a field for an inner derivative."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xxxxxxx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: d(u, x, 2) = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E307",
        title="No such component",
        explanation=(
            "After a name, brackets take a component: one coordinate for a vector, `vel[x]`, two for a\n"
            "matrix, `stress[x, y]`. A vector with another number of components than space has is indexed by\n"
            "numbers from 1."
        ),
        bad="""\
problem rod
space x in [0, 1], y in [0, 1]
field vel = (u, v)(x, y)
equation balance: laplacian(vel[z]) = 0
boundary walls: vel = 0 on boundary
""",
        good="""\
problem rod
space x in [0, 1], y in [0, 1]
field vel = (u, v)(x, y)
equation balance: (laplacian(vel[x]), laplacian(vel[y])) = 0
boundary walls: vel = 0 on boundary
""",
    ),
    CodeInfo(
        code="E308",
        title="Wrong arguments of a field",
        explanation=(
            "A field lists every coordinate of `space` and `time` once. Fields that depend on some of the\n"
            "coordinates only are not built yet."
        ),
        bad="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x)
equation balance: u_t = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x)
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
        code="E309",
        title="A condition where a number is wanted, or the other way round",
        explanation=(
            "Comparisons and `and`, `or`, `not` stand in `where` and as the first argument of `if(condition,\n"
            "a, b)`. They are true or false, and no numbers."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = if(x, 1, 0)
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = if(x < 0.5, 1, 0)
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E310",
        title="An integral or a point value where none is built",
        explanation=(
            "Integrals and values of a field at a point can be used in `quantity` statements. In equations\n"
            "and conditions they are part of the language and not built yet; `constraint … at (…)` fixes a\n"
            "field at a point."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = u(0.5)
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
quantity middle = u(0.5)
""",
    ),
    CodeInfo(
        code="E311",
        title="Something that must be known beforehand",
        explanation=(
            "Constants, bounds, radii and points are numbers: they cannot hold a coordinate or a field.\n"
            "Closed forms after `exact` and `manufacture` and conditions after `where` may hold coordinates,\n"
            "and no fields. `let` names an expression that depends on anything."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
constant a = 2*x
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
let a = 2*x
equation balance: u_xx = a
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E312",
        title="A number that does not exist",
        explanation=(
            "The expression has no value: a division by zero, a root or logarithm of a negative number, or a\n"
            "number beyond 1e308."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
constant a = 1/0
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
constant a = 1/2
equation balance: a*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E313",
        title="A complex value where a real one is wanted",
        explanation=(
            "Complex values arise from complex fields and from `i`. They are added, multiplied, divided,\n"
            "raised to whole powers, and taken by `exp`, `sin`, `cos`, `sinh`, `cosh`, `abs`, `re`, `im` and\n"
            "`conj`. Comparisons, exponents and real fields take real values."
        ),
        bad="""\
problem rod
space x in [0, 1] periodic
time t in [0, 1]
field complex psi(x, t)
equation motion: i*psi_t + log(psi)*psi_xx = 0
initial start: psi = exp(i*2*pi*x)
""",
        good="""\
problem rod
space x in [0, 1] periodic
time t in [0, 1]
field complex psi(x, t)
equation motion: i*psi_t + psi_xx = 0
initial start: psi = exp(i*2*pi*x)
""",
    ),
)
