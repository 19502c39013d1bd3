"""`train data_first`: quasi-Newton steps in which the observations count far more than the equations."""

from __future__ import annotations

from pdel.methods.base import Method, Option
from pdel.methods.train.broyden import METHOD as BROYDEN

METHOD = Method(
    family="train",
    name="data_first",
    purpose="quasi-Newton steps towards the observations, before the equations bind",
    description="""\
The steps of `broyden` on another loss: the terms of the data count `factor` times as much as elsewhere. With the
weight 0.01 of data in units of their noise and the factor 10,000, the network follows the observations, the equations
hold as far as that leaves them free, and the unknowns come to where the equations fit what was observed. The phase
that follows starts there, with the weights that the module states.

When to use it: first, where unknowns are inferred; the plan does so by itself where nothing is said about training.
With the small weight of the data from the beginning, the fields first satisfy the equations with the first guess of
the unknowns, and may stay near it: for u_tt = c^2*u_xx with c = 2, 200 observations with noise of 0.05 and the first
guess 1, training ended at c = 0.67; with this phase at 1.996 to 1.997 for three seeds. At equal steps, one seed each,
it did not hurt elsewhere: the viscosity of Burgers' equation 1.0 % off after 500 steps, k(x) of a rod 7.0e-4 against
1.9e-3 without it after 800. It has to be long enough to fit the data: where their misfit is still far above the noise
behind it, the equations pull the unknowns away again. A wave with a fourth harmonic (c = 2, 400 points, noise 0.01)
came to 1.97 and 1.86 in 200 steps with misfits of 5.6 and 36, and ended at 0.74 and 0.23. Observations of which some
are corrupted are followed as well: there is a phase with a robust loss in `prune`, and none of this kind.

Cost: that of `broyden`.""",
    options=(
        Option("steps", 200, "number of steps at most", at_least=1, at_most=1_000_000_000),
        Option("factor", 1e4, "how many times as much the data count", at_least=1),
    ),
    citation=BROYDEN.citation,
    template="methods/train/data_first.py.j2",
    shared=("methods/train/line_search.py.j2", "methods/train/broyden.py.j2"),
    example="train data_first(steps = 200) then broyden(steps = 3000)",
)
