"""`prune NAME: bias`: P-PINN, neurons that answer corrupted observations with larger values."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.prune.options import CITATION, OPTIONS

METHOD = Method(
    family="prune",
    name="bias",
    purpose="observations sorted into sound and corrupted, neurons of the corrupted ones pruned (P-PINN)",
    description="""\
Training goes on all observations first. Then they are told apart. With `partition = mixture` training
goes on from there under Huber's loss, which is quadratic up to three deviations of good observations and
linear beyond; two normal distributions of mean zero are fitted to the misfits (EM), and an observation
is flagged where it belongs to the wide one with a chance above 1/2. With `partition = indicator`, the
authors' way, it is flagged where score_data*|misfit|^2 + score_residual*|residual|^2 reaches `threshold`.

Pruning starts from the network before. With z the values of a layer before its activation,
I = (mean z over the flagged - mean z over the retained)/mean |z| is signed. Layer by layer, the first one
first, `rounds` times: the `fraction` of the layer's neurons with the largest I go, as long as I is
positive, with what they pass on. Fine-tuning follows: the phases behind `prune` in `train`, on the
retained observations, with the equations' weights times `reduce`. Where `train` has no `prune`, it comes
last, followed by a quarter of the steps before it.

Two controls run beside it, from the same state with the same steps: all neurons kept, and as many random
neurons pruned. The one of the three is kept whose loss is least on points and retained observations
that none was trained on. The report has the errors of all. A column `corrupted` of 0 and 1 in the data
file, if there is one, is used to count how well the observations were told apart, and for nothing else.

There is no pruning, and the report says why, where nothing is flagged, less than a fifth is retained, or
the wide distribution is not three times as wide as the narrow one.

When to use it: where a part of the observations is grossly wrong and nobody knows which. Compare the
controls: most of the gain comes from leaving the flagged observations out. On eight benchmark problems
(a few hundred steps of `broyden`, two to five runs each) that made errors 1.6 to 58 times smaller than
those of the baseline. Pruning on top of it made them 2 to 4 times smaller on one, with an unknown
conductivity field, up to 32 times larger on another, and 0.77 to 1.7 times as large on the rest; unknown
numbers mostly got worse. Random neurons did as well. With large networks under `adam` pruning was worth up
to 5 on one problem and cost up to 4 on another, and random neurons were as good.

Not where observations are only noisy, and not where the first training is far from the good observations:
then the misfit says nothing about them. Where something is inferred, begin with `data_first`, which doubts
observations itself; the plan does so where `train` is not stated. State `sigma` if you know the noise, and where
most observations are corrupted let the equations count more: `weigh sensors: 1e-3`.

Cost: the steps behind `prune` run four times, three times with `indicator`.""",
    options=OPTIONS,
    citation=CITATION,
    template="methods/prune/bias.py.j2",
    example="prune sensors: bias(fraction = 0.05, rounds = 20)",
)
