"""Codes of the family E4: the mathematics of the problem."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E400",
        title="Mathematics beyond the limits",
        explanation=(
            "Every step on a specification ends: expressions may have a limited number of parts once names are\n"
            "replaced and derivatives are carried out, and the mathematics of a problem a limited time. Names\n"
            "that are built on names, doubling each time, and high derivatives of long products reach the limits.\n"
            "A further field for a part of the expression, with an equation of its own, keeps both sides short."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
let a = sin(u)*cos(u)*exp(u)*tanh(u)*(1 + u^2)
let b = a*sin(a)*cos(a)
let c = d(b, x, 6)
equation balance: u_xx = c
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
let a = sin(u)*cos(u)*exp(u)
equation balance: u_xx = d(a, x)
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E401",
        title="A field without equation",
        explanation=(
            "Every field is determined by the equations, so each has to occur in at least one of them. A function\n"
            "that is known is a `let`, not a field."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x), v(x)
equation balance: u_xx = 1
boundary ends: u = 0, v = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x), v(x)
equation balance: u_xx = v
equation source: v_xx = 1
boundary ends: u = 0, v = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E402",
        title="A statement without field",
        explanation=(
            "Once derivatives are carried out nothing unknown is left in the equation or condition: its terms\n"
            "cancel. It is true or false whatever the fields are, and training on it is pointless."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: d(x*u - u*x, x) = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: d(x*u_x, x) = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E403",
        title="Fewer equations than fields",
        explanation=(
            "A problem determines as many scalar fields as it has scalar equations. A vector equation counts once\n"
            "for each component, a complex one twice: for its real and its imaginary part."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x), v(x)
equation balance: u_xx = v
boundary ends: u = 0, v = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x), v(x)
equation balance: u_xx = v
equation source: v_xx = u
boundary ends: u = 0, v = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E404",
        title="A missing initial condition",
        explanation=(
            "An equation of first order in time needs the value of its field at the start, one of second order\n"
            "also the first time derivative, and so on. Several are stated in one line: `initial start: u = f,\n"
            "u_t = g`."
        ),
        bad="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation motion: u_tt = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x)
""",
        good="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation motion: u_tt = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x), u_t = 0
""",
    ),
    CodeInfo(
        code="E405",
        title="A function outside its domain",
        explanation=(
            "A logarithm of a number that is not positive, a root of a negative one, a division by zero: at some\n"
            "point of the region, or of the place where the condition holds, the expression has no real value.\n"
            "The message says at which point, and what the argument is there."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = log(x - 0.5)
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = log(x + 0.5)
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E406",
        title="Too few boundary conditions",
        explanation=(
            "An equation of order m along a coordinate needs m conditions over both ends of it, and one of second\n"
            "order on a composed region one on every part of the boundary. With fewer there are many solutions,\n"
            "and training finds any of them. Periodic coordinates need none."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary left: u = 0 on x = 0
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
        code="E407",
        title="Manufactured solution for some fields only",
        explanation=(
            "`manufacture` derives the source terms and the data of all statements from closed forms, which takes\n"
            "one for every field that they contain."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x), v(x)
equation balance: u_xx = v
equation source: v_xx = u
boundary ends: u = 0, v = 0 on x = 0, x = 1
manufacture u = sin(x)
""",
        good="""\
problem rod
space x in [0, 1]
field u(x), v(x)
equation balance: u_xx = v
equation source: v_xx = u
boundary ends: u = 0, v = 0 on x = 0, x = 1
manufacture u = sin(x)
manufacture v = cos(x)
""",
    ),
    CodeInfo(
        code="E408",
        title="Exact solution that does not satisfy an equation",
        explanation=(
            "`exact` is put into every equation and every condition, in numbers at points of the region. The note\n"
            "names the point where the equation is violated most and the value of each of its terms there. Where\n"
            "you have a closed form and want the sources derived from it, write `manufacture`."
        ),
        bad="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x)
exact u = exp(-pi*t)*sin(pi*x)
""",
        good="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x)
exact u = exp(-pi^2*t)*sin(pi*x)
""",
    ),
    CodeInfo(
        code="E409",
        title="Exact solution that does not satisfy a condition",
        explanation=(
            "The exact solution satisfies the equations, but not a boundary condition, an initial condition or a\n"
            "constraint: it is the solution of another problem. The note names the point where they differ most,\n"
            "and both values."
        ),
        bad="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = 2*sin(pi*x)
exact u = exp(-pi^2*t)*sin(pi*x)
""",
        good="""\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x)
exact u = exp(-pi^2*t)*sin(pi*x)
""",
    ),
)
