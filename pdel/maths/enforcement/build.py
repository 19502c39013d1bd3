"""Exact enforcement: an ansatz u = g + d*N for every field, in which stated conditions hold for every network N.

In: the problem, the residuals of its equations and conditions. Out: one ansatz a field, the conditions
that it holds exactly, and the others with the reason why they enter the loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pdel.diagnostics.model import Diagnostic, Label, Result, error
from pdel.expression import ONE, ZERO, add
from pdel.maths.enforcement.field import enforce_field
from pdel.maths.enforcement.form import Given, condition_name, read_condition
from pdel.maths.enforcement.sudden_offset import sudden_form, sudden_note, without_changes
from pdel.maths.enforcement.surroundings import surroundings_of
from pdel.maths.model import Ansatz, Exact, Layer, Residual, Soft, Start, SuddenChange, Vertex, Windows
from pdel.semantics.problem import BoundaryCondition, InitialCondition, MethodChoice, PointConstraint, Problem


@dataclass(frozen=True, slots=True)
class Enforcement:
    """One ansatz a field in their order; conditions in order, held exactly, softly or by the first joint."""

    ansatz: tuple[Ansatz, ...]
    exact: tuple[Exact, ...]
    soft: tuple[Soft, ...]
    starts: tuple[Start, ...]


SINGLE = Windows(1)
"""One network for all of time."""

AT_CORNER = (
    "beside a corner that points inwards every smooth factor that vanishes on both sides is smaller than the solution"
)

AT_CHANGE = "no smooth factor vanishes on one side of where conditions change and not on the other"

ALONG_PATHS = "an offset and a factor for it would not go along with what is carried"

AT_JOINT = "the first window begins from it as others begin where the one before has ended: by a term of the loss"


def enforce(
    problem: Problem,
    equations: tuple[Residual, ...],
    conditions: tuple[Residual, ...],
    windows: Windows = SINGLE,
    changes: tuple[SuddenChange, ...] = (),
    *,
    vertices: Sequence[Vertex] = (),
    layers: tuple[Layer, ...] = (),
) -> Result[Enforcement]:
    """Build conditions into the ansatz of the fields wherever that is possible and not refused by the user.

    With several windows of time the factors rise within the first one; where windows are joined by the loss, initial
    conditions are left to the first joint. Where neurons go along paths, boundary conditions enter the loss. Sudden
    changes are a part of the offset. With `vertices`, for which networks have inputs that are not smooth, boundary
    conditions enter the loss. Beside thin layers factors rise within them.

    Errors:
        E490: a condition that is to be enforced exactly cannot be.
    """
    fields = {field.name: field for field in problem.fields}
    time = None if problem.time is None else problem.time.name
    choices = [enforcement_choice(problem, condition) for condition in conditions]
    reasons: dict[int, str] = {}
    givens: dict[int, Given] = {}
    stated: dict[str, list[Given]] = {}
    starts: dict[int, Start] = {}
    for index, (condition, choice) in enumerate(zip(conditions, choices, strict=True)):
        found = read_condition(condition, fields, time)
        if isinstance(found, str):
            reasons[index] = found
            continue
        if isinstance(condition.source, InitialCondition):
            stated.setdefault(found.field.name, []).append(found)
        if windows.joined and isinstance(condition.source, InitialCondition):
            reasons[index] = AT_JOINT
            starts[index] = Start(condition, found.field.name, found.order, found.value)
        elif choice is not None and choice.calls[0].name == "softly":
            reasons[index] = f"`{choice.text}` asks for it"
        elif vertices and isinstance(condition.source, BoundaryCondition):
            reasons[index] = AT_CORNER if any(vertex.quarters == 3 for vertex in vertices) else AT_CHANGE
        elif windows.paths and choice is None and isinstance(condition.source, BoundaryCondition):
            reasons[index] = ALONG_PATHS
        elif isinstance(condition.source, PointConstraint) and len(problem.axes) > 1:
            reasons[index] = "a point value"
        else:
            givens[index] = replace(without_changes(found, changes), forced=choice is not None)
    with_boundary = any(isinstance(given.residual.source, BoundaryCondition) for given in givens.values())
    surroundings = surroundings_of(
        problem, equations, with_boundary=with_boundary, windows=windows.count, layers=layers
    )
    initial = {name: sorted(items, key=lambda item: item.order) for name, items in stated.items()}
    ansatz: list[Ansatz] = []
    for field in problem.fields:
        if field.inferred is not None:
            ansatz.append(Ansatz(field.name, ZERO, ONE, ()))
            continue
        mine = {index: given for index, given in givens.items() if given.field is field}
        built, _, refused = enforce_field(surroundings, field, list(mine.values()), initial)
        form, notes = sudden_form(changes, field.name), sudden_note(changes, field.name)
        ansatz.append(replace(built, offset=add(form, built.offset), notes=(*built.notes, *notes)))
        for other, reason in refused:
            reasons.update({index: reason for index, given in mine.items() if given is other})
    exact = tuple(
        Exact(condition, givens[index].field.name) for index, condition in enumerate(conditions) if index not in reasons
    )
    soft = tuple(
        Soft(condition, reasons[index])
        for index, condition in enumerate(conditions)
        if index in reasons and index not in starts
    )
    enforcement = Enforcement(tuple(ansatz), exact, soft, tuple(starts.values()))
    return Result(enforcement, _diagnostics(conditions, choices, reasons))


def enforcement_choice(problem: Problem, condition: Residual) -> MethodChoice | None:
    """The `enforce` statement for a condition: one that names it before one for all, a later before an earlier."""
    source = condition.source
    address = source.address.split(".")
    names = (source.address, ".".join(address[:2]), ".".join(address[1:]), address[1], source.label)
    general = None
    for choice in reversed(problem.methods):
        if choice.family != "enforce" or not choice.calls:
            continue
        if any(target in names for target in choice.targets):
            return choice
        if not choice.targets and general is None:
            general = choice
    return general


def _diagnostics(
    conditions: tuple[Residual, ...], choices: list[MethodChoice | None], reasons: dict[int, str]
) -> tuple[Diagnostic, ...]:
    """An error for every condition that was to hold exactly and does not, once for each statement and reason."""
    found: dict[tuple[str, str], Diagnostic] = {}
    for index, reason in reasons.items():
        choice, condition = choices[index], conditions[index]
        if choice is None or choice.calls[0].name != "exactly":
            continue
        name = condition_name(condition)
        found.setdefault(
            (name, reason),
            error(
                "E490",
                f"`{name}` cannot be enforced exactly: {reason}",
                choice.span,
                "asked for here",
                secondary=(Label(condition.source.span, "the condition"),),
                help=f"Leave `{name}` out of this statement, or write `enforce {name}: softly`.",
            ),
        )
    return tuple(found.values())
