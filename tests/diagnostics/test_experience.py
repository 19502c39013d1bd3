"""What people see: plausible mistakes, and the whole text that `pdel check` prints for them.

Each is true, stands at the right place, says why and what to do, and nothing follows that is not a mistake itself.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.compiler import diagnose
from pdel.diagnostics.order import Findings
from pdel.diagnostics.render_text import render_text

EXPERIENCES: dict[str, tuple[str, str]] = {
    "several mistakes at once": (
        """\
problem heat "Heat
space x in [1, 0]
time t in [0, 1]
field u(x, t)
constant alpha = 0,4
equation conduction: u_t == alhpa*u_xx
boundary ends: u = 0 at x = 0, x = 1
initial start: u = sine(pi*x)
""",
        """\
error[E108]: the text has no closing quote
 --> problem.pde:1:14
  |
1 | problem heat "Heat
  |              ^^^^^ the text begins here and reaches the end of the line
  |
  = help: Close it with `"`; a text stands on one line.

error[E315]: the interval of `x` is empty: 0 is not greater than 1
 --> problem.pde:2:13
  |
2 | space x in [1, 0]
  |             ^^^^ from low to high
  |
  = help: Write the lower bound first.

error[E110]: `,` stands in a number
 --> problem.pde:5:19
  |
5 | constant alpha = 0,4
  |                   ^ write `.`
  |
  = help: A decimal number has a point: `0.4`.

error[E121]: two sides are related by one `=`, not `==`
 --> problem.pde:6:26
  |
6 | equation conduction: u_t == alhpa*u_xx
  |                          ^^ write `=`
  |
  = help: Write `=`, in conditions too.

error[E201]: `alhpa` is not declared
 --> problem.pde:6:29
  |
6 | equation conduction: u_t == alhpa*u_xx
  |                             ^^^^^ unknown name
  |
  = help: Did you mean `alpha`?

error[E130]: the place of the boundary condition `ends` begins with `at` instead of `on`
 --> problem.pde:7:22
  |
7 | boundary ends: u = 0 at x = 0, x = 1
  |                      ^^ write `on`
  |
  = help: Add its place: `on x = 0`, `on boundary` or `on` and the name of a part.

error[E201]: there is no function `sine`
 --> problem.pde:8:20
  |
8 | initial start: u = sine(pi*x)
  |                    ^^^^ unknown function
  |
  = help: Did you mean `sin`?

7 errors; `pdel explain CODE` tells more
""",
    ),
    "a forgotten field": (
        """\
problem heat
space x in [0, 1]
time t in [0, 1]
equation conduction: u_t = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x)
""",
        """\
error[E212]: the problem has no field
 --> problem.pde:1:1
  |
1 | problem heat
  | ^^^^^^^ in this problem
  |
  = help: Declare what is to be found: `field u(x, t)`.

1 error; `pdel explain E212` tells more
""",
    ),
    "a forgotten initial velocity": (
        """\
problem wave
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation motion: u_tt = 4*u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x)
exact u = sin(pi*x)*cos(2*pi*t)
""",
        """\
error[E404]: no initial condition for `u_t`
 --> problem.pde:5:18
  |
4 | field u(x, t)
  |       - the field
5 | equation motion: u_tt = 4*u_xx
  |                  ^^^^^^^^^^^^^ contains `u_tt`
  |
  = help: Add `initial NAME: u_t = …`: an equation of order 2 in time needs 2 of them.

1 error; `pdel explain E404` tells more
""",
    ),
    "a forgotten end": (
        """\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary left: u = 0 on x = 0
""",
        """\
error[E406]: `u` has 1 boundary condition along `x`, but `u_xx` needs 2
 --> problem.pde:4:19
  |
4 | equation balance: u_xx = 1
  |                   ^^^^^^^^ contains `u_xx`
5 | boundary left: u = 0 on x = 0
  |                ----- a condition
  |
  = help: State a condition on `x = 1`, or make `x` periodic.

1 error; `pdel explain E406` tells more
""",
    ),
    "a wrong sign": (
        """\
problem poisson
space x in [0, 1], y in [0, 1]
field u(x, y)
equation balance: laplacian(u) = 2*pi^2*sin(pi*x)*sin(pi*y)
boundary walls: u = 0 on boundary
exact u = sin(pi*x)*sin(pi*y)
""",
        """\
error[E408]: the exact solution does not satisfy equation `balance`
 --> problem.pde:6:11
  |
4 | equation balance: laplacian(u) = 2*pi^2*sin(pi*x)*sin(pi*y)
  |                   ----------------------------------------- left minus right is -37.2 at x = 0.4305, y = 0.5841
5 | boundary walls: u = 0 on boundary
6 | exact u = sin(pi*x)*sin(pi*y)
  |           ^^^^^^^^^^^^^^^^^^^ stated as exact
  |
  = help: Correct the exact solution or the statement; with `manufacture` the data are derived from a closed form.
  = note: Term by term at x = 0.4305, y = 0.5841: u_xx = -9.3; u_yy = -9.3; -2*pi^2*sin(pi*x)*sin(pi*y) = -18.6.

1 error; `pdel explain E408` tells more
""",
    ),
    "a side that does not exist": (
        """\
problem rod
space x in [-1, 1]
field u(x)
equation balance: u_xx = 1
boundary left: u = 0 on x = 0
boundary right: u = 0 on x = 1
""",
        """\
error[E410]: `x = 0` is not on the boundary
 --> problem.pde:5:25
  |
5 | boundary left: u = 0 on x = 0
  |                         ^^^^^ no side of the region lies here
  |
  = help: The boundary consists of `x = -1` and `x = 1`.

1 error; `pdel explain E410` tells more
""",
    ),
    "conditions on a periodic coordinate": (
        """\
problem advection
space x in [0, 1] periodic
time t in [0, 1]
field u(x, t)
equation transport: u_t + u_x = 0
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(2*pi*x)
""",
        """\
error[E410]: `x = 0` is not on the boundary
 --> problem.pde:6:25
  |
6 | boundary ends: u = 0 on x = 0, x = 1
  |                         ^^^^^ `x` is periodic
  |
  = help: Remove this side: periodicity holds exactly.

error[E410]: `x = 1` is not on the boundary
 --> problem.pde:6:32
  |
6 | boundary ends: u = 0 on x = 0, x = 1
  |                                ^^^^^ `x` is periodic
  |
  = help: Remove this side: periodicity holds exactly.

2 errors; `pdel explain E410` tells more
""",
    ),
    "calls": (
        """\
problem rod
space x in [0, 1]
field u(x)
function f(s) = s^2
constant k = 2
equation balance: k(x)*u_xx = f + sin(x, 2)
boundary ends: u = 0 on boundary
""",
        """\
error[E301]: `k` is a constant and cannot be called
 --> problem.pde:6:19
  |
6 | equation balance: k(x)*u_xx = f + sin(x, 2)
  |                   ^^^^ only functions are called
  |
  = help: Write `k*(…)` to multiply.

error[E301]: `f` is a function, and a value is wanted here
 --> problem.pde:6:31
  |
4 | function f(s) = s^2
  |          - declared here
5 | constant k = 2
6 | equation balance: k(x)*u_xx = f + sin(x, 2)
  |                               ^ a function
  |
  = help: Call it: `f(…)`.

error[E304]: `sin` takes 1 argument, and 2 are given
 --> problem.pde:6:35
  |
6 | equation balance: k(x)*u_xx = f + sin(x, 2)
  |                                   ^^^^^^^^^ 2 given

3 errors; `pdel explain CODE` tells more
""",
    ),
    "options of methods": (
        """\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on boundary
network mlp(depth = 0, widht = 32, activation = relu)
train adam(step = 100, rate = -1)
sample interior: sobol(points = many)
precision float16
seed x
""",
        """\
error[E507]: the value of `depth` is out of range
 --> problem.pde:6:21
  |
6 | network mlp(depth = 0, widht = 32, activation = relu)
  |                     ^ a whole number from 1 to 64 is needed
  |
  = help: `depth`: hidden layers.

error[E504]: `mlp` has no option `widht`
 --> problem.pde:6:24
  |
6 | network mlp(depth = 0, widht = 32, activation = relu)
  |                        ^^^^^ unknown option
  |
  = help: Did you mean `width`?

error[E507]: `activation` cannot be `relu`
 --> problem.pde:6:49
  |
6 | network mlp(depth = 0, widht = 32, activation = relu)
  |                                                 ^^^^ one of `tanh`, `sin`, `gelu`, `silu` or `softplus` is needed
  |
  = help: Did you mean `gelu`?

error[E504]: `adam` has no option `step`
 --> problem.pde:7:12
  |
7 | train adam(step = 100, rate = -1)
  |            ^^^^ unknown option
  |
  = help: Did you mean `steps`?

error[E507]: the value of `rate` is out of range
 --> problem.pde:7:31
  |
7 | train adam(step = 100, rate = -1)
  |                               ^^ a number greater than 0 and at most 1 is needed
  |
  = help: `rate`: step size at the start.

error[E506]: `points` takes a whole number from 0 to 100_000_000
 --> problem.pde:8:33
  |
8 | sample interior: sobol(points = many)
  |                                 ^^^^ something else stands here
  |
  = help: `points`: number of collocation points; 0 leaves it to the plan, which goes by the number of weights.

error[E503]: unknown method `float16` of `precision`
 --> problem.pde:9:11
  |
9 | precision float16
  |           ^^^^^^^ no `precision` of this name
  |
  = help: Did you mean `float32`?

error[E511]: `seed` needs a number
  --> problem.pde:10:6
   |
10 | seed x
   |      ^ this is no number
   |
   = help: Write a number, as in `seed 7`.

8 errors; `pdel explain CODE` tells more
""",
    ),
    "the habits of Python": (
        """\
problem heat
space x in [0, 1]
time t in [0, 1]
field u(x, t)
alpha = 0.4
equation conduction: u_t = alpha*u_xx**2 + 2x
boundary ends: u = 0 on x = 0 and x = 1
initial start: u = sin(πx)
""",
        """\
error[E133]: `alpha` gets a value without a keyword
 --> problem.pde:5:1
  |
5 | alpha = 0.4
  | ^^^^^ expected `constant` or `let` before this
  |
  = help: A number is named by `constant alpha = …`, an expression by `let alpha = …`.

error[E120]: a power is written `^`, not `**`
 --> problem.pde:6:38
  |
6 | equation conduction: u_t = alpha*u_xx**2 + 2x
  |                                      ^^ write `^`
  |
  = help: Write `x^2`.

error[E122]: `2` stands directly before `x`
 --> problem.pde:6:44
  |
6 | equation conduction: u_t = alpha*u_xx**2 + 2x
  |                                            ^^ write `2*x`
  |
  = help: A product needs its `*`.

error[E110]: `and` does not fit here
 --> problem.pde:7:31
  |
7 | boundary ends: u = 0 on x = 0 and x = 1
  |                               ^^^ expected `,`, `except`, `where` or the end of the statement
  |
  = help: Places are listed with commas: `on x = 0, x = 1`.

error[E106]: the character `π` stands outside comments and titles
 --> problem.pde:8:24
  |
8 | initial start: u = sin(πx)
  |                        ^ not ASCII
  |
  = help: Write `pi`.

5 errors; `pdel explain CODE` tells more
""",
    ),
    "the words of other programs": (
        """\
problem heat
domain x in [0, 1]
time t in [0, 1]
field u(x, t)
equation: u_t = u_xx
bc ends: u = 0 on boundary
ic start: u = sin(pi*x)
pde foo: u_t = 1
""",
        """\
error[E133]: no statement begins with `domain`
 --> problem.pde:2:1
  |
2 | domain x in [0, 1]
  | ^^^^^^ did you mean `space`?
  |
  = help: Write `space`.

error[E129]: the equation has no label
 --> problem.pde:5:9
  |
5 | equation: u_t = u_xx
  |         ^ expected a label and `:` after `equation`
  |
  = help: Give it a name for messages, losses and plots: `equation heat: u_t = alpha*u_xx`.

error[E133]: no statement begins with `bc`
 --> problem.pde:6:1
  |
6 | bc ends: u = 0 on boundary
  | ^^ did you mean `boundary`?
  |
  = help: Write `boundary`.

error[E133]: no statement begins with `ic`
 --> problem.pde:7:1
  |
7 | ic start: u = sin(pi*x)
  | ^^ did you mean `initial`?
  |
  = help: Write `initial`.

error[E133]: no statement begins with `pde`
 --> problem.pde:8:1
  |
8 | pde foo: u_t = 1
  | ^^^ did you mean `equation`?
  |
  = help: Write `equation`.

5 errors; `pdel explain CODE` tells more
""",
    ),
    "the notation of other programs": (
        """\
problem heat
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation a: du/dt = d2u/dx2
boundary ends: u_n = 0 on boundary
initial start: u(x, 0) = ln(1 + x)
""",
        """\
error[E201]: `du` is not declared
 --> problem.pde:5:13
  |
5 | equation a: du/dt = d2u/dx2
  |             ^^ unknown name
  |
  = help: A derivative is written `u_t`, one of second order `d(u, t, 2)`.

error[E207]: `u_n` is no derivative: `n` is not made of coordinates
 --> problem.pde:6:16
  |
6 | boundary ends: u_n = 0 on boundary
  |                ^^^ `n` is no coordinate
  |
  = help: The derivative along the normal is written `dn(u)`.

error[E310]: the value of `u` at a point is not built yet in an initial condition
 --> problem.pde:7:16
  |
7 | initial start: u(x, 0) = ln(1 + x)
  |                ^^^^^^^ a point value
  |
  = help: Write `u`: an initial condition holds at the start of time.

error[E201]: there is no function `ln`
 --> problem.pde:7:26
  |
7 | initial start: u(x, 0) = ln(1 + x)
  |                          ^^ unknown function
  |
  = help: The natural logarithm is `log`.

4 errors; `pdel explain CODE` tells more
""",
    ),
    "outside a domain": (
        """\
problem rod
space x in [-1, 1]
field u(x)
equation balance: u_xx = sqrt(x)
boundary ends: u = log(x) on boundary
""",
        """\
error[E405]: `sqrt(x)` in equation `balance` has no real value on the region
 --> problem.pde:4:26
  |
4 | equation balance: u_xx = sqrt(x)
  |                          ^^^^^^^ no value at x = -0.7639
  |
  = help: Restrict the region, or rewrite the expression so that it is defined everywhere on it.
  = note: `x` is -0.764 there, and a square root needs an argument that is not negative.

error[E405]: `log(x)` in boundary condition `ends` has no real value on the region
 --> problem.pde:5:20
  |
5 | boundary ends: u = log(x) on boundary
  |                    ^^^^^^ no value at x = -1
  |
  = help: Restrict the region, or rewrite the expression so that it is defined everywhere on it.
  = note: `x` is -1 there, and a logarithm needs a positive argument.

2 errors; `pdel explain E405` tells more
""",
    ),
    "a unit without brackets": (
        """\
problem rod
space x in [0, 2]
field T(x)
constant k [W/m/K] = 400
constant q = 20 kW
equation balance: k*T_xx = -q
boundary ends: T = 300 [K] on boundary
""",
        """\
error[E122]: an operator is missing between `20` and `kW`
 --> problem.pde:5:17
  |
5 | constant q = 20 kW
  |                 ^^ expected an operator such as `*`
  |
  = help: A product needs its `*`; a unit is written `20 [kW]`.

1 error; `pdel explain E122` tells more
""",
    ),
    "two conditions that overlap": (
        """\
problem plate
space x in [0, 1], y in [0, 1]
field u(x, y)
equation balance: laplacian(u) = 0
boundary heater: u = 1 on y = 0 where 0.3 < x < 0.7
boundary floor: u = 0 on y = 0 where x < 0.4 or x > 0.7
boundary walls: u = 0 on boundary except y = 0
""",
        """\
error[E316]: `heater` and `floor` fix the same quantity on `y = 0`
 --> problem.pde:6:17
  |
5 | boundary heater: u = 1 on y = 0 where 0.3 < x < 0.7
  |                  ----- first fixed here
6 | boundary floor: u = 0 on y = 0 where x < 0.4 or x > 0.7
  |                 ^^^^^ fixed again here
  |
  = help: Keep one of the two, or narrow them with `where` or `except`.
  = note: Both hold at x = 0.354, y = 0.

1 error; `pdel explain E316` tells more
""",
    ),
    "brackets": (
        """\
problem heat
space x in [0, 1]
time t in [0, 1]
field u(x, t
equation conduction: u_t = (0.1*u_xx
boundary ends: u = 0 on x = 0, x = 1
initial start: u = sin(pi*x))
""",
        """\
error[E112]: `(` is never closed
 --> problem.pde:4:8
  |
4 | field u(x, t
  |        ^ opened here
  |
  = help: Add the missing `)`.

error[E112]: `(` is never closed
 --> problem.pde:5:28
  |
5 | equation conduction: u_t = (0.1*u_xx
  |                            ^ opened here
  |
  = help: Add the missing `)`.

error[E112]: `)` closes nothing
 --> problem.pde:7:29
  |
7 | initial start: u = sin(pi*x))
  |                             ^ no bracket is open here
  |
  = help: Remove it, or open a `(` before it.

3 errors; `pdel explain E112` tells more
""",
    ),
    "too few equations": (
        """\
problem flow
space x in [0, 1], y in [0, 1]
field (u, v)(x, y), p(x, y)
equation mass: u_x + v_y = 0
equation momentum: u*u_x + v*u_y = -p_x + 0.01*laplacian(u)
boundary walls: u = 0, v = 0 on boundary
""",
        """\
error[E403]: there are fewer equations than fields: 2 equations for 3 fields
 --> problem.pde:5:20
  |
3 | field (u, v)(x, y), p(x, y)
  |        -  -         - a field
  |        |  |
  |        |  a field
  |        a field
4 | equation mass: u_x + v_y = 0
5 | equation momentum: u*u_x + v*u_y = -p_x + 0.01*laplacian(u)
  |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the last equation
  |
  = help: Add an equation; `u`, `v` and `p` are not determined by so few.
  = note: A vector equation counts once for each component, a complex one twice.

1 error; `pdel explain E403` tells more
""",
    ),
    "nothing": (
        """\
""",
        """\
error[E212]: the specification has no `problem` statement
 --> problem.pde:1:1
  |
1 |
  | ^ nothing is stated
  |
  = help: Begin with `problem NAME`.

1 error; `pdel explain E212` tells more
""",
    ),
}


@pytest.mark.parametrize("name", EXPERIENCES)
def test_what_people_see(name: str, tmp_path: Path) -> None:
    specification, expected = EXPERIENCES[name]
    path = tmp_path / "problem.pde"
    path.write_text(specification, encoding="utf-8")
    found = diagnose(path)
    assert render_text([Findings(found.sources, found.diagnostics)]) == expected
