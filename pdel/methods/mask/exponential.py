"""`mask exponential`: a learned mask on every hidden neuron (Mask-PINNs)."""

from __future__ import annotations

from pdel.methods.base import Citation, Method, Option
from pdel.methods.mask.options import statistics

METHOD = Method(
    family="mask",
    name="exponential",
    purpose="the factor 1 - exp(-(a z)^2) with a learned scale a on every hidden neuron",
    description="""\
A hidden neuron with the activation s gives s(z)*(1 - exp(-(a z)^2)) for its sum z = W h + b. Every
neuron of every hidden layer has a scale a of its own, which starts at `scale` and is trained with
the weights. Small z are damped (a tanh becomes a^2 z^3), large ones pass unchanged, and a `scale`
far above one leaves the plain network. At z = 0 a masked neuron has neither a value nor a slope, and
coordinates scaled to [-1, 1] begin near it: biases start normal with standard deviation 1/`scale`,
at most 1, where those of the published networks start at zero.

When to use it: as a trial on wave and transport problems whose networks get stuck. Under `broyden` (400
steps, 16 neurons, two residual blocks, tanh, five seeds) the median error on a wave equation over five time
units was 0.46 without the mask and 0.0069 with it, and on u_t + 15 u_x = 0 0.97 and 0.018, where two seeds of
five stayed above 0.9; on u_t + 10 u_x = 0, which needs no help, 0.0044 and 0.0020. With `sin` and `silu` the
wave gained a factor of 1.3 to 6, with `gelu` nothing. At width 64 under `lbfgs` (2000 steps) `sin`
gained 2.1 to 2.4 with each of three seeds, `tanh` 1, 4 and 6; of two seeds `gelu` 6 and 1, and `silu` 3 with one
and lost 5 with the other. Part of it is speed: one seed of the wave without the mask came to 0.019 after 600 steps,
against 0.012 with it, and a step with the mask costs more.

When not: where the loss hardly sees smooth errors, as on a Helmholtz equation with a short wave. In 400 steps of
`broyden` (two seeds) masks with scales of 1, 5 and 20 lowered the loss from 7000 to 1200, 56 and 1000, and no error
came below 1; under `adam` errors grew by a factor of 2 to 10. For u = sin(4 pi x)*sin(4 pi y)
the smoothest error on the square counts 80 times less in the residual than u itself: a residual of a few per cent
allows an error above 1, and the mask is quick where the residual is large. The range of
the inputs matters: with `range = 4` in the network and `scale` 1 the error was 0.8, without a mask 1.8. So compare
errors with a run without the mask; the loss alone misleads.

`statistics` adds two columns for every hidden layer to metrics.csv: `spread`, the standard deviation
of a neuron's values over the interior points, and `saturation`, the share of values at which the
activation has a slope below 0.1; both are means over the layer's neurons.

`mask k: exponential` masks the network of an unknown field or term, on which a mask without a name has no effect.

Cost: one parameter more for every hidden neuron and 1.2 to 2 times the time of a step.""",
    options=(
        Option("scale", 1.0, "scale of every mask at the start", above=0),
        statistics(),
    ),
    citation=Citation(
        key="jiang2026",
        text="Jiang, Hou, Ye and Xia, Mask-PINNs: Mitigating internal covariate shift in physics-informed neural "
        "networks, Neural Networks (2026), in press",
        bibtex="""\
@article{jiang2026,
  author  = {Jiang, Feilong and Hou, Xiaonan and Ye, Jianqiao and Xia, Min},
  title   = {{Mask-PINNs}: Mitigating Internal Covariate Shift in Physics-Informed Neural Networks},
  journal = {Neural Networks},
  pages   = {109236},
  year    = {2026},
  note    = {in press},
  eprint  = {2505.06331},
  archiveprefix = {arXiv}
}""",
    ),
    template="methods/mask/exponential.py.j2",
    example="mask exponential(scale = 1)",
)
