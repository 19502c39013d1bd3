"""Error against time on Burgers' equation: pdel without any method statement beside the recipes of other frameworks.

    bench/peers/setup                                  once: the other frameworks, in bench/.peers
    .venv/bin/python bench/race/run.py                 what is missing in results.csv, one core: seed 0 takes 31 minutes
    .venv/bin/python bench/race/run.py --runs pdel_60 deepxde --seeds 0 1 2 --core 1       beside another, on two cores
    .venv/bin/python bench/race/run.py --report        only the table and the picture, from results.csv

The problem is examples/burgers: nu = 0.01/pi, x in [-1, 1], t in [0, 1], u = -sin(pi*x) at the start. pdel is what
`pdel run burgers.pde --budget SECONDS` does. The others follow what their authors publish, as far as they do; each file
in recipes/ says what that is, and what had to be chosen here.

Every run is one process on one core and one thread, and the clock starts with the process: imports and compilation
count. The error is the relative L2 error of the present network over the reference, 10,537 points of a grid, looked at
along the way. pdel prints its own, over every third of these points until the end. It solves for one window of time
after the other, for each budget as many neurons as it allows: an error counts once the last window has been reached,
and the ends of the budgets are what its curve is made of. A run that is in results.csv is not done again, unless
--again asks for it.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "step"))

from processes import PEERS, environment
from report import machine, table

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EXAMPLE = ROOT / "examples" / "burgers"
RESULTS = HERE / "results.csv"
PICTURE = ROOT / "docs" / "images" / "burgers-race.png"
SECONDS = (3, 10, 30, 60, 100, 300)
LEVELS = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7)


@dataclass(frozen=True, slots=True)
class Run:
    """A framework with its recipe, or pdel with a budget; `seconds` is where it is stopped.

    `title` is its name in the table, `legend` that in the picture: none for curves that go by the name of another.
    """

    name: str
    title: str
    legend: str
    colour: str
    seconds: float


BUDGETS = (
    Run("pdel_15", "pdel, 15 s", "pdel, by budget", "#d62728", 15),
    Run("pdel_60", "pdel, 60 s", "", "#d62728", 60),
    Run("pdel_300", "pdel, 300 s", "", "#d62728", 300),
)
RECIPES = (
    Run("deepxde", "DeepXDE", "DeepXDE", "#1f77b4", 300),
    Run("pina", "PINA", "PINA", "#2ca02c", 300),
    Run("neurodiffeq", "neurodiffeq", "neurodiffeq", "#e377c2", 300),
    Run("jinns", "jinns (natural gradient)", "jinns (natural gradient)", "#ff7f0e", 300),
    Run("jno", "jNO", "jNO", "#9467bd", 300),
)
RUNS = (*BUDGETS, *RECIPES)


@dataclass(frozen=True, slots=True)
class Row:
    """The error at one moment of one run."""

    run: str
    seed: int
    seconds: float
    step: int
    error: float


def all_of_time(phase: str) -> bool:
    """Whether windows of time, where a phase names one, have been reached to the last."""
    found = re.search(r"in window (\d+) of (\d+)", phase)
    return found is None or found[1] == found[2]


def metrics_rows(path: Path) -> list[tuple[int, float]]:
    """Steps and errors in the metrics.csv of a run of pdel, as far as it is written."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row.get("l2_relative.u") and all_of_time(row["phase"])]
    return [(int(row["step"]), float(row["l2_relative.u"])) for row in rows]


def run_pdel(run: Run, seed: int, folder: Path, settings: dict[str, str]) -> list[Row]:
    """`pdel run` of the example, with its errors stamped as they appear in metrics.csv."""
    for name in ("burgers.pde", "burgers_reference.csv"):
        shutil.copy(EXAMPLE / name, folder)
    command = [sys.executable, "-m", "pdel", "run", "burgers.pde", "--budget", f"{run.seconds:g}"]
    command += ["--seed", str(seed), "--out", "out"]
    began = time.time()
    process = subprocess.Popen(
        command, cwd=folder, env={**settings, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
    )
    rows: list[Row] = []
    while process.poll() is None:
        for step, error in metrics_rows(folder / "out" / "metrics.csv")[len(rows) :]:
            rows.append(Row(run.name, seed, time.time() - began, step, error))
        time.sleep(0.2)
    summary = json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))
    final = summary["fields"]["u"]["l2_relative"]
    return [*rows, Row(run.name, seed, time.time() - began, summary["steps"], final)]


def run_recipe(run: Run, seed: int, folder: Path, settings: dict[str, str]) -> list[Row]:
    """One of the recipes, which writes its own rows."""
    out = folder / "rows.csv"
    more = {
        "PYTHONPATH": str(HERE),
        "RACE_START": repr(time.time()),
        "RACE_BUDGET": str(run.seconds),
        "RACE_SEED": str(seed),
        "RACE_OUT": str(out),
        "RACE_REFERENCE": str(EXAMPLE / "burgers_reference.csv"),
    }
    log = folder / "log"
    with log.open("w") as file:
        subprocess.run(
            [PEERS, "-m", f"recipes.{run.name}"],
            cwd=folder,
            env={**settings, **more},
            stdout=file,
            stderr=file,
            check=False,
            timeout=3 * run.seconds,
        )
    if not out.exists():
        raise RuntimeError(f"{run.name} wrote nothing:\n{log.read_text()[-3000:]}")
    with out.open(newline="", encoding="utf-8") as file:
        return [Row(run.name, seed, float(s), int(n), float(e)) for s, n, e in csv.reader(file)]


def read_rows() -> list[Row]:
    """The rows of results.csv."""
    if not RESULTS.exists():
        return []
    with RESULTS.open(newline="", encoding="utf-8") as file:
        return [
            Row(row["run"], int(row["seed"]), float(row["seconds"]), int(row["step"]), float(row["error"]))
            for row in csv.DictReader(file)
        ]


def write_rows(rows: Sequence[Row]) -> None:
    """Write results.csv in the order of runs, seeds and time."""
    order = [run.name for run in RUNS]
    rows = sorted(rows, key=lambda row: (order.index(row.run), row.seed, row.seconds))
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            written = asdict(row) | {"seconds": f"{row.seconds:.2f}", "error": f"{row.error:.4g}"}
            writer.writerow(written)


def curves(rows: Sequence[Row], run: Run) -> list[list[Row]]:
    """The rows of a run, a list for each seed."""
    seeds = sorted({row.seed for row in rows if row.run == run.name})
    return [[row for row in rows if row.run == run.name and row.seed == seed] for seed in seeds]


def reached(curve: Sequence[Row], level: float) -> float:
    """When the error was first at a level or below it; infinite where it never was."""
    return min((row.seconds for row in curve if row.error <= level), default=math.inf)


def median_text(values: Sequence[float], form: str) -> str:
    """The median, and in brackets the range where there are several; a dash where it is not finite."""
    middle = statistics.median(values)
    shown = "–" if not math.isfinite(middle) else format(middle, form)
    if len(values) == 1 or not math.isfinite(middle):
        return shown
    return f"{shown} ({format(min(values), form)}–{format(max(values), form)})"


def results_text(rows: Sequence[Row], note: str) -> str:
    """results.md."""
    parts = ["# Error against time on Burgers' equation", "", f"Machine: {machine()}.", *([note] if note else []), ""]
    parts += [
        "Written by `bench/race/run.py`, which says what is measured; the recipes are in `recipes/`. Seconds from"
    ]
    parts += [
        "the start of the process to the first error at or below a level, and the error at the end. Medians over the"
    ]
    parts += ["seeds, with their range; a dash: most seeds never came there.", ""]
    lines = []
    for run in RUNS:
        found = curves(rows, run)
        if found:
            times = [median_text([reached(curve, level) for curve in found], ".0f") for level in LEVELS]
            end = median_text([curve[-1].error for curve in found], ".1e")
            took = median_text([curve[-1].seconds for curve in found], ".0f")
            lines.append([run.title, str(len(found)), *times, end, took])
    head = ["", "seeds", *(f"{level:.0e}" for level in LEVELS), "error at the end", "seconds"]
    return "\n".join([*parts, table(head, lines)]).rstrip("\n") + "\n"


def draw(rows: Sequence[Row], path: Path) -> None:
    """The curves: every seed thin, the lowest error so far of the median seed thick; readable on light and dark."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - the rest works without matplotlib

    grey = "#808890"
    figure = Figure(figsize=(7.6, 4.4), layout="constrained")
    figure.patch.set_alpha(0)
    panel = figure.subplots()
    panel.patch.set_alpha(0)
    for run in RUNS:
        found = sorted(curves(rows, run), key=lambda curve: curve[-1].error)
        for curve in found:
            panel.plot([r.seconds for r in curve], [r.error for r in curve], color=run.colour, lw=0.7, alpha=0.5)
        if found:
            middle = found[(len(found) - 1) // 2]
            panel.plot([r.seconds for r in middle], [r.error for r in middle], color=run.colour, lw=2, label=run.legend)
            panel.plot(middle[-1].seconds, middle[-1].error, "o", color=run.colour, ms=5)
    ends = [found[-1] for run in BUDGETS for found in curves(rows, run)[:1]]
    panel.plot([r.seconds for r in ends], [r.error for r in ends], "--", color=RUNS[0].colour, lw=1.5)
    panel.set(xscale="log", yscale="log")
    panel.set_xticks(SECONDS, [str(seconds) for seconds in SECONDS])
    panel.minorticks_off()
    panel.set_xlabel("seconds from the start of the process, one core", color=grey)
    panel.set_ylabel("relative L2 error", color=grey)
    panel.set_title("Burgers, nu = 0.01/pi", color=grey, fontsize=11)
    panel.tick_params(which="both", colors=grey)
    panel.grid(color=grey, alpha=0.25, lw=0.6)
    for spine in panel.spines.values():
        spine.set_color(grey)
    panel.legend(frameon=False, labelcolor=grey, fontsize=8, loc="lower left")
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, dpi=110)


def main() -> None:
    """Do the runs that are missing, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [run.name for run in RUNS]
    parser.add_argument("--runs", nargs="+", default=names, choices=names)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0])
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--seconds", type=float, help="stop every run there: to try the recipes, not to measure")
    parser.add_argument("--note", default="", help="a line for the head of results.md")
    parser.add_argument("--again", action="store_true", help="repeat runs that results.csv has")
    parser.add_argument("--report", action="store_true", help="measure nothing")
    options = parser.parse_args()
    if not options.report:
        os.sched_setaffinity(0, {options.core})
        for seed in options.seeds:
            for run in (run for run in RUNS if run.name in options.runs):
                if options.seconds:
                    run = replace(run, seconds=options.seconds)
                if (run.name, seed) in {(row.run, row.seed) for row in read_rows()} and not options.again:
                    continue
                recipe = run.name in {item.name for item in RECIPES}
                if recipe and not PEERS.exists():
                    print(f"{run.name}: bench/.peers is missing; bench/peers/setup makes it")
                    continue
                with tempfile.TemporaryDirectory() as text:
                    folder = Path(text)
                    measure = run_recipe if recipe else run_pdel
                    new = measure(run, seed, folder, environment(folder))
                print(f"{run.name}, seed {seed}: {new[-1].error:.2e} after {new[-1].seconds:.0f} s", flush=True)
                others = [row for row in read_rows() if (row.run, row.seed) != (run.name, seed)]
                write_rows(others + new)
    (HERE / "results.md").write_text(results_text(read_rows(), options.note), encoding="utf-8")
    draw(read_rows(), PICTURE)


if __name__ == "__main__":
    main()
