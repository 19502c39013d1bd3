"""The section "Evaluation": errors against known values, quantities, the report of a run, predictions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdel.geometry import Box
from pdel.plan.compilation import compiles
from pdel.plan.plan import Plan, ReferencePlan
from pdel.render.datafiles import readers_view
from pdel.render.py import Py, py_int, py_join, py_string, py_text, py_tuple
from pdel.render.sections import march, verdict
from pdel.render.sections.pruning import report, stages
from pdel.render.sections.unknowns import tells_errors

GRIDS = {1: (1001,), 2: (201, 201), 3: (61, 61, 25), 4: (25, 25, 25, 9)}
"""Grid points along each coordinate by the number of coordinates; odd, so that slices in the middle lie on it."""

MANY = 5
"""Grid points along each of more coordinates."""


@dataclass(frozen=True, slots=True)
class TableView:
    """A reference table: where it was stated, its file, checksum and fields."""

    place: Py
    path: Py
    sha256: Py
    fields: Py


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/evaluation.py.j2`."""
    masked = not fills_its_box(plan)
    return {
        **march.holes(plan),
        "grid": py_tuple([py_int(count) for count in grid(plan)]),
        "tables": tuple(_table(table) for table in plan.references),
        "known": _known(plan, masked),
        "quantities": bool(plan.quantities),
        "ramped": (Py("training.network.ramps"),) if plan.ramps else (),
        "readers": readers_view(plan),
        **_reported(plan),
        **verdict.context(plan),
        "pruning": report(plan),
        "values": f"sections/evaluation/{'values' if plan.march is None else 'values_in_windows'}.py.j2",
        "load": "sections/pruning/load.py.j2" if plan.pruning else "sections/evaluation/load.py.j2",
        "training_class": stages(plan)["training_class"],
        "compiled": Py("training.compiled" if compiles(plan) else "False"),
    }


def _reported(plan: Plan) -> dict[str, Any]:
    """What `evaluate` gives back and `print_evaluation` prints first; the summary names unknowns in any case."""
    stated = "stated" if plan.quantities else "{}"
    parts = ['"fields": errors', f'"quantities": {stated}']
    printed = []
    if plan.unknown_terms:
        parts.insert(0, '"unknown_terms": term_report(network, device)')
        printed.append(Py('print_terms(found["unknown_terms"])'))
    if plan.unknowns:
        told = "with_errors(network, device)" if tells_errors(plan) else "unknown_errors(network)"
        parts.insert(0, f'"unknowns": {told}')
        printed.insert(0, Py('print_unknowns(found["unknowns"])'))
    joined = Py(f"{{{', '.join(parts)}}}")
    lines = py_join([Py("{"), *(Py(f"        {part},") for part in parts), Py("    }")])
    return {
        "evaluated": lines if printed else joined,
        "printed": tuple(printed),
        "summarised": () if plan.unknowns else (Py('"unknowns": {}'),),
        "terms": bool(plan.unknown_terms),
    }


def grid(plan: Plan) -> tuple[int, ...]:
    """Grid points along each coordinate, for errors against a closed form and for pictures."""
    return GRIDS.get(len(plan.axes), (MANY,) * len(plan.axes))


def fills_its_box(plan: Plan) -> bool:
    """Whether the region is all of its bounding box, so that every grid point lies in it."""
    return plan.region is None or isinstance(plan.region, Box)


def _table(table: ReferencePlan) -> TableView:
    return TableView(
        place=py_text(table.place),
        path=py_string(table.path),
        sha256=py_string(table.sha256),
        fields=py_tuple([py_string(field) for field in table.fields]),
    )


EXACT = """\
    points = evaluation_points(){within}.to(device)
    exact = exact_solution(points)"""

TABLES = """\
    for name, digest, fields in REFERENCE_TABLES:
        path = Path(__file__).parent / name
        if not path.exists():
            print(f"no errors of {fields}: {path} is missing", file=sys.stderr)
            continue
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise RunError(f"{path} has changed: compile {SPECIFICATION} again")
        table = read_table(path, (*COORDINATES, *fields)).to(device)
        points, columns = table[:, : len(COORDINATES)], table.T[len(COORDINATES) :]
        known += [Known(f, points, v) for f, v in zip(fields, columns, strict=True)]"""


def _stated(plan: Plan) -> str:
    """The line that adds the fields whose exact solution is stated."""
    stated = {field for field, _, _ in plan.exact}
    if stated.issuperset(plan.fields):
        return "    known += [Known(f, points, exact[:, i]) for i, f in enumerate(FIELDS)]"
    listed = py_tuple([py_string(field) for field in plan.fields if field in stated])
    return f"    for name in {listed}:\n        known.append(Known(name, points, exact[:, FIELDS.index(name)]))"


def _known(plan: Plan, masked: bool) -> Py:
    """The body of `known_values`."""
    if not (plan.exact or plan.references):
        return Py("    return []  # the specification states neither")
    lines = [Py("    known: list[Known] = []")]
    if plan.exact:
        within = "[inside(evaluation_points())]" if masked else ""
        lines.append(Py(EXACT.replace("{within}", within)))
        lines.append(Py(_stated(plan)))
    if plan.references:
        lines.append(Py(TABLES))
    return py_join([*lines, Py("    return known")])
