"""One field's ansatz u = g + d*N: the conditions that it can hold for every network, and what becomes of the rest.

Conditions are given up one after another, with the reason, until the rest can be built in and passes the
check at points: g has the prescribed values, d vanishes there and is positive inside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from pdel.expression import ONE, ZERO, Expr, Orders, add, multiply, walk
from pdel.geometry_points import Point
from pdel.maths.enforcement import factors, start
from pdel.maths.enforcement.conflicts import place_text, refuse_conflicting
from pdel.maths.enforcement.fold import restrict
from pdel.maths.enforcement.form import Given, has_kink
from pdel.maths.enforcement.space import Refusals, Spatial, build_spatial, is_constant, refuse_uncovered
from pdel.maths.enforcement.surroundings import Surroundings
from pdel.maths.limits import OutOfTime, TooLarge
from pdel.maths.model import Ansatz
from pdel.maths.symbolic import derivative
from pdel.semantics.problem import Axis, BoundaryCondition, Field, InitialCondition, PointConstraint

_LONGEST_DERIVATIVE = 400
_NEGLIGIBLE = 1e-10
_RATE_STEP = 1e-5


@dataclass(frozen=True, slots=True)
class Attempt:
    """An ansatz in the making."""

    offset: Expr
    factor: Expr
    notes: tuple[str, ...] = ()


def enforce_field(
    surroundings: Surroundings, field: Field, givens: list[Given], initial: dict[str, list[Given]]
) -> tuple[Ansatz, list[Given], Refusals]:
    """The ansatz of one field, the conditions that it holds, and the others with their reasons.

    `initial` gives all initial conditions of all fields, from which the equations tell how fast a field changes.
    """
    refused: Refusals = []
    kept = list(givens)
    while True:
        outcome = _attempt(surroundings, field, kept, initial)
        if isinstance(outcome, Attempt):
            return Ansatz(field.name, outcome.offset, outcome.factor, outcome.notes), kept, refused
        refused.extend(outcome)
        kept = [given for given in kept if all(given is not other for other, _ in outcome)]


def _attempt(
    surroundings: Surroundings, field: Field, givens: list[Given], initial: dict[str, list[Given]]
) -> Attempt | Refusals:
    """An ansatz for conditions, or those that stand in its way."""
    if not givens:
        return Attempt(ZERO, ONE)
    boundary = [given for given in givens if isinstance(given.residual.source, BoundaryCondition)]
    at_start = [given for given in givens if isinstance(given.residual.source, InitialCondition)]
    at_points = [given for given in givens if isinstance(given.residual.source, PointConstraint)]
    refused = (
        _refuse_alone(surroundings, field, givens)
        or refuse_uncovered(surroundings, boundary)
        or _refuse_initial(surroundings, field, at_start)
        or refuse_conflicting(surroundings, boundary + at_start)
    )
    if refused:
        return refused
    spatial = build_spatial(surroundings, boundary)
    if not isinstance(spatial, Spatial):
        return spatial
    refused = _refuse_spatial(surroundings, field, boundary, spatial)
    if refused:
        return refused
    attempt = Attempt(spatial.offset, spatial.factor)
    time = surroundings.time
    if at_start and time is not None:
        outcome = _with_start(
            surroundings, field, spatial, boundary=boundary, givens=at_start, initial=initial, time=time
        )
        if not isinstance(outcome, Attempt):
            return outcome
        attempt = outcome
    for given in at_points:
        pointed = _with_point(surroundings, attempt, given)
        if not isinstance(pointed, Attempt):
            return pointed
        attempt = pointed
    refused = _refuse_unproven(surroundings, attempt, givens)
    return refused or replace(attempt, notes=(_main_note(givens, attempt), *_notes(spatial), *attempt.notes))


def _refuse_alone(surroundings: Surroundings, field: Field, givens: list[Given]) -> Refusals:
    """Conditions whose value is unfit by itself: not finite, with a kink, not periodic."""
    refused: Refusals = []
    for given in givens:
        reason = _unfit(surroundings, field, given)
        if reason:
            refused.append((given, reason))
    return refused


def _unfit(surroundings: Surroundings, field: Field, given: Given) -> str | None:
    """Why a value cannot be part of an offset, whatever the others are."""
    for index, axis in enumerate(surroundings.problem.axes):
        if axis.name not in field.arguments and _fixes(surroundings, given, index):
            return f"{field.label} is no function of {axis.name}"
    if not surroundings.probe.finite(given.value, _where(surroundings, given)):
        return "its value is not finite everywhere"
    kink = has_kink(given.value)
    if kink and not given.forced and any(surroundings.derivatives_of(field)):
        return f"its value may have a kink (`{kink}`), which the factor would keep inside"
    for axis in surroundings.problem.axes:
        if axis.periodic and start.seam_gap(surroundings, given.value, axis):
            return f"its value is not periodic in {axis.name}, and {field.label} is"
    return None


def _fixes(surroundings: Surroundings, given: Given, index: int) -> bool:
    """Whether a condition holds where one coordinate is fixed."""
    source = given.residual.source
    if isinstance(source, InitialCondition):
        return surroundings.problem.axes[index].is_time
    if not isinstance(source, BoundaryCondition) or surroundings.problem.axes[index].is_time:
        return False
    touching = (carrier for piece in source.pieces for carriers in surroundings.touching[piece] for carrier in carriers)
    return any(surroundings.carriers[carrier].axis in (index, None) for carrier in touching)


def _refuse_initial(surroundings: Surroundings, field: Field, givens: list[Given]) -> Refusals:
    """Initial conditions that are not the value or one of its first time derivatives, each once."""
    time = surroundings.time
    if time is None:
        return []
    most = max(surroundings.order_along(field, time.name), 1)
    orders: dict[int, Given] = {}
    refused: Refusals = []
    for given in sorted(givens, key=lambda item: item.order):
        if given.order >= most:
            refused.append((given, f"the equations are of order {most} in {time.name} for {field.label}"))
        elif given.order in orders:
            refused.append((given, f"`{orders[given.order].name}` gives the same value"))
        elif given.order > 0 and given.order - 1 not in orders:
            lower = field.label if given.order == 1 else f"a lower time derivative of {field.label}"
            refused.append((given, f"{lower} at the start is not held exactly, so that its rate of change cannot be"))
        else:
            orders[given.order] = given
    return refused


def _refuse_spatial(surroundings: Surroundings, field: Field, givens: list[Given], spatial: Spatial) -> Refusals:
    """All boundary conditions where a curved factor fails: not positive inside, too long, or giving the answer away."""
    if not spatial.curved:
        return []
    points = surroundings.started(surroundings.inside)
    if not all(value > 0 for value in surroundings.probe.at(spatial.factor, points)):
        return [(given, "no smooth factor is known that vanishes on this boundary alone") for given in givens]
    unforced = [given for given in givens if not given.forced]
    known = {item.field: item.expression for item in (*surroundings.problem.exact, *surroundings.problem.manufactured)}
    if field.name in known and not is_constant(spatial.offset):
        lifted = surroundings.lifted(surroundings.inside)
        if surroundings.probe.difference(known[field.name], spatial.offset, lifted)[1] is None:
            reason = "its closed form is the exact solution everywhere, so that nothing would be left to learn"
            return [(given, reason) for given in unforced]
    longest = _longest_derivative(spatial.factor, surroundings.derivatives_of(field))
    if longest > _LONGEST_DERIVATIVE:
        size = f"{longest:.0f}" if math.isfinite(longest) else "too many"
        return [(given, f"a derivative of the factor would have {size} operations") for given in unforced]
    return []


def _longest_derivative(factor: Expr, orders: tuple[Orders, ...]) -> float:
    """The most nodes that one of the derivatives of a factor has, infinite where one is beyond the limits."""
    try:
        return max((sum(1 for _ in walk(derivative(factor, item))) for item in orders if item), default=0)
    except OutOfTime:
        raise
    except TooLarge:
        return math.inf


def _with_start(
    surroundings: Surroundings,
    field: Field,
    spatial: Spatial,
    *,
    boundary: list[Given],
    givens: list[Given],
    initial: dict[str, list[Given]],
    time: Axis,
) -> Attempt | Refusals:
    """Offset and factor with the initial conditions built in."""
    ordered = sorted(givens, key=lambda item: item.order)
    terms = start.taylor_terms(spatial.offset, [given.value for given in ordered], surroundings, time)
    edges = tuple(point for given in boundary for point in surroundings.on_pieces(given))
    for given, term in list(zip(ordered, terms, strict=True))[1:]:
        gap, point = surroundings.probe.difference(term, ZERO, surroundings.started(edges))
        if point is not None:
            place = place_text(surroundings, point)
            return [(given, f"it disagrees with the rate of change on the boundary at the {place} by {gap:.3g}")]
    order = len(ordered)
    if order == 1:
        seam = _kinked_axis(surroundings, field, ordered[0].value)
        if seam is None:
            offset = factors.total(spatial.offset, terms[0])
            if surroundings.windows == 1:
                return Attempt(offset, factors.product_of(start.linear_factor(time), spatial.factor))
            length = start.two_digits(start.window_length(time, surroundings.windows))
            note = f"tau = {length} in s/(s + tau), s the time since the start: the length of a window"
            rising = start.level_factor(time, 1, length)
            return Attempt(offset, factors.product_of(rising, spatial.factor), (note,))
        decay = start.fading(time)
        note = (
            f"the initial values have a kink across the seam of {seam}; they fade out over a tenth of the time span, "
            "so that the kink does not stay"
        )
        offset = add(spatial.offset, multiply(terms[0], decay))
        return Attempt(offset, factors.product_of(start.one_less(decay), spatial.factor), (note,))
    tau = start.characteristic_time(surroundings, field, initial, time) if order == 2 else None
    note = "the time in which the initial values change by their own size"
    if tau is None:
        tau, note = start.fallback_time(time), "a tenth of the time span"
    note = f"tau = {tau} in s^{order}/(s^{order} + tau^{order}), s the time since the start: {note}"
    offset = factors.total(spatial.offset, start.taylor_sum(terms, time))
    return Attempt(offset, factors.product_of(start.level_factor(time, order, tau), spatial.factor), (note,))


def _kinked_axis(surroundings: Surroundings, field: Field, value: Expr) -> str | None:
    """The periodic coordinate across whose seam a derivative that the equations need of the data jumps."""
    for axis in surroundings.problem.axes:
        order = surroundings.order_along(field, axis.name) - 1
        if axis.periodic and start.seam_slope(surroundings, value, axis, min(order, 2)) is not None:
            return axis.name
    return None


def _with_point(surroundings: Surroundings, attempt: Attempt, given: Given) -> Attempt | Refusals:
    """An ansatz in one coordinate with one more value at a point: Newton's interpolation."""
    source = given.residual.source
    axis = surroundings.problem.axes[0]
    if not isinstance(source, PointConstraint):
        return [(given, "it holds at no point")]
    point = source.point[0]
    place, here = {axis.name: point.expression}, [(point.value,)]
    if surroundings.probe.vanishes(attempt.factor, here):
        return [(given, f"other conditions hold {given.field.label} exactly at the same place")]
    at_end = point.value == axis.high.value
    distance = (factors.below if at_end else factors.above)(axis.name, point)
    factor = factors.product_of(factors.scaled(distance, factors.width(axis.low, axis.high)), attempt.factor)
    missing = factors.difference(given.value, restrict(attempt.offset, place))
    if surroundings.probe.vanishes(missing, here):
        return replace(attempt, factor=factor)
    share = factors.product_of(missing, factors.scaled(attempt.factor, restrict(attempt.factor, place)))
    return replace(attempt, offset=add(attempt.offset, share), factor=factor)


def _refuse_unproven(surroundings: Surroundings, attempt: Attempt, givens: list[Given]) -> Refusals:
    """Conditions that the ansatz does not hold at points, to rounding: they were built in on wrong assumptions."""
    refused: Refusals = []
    for given in givens:
        if not _holds(surroundings, attempt, given):
            refused.append((given, "the ansatz does not hold it to rounding beside the other conditions"))
    return refused


def _holds(surroundings: Surroundings, attempt: Attempt, given: Given) -> bool:
    """Whether the offset has the prescribed values and the factor vanishes, at points."""
    points = _where(surroundings, given)
    if given.order == 0:
        values = surroundings.probe.at(given.value, points)
        offsets = surroundings.probe.at(attempt.offset, points)
        weights = surroundings.probe.at(attempt.factor, points)
        return all(
            abs(offset - value) <= _NEGLIGIBLE * max(1.0, abs(value)) and abs(weight) <= _NEGLIGIBLE
            for value, offset, weight in zip(values, offsets, weights, strict=True)
        )
    time = surroundings.time
    if time is None or given.order > 1:
        return True
    step = _RATE_STEP * (time.high.value - time.low.value)
    before = [(*point[:-1], point[-1] - step) for point in points]
    after = [(*point[:-1], point[-1] + step) for point in points]
    rates = [
        (late - early) / (2 * step)
        for early, late in zip(
            surroundings.probe.at(attempt.offset, before), surroundings.probe.at(attempt.offset, after), strict=True
        )
    ]
    values = surroundings.probe.at(given.value, points)
    scale = max(1.0, surroundings.probe.size(attempt.offset, points)) / step
    return all(
        abs(rate - value) <= 1e-4 * max(1.0, abs(value), 1e-8 * scale)
        for rate, value in zip(rates, values, strict=True)
        if math.isfinite(rate)
    )


def _where(surroundings: Surroundings, given: Given) -> list[Point]:
    """Points, times included, at which a condition holds."""
    match given.residual.source:
        case BoundaryCondition():
            return surroundings.lifted(surroundings.on_pieces(given))
        case PointConstraint(point=point):
            return [tuple(value.value for value in point)]
        case _:
            return surroundings.started(surroundings.inside)


def _main_note(givens: list[Given], attempt: Attempt) -> str:
    """Which conditions hold, and by what."""
    names = list(dict.fromkeys(f"`{given.name}`" for given in givens))
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    verb = "holds" if len(names) == 1 else "hold"
    rates = any(given.order for given in givens)
    if attempt.offset == ZERO:
        return f"{listed} {verb} for every network: the factor vanishes there"
    what = "the factor vanishes there with its rate of change" if rates else "the factor vanishes there"
    values = "its values" if len(names) == 1 else "their values"
    return f"{listed} {verb} for every network: {what} and the offset carries {values}"


def _notes(spatial: Spatial) -> tuple[str, ...]:
    """How boundary values were put together, where that is not plain."""
    return ("between the pieces of the boundary the offset blends their values by distance",) if spatial.blended else ()
