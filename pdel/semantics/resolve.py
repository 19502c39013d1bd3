"""The stage from the syntax tree to the problem: names bound, vectors expanded, complex values split, all checked.

In: a `Specification` and the folder of its data files. Out: a `Problem`, where no statement has an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from pdel.diagnostics.model import Label, Result, error
from pdel.semantics import axes, declarations, names, observations, outcomes, relations, unknowns
from pdel.semantics.canonical import canonical_statements
from pdel.semantics.coefficients import declare_table
from pdel.semantics.conflicts import check_conflicts
from pdel.semantics.methods import bind_methods, is_family
from pdel.semantics.problem import (
    BoundaryCondition,
    ClosedForm,
    ConstantValue,
    Equation,
    Field,
    InitialCondition,
    Observation,
    PointConstraint,
    Problem,
    Quantity,
    ReferenceNumber,
    ReferenceTable,
    Statement,
    UnknownNumber,
    UnknownTerm,
)
from pdel.semantics.scope import Absorption, Scope
from pdel.semantics.term_ranges import with_ranges
from pdel.semantics.unused import check_unused
from pdel.source import Span
from pdel.syntax import ast
from pdel.syntax.words import STATEMENT_WORDS
from pdel.tabulated import Table

DECLARING = ("field", "unknown", "constant", "let", "function", "space", "time", "shape", "part", "quantity", "table")
"""Statements whose names may be used by others."""


@dataclass(slots=True)
class _Draft:
    """The problem as far as it is resolved."""

    fields: list[Field] = field(default_factory=list)
    constants: list[ConstantValue] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    boundary: list[BoundaryCondition] = field(default_factory=list)
    initial: list[InitialCondition] = field(default_factory=list)
    constraints: list[PointConstraint] = field(default_factory=list)
    unknowns: list[UnknownNumber] = field(default_factory=list)
    inferred: list[Field] = field(default_factory=list)
    terms: list[UnknownTerm] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    exact: list[ClosedForm] = field(default_factory=list)
    manufactured: list[ClosedForm] = field(default_factory=list)
    tables: list[ReferenceTable] = field(default_factory=list)
    numbers: list[ReferenceNumber] = field(default_factory=list)
    coefficients: list[Table] = field(default_factory=list)
    labels: dict[str, Span] = field(default_factory=dict)
    closed: dict[str, Span] = field(default_factory=dict)
    references: dict[str, Span] = field(default_factory=dict)
    once: dict[str, Span] = field(default_factory=dict)
    title: ast.ProblemStatement | None = None


def resolve(specification: ast.Specification, folder: Path | None = None) -> Result[Problem]:
    """Bind and check a specification; `folder` is where its data files lie.

    Every mistake is reported in one run, what follows from another is not. The value is None where there is an
    error. Errors: E2 names, E3 kinds and shapes, E4 of the region and its boundary, E5 methods, E6 files.
    """
    scope = _scope(specification)
    draft = _Draft()
    for statement in specification.statements:
        _resolve_statement(scope, draft, statement, folder)
    names.check_coordinate_names(scope)
    names.check_derivative_names(scope)
    declarations.check_arguments(scope)
    check_conflicts(scope, draft.boundary, draft.initial)
    _check_loss_names(scope, draft)
    methods = bind_methods(scope, specification)
    _check_missing(scope, draft, specification)
    exact = unknowns.with_true_values(scope, draft.exact, draft.numbers)
    forms = unknowns.with_true_values(scope, draft.manufactured, draft.numbers)
    diagnostics = tuple(scope.diagnostics) or check_unused(specification)
    if Result(None, diagnostics).has_errors:
        return Result(None, diagnostics)
    title = draft.title.title if draft.title else None
    problem = Problem(
        name=draft.title.name.text if draft.title else "problem",
        title=title.text if title else "",
        sources=specification.sources,
        overrides=specification.overrides,
        axes=tuple(scope.axes),
        region=scope.region,
        pieces=scope.pieces,
        fields=tuple(declarations.ordered_arguments(scope, one) for one in (*draft.fields, *draft.inferred)),
        constants=tuple(draft.constants),
        equations=tuple(draft.equations),
        boundary=tuple(draft.boundary),
        initial=tuple(draft.initial),
        constraints=tuple(draft.constraints),
        unknowns=tuple(draft.unknowns),
        observations=tuple(draft.observations),
        quantities=tuple(draft.quantities),
        exact=exact,
        manufactured=forms,
        reference_tables=tuple(draft.tables),
        reference_numbers=tuple(draft.numbers),
        methods=methods,
        canonical=canonical_statements(specification.statements),
        tables=tuple(draft.coefficients),
    )
    if draft.terms:
        problem = replace(problem, terms=with_ranges(draft.terms, problem, folder))
    return Result(problem, diagnostics)


# ---------------------------------------------------------------------------------------------------
# The names of the whole specification
# ---------------------------------------------------------------------------------------------------


def _scope(specification: ast.Specification) -> Scope:
    scope = Scope(specification.sources, _absorption(specification))
    words = [word for word, _ in specification.broken]
    for statement in specification.statements:
        if isinstance(statement, ast.UnbuiltStatement):
            words.append(statement.word.text)
        if isinstance(statement, ast.MethodStatement) and not is_family(statement.family.text):
            words.append(statement.family.text)
        for name in declared_names(statement):
            scope.later.setdefault(name.text, name.span)
        if isinstance(statement, ast.FieldStatement):
            scope.complex_allowed |= any(one.complex for one in statement.declarations)
    scope.faulty.update(words)
    if any(word not in STATEMENT_WORDS and not is_family(word) for word in words):
        scope.faulty.update(STATEMENT_WORDS)  # A misspelt first word may stand for any of them.
    return scope


def declared_names(statement: ast.Statement) -> tuple[ast.Name, ...]:
    """The names that a statement declares for others."""
    match statement:
        case ast.SpaceStatement(names=found):
            return found
        case ast.TimeStatement():
            return (statement.range.name,)
        case ast.FieldStatement(declarations=found_declarations):
            vectors = (one.vector for one in found_declarations if one.vector is not None)
            return (*(name for one in found_declarations for name in one.components), *vectors)
        case (
            ast.ConstantStatement(name=name)
            | ast.LetStatement(name=name)
            | ast.FunctionStatement(name=name)
            | ast.ShapeStatement(name=name)
            | ast.PartStatement(name=name)
            | ast.QuantityStatement(name=name)
            | ast.UnknownStatement(name=name)
            | ast.TableStatement(name=name)
        ):
            return (name,)
        case _:
            return ()


def _absorption(specification: ast.Specification) -> Absorption:
    """The names that statements which cannot be used may declare."""
    found: set[str] = set()
    everything, without_axes = False, True
    for word, name in specification.broken:
        if word in STATEMENT_WORDS and word not in DECLARING:
            continue
        everything = everything or name is None
        found.update(() if name is None else (name,))
    for statement in specification.statements:
        unknown_family = isinstance(statement, ast.MethodStatement) and not is_family(statement.family.text)
        without_axes = without_axes and not isinstance(statement, ast.SpaceStatement | ast.TimeStatement)
        if isinstance(statement, ast.UnbuiltStatement) or unknown_family:
            found.update(re.findall(r"[A-Za-z][A-Za-z0-9_]*", specification.sources.text(statement.span)))
    words = {word for word, _ in specification.broken}
    without_fields = not words and not any(isinstance(one, ast.FieldStatement) for one in specification.statements)
    return Absorption(frozenset(found), everything or without_axes or without_fields)


# ---------------------------------------------------------------------------------------------------
# Statement by statement
# ---------------------------------------------------------------------------------------------------


def _resolve_statement(scope: Scope, draft: _Draft, statement: ast.Statement, folder: Path | None) -> None:
    match statement:
        case ast.ProblemStatement():
            if _first(scope, draft, "problem", statement.keyword):
                draft.title = statement
                _check_language(scope, statement)
        case ast.SpaceStatement():
            if _first(scope, draft, "space", statement.keyword):
                axes.declare_space(scope, statement)
        case ast.TimeStatement():
            if _first(scope, draft, "time", statement.keyword):
                axes.declare_time(scope, statement)
        case ast.FieldStatement():
            for declaration in statement.declarations:
                draft.fields.extend(declarations.declare_field(scope, declaration))
        case ast.ConstantStatement():
            constant = declarations.declare_constant(scope, statement)
            draft.constants.extend(() if constant is None else (constant,))
        case ast.UnknownStatement():
            unknown = unknowns.declare_unknown(scope, statement)
            if isinstance(unknown, Field):
                draft.inferred.append(unknown)
            elif isinstance(unknown, UnknownTerm):
                draft.terms.append(unknown)
            elif unknown is not None:
                draft.unknowns.append(unknown)
        case ast.DataStatement():
            relations.declare_label(scope, draft.labels, statement.name)
            draft.observations.extend(observations.resolve_data(scope, statement, folder))
        case ast.LetStatement():
            declarations.declare_let(scope, statement)
        case ast.FunctionStatement():
            declarations.declare_function(scope, statement)
        case ast.ShapeStatement():
            declarations.declare_shape(scope, statement)
        case ast.TableStatement():
            table = declare_table(scope, statement, folder)
            draft.coefficients.extend(() if table is None else (table,))
        case ast.PartStatement():
            declarations.declare_part(scope, statement)
        case ast.UnbuiltStatement():
            _refuse_unbuilt(scope, statement)
        case ast.MethodStatement():
            pass  # Methods are bound last: they may name any label.
        case _:
            _resolve_relation(scope, draft, statement, folder)


def _resolve_relation(scope: Scope, draft: _Draft, statement: ast.Statement, folder: Path | None) -> None:
    """Statements that nothing else depends on: equations, conditions, outcomes."""
    match statement:
        case ast.EquationStatement():
            relations.declare_label(scope, draft.labels, statement.name)
            draft.equations.extend(relations.resolve_equation(scope, statement))
        case ast.BoundaryStatement():
            relations.declare_label(scope, draft.labels, statement.name)
            draft.boundary.extend(relations.resolve_boundary(scope, statement))
        case ast.InitialStatement():
            relations.declare_label(scope, draft.labels, statement.name)
            draft.initial.extend(relations.resolve_initial(scope, statement))
        case ast.ConstraintStatement():
            relations.declare_label(scope, draft.labels, statement.name)
            draft.constraints.extend(relations.resolve_constraint(scope, statement))
        case ast.QuantityStatement():
            quantity = outcomes.declare_quantity(scope, statement)
            draft.quantities.extend(() if quantity is None else (quantity,))
        case ast.ExactStatement():
            draft.exact.extend(outcomes.resolve_closed_forms(scope, statement.relations, "exact", draft.closed))
        case ast.ManufactureStatement():
            forms = outcomes.resolve_closed_forms(scope, statement.relations, "manufacture", draft.closed)
            draft.manufactured.extend(forms)
        case ast.ReferenceStatement():
            reference = outcomes.resolve_reference(scope, statement, folder, draft.references)
            if isinstance(reference, ReferenceTable):
                draft.tables.append(reference)
            elif isinstance(reference, ReferenceNumber):
                draft.numbers.append(reference)


def _first(scope: Scope, draft: _Draft, word: str, place: Span) -> bool:
    """Whether a statement that may stand once stands for the first time; a second one is reported."""
    if word in draft.once:
        names.duplicate_statement(scope, word, draft.once[word], place)
        return False
    draft.once[word] = place
    return True


def _check_language(scope: Scope, statement: ast.ProblemStatement) -> None:
    if statement.language is not None and statement.language.text != "1":
        scope.report(
            error(
                "E318",
                f"version {statement.language.text[:20]} of the language is not known",
                statement.language.span,
                "not known",
                help="This version of pdel reads `language 1`.",
            )
        )


def _refuse_unbuilt(scope: Scope, statement: ast.UnbuiltStatement) -> None:
    scope.report(
        error(
            "E205",
            f"the statement `{statement.word.text}` is known but not built yet",
            statement.keyword,
            "not built yet",
            help="It is part of the language, and this version of pdel cannot compile it.",
        )
    )


def _check_loss_names(scope: Scope, draft: _Draft) -> None:
    """Report two components of statements whose names in the module are equal: `start_x` and component x of `start`."""
    seen: dict[str, Statement] = {}
    for one in (*draft.equations, *draft.boundary, *draft.initial, *draft.constraints, *draft.observations):
        other = seen.setdefault(one.label, one)
        if other.address != one.address and other.address.split(".")[1] != one.address.split(".")[1]:
            scope.report(
                error(
                    "E208",
                    f"two statements have the name `{one.label}` in the module",
                    one.span,
                    f"`{one.address}`",
                    secondary=(Label(other.span, f"`{other.address}`"),),
                    help="Components add the coordinate to the label: choose another label.",
                )
            )


def _check_missing(scope: Scope, draft: _Draft, specification: ast.Specification) -> None:
    """Report what every problem needs and this one lacks, unless a statement that cannot be read may hold it."""
    place = specification.statements[0].keyword if specification.statements else Span(0, 0)
    present = {type(statement) for statement in specification.statements}

    def missing(message: str, remedy: str, label: str = "in this problem") -> None:
        scope.report(error("E212", message, place, label, help=remedy))

    if draft.title is None and "problem" not in scope.faulty:
        label = "expected `problem` before this" if specification.statements else "nothing is stated"
        missing("the specification has no `problem` statement", "Begin with `problem NAME`.", label)
    elif not present & {ast.SpaceStatement, ast.TimeStatement} and not scope.faulty & {"space", "time"}:
        missing("the problem has neither space nor time", "Declare the coordinates: `space x in [0, 1]`.")
    elif ast.FieldStatement not in present and not scope.faulty & {"field", "unknown"}:
        missing("the problem has no field", f"Declare what is to be found: `{_field_example(scope)}`.")
    elif ast.EquationStatement not in present and "equation" not in scope.faulty:
        missing("the problem has no equation", "State what the fields satisfy: `equation NAME: left = right`.")


def _field_example(scope: Scope) -> str:
    """A `field` statement for the problem's coordinates."""
    name = next(name for name in ("u", "f", "w", "y", "q") if name not in scope.names)
    return f"field {name}({', '.join(scope.coordinates)})"
