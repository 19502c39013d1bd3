"""What a network's architecture needs of the module: its layers, activations and operations between jets."""

from __future__ import annotations

from dataclasses import dataclass

from pdel.plan.plan import Plan
from pdel.render.py import Py, py_float, py_int, py_join, py_name, py_text

VALUE_ACTIVATIONS = {
    "tanh": "torch.tanh",
    "sin": "torch.sin",
    "gelu": "nn.functional.gelu",
    "silu": "nn.functional.silu",
    "softplus": "nn.functional.softplus",
}

OPERATIONS: dict[str, tuple[str, ...]] = {
    "mlp": (),
    "siren": (),
    "residual": ("sum",),
    "fourier": (),
    "modified": ("sum", "difference", "product"),
}


@dataclass(frozen=True, slots=True)
class Layer:
    """An affine layer: its attribute, inputs, outputs and how its weights are drawn."""

    name: Py
    inputs: Py
    outputs: Py


@dataclass(frozen=True, slots=True)
class NetworkView:
    """The network for templates."""

    method: str
    template: str
    summary: Py
    activation: Py
    value_activation: Py
    activations: tuple[str, ...]
    operations: tuple[str, ...]
    first: Layer
    hidden: tuple[Layer, ...]
    blocks: tuple[tuple[Layer, Layer], ...]
    layers: tuple[Layer, ...]
    layer_list: Py
    options: dict[str, Py]


def network_view(plan: Plan) -> NetworkView:
    """The view of a plan's network."""
    call = plan.network.method
    options = dict(call.options)
    width, depth = int(options["width"]), int(options["depth"])
    inputs, outputs = len(plan.network.features), len(plan.network.outputs)
    activation = plan.network.activation
    fourier = call.name == "fourier"
    entering = 2 * int(options["features"]) if fourier else inputs
    first = _layer("layer_1", entering, width)
    hidden, blocks = _hidden(call.name, width, depth)
    output = _layer("output", width, outputs)
    gates = (_layer("gate_u", inputs, width), _layer("gate_v", inputs, width)) if call.name == "modified" else ()
    layers = (*gates, first, *hidden, *(layer for block in blocks for layer in block), output)
    sine = ("sin",) if fourier else ()
    return NetworkView(
        method=call.name,
        template=f"methods/network/{call.name}.py.j2",
        summary=py_text(_summary(plan, width, depth)),
        activation=py_name(activation),
        value_activation=Py(VALUE_ACTIVATIONS[activation]),
        activations=tuple(dict.fromkeys((*sine, activation))),
        operations=OPERATIONS[call.name],
        first=first,
        hidden=hidden,
        blocks=blocks,
        layers=layers,
        layer_list=py_join([Py(f"self.{layer.name}") for layer in layers], ", "),
        options={
            name: py_float(value) if isinstance(value, float) else py_int(value)
            for name, value in options.items()
            if isinstance(value, int | float) and not isinstance(value, bool)
        },
    )


def _layer(name: str, inputs: int, outputs: int) -> Layer:
    return Layer(py_name(name), py_int(inputs), py_int(outputs))


def _hidden(method: str, width: int, depth: int) -> tuple[tuple[Layer, ...], tuple[tuple[Layer, Layer], ...]]:
    if method == "residual":
        blocks = tuple(
            (_layer(f"block_{number}_a", width, width), _layer(f"block_{number}_b", width, width))
            for number in range(1, depth + 1)
        )
        return (), blocks
    return tuple(_layer(f"layer_{number}", width, width) for number in range(2, depth + 1)), ()


def _summary(plan: Plan, width: int, depth: int) -> str:
    arguments = ", ".join(axis.name for axis in plan.axes)
    sizes = [len(plan.network.features), *([width] * depth), len(plan.network.outputs)]
    chain = " -> ".join(str(size) for size in sizes)
    kinds = {
        "mlp": f"{chain}, {plan.network.activation}",
        "siren": f"{chain}, sine layers",
        "residual": f"{depth} residual blocks of two layers of {width}, {plan.network.activation}",
        "fourier": f"random Fourier features, then {depth} layers of {width}, {plan.network.activation}",
        "modified": f"{depth} gated layers of {width}, {plan.network.activation}",
    }
    return f"N({arguments}): {kinds[plan.network.method.name]}"
