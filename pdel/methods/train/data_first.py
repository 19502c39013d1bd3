"""`train data_first`: quasi-Newton steps in which the observations count far more than the equations."""

from __future__ import annotations

from pdel.methods.base import Method, Option
from pdel.methods.train.broyden import METHOD as BROYDEN

METHOD = Method(
    family="train",
    name="data_first",
    purpose="quasi-Newton steps that follow the observations first, and the equations more and more",
    description="""\
The steps of `broyden` on another loss: the data count far more than elsewhere, and then less and less. At first they
count `factor` times as much, or as much less as gives data that are fitted as well as their noise allows 100 times the
weight of all other terms: the network follows the observations alone, whatever the scale of the equations. Every 20
steps the factor falls, in 20 equal parts of its logarithm, so that the equations take hold, and the unknowns
come to where they fit what was observed. It falls no further than to where the data count three times as much as all
other terms: equations that are not nearly solved would leave the data for a wrong solution, and take the unknowns with
them. At 1 the phase ends; the next one has the weights that the module states.

Unknown numbers of the equations wait for the fields. Through the first ten levels no step moves them. At each change
of level they are put where they fit the equations of the present fields: by least squares of the equations' means with
a few smooth test functions that vanish at the ends of every coordinate, while the fields are held. Fields that follow
data are rough, and the residual of a rough field at points is least for coefficients too near to 0: for
u_tt - c^2*u_xx it gave c^2 = 0.2 to 2 where the means gave 3.6 to 4.6 (4 is right). A number of which the equations
say nothing stays at its first guess until the eleventh level. Unknown fields and terms move from the first step.

With `prune` the observations are doubted from the beginning where their noise is stated: Huber's loss, quadratic up to
three deviations of the noise and linear beyond, takes the place of the square in this phase. Without it corrupted
observations are followed.

When to use it: first, where unknowns are inferred; the plan does so by itself where nothing is said about training.
With the small weight of the data from the beginning, the fields first satisfy the equations with the first guess of
the unknowns, and may stay near it: for u_tt = c^2*u_xx with c = 2, 200 observations with noise of 0.05 and the first
guess 1, training ended at c = 0.67. A constant factor of 10,000 for 200 steps mended this, and not a wave with a fourth
harmonic (400 observations, noise 0.01): there c came to 1.97 in that phase and went to 0.74 behind it, because the
equations were not solved yet when the data ceased to lead. With 60 % of 1000 observations corrupted by noise a hundred
times as large, and `prune`, steps that moved c from the beginning took it to 2 with two seeds of five and towards 0
with three. With numbers that wait for the fields all five come to 2: errors of 2.2e-4 to 1.3e-3
(bench/pruning/results.md, problem winv).

A phase that ends by its steps or by its share of the time before the factor is 1 has no such guarantee: look at the
misfit behind it.

Cost: that of `broyden`; a fit of the numbers costs less than a step.""",
    options=(
        Option("steps", 1000, "number of steps at most", at_least=1, at_most=1_000_000_000),
        Option("factor", 1e8, "how many times as much the data count at first, at most", at_least=1),
    ),
    citation=BROYDEN.citation,
    template="methods/train/data_first.py.j2",
    shared=("methods/train/line_search.py.j2", "methods/train/broyden.py.j2"),
    example="train data_first(steps = 1000) then broyden(steps = 3000)",
)
