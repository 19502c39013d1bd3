"""Resampling on the five problems of Naujoks et al., arXiv:2506.16443, against the same training with fixed points.

    python bench/resampling/run.py                                     reduced: Burgers, replace, five seeds, minutes
    python bench/resampling/run.py --problems all --modes add replace  reduced: everything
    python bench/resampling/run.py --broyden --problems burgers allen_cahn wave --methods influence
                                                                       what pdel chooses, against the published errors
    python bench/resampling/run.py --full --problems all --seeds 10    the published setting: hours

Every run adds a row to results.csv; results.md is written from it anew. The setting reduced by fifty: three layers of
32 neurons, 8 rounds of 250 steps of Adam and 250 of L-BFGS. The exit code is 1 where a gate is not met.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

import pdel

sys.path.insert(0, str(Path(__file__).parents[1]))
from rows import read_rows, write_rows

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
METHODS = ("influence", "residual", "gradient_dot", "output_gradient", "loss_gradient", "random", "none")
"""`none` is the fixed set; `rad` is `residual` in these settings, drawn and not taken from the top."""

ROUND = 500
"""Steps of a round of the reduced setting."""

MODES = {
    "add": "mode = add, power = 2, uniform = 0, top = false",
    "replace": "mode = replace, power = 1, uniform = 1, top = false",
}
"""The authors' options."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A problem: its specification, the points and network of the authors, the points that a round adds."""

    specification: Path
    points: int
    added: int
    width: int
    depth: int


PROBLEMS = {
    "burgers": Setting(EXAMPLES / "burgers" / "burgers.pde", 1000, 10, 32, 3),
    "diffusion": Setting(HERE / "problems" / "diffusion.pde", 30, 1, 32, 3),
    "allen_cahn": Setting(EXAMPLES / "allen_cahn" / "allen_cahn.pde", 1000, 10, 64, 3),
    "wave": Setting(HERE / "problems" / "wave.pde", 1000, 10, 100, 5),
    "drift_diffusion": Setting(HERE / "problems" / "drift_diffusion.pde", 1000, 10, 64, 3),
}

PUBLISHED = {
    ("add", "influence"): (4.3e-5, 6.1e-3, 1.72e-3, 4.2e-4, 3.0e-3),
    ("add", "residual"): (2.9e-5, 2.5e-3, 6.5e-4, 3.7e-4, 2.7e-3),
    ("add", "gradient_dot"): (4.5e-5, 1.39e-2, 4.42e-3, 5.3e-4, 2.6e-3),
    ("add", "output_gradient"): (6.3e-5, 1.15e-2, 8.01e-2, 2.46e-2, 3.5e-3),
    ("add", "loss_gradient"): (5.2e-5, 1.15e-2, 3.22e-3, 5.3e-4, 2.6e-3),
    ("add", "random"): (4.7e-5, 7.5e-3, 7.71e-2, 7.23e-2, 3.3e-3),
    ("add", "none"): (6.25e-4, 7.6e-3, 8.11e-2, 1.317e-1, 3.3e-3),
    ("replace", "influence"): (7.2e-4, 6.4e-3, 1.2e-3, 2.0e-2, 3.9e-3),
    ("replace", "residual"): (5.8e-4, 6.7e-3, 1.6e-3, 2.76e-1, 4.2e-3),
    ("replace", "gradient_dot"): (8.6e-4, 9.9e-3, 1.8e-3, 3.42e-1, 4.5e-3),
    ("replace", "output_gradient"): (3.1e-4, 2.19e-1, 2.4e-3, 5.82e-1, 5.3e-3),
    ("replace", "loss_gradient"): (4.0e-4, 3.66e-2, 2.3e-3, 2.88e-1, 4.8e-3),
    ("replace", "random"): (3.5e-4, 4.92e-2, 1.97e-1, 7.83e-1, 4.6e-3),
    ("replace", "none"): (6.2e-4, 7.6e-3, 8.11e-2, 1.32e-1, 3.3e-3),
}
"""Mean relative L2 errors after 200,000 iterations, on the problems in the order of COLUMNS."""

COLUMNS = ("diffusion", "allen_cahn", "burgers", "wave", "drift_diffusion")


@dataclass(frozen=True, slots=True)
class Row:
    """One run: the setting, the error of the network that was kept, its mean squared residual at 10,000 new points.

    `seconds` are those of the clock, `processor` those that the process was running, the cost on a shared machine.
    """

    setting: str
    problem: str
    mode: str
    method: str
    seed: int
    rounds: int
    error: float
    residual: float
    steps: int
    seconds: float
    processor: float


def own_choice(problem: str, method: str, mode: str, rounds: int) -> str:
    """The text of a problem with what pdel chooses by itself, but for the resampler: network, points, Broyden."""
    lines = PROBLEMS[problem].specification.read_text(encoding="utf-8").splitlines()
    chosen = method if method == "none" else f"{method}(every = {ROUND}, {MODES[mode]})"
    resampling = f"resample {chosen}"
    steps = f"train broyden(steps = {rounds * ROUND})"
    return "\n".join([*(line for line in lines if not method_line(line)), resampling, steps, ""])


def specification(problem: str, method: str, mode: str, rounds: int, full: bool) -> str:
    """The text of a problem with the authors' method statements."""
    setting = PROBLEMS[problem]
    physics = [line for line in setting.specification.read_text(encoding="utf-8").splitlines() if not method_line(line)]
    width, depth = (setting.width, setting.depth) if full else (32, 3)
    adam, lbfgs = (1000, 1000) if full else (ROUND // 2, ROUND // 2)
    options = f"every = {adam + lbfgs}, pool = 10_000, {MODES[mode]}, count = {setting.added}"
    if "influence" in method or "dot" in method:
        options += ", test = 1000"
    phases = [f"adam(steps = {adam}, decay = 1)", f"lbfgs(steps = {lbfgs}, tolerance = 0)"] * rounds
    return "\n".join(
        [
            *physics,
            f"network mlp(width = {width}, depth = {depth})",
            f"sample interior: hammersley(points = {setting.points})",
            f"resample {method}" if method == "none" else f"resample {method}({options})",
            f"train {' then '.join(phases)}",
            "precision float64",
            "",
        ]
    )


def method_line(line: str) -> bool:
    """Whether a line chooses a method, which the benchmark does itself."""
    return line.split(" ", maxsplit=1)[0] in ("network", "sample", "resample", "train", "precision", "seed")


def compiled(text: str, problem: str, folder: Path) -> Any:
    """The module of a specification, imported; data files are copied beside it."""
    for table in PROBLEMS[problem].specification.parent.glob("*_reference.csv"):
        shutil.copy(table, folder)
    source = folder / f"{problem}.pde"
    source.write_text(text, encoding="utf-8")
    return pdel.load(source)


def run(problem: str, method: str, mode: str, seed: int, *, rounds: int, setting: str) -> Row:
    """Train once; errors are those of the network with the lowest held-out residual."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = (
            own_choice(problem, method, mode, rounds)
            if setting == "broyden"
            else specification(problem, method, mode, rounds, setting == "full")
        )
        module = compiled(text, problem, folder)
        module.draw_pictures = lambda *_: ""
        started = time.process_time()
        summary = module.train(folder / "run", seed=seed, quiet=True)
        processor = time.process_time() - started
        network = module.load_network(folder / "run", "cpu")
    points = module.draw_points(torch.Generator().manual_seed(0))
    points = points._replace(interior=module.sample_pool(10_000, torch.Generator().manual_seed(10_000 + seed)))
    with torch.no_grad():
        residual = module.total_loss(module.loss_terms(network, points)).item()
    (error,) = [field["l2_relative"] for field in summary["fields"].values()]
    steps, seconds = summary["steps"], round(summary["seconds"], 1)
    return Row(setting, problem, mode, method, seed, rounds, error, residual, steps, seconds, round(processor, 1))


def tables(rows: Sequence[Row]) -> Iterator[str]:
    """A table for every setting, number of rounds and mode: medians over seeds, the published means beside them."""
    for setting, rounds, mode in sorted({(row.setting, row.rounds, row.mode) for row in rows}):
        here = [row for row in rows if (row.setting, row.rounds, row.mode) == (setting, rounds, mode)]
        yield f"\n## {setting}, {mode}, {rounds} rounds\n"
        yield "| problem | method | seeds | error | least to greatest | published error | residual | seconds |"
        yield "|---|---|---|---|---|---|---|---|"
        for problem in COLUMNS:
            for method in METHODS:
                found = [row for row in here if (row.problem, row.method) == (problem, method)]
                if found:
                    error, residual, seconds = (
                        statistics.median(getattr(row, name) for row in found)
                        for name in ("error", "residual", "processor")
                    )
                    least, most = min(row.error for row in found), max(row.error for row in found)
                    published = PUBLISHED[mode, method][COLUMNS.index(problem)]
                    yield (
                        f"| {problem} | {method} | {len(found)} | {error:.2e} | {least:.1e} to {most:.1e} "
                        f"| {published:.1e} | {residual:.2e} | {seconds:.0f} |"
                    )


def gates(rows: Sequence[Row]) -> Iterator[tuple[str, bool]]:
    """What is known to separate: adaptive points against uniform ones on Burgers, in the residual; no worse error."""
    here = [row for row in rows if (row.problem, row.mode) == ("burgers", "replace") and row.rounds >= 8]
    for setting, rounds in sorted({(row.setting, row.rounds) for row in here}):
        median = {
            (method, name): statistics.median(values)
            for method in METHODS
            for name in ("error", "residual")
            if (
                values := [
                    getattr(r, name) for r in here if (r.setting, r.rounds, r.method) == (setting, rounds, method)
                ]
            )
        }
        for method in ("influence", "residual"):
            for other, share in (("random", 0.2), ("none", 0.1)):
                if (method, "residual") in median and (other, "residual") in median:
                    where = f"{setting}, {rounds} rounds, Burgers"
                    ratio = median[method, "residual"] / median[other, "residual"]
                    yield f"{where}: residual of {method} {ratio:.3f} of {other}, at most {share}", ratio <= share
                    ratio = median[method, "error"] / median[other, "error"]
                    yield f"{where}: error of {method} {ratio:.2f} of {other}, at most 1.2", ratio <= 1.2


def report(rows: Sequence[Row]) -> str:
    """results.md."""
    head = (
        "# Resampling\n\nMedians over seeds; the error is relative in L2, the residual the mean square at 10,000\n"
        "points that were never trained on. The network is the one with the lowest held-out residual. `none` is the\n"
        "fixed set. Published errors are means over ten seeds after 200,000 steps (arXiv:2506.16443).\n"
        "`reduced` has 4000 steps of the authors' alternation and networks of three layers of 32 (theirs are wider\n"
        "for three problems); `broyden` has what pdel chooses: three layers of 20, points and optimiser, with 500\n"
        "steps a round. `seconds` are those of one core.\n"
        "Written by `python bench/resampling/run.py` from `results.csv`.\n"
    )
    passed = "\n".join(f"- {'met' if met else 'MISSED'}: {text}" for text, met in gates(rows))
    return "\n".join([head.rstrip("\n"), *tables(rows), "", "## Gates", "", passed or "None apply.", ""])


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--problems", nargs="+", default=["burgers"], choices=[*PROBLEMS, "all"])
    parser.add_argument(
        "--methods", nargs="+", default=["influence", "residual", "random", "none"], choices=[*METHODS, "all"]
    )
    parser.add_argument("--modes", nargs="+", default=["replace"], choices=list(MODES))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--rounds", type=int, help="8, or 100 with --full")
    setting = parser.add_mutually_exclusive_group()
    setting.add_argument("--full", action="store_true", help="the published networks and steps")
    setting.add_argument("--broyden", action="store_true", help="network, points and optimiser that pdel chooses")
    parser.add_argument("--out", type=Path, default=HERE, help="folder of results.csv and results.md")
    return parser.parse_args()


def main() -> int:
    """Run what was asked for and is not in results.csv yet; write both files after every run."""
    given = arguments()
    problems = list(PROBLEMS) if "all" in given.problems else given.problems
    methods = list(METHODS) if "all" in given.methods else given.methods
    setting = "full" if given.full else "broyden" if given.broyden else "reduced"
    rounds = given.rounds or (100 if given.full else 8)
    given.out.mkdir(parents=True, exist_ok=True)
    rows = read_rows(given.out / "results.csv", Row)
    done = {(row.setting, row.problem, row.mode, row.method, row.seed, row.rounds) for row in rows}
    for seed in range(given.seeds):
        for problem in problems:
            for mode in given.modes:
                for method in methods:
                    if (setting, problem, mode, method, seed, rounds) in done:
                        continue
                    row = run(problem, method, mode, seed, rounds=rounds, setting=setting)
                    print(f"{problem} {mode} {method} seed {seed}: error {row.error:.2e}, residual {row.residual:.2e}, "
                          f"{row.seconds:.0f} s", flush=True)  # fmt: skip
                    rows.append(row)
                    write_rows(given.out / "results.csv", rows, Row)
                    (given.out / "results.md").write_text(report(rows), encoding="utf-8")
    print(report(rows))
    return 0 if all(met for _, met in gates(rows)) else 1


if __name__ == "__main__":
    sys.exit(main())
