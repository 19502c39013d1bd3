"""Specifications that every test of the syntax may use."""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic
from pdel.source import Source
from pdel.syntax.ast import Specification, Statement
from pdel.syntax.parse import parse

HEAT = """\
problem heat "Heat conduction in a rod with cold ends"

space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
constant   alpha = 0.4

equation   conduction:  u_t = alpha*u_xx
boundary   ends:        u = 0  on x = 0, x = 1
initial    profile:     u = sin(pi*x)

exact      u = exp(-alpha*pi^2*t)*sin(pi*x)
"""

BURGERS = """\
problem burgers "Viscous Burgers equation, steepening front"

space      x in [-1, 1]
time       t in [0, 1]
field      u(x, t)
constant   nu = 0.01/pi

equation   momentum:    u_t + u*u_x = nu*u_xx
boundary   walls:       u = 0  on x = -1, x = 1
initial    start:       u = -sin(pi*x)

reference  u from "burgers_reference.csv"

network    mlp(width = 32, depth = 3, activation = tanh)
mask       exponential(scale = 1)
enforce    walls, start: exactly
sample     interior: hammersley(points = 2540)
resample   influence(every = 1000, pool = 10_000, mode = replace, power = 1, uniform = 1)
train      adam(steps = 5000, rate = 1e-3) then lbfgs(steps = 5000)
precision  float64
seed       7
"""

CYLINDER = """\
problem cylinder "Steady flow past a cylinder in a channel"

constant   H = 0.41
constant   nu = 1e-3
shape      channel = rectangle((0, 0), (2.2, H))
shape      pillar = disk((0.2, 0.2), 0.05)
space      (x, y) in channel - pillar
field      vel = (u, v)(x, y), p(x, y)
let        stress = -p*identity + nu*grad(vel)

equation   mass:        div(vel) = 0
equation   momentum:    advect(vel, vel) = div(stress)
boundary   inlet:       vel = (1.2*y*(H - y)/H^2, 0)  on x = 0
boundary   walls:       vel = 0  on y = 0, y = H, pillar
boundary   outlet:      dot(stress, normal) = 0  on x = 2.2

quantity   drag = integral(dot(stress, normal)[x] on pillar)
"""

CONDUCTIVITY = """\
problem conductivity "Conductivity field from noisy, partly corrupted sensors"

space      x in [-1, 1], y in [-1, 1]
time       t in [0, 1]
field      u(x, y, t)
unknown    k(x, y) in [0.1, 10]
unknown    q = 0.5 in [0, 2]

equation   energy:      u_t = div(k*grad(u)) + q*exp(-t)*sin(pi*x)*sin(pi*y)
boundary   walls:       u = 0, k = 2  on boundary
initial    cold:        u = 0

data       sensors:     u from "sensors.csv" (sigma = 0.01)

prune      sensors: bias(fraction = 0.05, rounds = 20)
train      adam(steps = 20_000, rate = 1e-3) then prune then adam(steps = 2000)
"""

MANY_FORMS = """\
problem forms "All forms" language 1
space polar (r, theta) in ring & (half + quarter)
space x[1..10] in [0, 1], y in [0, 2*pi] periodic
time t in [0, 1]
shape ring = disk((0, 0), 2) - disk((0, 0), 1)
part base on y = 0
part wet on boundary except base, x = 1 where x > 0.5 and not y < 1 or z = 0
field (u, v)(x, t), complex psi(x, t), T(x, y) in solid
constant rho [kg/m^3] = 1000
constant T0 = 300 [K]
let flux = -k*grad(u)
function hat(s) = max(0, 1 - abs(s))
equation heat: u_t = u_xx in solid where 0 < x <= 1
boundary walls: dn(u) = g, v = 0 on x = 0, top except base where y > 0.5
initial start: u = f, u_t = g
constraint gauge: p = 0 at (0, 0)
constraint positive: u >= 0
quantity dp = p(0.15, 0.2) - p(0.25, 0.2)
quantity lift = integral(stress[x, y] on pillar, x = 0 except base)
quantity tail = integral(exp(s - x)*u(s), s in [0, x]) + sum(x[k]^2, k in [1, 10])
let pieces = if(x = 0, 1, -2^-x^2/(-3))
exact u = sin(x), v = cos(x)
manufacture u = x*(1 - x)
reference u, v from "ref.csv"
reference drag = 5.58
weigh walls: 10
ramp nu: geometric(from = 0.1, to = 0.003)
train adam(only = (sensors), decay = "cosine") then lbfgs
"""

GOOD = {
    "heat": HEAT,
    "burgers": BURGERS,
    "cylinder": CYLINDER,
    "conductivity": CONDUCTIVITY,
    "forms": MANY_FORMS,
}


def parsed(text: str, *overrides: str) -> tuple[Specification, tuple[Diagnostic, ...]]:
    """The specification of a text with its diagnostics."""
    result = parse(Source("test.pde", text), overrides)
    assert result.value is not None
    return result.value, result.diagnostics


def statement(text: str) -> Statement:
    """The only statement of a sound text."""
    specification, diagnostics = parsed(text)
    assert diagnostics == ()
    (only,) = specification.statements
    return only


def diagnostic(text: str, *overrides: str) -> Diagnostic:
    """The only diagnostic of a text."""
    _, diagnostics = parsed(text, *overrides)
    (only,) = diagnostics
    return only


def mended(text: str) -> str:
    """A text with the edits of its only diagnostic made."""
    for edit in sorted(diagnostic(text).edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text
