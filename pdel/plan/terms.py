"""Unknown terms: their networks, the derivatives of them that equations contain, and where they are evaluated."""

from __future__ import annotations

from collections.abc import Sequence

from pdel.expression import ONE, Coordinate, Expr, Orders, TermValue, divide, subtract, term_values
from pdel.plan.channels import close, derivative_text, single_name
from pdel.plan.inverse import mask_call, network_call
from pdel.plan.network import count_parameters, decimal
from pdel.plan.network_plan import Channel, Feature, JetPlan, NetworkPlan, OperatorTerm
from pdel.plan.plan import ResidualPlan, TermArgumentPlan, UnknownTermPlan
from pdel.semantics.problem import Problem, TermArgument, UnknownTerm
from pdel.semantics.unknowns import is_geometric


def plan_unknown_terms(problem: Problem, residuals: Sequence[ResidualPlan]) -> tuple[UnknownTermPlan, ...]:
    """The unknown terms, each with a network of its own."""
    return tuple(_term(problem, term, residuals) for term in problem.terms)


def _term(problem: Problem, term: UnknownTerm, residuals: Sequence[ResidualPlan]) -> UnknownTermPlan:
    values = [
        (residual.point_set, value)
        for residual in residuals
        for factor in residual.terms
        for value in term_values(factor.expression)
        if value.term == term.name
    ]
    return UnknownTermPlan(
        name=term.name,
        arguments=tuple(TermArgumentPlan(one.name, one.expression, one.low, one.high) for one in term.arguments),
        network=_network(problem, term),
        start=term.start,
        bounds=term.bounds,
        geometric=is_geometric(term.bounds),
        jet=_jet(term, [value for _, value in values]),
        calls=tuple(dict.fromkeys((point_set, value.arguments) for point_set, value in values)),
        place=problem.sources.place(term.span),
    )


def _network(problem: Problem, term: UnknownTerm) -> NetworkPlan:
    call, mask = network_call(problem, term.name), mask_call(problem, term.name)
    features = tuple(Feature(argument.name, _scaled(argument)) for argument in term.arguments)
    parameters = count_parameters(call, len(features), 1, mask)
    activation = str(dict(call.options).get("activation", "sin"))
    return NetworkPlan(call, features, (term.name,), activation, parameters, mask)


def _scaled(argument: TermArgument) -> Expr:
    """The argument less the middle of its range, over half its length."""
    middle, half = (argument.low + argument.high) / 2, (argument.high - argument.low) / 2
    shifted = Coordinate(argument.name) if middle == 0 else subtract(Coordinate(argument.name), decimal(middle))
    return shifted if half == 1 else divide(shifted, decimal(half))


def _jet(term: UnknownTerm, values: Sequence[TermValue]) -> JetPlan | None:
    """The channels of the derivatives by arguments that equations contain, with the lower ones that these need."""
    names = [argument.name for argument in term.arguments]
    needed: dict[Orders, None] = {}
    for value in values:
        orders = tuple((name, order) for name, order in zip(names, value.orders, strict=True) if order)
        if orders:
            needed[orders] = None
    if not needed:
        return None
    ordered = sorted(close(needed), key=lambda orders: (sum(order for _, order in orders), orders))
    channels = tuple(
        Channel(single_name(orders), (OperatorTerm(ONE, orders),), derivative_text(orders)) for orders in ordered
    )
    return JetPlan(f"SlopesOf{term_title(term.name)}", f"term_{term.name}", channels, (term.name,))


def term_title(name: str) -> str:
    """A name as a part of the names of classes: `FluxLaw` of `flux_law`."""
    return "".join(part.capitalize() for part in name.split("_"))


def scale_of(argument: TermArgumentPlan) -> Expr:
    """The slope of an input of the network by its argument."""
    return divide(ONE, decimal((argument.high - argument.low) / 2))
