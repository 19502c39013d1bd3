"""The network of a plan: its inputs as closed forms in the coordinates, its size, and why."""

from __future__ import annotations

import math

from pdel.expression import (
    ONE,
    TWO,
    Call,
    Coordinate,
    Expr,
    Number,
    Pi,
    add,
    divide,
    integer,
    multiply,
    negate,
    subtract,
)
from pdel.geometry import Scalar
from pdel.maths.model import Vertex
from pdel.maths.symbolic import derivative
from pdel.plan.network_plan import Feature, NetworkPlan
from pdel.semantics.problem import Axis, Field, MethodCall, Problem


def plan_network(
    problem: Problem,
    call: MethodCall,
    mask: MethodCall | None = None,
    axes: tuple[Axis, ...] | None = None,
    *,
    beside: tuple[Feature, ...] = (),
    vertices: tuple[Vertex, ...] = (),
) -> NetworkPlan:
    """One network for all fields but the unknown ones: scaled coordinates in, one output a field.

    `axes` are the coordinates where they are not those of the problem, as for the network of a window of time; `beside`
    and `vertices` give inputs for singular places.
    """
    return _network(
        axes or problem.axes,
        tuple(field.name for field in problem.solved),
        call,
        mask,
        beside=beside,
        vertices=vertices,
    )


def plan_field_network(problem: Problem, field: Field, call: MethodCall, mask: MethodCall | None) -> NetworkPlan:
    """The network of an unknown field, of the coordinates that it depends on."""
    axes = tuple(axis for axis in problem.axes if axis.name in field.arguments)
    return _network(axes, (field.name,), call, mask)


def _network(
    axes: tuple[Axis, ...],
    outputs: tuple[str, ...],
    call: MethodCall,
    mask: MethodCall | None,
    *,
    beside: tuple[Feature, ...] = (),
    vertices: tuple[Vertex, ...] = (),
) -> NetworkPlan:
    options = dict(call.options)
    reach = float(options.get("range", 1))
    features = tuple(feature for axis in axes for feature in axis_features(axis, reach))
    features += beside
    activation = str(options.get("activation", "sin"))
    if mask is not None and mask.name == "none" and not mask.option("statistics"):
        mask = None
    parameters = count_parameters(call, len(features) + 2 * len(vertices), len(outputs), mask)
    return NetworkPlan(call, features, outputs, activation, parameters, mask, vertices)


def axis_features(axis: Axis, reach: float = 1) -> tuple[Feature, ...]:
    """The inputs that one coordinate gives: scaled to [-reach, reach], or the sine and cosine of a periodic one."""
    x = Coordinate(axis.name)
    if axis.periodic:
        angle = periodic_angle(axis)
        return Feature(axis.name, Call("cos", (angle,))), Feature(axis.name, Call("sin", (angle,)))
    unit = scaled(x, axis.low, axis.high)
    return (Feature(axis.name, unit if reach == 1 else multiply(decimal(reach), unit)),)


def scaled(x: Expr, low: Scalar, high: Scalar) -> Expr:
    """The affine map of [low, high] to [-1, 1], as short as it can be written."""
    if low.value == -1 and high.value == 1:
        return x
    if low.value == -high.value:
        return divide(x, high.expression)
    length = _difference(low, high)
    if low.value == 0:
        return subtract(divide(multiply(TWO, x), length), ONE)
    middle = add(low.expression, high.expression)
    numbers = isinstance(low.expression, Number) and isinstance(high.expression, Number)
    if numbers:
        middle = decimal(low.value + high.value)
    return divide(subtract(multiply(TWO, x), middle), length)


def _difference(low: Scalar, high: Scalar) -> Expr:
    if low.value == 0:
        return high.expression
    if isinstance(high.expression, Number):
        return decimal(high.value - low.value)
    return subtract(high.expression, low.expression)


def decimal(value: float) -> Expr:
    """A decimal literal of twelve digits at most; whole numbers without a point."""
    magnitude = abs(value)
    text = str(int(magnitude)) if magnitude == int(magnitude) else repr(float(f"{magnitude:.12g}"))
    return negate(Number(text)) if value < 0 else Number(text)


def periodic_angle(axis: Axis) -> Expr:
    """The angle 2*pi*x/L of a periodic coordinate, reduced: pi*x for L = 2, x for L = 2*pi."""
    x = Coordinate(axis.name)
    length = axis.high.value - axis.low.value
    waves = 2 * math.pi / length
    if math.isclose(waves, round(waves), rel_tol=1e-12) and round(waves) > 0:
        return multiply(integer(round(waves)), x)
    per_pi = 2 / length
    if math.isclose(per_pi, round(per_pi), rel_tol=1e-12) and round(per_pi) > 0:
        return multiply(integer(round(per_pi)), Pi(), x)
    half = length / 2
    if math.isclose(half, round(half), rel_tol=1e-12):
        return divide(multiply(Pi(), x), integer(round(half)))
    return divide(multiply(TWO, Pi(), x), _difference(axis.low, axis.high))


def wave_number(axis: Axis) -> Expr:
    """The factor 2*pi/L of that angle, in the same form."""
    return derivative(periodic_angle(axis), ((axis.name, 1),))


def count_parameters(call: MethodCall, inputs: int, outputs: int, mask: MethodCall | None = None) -> int:
    """The number of trainable parameters; a mask has one for every hidden neuron."""
    masks = (
        int(dict(call.options)["width"]) * len(hidden_layers(call)) if mask is not None and mask.name != "none" else 0
    )
    return _affine_parameters(call, inputs, outputs) + _factors(call, outputs) + masks


def is_factorised(call: MethodCall) -> bool:
    """Whether the weights are trained as a scale of every neuron times a direction."""
    return bool(dict(call.options).get("factorised", False))


def _factors(call: MethodCall, outputs: int) -> int:
    """The scales of factorised weights, one for every row of every layer."""
    if not is_factorised(call):
        return 0
    return int(call.option("width")) * len(hidden_layers(call)) + outputs


def hidden_layers(call: MethodCall) -> tuple[str, ...]:
    """The names of the layers behind which an activation stands, in order."""
    depth = int(dict(call.options)["depth"])
    later = tuple(f"layer_{number}" for number in range(2, depth + 1))
    match call.name:
        case "residual":
            return "layer_1", *(f"block_{number}_{half}" for number in range(1, depth + 1) for half in "ab")
        case "modified":
            return "gate_u", "gate_v", "layer_1", *later
        case _:
            return "layer_1", *later


def _affine_parameters(call: MethodCall, inputs: int, outputs: int) -> int:
    options = dict(call.options)
    width, depth = int(options["width"]), int(options["depth"])
    hidden = width * width + width
    first = (inputs + 1) * width
    last = (width + 1) * outputs
    match call.name:
        case "mlp" | "siren":
            return first + (depth - 1) * hidden + last
        case "residual":
            return first + 2 * depth * hidden + last
        case "fourier":
            return (2 * int(options["features"]) + 1) * width + (depth - 1) * hidden + last
        case "modified":
            return 3 * first + (depth - 1) * hidden + last
        case _:
            raise ValueError(f"no parameter count for network `{call.name}`")
