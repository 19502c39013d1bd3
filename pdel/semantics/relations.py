"""Equations and conditions: relations expanded by component, complex ones split into real and imaginary part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pdel import expression as ex
from pdel.diagnostics.model import Label, error
from pdel.diagnostics.suggest import enumerate_words
from pdel.expression import Expr, partials
from pdel.geometry import Scalar
from pdel.geometry_points import dimension
from pdel.semantics import names, values
from pdel.semantics.lowering import Lowering
from pdel.semantics.places import BOUND, BOUNDARY, CONDITION, CONSTRAINT, EQUATION, INITIAL, Place
from pdel.semantics.problem import BoundaryCondition, Equation, InitialCondition, PointConstraint, Term
from pdel.semantics.regions import inside, narrow, select_pieces
from pdel.semantics.scope import BrokenName, FieldName, Scope, ShapeName, VectorName
from pdel.semantics.texts import one_line
from pdel.semantics.values import Complex, Entry
from pdel.source import Span
from pdel.syntax import ast


@dataclass(frozen=True, slots=True)
class _Written:
    """A term of a relation as written: its syntax, its sign on its side, its side, and its place."""

    expression: ast.Expression
    negative: bool
    on_right: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Parts:
    """What all statements share, for one real scalar component."""

    address: str
    label: str
    left: Expr
    right: Expr
    terms: tuple[Term, ...]
    text: str
    span: Span


def declare_label(scope: Scope, labels: dict[str, Span], name: ast.Name) -> bool:
    """Note the label of a statement; labels name losses and targets of methods, so each stands once."""
    text = name.text
    if not names.check_reserved(scope, name, names.WORDS):
        return False
    if text in names.LABEL_WORDS:
        scope.report(
            error(
                "E204",
                f"`{text}` cannot be a label, because methods use it as a word",
                name.span,
                "a reserved label",
                help="Choose another label.",
            )
        )
        return False
    if text in labels:
        scope.report(
            error(
                "E208",
                f"the label `{text}` is given twice",
                name.span,
                "given again here",
                secondary=(Label(labels[text], "first given here"),),
                help="Every equation and condition has its own label.",
            )
        )
        return False
    labels[text] = name.span
    return True


def resolve_equation(scope: Scope, statement: ast.EquationStatement) -> tuple[Equation, ...]:
    """The scalar equations of an `equation` statement."""
    parts = _relate(scope, statement.relation, EQUATION, f"equation.{statement.name.text}")
    where = _region(scope, statement.region)
    condition = None if statement.where is None else Lowering(scope, CONDITION).condition(statement.where)
    if statement.where is not None and condition is None:
        return ()
    if statement.region is not None and where is None:
        return ()
    narrowed = narrow(where, condition)
    return tuple(
        Equation(one.address, one.label, one.left, one.right, one.terms, one.text, one.span, narrowed) for one in parts
    )


def _region(scope: Scope, name: ast.Name | None) -> Expr | None:
    """The condition that a point lies in the shape after `in`."""
    if name is None:
        return None
    entity = scope.find(name.text)
    if isinstance(entity, ShapeName):
        if dimension(entity.shape) == len(scope.space):
            return inside(entity.shape, scope.space)
        if "space" not in scope.faulty:
            message = (
                f"`{name.text}` is a shape of {dimension(entity.shape)} coordinates in a space of {len(scope.space)}"
            )
            scope.report(error("E319", message, name.span, "not a part of this space"))
        return None
    if entity is None:
        names.report_unknown(scope, name, scope.known(ShapeName), "a shape is wanted here")
    elif not isinstance(entity, BrokenName):
        names.wrong_kind(scope, name, entity, "a shape")
    return None


def resolve_boundary(scope: Scope, statement: ast.BoundaryStatement) -> tuple[BoundaryCondition, ...]:
    """The scalar conditions of a `boundary` statement, with the pieces that they hold on."""
    if not scope.space:
        if "space" not in scope.faulty:
            scope.report(
                error(
                    "E322",
                    "a boundary condition needs a space, and the problem has none",
                    statement.keyword,
                    "no boundary",
                    help="Use `initial` for values at the start of time, `constraint … at …` for other times.",
                )
            )
        return ()
    parts = _relate_all(scope, statement.relations, BOUNDARY, "boundary", statement.name)
    lowering = Lowering(scope, CONDITION)
    selection = select_pieces(scope, statement.selector, lowering.evaluate)
    where = None if statement.where is None else lowering.condition(statement.where)
    if selection is None or (statement.where is not None and where is None):
        return ()
    where_text = "" if statement.where is None else one_line(scope.sources, statement.where.span)
    selector_text = one_line(scope.sources, statement.selector.span)
    return tuple(
        BoundaryCondition(
            one.address,
            one.label,
            one.left,
            one.right,
            one.terms,
            one.text,
            one.span,
            selection.pieces,
            narrow(selection.where, where),
            where_text,
            selector_text,
        )
        for one in parts
    )


def resolve_initial(scope: Scope, statement: ast.InitialStatement) -> tuple[InitialCondition, ...]:
    """The scalar conditions of an `initial` statement."""
    if scope.time is None:
        if "time" not in scope.faulty:
            scope.report(
                error(
                    "E322",
                    "an initial condition needs a time, and the problem has none",
                    statement.keyword,
                    "no time",
                    help="Declare it: `time t in [0, 1]`.",
                )
            )
        return ()
    parts = _relate_all(scope, statement.relations, INITIAL, "initial", statement.name)
    return tuple(
        InitialCondition(one.address, one.label, one.left, one.right, one.terms, one.text, one.span) for one in parts
    )


def resolve_constraint(scope: Scope, statement: ast.ConstraintStatement) -> tuple[PointConstraint, ...]:
    """The scalar conditions of a `constraint … at (…)` statement."""
    if statement.at is None or statement.relation.operator != "=":
        what = "an inequality" if statement.relation.operator != "=" else "a constraint without `at`"
        scope.report(
            error(
                "E318",
                f"{what} is known but not built yet",
                statement.relation.span,
                "not built yet",
                help="Constraints at points are built: `constraint gauge: p = 0 at (0, 0)`.",
            )
        )
        return ()
    parts = _relate(scope, statement.relation, CONSTRAINT, f"constraint.{statement.name.text}")
    point = _point(scope, statement.at)
    if point is None:
        return ()
    return tuple(
        PointConstraint(one.address, one.label, one.left, one.right, one.terms, one.text, one.span, point)
        for one in parts
    )


def _point(scope: Scope, written: tuple[ast.Expression, ...]) -> tuple[Scalar, ...] | None:
    lowering = Lowering(scope, BOUND)
    numbers = [lowering.number(item, "a coordinate of a point") for item in written]
    kept = tuple(number for number in numbers if number is not None)
    if len(kept) < len(numbers) or scope.faulty & {"space", "time"}:
        return None
    axes = list(scope.axes) if len(kept) == len(scope.axes) else [axis for axis in scope.axes if not axis.is_time]
    place = written[0].span.to(written[-1].span)
    if len(kept) != len(axes):
        wanted = " or ".join(dict.fromkeys(str(count) for count in (len(scope.space), len(scope.axes)) if count))
        scope.report(
            error(
                "E323",
                f"the point has {len(kept)} {'coordinate' if len(kept) == 1 else 'coordinates'} in place of {wanted}",
                place,
                "not a point of the problem",
                help=f"Give a value for each of {', '.join(f'`{name}`' for name in scope.coordinates)}.",
            )
        )
        return None
    for axis, number, item in zip(axes, kept, written, strict=True):
        slack = 1e-9 * max(1.0, axis.high.value - axis.low.value)
        if not axis.low.value - slack <= number.value <= axis.high.value + slack:
            scope.report(
                error(
                    "E323",
                    f"the point lies outside: `{axis.name}` runs from {axis.low.value:g} to {axis.high.value:g}",
                    item.span,
                    f"`{axis.name}` = {number.value:g}",
                )
            )
            return None
    return kept


# ---------------------------------------------------------------------------------------------------
# Relations
# ---------------------------------------------------------------------------------------------------


def _relate_all(
    scope: Scope,
    relations: Sequence[ast.Relation],
    place: Place,
    word: str,
    name: ast.Name,
) -> list[Parts]:
    """The components of several relations under one label, each with an address of its own."""
    base = f"{word}.{name.text}"
    if len(relations) == 1:
        return _relate(scope, relations[0], place, base)
    lefts = [relation.left.text if isinstance(relation.left, ast.Name) else "" for relation in relations]
    found: list[Parts] = []
    for index, (relation, left) in enumerate(zip(relations, lefts, strict=True), start=1):
        suffix = left if left and lefts.count(left) == 1 else str(index)
        found.extend(_relate(scope, relation, place, f"{base}.{suffix}"))
    return found


def _written_terms(relation: ast.Relation) -> list[_Written]:
    """The terms of the left side and then of the right side, in the written order."""
    found: list[_Written] = []
    for side, on_right in ((relation.left, False), (relation.right, True)):
        match side:
            case ast.Sum(terms=terms):
                found.extend(_Written(term.expression, term.negative, on_right, term.span) for term in terms)
            case ast.Negate(operand=operand, span=span):
                found.append(_Written(operand, True, on_right, span))
            case _:
                found.append(_Written(side, False, on_right, side.span))
    return found


def _relate(scope: Scope, relation: ast.Relation, place: Place, address: str) -> list[Parts]:
    """The real scalar components of a relation, or none where it has a mistake (reported)."""
    lowering = Lowering(scope, place)
    written = _written_terms(relation)
    found = lowering.all([term.expression for term in written])
    if found is None:
        return []
    same = lowering.same_shape(found, [term.span for term in written], "a relation cannot")
    if same is None:
        return []
    signed = [
        values.map_entries(value, values.negate) if term.negative else value
        for value, term in zip(same, written, strict=True)
    ]
    parts: list[Parts] = []
    for index, suffix in enumerate(_components(scope, same[0].shape)):
        entries = [value.entries[index] for value in signed]
        split = any(isinstance(entry, Complex) for entry in entries)
        for kind, part in ((".re", values.real_part), (".im", values.imaginary_part)) if split else (("", _itself),):
            one = _component(scope, relation, written, [part(entry) for entry in entries], address + suffix + kind)
            if one is not None:
                parts.append(one)
    if not parts or not all(any(partials(term.expression) for term in one.terms) for one in parts):
        _refuse_without_field(scope, relation, place)
        return []
    return parts


def _itself(entry: Entry) -> Expr:
    return values.real_part(entry)


def _components(scope: Scope, shape: tuple[int, ...]) -> list[str]:
    """The last parts of the addresses of components: coordinates where they index them, else numbers from 1."""
    suffixes = [""]
    for size in shape:
        names_ = scope.space if size == len(scope.space) else tuple(str(number) for number in range(1, size + 1))
        suffixes = [f"{suffix}.{name}" for suffix in suffixes for name in names_]
    return suffixes


def _component(
    scope: Scope, relation: ast.Relation, written: Sequence[_Written], entries: Sequence[Expr], address: str
) -> Parts | None:
    """One component: None where nothing is left of it (0 = 0)."""
    left = ex.add(*(entry for entry, term in zip(entries, written, strict=True) if not term.on_right))
    right = ex.add(*(entry for entry, term in zip(entries, written, strict=True) if term.on_right))
    terms = tuple(
        Term(ex.negate(entry) if term.on_right else entry, term.span)
        for entry, term in zip(entries, written, strict=True)
        if not ex.is_number(entry, 0)
    )
    if not terms:
        return None
    label = address.partition(".")[2].replace(".", "_")
    return Parts(address, label, left, right, terms, one_line(scope.sources, relation.span), relation.span)


def _refuse_without_field(scope: Scope, relation: ast.Relation, place: Place) -> None:
    fields = enumerate_words(scope.known(FieldName, VectorName), "or")
    scope.report(
        error(
            "E314",
            f"a relation without a field stands in {place.name}",
            relation.span,
            "nothing to solve for",
            help=f"Write a relation for {fields}." if fields else "Declare a field: `field u(x)`.",
        )
    )
