"""From the problem to the model: derivatives carried out, sources derived, mathematics checked, conditions enforced.

In: a `Problem`. Out: a `Model`, or diagnostics of the families E4 (errors) and W7 (advice).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias, TypeVar

from pdel.diagnostics.model import Diagnostic, Label, Result, Severity, error
from pdel.expression import Expr
from pdel.maths.analysis import find_facts
from pdel.maths.checks.advice import advise
from pdel.maths.checks.boundary import check_boundary
from pdel.maths.checks.corners import check_corners
from pdel.maths.checks.domains import check_domains
from pdel.maths.checks.exact import check_exact
from pdel.maths.checks.fields import check_fields
from pdel.maths.checks.initial import check_initial, check_level
from pdel.maths.checks.observed import check_observed
from pdel.maths.checks.setting import Setting
from pdel.maths.checks.steps import check_steps
from pdel.maths.checks.tables import check_tables
from pdel.maths.checks.unknowns import check_unknowns
from pdel.maths.checks.wording import statement_name
from pdel.maths.concentrations import find_concentrations
from pdel.maths.differentiate import Differentiator
from pdel.maths.enforcement.build import enforce
from pdel.maths.incompatible import find_incompatible
from pdel.maths.jumps import find_jumps
from pdel.maths.layers import find_layers
from pdel.maths.limits import OutOfTime, TooLarge, time_limit
from pdel.maths.manufacture import manufactured
from pdel.maths.model import Concentration, Facts, Jump, Layer, Model, Residual, Vertex
from pdel.maths.points import sampler_of
from pdel.maths.sudden import find_sudden
from pdel.maths.vertices import find_vertices
from pdel.maths.windows import choose_windows
from pdel.semantics.problem import (
    BoundaryCondition,
    Equation,
    InitialCondition,
    Observation,
    PointConstraint,
    Problem,
)
from pdel.source import Span

T = TypeVar("T")
Source: TypeAlias = Equation | BoundaryCondition | InitialCondition | PointConstraint | Observation


def lower(problem: Problem) -> Result[Model]:
    """The model of a problem.

    Every statement that is wrong gets its diagnostic; the checks of the whole problem are made when all
    statements could be read.
    """
    run = _Run()
    model = None
    with time_limit():
        try:
            model = _lower(problem, run)
        except OutOfTime:
            run.found.append(_out_of_time("the problem", _whole(problem)))
    errors = any(item.severity is Severity.ERROR for item in run.found)
    return Result(None if errors else model, tuple(run.found))


@dataclass(slots=True)
class _Run:
    """The diagnostics so far; once the time is over nothing more is begun."""

    found: list[Diagnostic] = field(default_factory=list)
    over: bool = False

    def attempt(self, what: str, span: Span, step: Callable[[], T]) -> T | None:
        """The value of a step, or None and a diagnostic where it is beyond the limits."""
        if self.over:
            return None
        try:
            return step()
        except OutOfTime:
            self.over = True
            self.found.append(_out_of_time(what, span))
        except TooLarge as limit:
            self.found.append(_too_large(what, span, limit.reason))
        except RecursionError:
            self.found.append(_too_large(what, span, "is nested too deep"))
        return None

    @property
    def sound(self) -> bool:
        """Whether no error was found."""
        return not any(item.severity is Severity.ERROR for item in self.found)


def _lower(problem: Problem, run: _Run) -> Model | None:
    """The model, where nothing stands against it."""
    reader = _Reader(problem, run)
    equations = reader.residuals(problem.equations)
    conditions = reader.residuals((*problem.boundary, *problem.initial, *problem.constraints))
    observations = reader.residuals(problem.observations)
    quantities = reader.quantities()
    run.found.extend(reader.missing_closed_forms())
    if not run.sound:
        return None
    equations, conditions = reader.with_sources(equations), reader.with_sources(conditions)
    if not run.sound:
        return None
    whole = _whole(problem)
    setting = run.attempt("the problem", whole, partial(_setting, problem, equations, conditions, observations))
    if setting is None:
        return None
    for stage in _CHECKS:
        for check in stage:
            what, span = ("the problem", whole)
            if check is check_exact and problem.exact:
                what, span = "the exact solution", problem.exact[0].span
            run.found.extend(run.attempt(what, span, partial(check, setting)) or ())
        if not run.sound:
            return None
    changes = run.attempt("the start", whole, partial(find_sudden, setting)) or ()
    incompatible = run.attempt("the start", whole, partial(find_incompatible, setting, changes)) or ()
    layers = run.attempt("the boundary", whole, partial(find_layers, setting)) or ()
    chosen = partial(
        choose_windows, problem, equations, conditions, setting.facts, changes=changes, incompatible=incompatible
    )
    windows = run.attempt("the windows of time", whole, chosen)
    if windows is None:
        return None
    layers = layers if windows.count == 1 else ()
    corners = _find_corners(setting, run, whole, layers)
    enforcing = partial(
        enforce, problem, equations, conditions, windows, changes, vertices=corners.vertices, layers=layers
    )
    enforced = run.attempt("the ansatz", whole, enforcing)
    if enforced is None:
        return None
    run.found.extend(enforced.diagnostics)
    if enforced.value is None:
        return None
    closed = tuple((item.field, item.expression) for item in problem.exact or problem.manufactured)
    built = enforced.value
    seen = partial(check_observed, problem, observations, built.ansatz, built.exact)
    run.found.extend(run.attempt("the data", whole, seen) or ())
    return Model(
        problem,
        equations,
        observations,
        built.soft,
        built.exact,
        built.ansatz,
        closed,
        quantities,
        setting.facts,
        windows,
        corners.jumps,
        built.starts,
        incompatible if windows.joined else (),
        corners.vertices,
        layers,
        corners.rough,
        corners.concentrations,
    )


@dataclass(frozen=True, slots=True)
class _Corners:
    """The corners beside which a solution is not smooth, of one kind at most, or why nothing is done about them."""

    jumps: tuple[Jump, ...] = ()
    vertices: tuple[Vertex, ...] = ()
    concentrations: tuple[Concentration, ...] = ()
    rough: str = ""


def _find_corners(setting: Setting, run: _Run, whole: Span, layers: tuple[Layer, ...]) -> _Corners:
    """Corners where values jump; where none do those that point inwards and changes; where nothing helps, others."""
    jumps = find_jumps(setting)
    if jumps:
        return _Corners(jumps=jumps)
    vertices, rough = run.attempt("the corners", whole, partial(find_vertices, setting)) or ((), "")
    if layers and vertices:
        vertices, rough = (), "thin layers lie beside the boundary, and the network is given the distance from it"
    if vertices:
        return _Corners(vertices=vertices)
    concentrations = run.attempt("the corners", whole, partial(find_concentrations, setting)) or ()
    return _Corners(concentrations=concentrations, rough="" if concentrations else rough)


def _whole(problem: Problem) -> Span:
    """The place of what concerns the whole problem: its first equation."""
    return problem.equations[0].span if problem.equations else Span(0, 0)


_CHECKS = (
    (check_fields, check_domains, check_unknowns, check_tables, check_steps),
    (check_initial, check_boundary, check_exact),
    (check_level, check_corners, advise),
)
"""The checks in stages: one is begun only when the earlier ones found no error, so that none reports what follows."""


def _setting(
    problem: Problem,
    equations: tuple[Residual, ...],
    conditions: tuple[Residual, ...],
    observations: tuple[Residual, ...],
) -> Setting:
    """What all checks look at."""
    sampler = sampler_of(problem)
    interior = sampler.interior()
    facts: tuple[Facts, ...] = tuple(find_facts(residual, problem, interior) for residual in equations)
    return Setting(problem, equations, conditions, observations, facts, sampler)


class _Reader:
    """Reads the statements of one problem into residuals."""

    def __init__(self, problem: Problem, run: _Run) -> None:
        self._problem = problem
        self._run = run
        self._differentiator = Differentiator(problem.axes, problem.fields)
        self._closed = {item.field: item.expression for item in problem.manufactured}

    def residuals(self, statements: tuple[Source, ...]) -> tuple[Residual, ...]:
        """The residuals of statements, those beyond the limits left out with a diagnostic."""
        found: list[Residual] = []
        for statement in statements:
            residual = self._run.attempt(
                statement_name(statement.address),
                statement.span,
                partial(self._residual, statement),
            )
            if residual is not None:
                found.append(residual)
        return tuple(found)

    def _residual(self, statement: Source) -> Residual:
        expand = self._differentiator.expand_terms
        return Residual(statement, tuple(part for term in statement.terms for part in expand(term)))

    def quantities(self) -> tuple[tuple[str, Expr], ...]:
        """The quantities with their derivatives carried out."""
        found = []
        for quantity in self._problem.quantities:
            value = self._run.attempt(
                f"quantity `{quantity.name}`",
                quantity.span,
                partial(self._differentiator.carry_out, quantity.expression),
            )
            if value is not None:
                found.append((quantity.name, value))
        return tuple(found)

    def missing_closed_forms(self) -> list[Diagnostic]:
        """E407: `manufacture` gives some fields a closed form and others none; E424: a term has none."""
        if not self._closed:
            return []
        first = self._problem.manufactured[0]
        if self._problem.terms:
            term = self._problem.terms[0]
            return [
                error(
                    "E424",
                    f"sources cannot be derived: the term `{term.name}` is unknown",
                    first.span,
                    "manufactured",
                    secondary=(Label(term.span, "to be inferred"),),
                    help="Make observations with a known term in its place, and state them as `data`.",
                )
            ]
        missing = [item for item in self._problem.fields if item.name not in self._closed]
        return [
            error(
                "E407",
                f"no manufactured solution for the field `{item.label}`",
                first.span,
                "some fields have one",
                help=f"Add `manufacture {item.label} = …`: source terms can only be derived when every field is given.",
            )
            for item in missing
        ]

    def with_sources(self, residuals: tuple[Residual, ...]) -> tuple[Residual, ...]:
        """The residuals with their manufactured sources, if the problem is a manufactured one."""
        if not self._closed:
            return residuals
        problem, found = self._problem, []
        span = problem.manufactured[0].span
        for residual in residuals:
            result = self._run.attempt(
                statement_name(residual.source.address),
                residual.source.span,
                partial(manufactured, residual, self._closed, problem, span),
            )
            if result is not None:
                found.append(result)
        return tuple(found)


def _too_large(what: str, span: Span, reason: str) -> Diagnostic:
    """E400: a statement beyond the limits of size."""
    return error(
        "E400",
        f"the mathematics of {what} becomes too large",
        span,
        reason,
        help="Write it with fewer nested names, or introduce a further field for a part of it.",
    )


def _out_of_time(what: str, span: Span) -> Diagnostic:
    """E400: mathematics that takes too long."""
    return error(
        "E400",
        f"the mathematics of {what} takes too long",
        span,
        "given up here",
        help="Write it with fewer nested names, or introduce a further field for a part of it.",
    )
