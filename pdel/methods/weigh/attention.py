"""`weigh NAME: attention`: weights of the residual at every point, which follow its size."""

from __future__ import annotations

from pdel.methods.base import Citation, Method, Option

METHOD = Method(
    family="weigh",
    name="attention",
    purpose="weights of an equation's residual at every point, which follow its size",
    description="""\
The residual r of an equation is multiplied, point by point, by a weight l that remembers how large it was. Once in
`every` steps k,

    l <- m^k*l + (1 - m^k)*|r|/rms(r)      with m = `memory`,

and then l is scaled so that its mean square over the points is 1, as it is at the beginning: an equation counts as
a whole what it counts without. (The authors divide by the largest |r| and start from 0, so that the scale of the
loss changes.) The weights are constants to the gradient. The network that is kept is chosen by the loss without
them; the terms of the loss in metrics.csv have them.

Where points are drawn anew or added, each takes the weights of the nearest point before. All methods of training
use the weights. Those that compare gradients of several steps, as `broyden` and `lbfgs`, see another loss every
`every` steps, as after a redraw. Resampling scores candidates without weights. Not with `prune`, and for equations
only.

When to use it: as a trial where the residual stays large in small parts of the region. With `resample rad`, the
default, large residuals draw points as well: both together give them more than either. Measured once, on the
Korteweg-de Vries equation over all of its time after 2000 steps of `broyden` with `rad`: an error of 8.1e-3 with
attention and of 1.4e-2 without, which two runs of one of them may differ by.

Cost: one more evaluation of the residuals, without gradient, every `every` steps.""",
    options=(
        Option("memory", 0.999, "share of the weights that a step keeps", above=0, below=1),
        Option("every", 50, "steps between two updates of the weights", at_least=1, at_most=1000000000, unit="steps"),
    ),
    citation=Citation(
        key="anagnostopoulos2024",
        text="Anagnostopoulos, Toscano, Stergiopulos and Karniadakis, Residual-based attention in physics-informed "
        "neural networks, Comput. Methods Appl. Mech. Eng. 421 (2024)",
        bibtex="""\
@article{anagnostopoulos2024,
  author  = {Anagnostopoulos, Sokratis J. and Toscano, Juan Diego and Stergiopulos, Nikolaos and
             Karniadakis, George Em},
  title   = {Residual-based attention in physics-informed neural networks},
  journal = {Computer Methods in Applied Mechanics and Engineering},
  volume  = {421},
  pages   = {116805},
  year    = {2024},
  doi     = {10.1016/j.cma.2024.116805}
}""",
    ),
    template="methods/weigh/attention.py.j2",
    example="weigh conduction: attention(memory = 0.999)",
)
