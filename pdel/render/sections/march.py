"""Time windows in a module: the network that joins a window to the one before, and what other sections need of it.

N = fade*M + drift*M_t + rise*W      in s, the time since the start of the window over its length T
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdel.expression import ONE, ZERO, Expr, Orders, Partial, add, multiply, negate, partials, subtract
from pdel.methods.registry import find
from pdel.plan.jets import channel_partial, leibniz_rule
from pdel.plan.network import is_factorised
from pdel.plan.network_plan import Channel, JetPlan
from pdel.plan.plan import MarchPlan, Plan
from pdel.python_names import attribute_name, point_field
from pdel.render.environment import render
from pdel.render.layout import Block
from pdel.render.printer import PartialName, channel_name, code
from pdel.render.py import Py, py_int, py_name
from pdel.render.sections.derivatives import counts_on
from pdel.render.sections.jet_functions import jet_access

Polynomial = tuple[int, ...]

BLENDS: dict[int, dict[str, Polynomial]] = {
    1: {"fade": (1, -1)},
    2: {"fade": (1, 0, -3, 2), "drift": (0, 1, -2, 1)},
}
"""The polynomials by the order of the equations in time: the coefficients of 1, s, s^2, …; drift is over T."""

FORMULAS = {
    1: "N(t) = f*M(start) + (1 - f)*W(t) with f = 1 - s",
    2: "N(t) = f*M(start) + (s - 2*s^2 + s^3)*T*M_t(start) + (1 - f)*W(t) with f = 1 - 3*s^2 + 2*s^3",
}


JOINED_BY_LOSS = "methods/march/joined_by_loss.py.j2"
"""The network of a window that a term of least squares joins to the one before."""

READING = {"fourier": ("features",), "modified": ("gate_u", "gate_v", "layer_1")}
"""The layers that read the inputs, where it is not the first one alone."""


@dataclass(frozen=True, slots=True)
class JoinView:
    """The joint of one jet."""

    jet: Py
    prefix: Py
    body: Py


def holes(plan: Plan) -> dict[str, Any]:
    """What the sections "Training" and "Evaluation" have to know of windows."""
    march = plan.march
    return {
        "march": march is not None,
        "moved": tuple(point_field(points.name) for points in plan.point_sets),
        "pool": pool(plan, "self.network"),
        "windows": Py("" if march is None else "WINDOWS * "),
        "to_use": Py("network.state_dict" if march is None else "network.states"),
        "restore": Py("load_state_dict" if march is None else "restore"),
    }


def solved(plan: Plan) -> bool:
    """Whether windows are joined by least squares, which hand on what they have found."""
    return plan.march is not None and bool(plan.march.joints)


def pool(plan: Plan, network: str) -> Py:
    """The function that draws candidates of the interior, of the window in training where there are windows."""
    return Py("sample_pool" if plan.march is None else f"{network}.sample_pool")


def joined(plan: Plan) -> tuple[Py, ...]:
    """The class of the network that is joined to the window before; nothing without windows."""
    march = plan.march
    if march is None:
        return ()
    method = find("march", "windows")
    assert method is not None
    steady = "forward" if march.steady is None else f"{march.steady.prefix}_jet"
    holes = {
        "count": py_int(march.count),
        "formula": Py(FORMULAS[_order(march)]),
        "reading": tuple(_weights(plan, name) for name in READING.get(plan.network.method.name, ("layer_1",))),
        "space": len(plan.axes) > 1,
        "counts_on": counts_on(plan),
        "dimensions": py_int(len(plan.axes)),
        "outputs": py_int(len(plan.network.outputs)),
        "steady": Py(steady),
        "values": Py("forward" if _values_do(march) else steady),
        "value": _value(march),
        "jets": tuple(JoinView(py_name(jet.name), py_name(jet.prefix), _jet(march, jet)) for jet in plan.jets),
    }
    return (Py(render(method.template if not march.joints else JOINED_BY_LOSS, holes).rstrip("\n")),)


def _order(march: MarchPlan) -> int:
    return max(march.order, 1)


def _values_do(march: MarchPlan) -> bool:
    """Whether the value of the blend needs no derivative of the window before."""
    return march.steady is None or _order(march) == 1


def _access(march: MarchPlan, jets: bool) -> PartialName:
    """How the parts of a blend are read: networks as jets or as values, polynomials as local variables."""

    def access(partial: Partial) -> str:
        match partial.field:
            case "before":
                plain = march.steady is None or (not jets and _values_do(march))
                return "before" if plain else f"before.{channel_name(partial.orders)}"
            case "own":
                return jet_access(partial) if jets else "own"
            case name:
                order = sum(count for _, count in partial.orders)
                return f"{name}_{order}" if order else name

    return access


def _value(march: MarchPlan) -> Py:
    """The lines that give back the value of the blend."""
    block = Block(indent=8, partial_name=_access(march, jets=False))
    total = add(_from_before(march, None), multiply(_rise(march, ()), Partial("own")))
    _polynomials(march, block, [total])
    block.give_back(total)
    return block.text()


def _weights(plan: Plan, layer: str) -> Py:
    """Where the columns of a layer's weights stand: in V, where they are diag(exp(s))*V."""
    fixed = layer == "features"
    factorised = is_factorised(plan.network.method) and not fixed
    return Py(f"{py_name(layer)}.{'parametrizations.weight.original1' if factorised else 'weight'}")


def _jet(march: MarchPlan, jet: JetPlan) -> Py:
    """The lines that give back the jet of the blend by the product rule."""
    access = _access(march, jets=True)
    block = Block(indent=8, partial_name=access)
    channels: list[tuple[str, Expr]] = [
        ("value", add(_from_before(march, None), multiply(_rise(march, ()), Partial("own"))))
    ]
    channels += [(attribute_name(channel.name), _channel(march, channel)) for channel in jet.channels]
    _polynomials(march, block, [form for _, form in channels])
    arguments = []
    for name, form in channels:
        text = f"{name}={code(form, access)}"
        if len(text) + 13 > 88:
            block.assign(f"jet_{name}", form)
            text = f"{name}=jet_{name}"
        arguments.append(Py(f"            {text},"))
    block.add(Py(f"return {jet.name}("))
    block.lines += arguments
    block.add(Py(")"))
    return block.text()


def _from_before(march: MarchPlan, channel: Channel | None) -> Expr:
    """What the window before gives to a channel: L(fade*M + drift*M_t), M and M_t without time."""
    time = march.first.name
    found: list[Expr] = []
    for rate, name in enumerate(("fade", "drift")[: _order(march)]):
        beside: Orders = ((time, rate),) if rate else ()
        if channel is None:
            found.append(multiply(Partial(name), Partial("before", beside)))
            continue
        for term in channel.terms:
            along = dict(term.orders).get(time, 0)
            space = tuple(pair for pair in term.orders if pair[0] != time)
            factor = Partial(name, ((time, along),) if along else ())
            found.append(multiply(term.coefficient, factor, Partial("before", (*space, *beside))))
    return add(*found)


def _channel(march: MarchPlan, channel: Channel) -> Expr:
    """A channel of fade*M + drift*M_t + (1 - fade)*W."""
    mixed = leibniz_rule(channel, lambda orders: _rise(march, orders), lambda orders: Partial("own", orders))
    whole = add(*(multiply(term.coefficient, _rise(march, term.orders)) for term in channel.terms))
    outer = [multiply(_rise(march, ()), channel_partial("own", channel)), multiply(whole, Partial("own"))]
    return add(_from_before(march, channel), *outer, *mixed)


def _rise(march: MarchPlan, orders: Orders) -> Expr:
    """1 - fade, or a derivative of it."""
    if not orders:
        return subtract(ONE, Partial("fade"))
    if any(name != march.first.name for name, _ in orders):
        return ZERO
    return negate(Partial("fade", orders))


def _polynomials(march: MarchPlan, block: Block, forms: list[Expr]) -> None:
    """The polynomials that are read, and their derivatives in time, as local variables; rise is 1 - fade."""
    read = {partial for form in forms for partial in partials(form)}
    for name, coefficients in BLENDS[_order(march)].items():
        derived = coefficients
        for order in range(march.order + 1):
            orders: Orders = ((march.first.name, order),) if order else ()
            if Partial(name, orders) in read:
                variable = f"{name}_{order}" if order else name
                block.add(Py(f"{variable} = self.joint * {_over_windows(derived, order - (name == 'drift'))}"))
            derived = tuple(power * coefficient for power, coefficient in enumerate(derived))[1:]


def _over_windows(polynomial: Polynomial, power: int) -> str:
    """A polynomial in `passed` over a power of the window's length, as a factor."""
    several = sum(1 for coefficient in polynomial if coefficient) > 1
    text = f"({_polynomial(polynomial)})" if several or polynomial[0] < 0 else _polynomial(polynomial)
    if power == 0:
        return text
    return f"{text} * WINDOW" if power < 0 else f"{text} / WINDOW" if power == 1 else f"{text} / WINDOW**{power}"


def _polynomial(coefficients: Polynomial) -> str:
    """A polynomial in `passed` as code: `3 * passed**2 - 2 * passed**3`."""
    text = ""
    for power, coefficient in enumerate(coefficients):
        if not coefficient:
            continue
        variable = "" if power == 0 else "passed" if power == 1 else f"passed**{power}"
        size = abs(coefficient)
        factor = variable if variable and size == 1 else f"{size} * {variable}" if variable else str(size)
        sign = ("-" if coefficient < 0 else "") if not text else (" - " if coefficient < 0 else " + ")
        text += f"{sign}{factor}"
    return text
