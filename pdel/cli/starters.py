"""The specifications that `pdel new` begins with; `NAME` stands for the problem's name."""

from __future__ import annotations

_HEAD = """\
# Check it with `pdel check NAME.pde`, read what will be done with `pdel plan NAME.pde`,
# compile and train it with `pdel run NAME.pde`.
"""

_METHOD = """\

# The method. Every line is optional: without it the plan chooses, and says so.
# network  mlp(width = 32, depth = 3, activation = tanh)
# sample   interior: hammersley(points = 2000)
# budget   300
# seed     7
"""

HEAT = f"""\
{_HEAD}
problem NAME "Heat conduction in a rod with cold ends"

space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
constant   alpha = 0.4

equation   conduction:  u_t = alpha*u_xx
boundary   ends:        u = 0  on x = 0, x = 1
initial    profile:     u = sin(pi*x)

# Where the solution is known, the error is reported; it is never trained on.
exact      u = exp(-alpha*pi^2*t)*sin(pi*x)
{_METHOD}"""

POISSON = f"""\
{_HEAD}
problem NAME "Poisson equation on a plate with a cold rim"

space      x in [0, 1], y in [0, 1]
field      u(x, y)

equation   balance:     -laplacian(u) = 2*pi^2*sin(pi*x)*sin(pi*y)
boundary   rim:         u = 0  on boundary

# Where the solution is known, the error is reported; it is never trained on.
exact      u = sin(pi*x)*sin(pi*y)
{_METHOD}"""

ODE = f"""\
{_HEAD}
problem NAME "Damped pendulum"

time       t in [0, 5]
field      (angle, speed)(t)
constant   stiffness = 4
constant   damping = 0.3

equation   motion:      angle_t = speed
equation   force:       speed_t = -stiffness*sin(angle) - damping*speed
initial    release:     angle = 1, speed = 0

quantity   last = angle(5)
{_METHOD}"""

FLOW = f"""\
{_HEAD}
problem NAME "Steady flow in a lid-driven cavity"

space      x in [0, 1], y in [0, 1]
field      vel = (u, v)(x, y), p(x, y)
constant   Re = 100

equation   mass:        div(vel) = 0
equation   momentum:    advect(vel, vel) = -grad(p) + laplacian(vel)/Re

# The lid slows down towards the corners, where the walls stand still.
boundary   lid:         vel = (16*x^2*(1 - x)^2, 0)  on y = 1
boundary   walls:       vel = 0  on x = 0, x = 1, y = 0

# Only the gradient of the pressure occurs, so its level is fixed at one point.
constraint gauge:       p = 0  at (0, 0)
{_METHOD}"""

STARTERS: dict[str, str] = {"heat": HEAT, "poisson": POISSON, "ode": ODE, "flow": FLOW}
"""Starting specifications by kind."""
