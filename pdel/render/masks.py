"""What a mask adds to a network: its learned scales, the masked activation of values, statistics of features."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pdel.methods.registry import find
from pdel.plan.network import hidden_layers
from pdel.plan.network_plan import NetworkPlan
from pdel.render.environment import render
from pdel.render.py import Py, py_float, py_int, py_name

STATISTICS = "methods/mask/statistics.py.j2"

VALUE_ACTIVATIONS = {
    "tanh": Py("torch.tanh"),
    "sin": Py("torch.sin"),
    "gelu": Py("nn.functional.gelu"),
    "silu": Py("nn.functional.silu"),
    "softplus": Py("nn.functional.softplus"),
}


@dataclass(frozen=True, slots=True)
class Activation:
    """An activation of jets: its name, the plain activation that it is made of, and its mask or nothing."""

    name: str
    plain: str
    mask: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The learned scales of a hidden layer's mask: their attribute, number and value at the start."""

    name: Py
    count: Py
    start: Py


@dataclass(frozen=True, slots=True)
class Biases:
    """How biases are drawn where the architecture leaves it open, and how the module says so."""

    text: Py
    function: Py
    options: Py


@dataclass(frozen=True, slots=True)
class Traced:
    """What a network tells of a hidden layer for statistics: the type, and in words."""

    kind: Py
    text: Py


PLAIN = Traced(Py("Iterator[tuple[str, Tensor]]"), Py("its name"))
MASKED = Traced(Py("Iterator[tuple[str, Tensor, Tensor]]"), Py("its name and mask"))

NO_MASK = Py("")

ZERO_BIASES = Biases(Py("zero biases"), Py("nn.init.zeros_"), Py(""))
SMALL_BIASES = Biases(Py("small normal biases"), Py("nn.init.normal_"), Py(", std=0.1"))


@dataclass(frozen=True, slots=True)
class MaskView:
    """The activation of hidden layers and what comes with it; without a mask only the plain activation.

    `value` is the activation of values as code, `biases` how a mask needs them, `scales` has an entry for every
    masked layer, `functions` and `statistics` are what the module then defines, `traced` what statistics are made of.
    """

    activation: Activation
    value: Py
    biases: Biases | None = None
    scales: Mapping[str, Scale] = field(default_factory=dict)
    functions: tuple[Py, ...] = ()
    statistics: tuple[Py, ...] = ()
    traced: Traced = PLAIN


def mask_view(network: NetworkPlan) -> MaskView:
    """The view of a network's mask, or of its absence."""
    name, mask = network.activation, network.mask
    plain = Activation(name, name)
    if mask is None:
        return MaskView(plain, VALUE_ACTIVATIONS[name])
    if mask.name == "none":
        return MaskView(plain, VALUE_ACTIVATIONS[name], statistics=_statistics(name))
    method = find("mask", mask.name)
    assert method is not None
    activation = Activation(f"masked_{name}", name, mask.name)
    masked = py_name(activation.name)
    holes = {"masked": masked, "activation": py_name(name), "value_activation": VALUE_ACTIVATIONS[name]}
    start = float(mask.option("scale"))
    count, at = py_int(int(network.method.option("width"))), py_float(start)
    return MaskView(
        activation=activation,
        value=masked,
        biases=_wide_biases(start),
        scales={layer: Scale(_attribute(layer), count, at) for layer in hidden_layers(network.method)},
        functions=(Py(render(method.template, holes).rstrip("\n")),),
        statistics=_statistics(name, masked) if mask.option("statistics") else (),
        traced=MASKED,
    )


def _statistics(name: str, masked: Py = NO_MASK) -> tuple[Py, ...]:
    """The function that logs the distribution of features, of neurons with the given masked activation or with none."""
    plain = VALUE_ACTIVATIONS[name]
    holes = {
        "activation": py_name(name),
        "value_activation": plain,
        "entering": Py("layer, z, scale" if masked else "layer, z"),
        "values": Py(f"{masked}(z.detach(), scale.detach())" if masked else f"{plain}(z.detach())"),
    }
    return (Py(render(STATISTICS, holes).rstrip("\n")),)


def _wide_biases(scale: float) -> Biases:
    """Biases as wide as the mask, where it is narrower than one.

    A mask damps the values near zero that a network of scaled coordinates begins with: under zero biases the features
    of the second layer are a hundred times smaller than those of the first, and at the origin none can be trained.
    """
    width = py_float(float(f"{min(1.0, 1 / scale):.3g}"))
    return Biases(Py("biases as wide as the mask, which damps z near 0"), Py("nn.init.normal_"), Py(f", std={width}"))


def _attribute(layer: str) -> Py:
    """The attribute of a layer's scales: `mask_1` of `layer_1`."""
    return py_name(f"mask_{layer.removeprefix('layer_')}")
