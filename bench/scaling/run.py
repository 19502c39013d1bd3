"""How the time of a step of the generated module grows: with points, width, parameters, order, fields and dimensions.

    .venv/bin/python bench/scaling/run.py                     everything, one core: about 6 minutes
    .venv/bin/python bench/scaling/run.py --series order fields
    .venv/bin/python bench/scaling/run.py --report            only the table and the picture, from results.csv

A step is one of Adam in float64, as in bench/step: of the generated module, compiled and not, and through nested calls
of torch.autograd.grad. The three take turns on one core and one thread. The exponent of a series is the slope of
log(time) over log(quantity), by least squares. It is no law: at the small end of a series a step is overhead.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy
import torch

sys.path.append(str(Path(__file__).parents[1] / "step"))

import frameworks.nested
import frameworks.pdel_compiled
import frameworks.pdel_eager
from building import compiled_module, loaded, write_data
from prepared import Prepared
from report import machine, table
from series import SERIES, Problem, Series
from worker import read_arrays

HERE = Path(__file__).parent
RESULTS = HERE / "results.csv"
SIDES = {
    "compiled": ("generated, compiled", frameworks.pdel_compiled.prepare),
    "eager": ("generated, not compiled", frameworks.pdel_eager.prepare),
    "nested": ("nested autograd", frameworks.nested.prepare),
}
COLOURS = {"compiled": "#d62728", "eager": "#ff9896", "nested": "#8c8c8c"}


@dataclass(frozen=True, slots=True)
class Row:
    """Milliseconds a step of one side at one value of what grows: median, least and largest of the rounds."""

    series: str
    value: int
    side: str
    ms: float
    ms_least: float
    ms_most: float


def prepared_sides(problem: Problem, folder: Path) -> dict[str, Prepared]:
    """The three ways to take a step; they have to agree on the loss."""
    source = compiled_module(problem.case, "float64", folder, problem.points)
    data = folder / f"{source.stem}.npz"
    write_data(problem.case, loaded(source), data)
    inputs = read_arrays(problem.case, "float64", data, source)
    sides = {name: prepare(inputs) for name, (_, prepare) in SIDES.items()}
    losses = [side.loss for side in sides.values()]
    if max(losses) - min(losses) > 1e-9 * abs(losses[0]):
        raise ArithmeticError(f"{source.stem}: the losses differ, {losses}")
    return sides


def measure(series: Series, rounds: int, seconds: float) -> list[Row]:
    """All problems of a series."""
    rows = []
    for problem in series.problems:
        with tempfile.TemporaryDirectory() as folder:
            sides = prepared_sides(problem, Path(folder))
            counts = {}
            for name, side in sides.items():
                side.seconds_of(1)
                counts[name] = max(2, min(200, round(seconds / side.seconds_of(1))))
            times: dict[str, list[float]] = {name: [] for name in sides}
            for _ in range(rounds):
                for name, side in sides.items():
                    times[name].append(1e3 * side.seconds_of(counts[name]) / counts[name])
        for name, taken in times.items():
            rows.append(Row(series.name, problem.value, name, statistics.median(taken), min(taken), max(taken)))
        spoken = ", ".join(f"{name} {statistics.median(taken):.2f} ms" for name, taken in times.items())
        print(f"{series.name} {problem.value}: {spoken}", flush=True)
    return rows


def exponent(rows: Sequence[Row]) -> float:
    """The slope of log(time) over log(quantity)."""
    found = numpy.polyfit([math.log(row.value) for row in rows], [math.log(row.ms) for row in rows], 1)
    return float(found[0])


def of(rows: Sequence[Row], series: Series, side: str) -> list[Row]:
    """The rows of a series and a side, in order."""
    return sorted((row for row in rows if row.series == series.name and row.side == side), key=lambda row: row.value)


def report(rows: Sequence[Row], note: str) -> str:
    """results.md."""
    parts = ["# How the time of a step grows", "", f"Machine: {machine()}. torch {torch.__version__}, float64."]
    parts += [*([note] if note else []), ""]
    parts += [
        "Written by `bench/scaling/run.py`, which says what is measured. Where nothing else is said: 1000 points, 4"
    ]
    parts += ["layers of 64, two coordinates, one field, second order. Milliseconds a step, medians.", ""]
    lines = []
    for series in SERIES:
        if of(rows, series, "nested"):
            slopes = [f"{exponent(of(rows, series, side)):.2f}" for side in SIDES]
            values = [str(problem.value) for problem in series.problems]
            lines.append([series.title, f"{values[0]} to {values[-1]}", *slopes])
    parts += ["Exponents:", "", table(["", "from", *(title for title, _ in SIDES.values())], lines)]
    for series in SERIES:
        columns = [of(rows, series, side) for side in SIDES]
        if columns[0]:
            lines = [
                [str(row[0].value), *(f"{each.ms:.2f}" for each in row), f"{row[2].ms / row[0].ms:.1f}"]
                for row in zip(*columns, strict=True)
            ]
            head = [series.title, *(title for title, _ in SIDES.values()), "times faster, compiled"]
            parts += [f"## {series.title}", "", table(head, lines)]
    return "\n".join(parts).rstrip("\n") + "\n"


def draw(rows: Sequence[Row]) -> None:
    """results.png: a panel for each series."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - the rest works without matplotlib

    figure = Figure(figsize=(11, 6.4), layout="constrained")
    for panel, series in zip(figure.subplots(2, 3).flat, SERIES, strict=True):
        panel.set(xscale="log", yscale="log", xlabel=series.title, ylabel="ms a step")
        for side, (title, _) in SIDES.items():
            line = of(rows, series, side)
            if line:
                at = [row.value for row in line]
                label = f"{title}, {exponent(line):.2f}"
                panel.plot(at, [row.ms for row in line], "o-", color=COLOURS[side], label=label, ms=4)
                panel.fill_between(
                    at, [row.ms_least for row in line], [row.ms_most for row in line], color=COLOURS[side], alpha=0.2
                )
                panel.set_xticks(at, [str(value) for value in at])
        panel.minorticks_off()
        panel.legend(fontsize=7, title="and exponent", title_fontsize=7)
    figure.savefig(HERE / "results.png", dpi=90)


def read_rows() -> list[Row]:
    """The rows of results.csv."""
    if not RESULTS.exists():
        return []
    with RESULTS.open(newline="", encoding="utf-8") as file:
        return [
            Row(
                row["series"],
                int(row["value"]),
                row["side"],
                *(float(row[name]) for name in ("ms", "ms_least", "ms_most")),
            )
            for row in csv.DictReader(file)
        ]


def write_rows(rows: Sequence[Row]) -> None:
    """Write results.csv in the order of the series."""
    order = [series.name for series in SERIES]
    rows = sorted(rows, key=lambda row: (order.index(row.series), row.value, list(SIDES).index(row.side)))
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({k: f"{v:.5g}" if isinstance(v, float) else v for k, v in asdict(row).items()})


def main() -> None:
    """Measure what the command line names, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [series.name for series in SERIES]
    parser.add_argument("--series", nargs="+", default=names, choices=names)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.3, help="of a side in one round, about")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--note", default="", help="a line for the head of results.md")
    parser.add_argument("--report", action="store_true", help="measure nothing")
    options = parser.parse_args()
    if not options.report:
        os.sched_setaffinity(0, {options.core})
        torch.set_num_threads(1)
        for series in SERIES:
            if series.name in options.series:
                new = measure(series, options.rounds, options.seconds)
                write_rows([row for row in read_rows() if row.series != series.name] + new)
    (HERE / "results.md").write_text(report(read_rows(), options.note), encoding="utf-8")
    draw(read_rows())


if __name__ == "__main__":
    main()
