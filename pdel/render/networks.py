"""What a network's architecture needs of the module: its layers, activations and operations between jets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pdel.plan.network import is_factorised
from pdel.plan.network_plan import NetworkPlan
from pdel.plan.plan import Plan, UnknownFieldPlan, UnknownTermPlan
from pdel.plan.terms import term_title
from pdel.render.masks import SMALL_BIASES, ZERO_BIASES, Activation, Biases, Scale, Traced, mask_view
from pdel.render.py import Py, py_float, py_int, py_join, py_name, py_text

OPERATIONS: dict[str, tuple[str, ...]] = {
    "mlp": (),
    "siren": (),
    "residual": ("sum",),
    "fourier": (),
    "modified": ("sum", "difference", "product"),
}


@dataclass(frozen=True, slots=True)
class Layer:
    """An affine layer: its attribute, inputs and outputs; `mask` is what its activation takes beside its value."""

    name: Py
    inputs: Py
    outputs: Py
    mask: Py


@dataclass(frozen=True, slots=True)
class NetworkView:
    """The network for templates.

    `letter` stands for its outputs: N is what the ansatz holds, W the network of a window, of which N is made.
    `sums` says what its method `sums` gives, where the module needs that method; `sized` the parameter of
    its constructor for the widths of layers that can be pruned.
    """

    method: str
    name: Py
    letter: Py
    inputs: Py
    input: Py
    template: str
    summary: Py
    activation: Py
    value_activation: Py
    activations: tuple[Activation, ...]
    functions: tuple[Py, ...]
    statistics: tuple[Py, ...]
    sums: tuple[Traced, ...]
    sized: Py
    operations: tuple[str, ...]
    factorised: bool
    scales: tuple[Scale, ...]
    biases: Biases
    first: Layer
    hidden: tuple[Layer, ...]
    chain: tuple[Layer, ...]
    gates: tuple[Layer, ...]
    blocks: tuple[tuple[Layer, Layer], ...]
    layers: tuple[Layer, ...]
    layer_list: Py
    options: dict[str, Py]


def network_views(plan: Plan) -> tuple[NetworkView, ...]:
    """The views of all networks of the coordinates, the one of most fields first."""
    return network_view(plan), *(field_network_view(field) for field in plan.unknown_fields)


def network_view(plan: Plan) -> NetworkView:
    """The view of the network of all fields but the unknown ones."""
    pruned = plan.pruning.layers if plan.pruning is not None else ()
    title, letter = ("Network", "N") if plan.march is None else ("WindowNetwork", "W")
    return _view(plan.network, tuple(axis.name for axis in plan.axes), title, letter=letter, pruned=pruned)


def widths(plan: Plan) -> tuple[Py, ...]:
    """The widths of the layers that can be pruned, as code; nothing without pruning."""
    if plan.pruning is None:
        return ()
    width = int(plan.network.method.option("width"))
    return (Py(f"{py_int(len(plan.pruning.layers))} * ({py_int(width)},)"),)


def field_network_view(field: UnknownFieldPlan) -> NetworkView:
    """The view of the network of an unknown field."""
    title = "".join(part.capitalize() for part in field.name.split("_"))
    return _view(field.network, field.arguments, f"NetworkOf{title}", field=field.name)


def term_network_view(term: UnknownTermPlan) -> NetworkView:
    """The view of the network of an unknown term, a function of the term's arguments."""
    names = tuple(argument.name for argument in term.arguments)
    view = _view(term.network, names, f"NetworkOf{term_title(term.name)}", field=term.name)
    return replace(view, input=py_name("input"))


def _view(
    network: NetworkPlan,
    arguments: tuple[str, ...],
    title: str,
    *,
    field: str = "",
    letter: str = "N",
    pruned: tuple[tuple[str, str], ...] = (),
) -> NetworkView:
    call = network.method
    options = dict(call.options)
    width, depth = int(options["width"]), int(options["depth"])
    inputs, outputs = network.inputs, len(network.outputs)
    mask = mask_view(network)
    fourier = call.name == "fourier"
    entering = 2 * int(options["features"]) if fourier else inputs
    first = _sized(_layer("layer_1", entering, width, mask.scales), pruned)
    hidden, blocks = _hidden(call.name, width, depth, mask.scales)
    hidden = tuple(_sized(layer, pruned) for layer in hidden)
    blocks = tuple((_sized(first, pruned), _sized(second, pruned)) for first, second in blocks)
    output = _sized(_layer("output", width, outputs, mask.scales), pruned)
    gates = tuple(_layer(name, inputs, width, mask.scales) for name in ("gate_u", "gate_v") if call.name == "modified")
    layers = (*gates, first, *hidden, *(layer for block in blocks for layer in block), output)
    sine = (Activation("sin", "sin"),) if fourier else ()
    return NetworkView(
        method=call.name,
        template=f"methods/network/{call.name}.py.j2",
        name=py_name(title),
        letter=py_name(letter),
        inputs=py_name(f"{field}_inputs" if field else "inputs"),
        input=py_name(f"{field}_input" if field else "input"),
        summary=py_text(f"{letter}({', '.join(arguments)}): {_summary(network, width, depth)}"),
        activation=py_name(mask.activation.name),
        value_activation=mask.value,
        activations=tuple(dict.fromkeys((*sine, mask.activation))),
        functions=mask.functions,
        statistics=mask.statistics,
        sums=(mask.traced,) if mask.statistics or pruned else (),
        sized=Py(", widths: Sequence[int] = WIDTHS") if pruned else Py(""),
        operations=OPERATIONS[call.name],
        factorised=is_factorised(call),
        scales=tuple(_sized_scale(layer, scale, pruned) for layer, scale in mask.scales.items()),
        biases=mask.biases or (SMALL_BIASES if call.name == "mlp" else ZERO_BIASES),
        first=first,
        hidden=hidden,
        chain=(first, *hidden),
        gates=gates,
        blocks=blocks,
        layers=layers,
        layer_list=py_join([Py(f"self.{layer.name}") for layer in layers], ", "),
        options={
            name: py_float(value) if isinstance(value, float) else py_int(value)
            for name, value in options.items()
            if isinstance(value, int | float) and not isinstance(value, bool)
        },
    )


def _layer(name: str, inputs: int, outputs: int, scales: Mapping[str, Scale]) -> Layer:
    mask = Py(f", self.{scales[name].name}") if name in scales else Py("")
    return Layer(py_name(name), py_int(inputs), py_int(outputs), mask)


def _sized(layer: Layer, pruned: Sequence[tuple[str, str]]) -> Layer:
    """The layer with the widths of pruned layers as the constructor is given them."""
    for index, (name, reader) in enumerate(pruned):
        width = _width(index)
        layer = replace(layer, outputs=width) if layer.name == name else layer
        layer = replace(layer, inputs=width) if layer.name == reader else layer
    return layer


def _sized_scale(layer: str, scale: Scale, pruned: Sequence[tuple[str, str]]) -> Scale:
    """The scales of a layer's mask, as many as the layer has neurons."""
    names = [name for name, _ in pruned]
    return replace(scale, count=_width(names.index(layer))) if layer in names else scale


def _width(index: int) -> Py:
    return Py(f"widths[{py_int(index)}]")


def _hidden(
    method: str, width: int, depth: int, scales: Mapping[str, Scale]
) -> tuple[tuple[Layer, ...], tuple[tuple[Layer, Layer], ...]]:
    if method == "residual":
        blocks = tuple(
            (
                _layer(f"block_{number}_a", width, width, scales),
                _layer(f"block_{number}_b", width, width, scales),
            )
            for number in range(1, depth + 1)
        )
        return (), blocks
    return tuple(_layer(f"layer_{number}", width, width, scales) for number in range(2, depth + 1)), ()


def _summary(network: NetworkPlan, width: int, depth: int) -> str:
    sizes = [network.inputs, *([width] * depth), len(network.outputs)]
    chain = " -> ".join(str(size) for size in sizes)
    kinds = {
        "mlp": f"{chain}, {network.activation}",
        "siren": f"{chain}, sine layers",
        "residual": f"{depth} residual blocks of two layers of {width}, {network.activation}",
        "fourier": f"random Fourier features, then {depth} layers of {width}, {network.activation}",
        "modified": f"{depth} gated layers of {width}, {network.activation}",
    }
    masked = "" if network.mask is None else ", masked"
    factorised = ", factorised weights" if is_factorised(network.method) else ""
    return f"{kinds[network.method.name]}{masked}{factorised}"
