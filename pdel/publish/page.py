"""The content of a page about a problem: everything that HTML and LaTeX show, in order."""

from __future__ import annotations

from dataclasses import dataclass

import pdel
from pdel.expression import Sum, is_number
from pdel.methods.base import Citation, Method
from pdel.plan.describe import call_text
from pdel.plan.plan import Plan
from pdel.publish import algebra
from pdel.publish.bound import bound, signed
from pdel.publish.cite import citations, methods_in_use
from pdel.publish.domain import draw_domain
from pdel.publish.drawing import Drawing
from pdel.publish.layout import Layout, Operator, Style, Symbol, row
from pdel.publish.names import measured, symbol, unit_layout
from pdel.publish.statements import (
    ConstantRow,
    Group,
    Line,
    UnknownRow,
    definition,
    definitions,
    groups,
    marks,
    other_statements,
    outcomes,
    setting,
    spaced,
    unknown_functions,
    unknown_numbers,
)
from pdel.publish.vocabulary import Vocabulary, vocabulary
from pdel.publish.written import written
from pdel.semantics.problem import Problem
from pdel.syntax import ast


@dataclass(frozen=True, slots=True)
class DataSet:
    """A file of values: what it holds, where it lies, how many rows it has."""

    names: str
    purpose: str
    path: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class MethodRow:
    """A choice of the method: what for, the call with its options, its purpose, the number of its reference."""

    subject: str
    call: str
    purpose: str
    reference: int | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A choice that the plan made, and why."""

    subject: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Constants:
    """The table of constants, and which of its columns say something."""

    rows: tuple[ConstantRow, ...]

    @property
    def numbers(self) -> bool:
        """Whether a constant's value is not a literal."""
        return any(one.number is not None for one in self.rows)

    @property
    def units(self) -> bool:
        """Whether a constant has a unit."""
        return any(one.unit is not None for one in self.rows)


@dataclass(frozen=True, slots=True)
class Page:
    """A problem, ready to be set."""

    name: str
    title: str
    version: str
    specification: str
    source: str
    overrides: tuple[str, ...]
    identity: str
    plan_identity: str
    functions: Layout
    setting: Layout
    groups: tuple[Group, ...]
    definitions: tuple[Line, ...]
    others: tuple[str, ...]
    drawing: Drawing | None
    constants: Constants
    unknowns: tuple[UnknownRow, ...]
    data: tuple[DataSet, ...]
    outcomes: tuple[Line, ...]
    ansatz: tuple[Line, ...]
    methods: tuple[MethodRow, ...]
    reasons: tuple[Reason, ...]
    references: tuple[Citation, ...]


def page(specification: ast.Specification, problem: Problem, plan: Plan, *, subscripts: bool = False) -> Page:
    """The page of a problem; `subscripts` sets derivatives as u with its coordinates below."""
    statements = specification.statements
    known = vocabulary(statements, subscripts=subscripts)
    references = citations(problem, plan)
    return Page(
        name=problem.name,
        title=problem.title or problem.name,
        version=pdel.__version__,
        specification=plan.specification,
        source=problem.sources.items[0].text.rstrip(),
        overrides=plan.overrides,
        identity=plan.specification_identity[:12],
        plan_identity=plan.identity[:12],
        functions=spaced(unknown_functions(statements, known)),
        setting=spaced(setting(statements, known)),
        groups=groups(statements, known, _notes(plan), _start(problem)),
        definitions=definitions(statements, known),
        others=other_statements(statements, problem.sources),
        drawing=draw_domain(problem, marks(statements)),
        constants=_constants(statements, problem, known),
        unknowns=unknown_numbers(statements, problem, known),
        data=_data(problem),
        outcomes=outcomes(statements, known),
        ansatz=_ansatz(plan),
        methods=_methods(problem, plan, references),
        reasons=tuple(Reason(subject, reason) for subject, reason in plan.reasons),
        references=references,
    )


def _start(problem: Problem) -> Layout | None:
    time = problem.time
    return None if time is None else row(symbol(time.name), Operator("="), bound(time.low.expression).layout)


def _notes(plan: Plan) -> dict[str, str]:
    """By statement: the type of an equation, the enforcement of a condition."""
    found: dict[str, list[str]] = {}
    for address, fact in plan.facts:
        notes = found.setdefault(".".join(address.split(".")[:2]), [])
        notes += [] if fact in notes else [fact]
    for condition in plan.conditions:
        if condition.enforcement:
            for kind in ("boundary", "initial", "constraint"):
                notes = found.setdefault(f"{kind}.{condition.label}", [])
                notes += [] if condition.enforcement in notes else [condition.enforcement]
    return {address: "; ".join(notes) for address, notes in found.items()}


def _constants(statements: tuple[ast.Statement, ...], problem: Problem, known: Vocabulary) -> Constants:
    values = {constant.name: constant for constant in problem.constants}
    found = []
    for statement in statements:
        if not (isinstance(statement, ast.ConstantStatement) and statement.name.text in values):
            continue
        constant = values[statement.name.text]
        literal = isinstance(statement.value, ast.Number | ast.Negate)
        found.append(
            ConstantRow(
                symbol(constant.name),
                written(statement.value, known).layout,
                None if literal else measured(constant.value),
                unit_layout(constant.unit) if constant.unit else None,
            )
        )
    return Constants(tuple(found))


def _data(problem: Problem) -> tuple[DataSet, ...]:
    observed: dict[str, DataSet] = {}
    for one in problem.observations:
        table = one.table
        names = f"{observed[table.path].names}, {one.column}" if table.path in observed else one.column
        observed[table.path] = DataSet(names, "observations, trained on", table.path, table.rows, table.sha256[:12])
    references = tuple(
        DataSet(", ".join(table.fields), "reference values, for errors only", table.path, table.rows, table.sha256[:12])
        for table in problem.reference_tables
    )
    return (*observed.values(), *references)


def _ansatz(plan: Plan) -> tuple[Line, ...]:
    """The fields that carry conditions: u = g + d N."""
    found = []
    for one in plan.ansatz:
        if one.plain:
            continue
        network = _network(plan, one.output)
        body = algebra.product([(False, bound(one.factor)), (False, algebra.Formula(network))])
        offsets = one.offset.terms if isinstance(one.offset, Sum) else (one.offset,)
        terms = [signed(term) for term in offsets if not is_number(term, 0)]
        found.append(definition("", symbol(one.field), algebra.total([*terms, (False, body)]).layout))
    return tuple(found)


def _network(plan: Plan, output: int) -> Layout:
    return Symbol("N", Style.ITALIC) if len(plan.fields) == 1 else symbol(f"N_{output + 1}")


def _methods(problem: Problem, plan: Plan, references: tuple[Citation, ...]) -> tuple[MethodRow, ...]:
    numbers = {citation.key: number for number, citation in enumerate(references, start=1)}
    known = {(method.family, method.name): method for method in methods_in_use(problem, plan)}

    def entry(subject: str, family: str, name: str, call: str) -> MethodRow:
        method: Method | None = known.get((family, name))
        cited = None if method is None or method.citation is None else numbers[method.citation.key]
        return MethodRow(subject, call, "" if method is None else method.purpose, cited)

    network = plan.network
    rows = [entry("network", "network", network.method.name, call_text(network.method))]
    if network.mask is not None:
        rows.append(entry("mask", "mask", network.mask.name, call_text(network.mask)))
    for way in ("exactly", "softly"):
        labels = [item.label for item in plan.conditions if way in item.enforcement.split(", ")]
        if labels:
            rows.append(entry("conditions", "enforce", way, f"{', '.join(dict.fromkeys(labels))}: {way}"))
    drawn: dict[str, list[str]] = {}
    for points in plan.point_sets:
        drawn.setdefault(points.sampler.name, []).append(f"{points.name}: {points.count}")
    rows += [entry("points", "sample", name, f"{name}; {', '.join(counts)}") for name, counts in drawn.items()]
    if plan.resample is not None:
        rows.append(entry("resampling", "resample", plan.resample.name, call_text(plan.resample)))
    planned = {"network", "mask", "enforce", "sample", "resample", "train", "budget", "precision", "seed"}
    for choice in problem.methods:
        if choice.family not in planned:
            targets = f"{', '.join(choice.targets)}: " if choice.targets else ""
            rows += [entry(choice.family, choice.family, call.name, targets + call_text(call)) for call in choice.calls]
    for phase in plan.all_phases:
        rows.append(entry("training", "train", phase.name, call_text(phase)))
    if plan.budget is not None:
        rows.append(entry("budget", "budget", "constant", f"{plan.budget:g} s"))
    rows.append(entry("precision", "precision", plan.precision, f"{plan.precision}, seed {plan.seed}"))
    return tuple(rows)
