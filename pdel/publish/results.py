"""The results of a run as a part of its page: verdict, errors, unknowns, losses, pictures, points, pruning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pdel.expression import Expr
from pdel.plan.plan import Plan
from pdel.publish import charts
from pdel.publish.charts import Curve
from pdel.publish.drawing import Drawing
from pdel.publish.layout import Layout, Words
from pdel.publish.names import in_words, measured, symbol
from pdel.publish.panels import Panel, panels, scatter
from pdel.publish.raster import embedded
from pdel.publish.run_folder import RunFolder
from pdel.publish.svg import COLOURS, plain
from pdel.semantics.problem import Problem

MOST_ROUNDS = 4
"""How many rounds of resampling are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of results: a name, and cells."""

    name: Layout
    cells: tuple[Layout, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of results with the heads of its columns, the first one included."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Scatter:
    """A picture of points with what it shows in words."""

    image: Markup
    text: str


@dataclass(frozen=True, slots=True)
class Results:
    """What a run came to."""

    verdict: str
    warning: str
    tables: tuple[Table, ...]
    loss: Drawing | None
    errors: Drawing | None
    unknowns: tuple[Drawing, ...]
    panels: tuple[Panel, ...]
    fallback: Markup | None
    """The module's own picture, where the known values are a table: it has them beside the prediction."""
    rounds: tuple[Scatter, ...]
    flags: Scatter | None
    slides: bool


def results(run: RunFolder, problem: Problem, plan: Plan) -> Results:
    """The results of a run, as far as its folder has them."""
    exact: Mapping[str, Expr] = {name: form for name, form, _ in plan.exact}
    shown = panels(run, problem, exact)
    drawn = run.picture("solution.png") if plan.references or not shown else None
    return Results(
        verdict=_verdict(run.summary),
        warning=_warning(run.summary, plan),
        tables=_tables(run.summary),
        loss=_loss(run),
        errors=_errors(run),
        unknowns=tuple(filter(None, (_history(run, unknown.name, unknown.reference) for unknown in plan.unknowns))),
        panels=shown,
        fallback=None if drawn is None else embedded(drawn),
        rounds=_rounds(run, problem),
        flags=_flags(run, problem),
        slides=any(panel.slides for panel in shown),
    )


def _verdict(summary: Mapping[str, Any]) -> str:
    """How training ended, in words."""
    state = "Training is finished" if summary.get("finished") else "Training is not finished"
    text = f"{state} after {summary.get('steps', 0)} steps"
    seconds = _number(summary.get("seconds"))
    text += f" and {seconds:.1f} s" if seconds is not None else ""
    text += f" on {summary.get('device', 'cpu')} in {summary.get('precision', '')}, seed {summary.get('seed', 0)}"
    if summary.get("stopped"):
        text += f": {summary['stopped']}"
    held_out = _number(summary.get("held_out_loss"))
    if held_out is not None:
        text += f". The network of step {summary.get('kept_step')} is kept; its loss on points that it was never "
        text += f"trained on is {in_words(held_out)}"
    return f"{text}."


def _warning(summary: Mapping[str, Any], plan: Plan) -> str:
    """What to know where the run is not of the plan that the page shows."""
    if summary.get("plan") == plan.identity:
        return ""
    return (
        f"This run is of the plan {str(summary.get('plan'))[:12]}, and the specification now gives the plan "
        f"{plan.identity[:12]}: the method on this page may not be the one that was trained."
    )


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _cell(value: Any, digits: int = 3) -> Layout:
    """A number of a summary; a dash where there is none."""
    found = _number(value)
    return Words("–") if found is None else measured(float(f"{found:.{digits}g}"))


def _tables(summary: Mapping[str, Any]) -> tuple[Table, ...]:
    fields = summary.get("fields") or {}
    unknowns, quantities = summary.get("unknowns") or {}, summary.get("quantities") or {}
    losses = summary.get("loss_terms") or {}
    relative = any(_number(one.get("l2_relative")) is not None for one in fields.values())
    listed = [
        Table(
            "Errors against the known values",
            ("field", "relative L2 error", "largest error"),
            tuple(Row(symbol(name), (_cell(one.get("l2_relative")), _cell(one.get("max_error"))))
                  for name, one in fields.items()) if relative else (),
        ),
        Table(
            "Unknown numbers",
            ("unknown", "inferred", "standard error", "known", "relative error"),
            tuple(Row(symbol(name), (_cell(one.get("value"), 6), _cell(one.get("standard_error"), 2),
                                     _cell(one.get("reference"), 6), _cell(one.get("relative_error"))))
                  for name, one in unknowns.items()),
        ),
        Table(
            "Quantities",
            ("quantity", "value", "known"),
            tuple(Row(symbol(name), (_cell(one.get("value"), 6), _cell(one.get("reference"), 6)))
                  for name, one in quantities.items()),
        ),
        Table("Mean square residuals", ("term", "value"),
              tuple(Row(Words(name), (_cell(value),)) for name, value in losses.items())),
        *_pruning(summary.get("pruning") or {}),
    ]  # fmt: skip
    return tuple(table for table in listed if table.rows)


def _pruning(found: Mapping[str, Any]) -> tuple[Table, ...]:
    """The stages of pruning, and how its flags agree with known corruption."""
    stages = found.get("stages") or {}
    fields = tuple(dict.fromkeys(name for one in stages.values() for name in one.get("fields") or {}))
    rows = []
    for name, one in stages.items():
        mark = " (kept)" if name == found.get("kept") else ""
        neurons = ", ".join(str(count) for count in (one.get("neurons") or {}).values())
        errors = [_cell((one.get("fields") or {}).get(field, {}).get("l2_relative")) for field in fields]
        rows.append(Row(Words(name + mark), (Words(neurons), _cell(one.get("held_out_loss")), *errors)))
    heads = ("stage", "neurons by layer", "held-out loss", *(f"error of {field}" for field in fields))
    agreement = tuple(Row(Words(name), (_cell(count, 9),)) for name, count in (found.get("confusion") or {}).items())
    flagged = f"{found.get('flagged')} of {found.get('observations')} observations flagged"
    return (
        Table("Stages of pruning", heads, tuple(rows)),
        Table(f"Flags and known corruption: {flagged}", ("observations", "number"), agreement),
    )


def _loss(run: RunFolder) -> Drawing | None:
    """The loss and its terms over the steps."""
    terms = [name for name in run.columns if name in (run.summary.get("loss_terms") or {})]
    curves = [Curve("loss", run.curve("loss"))]
    if len(terms) > 1:
        curves += [Curve(name, run.curve(name), index % COLOURS) for index, name in enumerate(terms)]
    return charts.chart(curves, Words("step"), "The loss over the steps", log=True, cuts=run.phases())


def _errors(run: RunFolder) -> Drawing | None:
    """The errors by field over the steps, where they were measured."""
    curves = [
        Curve(name.removeprefix("l2_relative."), run.curve(name), index % COLOURS)
        for index, name in enumerate(name for name in run.columns if name.startswith("l2_relative."))
    ]
    return charts.chart(curves, Words("step"), "Relative L2 errors over the steps", log=True, cuts=run.phases())


def _history(run: RunFolder, name: str, reference: float | None) -> Drawing | None:
    """An unknown over the steps, with its known value."""
    curve = run.curve(f"unknown.{name}")
    curves = [Curve(plain(symbol(name)), curve, 1)]
    if reference is not None and curve:
        curves.append(Curve("known", ((curve[0][0], reference), (curve[-1][0], reference)), 0, "faint"))
    return charts.chart(curves, Words("step"), f"{name} over the steps", cuts=run.phases())


def _rounds(run: RunFolder, problem: Problem) -> tuple[Scatter, ...]:
    """The points of the equations at some steps, new ones marked."""
    if len(problem.axes) < 2:
        return ()
    steps = sorted(int(name[7:]) for name in run.points if name.startswith("points_") and name[7:].isdigit())
    last = len(steps) - 1
    shown = sorted({steps[last * index // (MOST_ROUNDS - 1)] for index in range(MOST_ROUNDS)} if steps else set())
    found = []
    for step in shown:
        points, new = run.points[f"points_{step}"], run.points.get(f"new_{step}")
        if len(points.shape) != 2 or points.shape[1] < 2:
            continue
        columns = [points.values[axis :: points.shape[1]] for axis in (0, 1)]
        told = new is not None and step > 0 and len(new.values) == points.shape[0]
        marked = [bool(value) for value in new.values] if new is not None and told else [False] * points.shape[0]
        found.append(Scatter(scatter(columns, _bounds(problem), marked), f"step {step}, {points.shape[0]} points"))
    return tuple(found)


def _bounds(problem: Problem) -> Sequence[tuple[float, float]]:
    return [(axis.low.value, axis.high.value) for axis in problem.axes[:2]]


def _flags(run: RunFolder, problem: Problem) -> Scatter | None:
    """Observations that pruning told apart as corrupted."""
    names = [axis.name for axis in problem.axes[:2]]
    if len(names) < 2 or not run.flags or not all(name in run.flags[0] for name in names):
        return None
    columns = [[float(one[name]) for one in run.flags] for name in names]
    marked = [one["flagged"] == "1" for one in run.flags]
    return Scatter(scatter(columns, _bounds(problem), marked), f"{sum(marked)} of {len(marked)} observations flagged")
