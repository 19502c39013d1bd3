"""`ramp geometric`: a constant that comes to its value by equal factors."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.ramp.options import CURRICULA, schedule

METHOD = Method(
    family="ramp",
    name="geometric",
    purpose="a constant that comes to its value by equal factors during training",
    description="""\
A curriculum: training begins on an easier problem, in which the constant has the value `from`, and the constant
goes to its own value c, as `from`*(c/`from`)^s with s from 0 to 1 over `steps` steps. It moves once in `every`
steps, and the optimiser then goes on from its state with the loss of the new value. Behind the ramp the constant
is c. The network that is kept, the errors and the exact solution go by c at all times; metrics.csv has the present
value as `constant.NAME`.

In the graph that torch compiles the constant is an input, so that no value is compiled anew. A derivative that
stands beside it is carried by itself: `u_t - nu*u_xx` is two channels in place of one.

When to use it: where training on the problem itself does not find the solution, and with a larger viscosity or a
smaller Reynolds number it does. `from` has to be stated. The constant may stand in equations and in conditions of
the loss, but in no other constant, no bound of the region and no condition that holds exactly: these would have
to change their form. A ramp does not go with `march windows`.

Cost: the steps on problems that nobody asked for.""",
    options=schedule(),
    citation=CURRICULA,
    template="methods/ramp/geometric.py.j2",
    example="ramp alpha: geometric(from = 1, steps = 500)",
)
