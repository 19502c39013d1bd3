"""Errors of well-known problems after a budget of the clock, compiling included, on one thread.

    python bench/accuracy/run.py                             the aims of 20 and 60 s, no method statement, three seeds
    python bench/accuracy/run.py --budget 300                those of 300 s
    python bench/accuracy/run.py --settings default best     with the most promising statements beside
    python bench/accuracy/run.py --only wave beam --seeds 0 1 2 3 4

The error is that of the network that the run keeps, relative L2, of the field where it is largest. Every run starts a
process of its own with an empty cache of compiled graphs, and adds a row to results.csv; results.md is written from it
anew. Rows whose plan has not changed are not run again. One seed of the first line takes 11 minutes of training and two
of everything else.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from pdel.compiler import compile_specification

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
RESULTS, REPORT = HERE / "results.csv", HERE / "results.md"


@dataclass(frozen=True, slots=True)
class Aim:
    """An error to reach within a budget."""

    problem: str
    seconds: float
    error: float


AIMS = (
    Aim("heat", 20, 1e-8),
    Aim("poisson", 20, 1e-10),
    Aim("burgers", 15, 1e-4),
    Aim("burgers", 60, 5e-6),
    Aim("burgers", 300, 1e-7),
    Aim("burgers", 1800, 1e-8),
    Aim("allen_cahn", 60, 5e-6),
    Aim("allen_cahn", 300, 1e-6),
    Aim("allen_cahn_periodic", 300, 1e-5),
    Aim("wave", 60, 1e-5),
    Aim("kdv", 300, 1e-4),
    Aim("kovasznay", 60, 1e-7),
    Aim("cavity", 120, 1e-3),
    Aim("cavity_1000", 300, 1e-2),
    Aim("helmholtz", 60, 1e-7),
    Aim("beam", 60, 1e-6),
    Aim("schroedinger", 60, 1e-6),
    Aim("lorenz", 60, 1e-6),
    Aim("poisson_5d", 60, 1e-4),
    Aim("heat_5d", 60, 1e-4),
)

SHORT = (20.0, 60.0)
"""The budgets that run where none is named."""

BEST: dict[str, tuple[str, ...]] = {
    "burgers": ("resample=rad(every = 100)",),
    "allen_cahn": ("resample=rad(every = 100)",),
}
"""Statements that promise more than what the plan chooses, as texts of `--set`: Burgers' equation had 4.2e-3 after 560
steps in place of 1.4e-1, and 2.8e-4 after 1500 in place of 3.6e-4."""

SOFT: dict[str, tuple[str, ...]] = {
    "wave": ("enforce.ends=softly", "enforce.plucked=softly"),
    "poisson_5d": ("enforce.walls=softly",),
    "heat_5d": ("enforce.walls=softly", "enforce.start=softly"),
}
"""Statements for a second form of a problem that has an aim of its own."""

SETTINGS = {"default": {}, "best": BEST, "soft": SOFT}


@dataclass(frozen=True, slots=True)
class Row:
    """One run. `error` is that of the field where it is largest; `seconds` are those of training."""

    problem: str
    setting: str
    budget: float
    seed: int
    error: float
    fields: str
    steps: int
    seconds: float
    compiled: bool
    stopped: str
    verdict: str
    plan: str
    machine: str

    @property
    def key(self) -> tuple[str, str, float, int]:
        """What a run is named by; its newest row stands."""
        return self.problem, self.setting, self.budget, self.seed


def machine() -> str:
    """The processor and the versions that the seconds belong to."""
    model = platform.machine()
    processors = Path("/proc/cpuinfo")
    if processors.exists():
        lines = processors.read_text(encoding="utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    import torch  # noqa: PLC0415

    return f"{model}, one thread, torch {torch.__version__}, Python {platform.python_version()}"


def specification(problem: str) -> Path:
    """The specification of a problem: one of this folder, or of the examples."""
    own = HERE / "problems" / f"{problem}.pde"
    return own if own.exists() else EXAMPLES / problem / f"{problem}.pde"


def compiled(problem: str, setting: str, budget: float, folder: Path) -> tuple[Path, str]:
    """The module of a problem, written into a folder beside its reference, and the identity of its plan."""
    source = specification(problem)
    for path in (source, *source.parent.glob(f"{problem}_reference.csv")):
        shutil.copy(path, folder)
    overrides = (*SETTINGS[setting].get(problem, ()), f"budget={budget:g}")
    done = compile_specification(folder / source.name, overrides)
    if done.text is None or done.plan is None:
        raise SystemExit(f"{source}: {[item.message for item in done.diagnostics]}")
    module = folder / f"{problem}.py"
    module.write_text(done.text, encoding="utf-8")
    return module, done.plan.identity


def run(problem: str, setting: str, budget: float, seed: int, known: Sequence[Row]) -> Row | None:
    """A run of one seed; None where its row is there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        module, plan = compiled(problem, setting, budget, folder)
        if any(row.key == (problem, setting, budget, seed) and row.plan == plan for row in known):
            return None
        environment = os.environ | {
            "OMP_NUM_THREADS": "1",
            "TORCHINDUCTOR_COMPILE_THREADS": "1",
            "TORCHINDUCTOR_CACHE_DIR": str(folder / "cache"),
        }
        command = [sys.executable, str(module), "train", "--out", str(folder / "run"), "--seed", str(seed), "--quiet"]
        ended = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
        if ended.returncode:
            print(f"{problem}, seed {seed}: {ended.stderr.strip()[-300:]}", file=sys.stderr)
            if not (folder / "run" / "summary.json").exists():
                return None
        summary = json.loads((folder / "run" / "summary.json").read_text(encoding="utf-8"))
    errors = {
        name: found["l2_relative"] for name, found in summary["fields"].items() if found["l2_relative"] is not None
    }
    return Row(
        problem=problem,
        setting=setting,
        budget=budget,
        seed=seed,
        error=max(errors.values()),
        fields=" ".join(f"{name} {error:.1e}" for name, error in errors.items()),
        steps=summary["steps"],
        seconds=round(summary["seconds"], 1),
        compiled=summary["compiled"],
        stopped=summary["stopped"],
        verdict=summary["verdict"],
        plan=plan,
        machine=machine(),
    )


def read_rows() -> list[Row]:
    """The rows of results.csv, of each run the newest."""
    if not RESULTS.exists():
        return []
    with RESULTS.open(newline="", encoding="utf-8") as file:
        found = [_row(entry) for entry in csv.DictReader(file)]
    return list({row.key: row for row in found}.values())


def _row(entry: dict[str, str]) -> Row:
    return Row(
        problem=entry["problem"],
        setting=entry["setting"],
        budget=float(entry["budget"]),
        seed=int(entry["seed"]),
        error=float(entry["error"]),
        fields=entry["fields"],
        steps=int(entry["steps"]),
        seconds=float(entry["seconds"]),
        compiled=entry["compiled"] == "True",
        stopped=entry["stopped"],
        verdict=entry["verdict"],
        plan=entry["plan"],
        machine=entry["machine"],
    )


def write_rows(rows: Sequence[Row]) -> None:
    """Write results.csv, whole or not at all."""
    order = list(dict.fromkeys(aim.problem for aim in AIMS))
    part = RESULTS.with_suffix(".part")
    with part.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in sorted(rows, key=lambda row: (order.index(row.problem), *row.key[1:])))
    part.replace(RESULTS)


def report(rows: Sequence[Row]) -> str:
    """results.md: of every problem, setting and budget the median and the largest error, beside the aim."""
    lines = [
        "# Accuracy within a budget",
        "",
        "Relative L2 error of the network that is kept, at the end of the budget, compiling by torch included; of",
        "several fields the largest. Written by `python bench/accuracy/run.py`; one row of results.csv a run.",
        "`default` has no method statement. An aim is met where the median is not above it.",
        "",
        *(f"Machine: {name}." for name in dict.fromkeys(row.machine for row in rows)),
        "",
        "| problem | setting | budget, s | seeds | median | largest | aim | met | steps | compiled |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_line(group) for group in _groups(rows)),
        "",
        "| problem | setting | budget, s | seed | errors by field | steps | verdict |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {row.problem} | {row.setting} | {row.budget:g} | {row.seed} | {row.fields} | {row.steps} "
            f"| {row.verdict} |"
            for row in rows
        ),
        "",
    ]
    return "\n".join(lines)


def _groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    groups: dict[tuple[str, str, float], list[Row]] = {}
    for row in rows:
        groups.setdefault(row.key[:3], []).append(row)
    yield from groups.values()


def _line(group: Sequence[Row]) -> str:
    first = group[0]
    errors = [row.error for row in group]
    median = statistics.median(errors)
    aim = next((a.error for a in AIMS if (a.problem, a.seconds) == (first.problem, first.budget)), None)
    met = "" if aim is None else "yes" if median <= aim else "no"
    steps = round(statistics.median(row.steps for row in group))
    compiled = sum(row.compiled for row in group)
    return (
        f"| {first.problem} | {first.setting} | {first.budget:g} | {len(group)} | {median:.1e} | {max(errors):.1e} "
        f"| {'' if aim is None else f'{aim:.0e}'} | {met} | {steps} | {compiled} of {len(group)} |"
    )


def wanted(given: argparse.Namespace) -> Iterator[tuple[str, str, float]]:
    """Problem, setting and budget of the runs that are asked for, the settings of a problem side by side."""
    budgets = given.budget or SHORT
    for aim in AIMS:
        if aim.seconds in budgets and (not given.only or aim.problem in given.only):
            for setting in given.settings:
                if setting == "default" or aim.problem in SETTINGS[setting]:
                    yield aim.problem, setting, aim.seconds


def main() -> None:
    """Run what is not there yet, a row at a time."""
    parser = argparse.ArgumentParser(description="errors within a budget")
    problems = tuple(dict.fromkeys(aim.problem for aim in AIMS))
    parser.add_argument("--only", nargs="+", choices=problems, default=(), metavar="PROBLEM", help=", ".join(problems))
    parser.add_argument("--settings", nargs="+", choices=tuple(SETTINGS), default=("default",))
    parser.add_argument("--seeds", nargs="+", type=int, default=(0, 1, 2))
    parser.add_argument("--budget", nargs="+", type=float, default=(), help="budgets of the aims to run; 20 and 60")
    given = parser.parse_args()
    rows = read_rows()
    began = time.perf_counter()
    for seed in given.seeds:  # a run that is broken off has whole seeds
        for problem, setting, budget in wanted(given):
            row = run(problem, setting, budget, seed, rows)
            if row is None:
                continue
            rows = [old for old in rows if old.key != row.key] + [row]
            write_rows(rows)
            rows = read_rows()
            REPORT.write_text(report(rows), encoding="utf-8")
            took = time.perf_counter() - began
            print(
                f"{took:6.0f} s  {problem} {setting} {budget:g} s seed {seed}: {row.fields}, {row.steps} steps",
                flush=True,
            )


if __name__ == "__main__":
    main()
