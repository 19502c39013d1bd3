"""Masked networks against the same networks without a mask, on the four problems of Mask-PINNs.

    python bench/masks/run.py                                        reduced: tanh, Broyden, five seeds
    python bench/masks/run.py --problems helmholtz --ranges 1 4 --scales 1 5 20    why it is worse there
    python bench/masks/run.py --optimisers adam --seeds 3            the published kind of training, small
    python bench/masks/run.py --problems wave --optimisers lbfgs --activations tanh sin silu gelu --widths 64 128 256
                                                                     the published widths, in 2000 steps
    python bench/masks/run.py --full --device cuda                   the published problems, points and steps,
                                                                     all activations and widths: days on a CPU

Every problem is compiled from its specification beside this file; network, mask, training and points are overrides.
Runs that are in results.csv already are not repeated; results.md is written from it anew. A run counts by its error: a
mask can lower the loss and raise the error.
"""

from __future__ import annotations

import argparse
import itertools
import math
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from types import ModuleType

import torch
from torch import Tensor

import pdel

sys.path.insert(0, str(Path(__file__).parents[1]))
from rows import read_rows, write_rows

HERE = Path(__file__).parent
TABLES = HERE.parents[1] / "examples" / "kdv"
"""Where the reference of the Korteweg-de Vries equation lies."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the published runs used: blocks, points, phases of training, scale, constants and steps in all."""

    blocks: int
    points: dict[str, int]
    train: str
    scale: float
    constants: dict[str, float]
    steps: int


FULL = {
    "wave": Setting(
        3, {"interior": 5000, "ends": 400, "start": 400}, "adam(steps = 20_000, decay = 0.0148)", 1, {}, 20_000
    ),
    "convection": Setting(
        6, {"interior": 5000, "start": 200}, "adam(steps = 50_000, decay = 0.00515)", 1, {"beta": 30}, 50_000
    ),
    "helmholtz": Setting(
        5,
        {"interior": 10_000, "sides": 400},
        "adam(steps = 50_000, rate = 1e-4, decay = 0.00515)",
        20,
        {"a": 6},
        50_000,
    ),
    "helmholtz_exact": Setting(
        5, {"interior": 10_000}, "adam(steps = 50_000, rate = 1e-4, decay = 0.00515)", 20, {"a": 6}, 50_000
    ),
    "kdv": Setting(
        2,
        {"interior": 5000, "start": 500},
        "adam(steps = 20_000, decay = 0.349) then lbfgs(steps = 6000)",
        1,
        {},
        26_000,
    ),
}

SECOND_ORDER = {
    "wave": {"interior": 600, "ends": 60, "start": 60},
    "convection": {"interior": 600, "start": 60},
    "helmholtz": {"interior": 1000, "sides": 200},
    "helmholtz_exact": {"interior": 1000},
    "kdv": {"interior": 1000, "start": 60},
}
"""The points of the reduced setting under Broyden and L-BFGS, which keep them between two rounds of resampling."""


STEPS = {"broyden": 400, "lbfgs": 2000, "adam": 4000}
"""Steps of the reduced setting."""


@dataclass(frozen=True, slots=True)
class Row:
    """One run: what was trained, and what came out.

    `loss` is that of the end, `error` that of the network with the lowest held-out loss; `course` are the errors after
    a quarter, a half and three quarters of the steps. `processor` are the seconds that the process was running.
    """

    setting: str
    problem: str
    optimiser: str
    activation: str
    width: int
    range: float
    mask: str
    seed: int
    parameters: int
    steps: int
    loss: float
    error: float
    course: str
    processor: float


@dataclass(frozen=True, slots=True)
class Variant:
    """What is trained from every seed."""

    setting: str
    problem: str
    optimiser: str
    activation: str
    width: int
    range: float
    mask: str
    steps: int

    def choices(self, changes: Sequence[str]) -> Iterator[str]:
        """The overrides, as texts of `--set`."""
        full = FULL[self.problem]
        blocks = full.blocks if self.setting == "full" else 2
        shape = f"width = {self.width}, depth = {blocks}"
        yield f"network=residual({shape}, activation = {self.activation}, range = {self.range:g})"
        if self.mask != "none":
            yield f"mask={self.mask}"
        if self.setting == "full":
            yield f"train={full.train}"
            yield from (f"sample.{name}=latin(points = {count}, fresh = 1)" for name, count in full.points.items())
            yield from (f"constant.{name}={value:g}" for name, value in full.constants.items())
        elif self.optimiser == "adam":
            yield f"train.adam.steps={self.steps}"
        else:
            yield f"train={self.optimiser}(steps = {self.steps})"
            points = SECOND_ORDER[self.problem]
            yield from (f"sample.{name}=latin(points = {count})" for name, count in points.items())
        yield from changes


def variants(given: argparse.Namespace) -> Iterator[Variant]:
    """Every problem, optimiser, activation, width, range and mask."""
    setting = "full" if given.full else "reduced"
    for problem, optimiser in itertools.product(given.problems, ["published"] if given.full else given.optimisers):
        activations = given.activations or (["tanh", "sin", "silu", "gelu"] if given.full else ["tanh"])
        widths = given.widths or ([64, 128, 256] if given.full else [16 if optimiser == "broyden" else 32])
        scales = given.scales or [FULL[problem].scale if given.full else 1]
        masks = ["none", *(f"exponential(scale = {scale:g})" for scale in scales)]
        steps = given.steps or STEPS.get(optimiser, FULL[problem].steps)
        for activation, width, reach, mask in itertools.product(activations, widths, given.ranges, masks):
            yield Variant(setting, problem, optimiser, activation, width, reach, mask, steps)


def compiled(variant: Variant, changes: Sequence[str], folder: Path) -> ModuleType:
    """The module of a variant, imported."""
    path = Path(shutil.copy(HERE / f"{variant.problem}.pde", folder))
    for table in TABLES.glob("*.csv"):
        shutil.copy(table, folder)
    return pdel.load(path, tuple(variant.choices(changes)))


def run(variant: Variant, changes: Sequence[str], seed: int, device: str) -> Row:
    """Train once; errors on the way are those of the network of that step."""
    with tempfile.TemporaryDirectory() as name:
        module = compiled(variant, changes, Path(name))
        known = module.known_values(device)
    training = module.Training(seed, device)
    total = sum(phase.steps for phase in module.PHASES)
    course: list[float] = []

    def error(x: Tensor) -> float:
        training.objective.place(x)
        return float(module.errors_of(training.network, known)["u"]["l2_relative"])

    training.prepare("auto", math.inf, math.inf, quiet=True)
    started = time.process_time()
    while not training.finished:
        training.advance()
        if training.step in [total * part // 4 for part in (1, 2, 3)]:
            course.append(error(training.optimiser.x))
    processor = time.process_time() - started
    terms = training.terms(training.optimiser.x)
    return Row(
        **asdict(variant) | {"problem": problem_name(variant.problem, changes), "steps": training.step},
        seed=seed,
        parameters=training.optimiser.x.numel(),
        loss=sum(module.WEIGHTS[term] * value for term, value in terms.items()),
        error=error(training.better()[2]),
        course=" ".join(f"{value:.2g}" for value in course),
        processor=round(processor, 1),
    )


def problem_name(problem: str, changes: Sequence[str]) -> str:
    """The problem with what differs from its specification: `convection beta=15`."""
    return " ".join([problem, *(text.partition(".")[2] for text in changes)])


HEAD = (
    "| problem | optimiser | activation | width | range | mask | steps | seeds | error | ratio "
    "| error on the way | loss | seconds |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
)


def table(rows: Sequence[Row]) -> Iterator[str]:
    """A line for every variant: medians over its seeds, the least and greatest error in brackets."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        shape = (row.problem, row.optimiser, row.activation, row.width, row.range, row.steps)
        groups.setdefault((*shape, row.mask), []).append(row)
    for (*shape, mask), group in sorted(groups.items()):
        plain = groups.get((*shape, "none"), [])
        ratio = f"{middle(group, 'error') / middle(plain, 'error'):.2g}" if plain and mask != "none" else ""
        errors = [row.error for row in group]
        courses = [[float(text) for text in row.course.split()] for row in group]
        course = ", ".join(f"{statistics.median(column):.2g}" for column in zip(*courses, strict=True))
        problem, optimiser, activation, width, reach, steps = shape
        yield (
            f"| {problem} | {optimiser} | {activation} | {width} | {reach:g} | {mask} | {steps} | {len(group)} "
            f"| {middle(group, 'error'):.2g} ({min(errors):.2g} to {max(errors):.2g}) | {ratio} | {course} "
            f"| {middle(group, 'loss'):.2g} | {middle(group, 'processor'):.0f} |"
        )


def middle(rows: Sequence[Row], name: str) -> float:
    """The median of a number over runs."""
    return float(statistics.median(getattr(row, name) for row in rows))


def report(rows: Sequence[Row]) -> str:
    """results.md."""
    parts = [PREFACE]
    for setting in sorted({row.setting for row in rows}):
        parts += [f"## {setting}", "", *HEAD, *table([row for row in rows if row.setting == setting]), ""]
    return "\n".join(parts)


PREFACE = f"""\
# Masked networks against plain ones

Relative L2 errors and losses are medians over the seeds; the least and greatest error stand in brackets. `ratio` is
the error with the mask over that without: below 1 the mask helps. `error on the way` is after a quarter, a half and
three quarters of the steps. `seconds` are those of one run on one core without compiling, which long runs do by the
rule of `compile auto`. Residual networks of two blocks; `range` is
what coordinates are scaled to. No table was published in a form that we could read.

What differs from the published setting: coordinates are scaled (theirs are raw, which differs for all but Helmholtz,
whose square is [-1, 1]); the convection's periodicity is exact through sine and cosine of x; biases of masked networks
start normal with standard deviation 1/scale, at most 1, where theirs are zero; the rate of Adam falls geometrically
without steps; the network that is kept is the one with the lowest held-out loss; KdV in the full setting ends with
L-BFGS in place of Broyden. In the reduced setting convection has beta = 10 where nothing else is said, Helmholtz a = 4,
and the points of Broyden and L-BFGS are resampled by the default rule.

Written by `python bench/masks/run.py` from `results.csv`, torch {torch.__version__}.
"""


def write(folder: Path, rows: Sequence[Row]) -> None:
    """Both files of results."""
    write_rows(folder / "results.csv", rows, Row)
    (folder / "results.md").write_text(report(rows), encoding="utf-8")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Masked networks against plain ones.")
    parser.add_argument("--problems", nargs="+", choices=FULL, default=list(FULL))
    parser.add_argument("--optimisers", nargs="+", choices=list(STEPS), default=["broyden"])
    parser.add_argument("--activations", nargs="+", help="tanh; with --full tanh, sin, silu and gelu")
    parser.add_argument("--widths", nargs="+", type=int, help="16 with broyden, else 32; with --full 64, 128 and 256")
    parser.add_argument("--ranges", nargs="+", type=float, default=[1.0], help="of the scaled coordinates")
    parser.add_argument("--scales", nargs="+", type=float, help="of the masks at the start: 1, or the published one")
    parser.add_argument("--set", nargs="+", default=[], help="overrides of the specification: constant.beta=15")
    parser.add_argument("--seeds", type=int, default=5, help="seeds 0, 1, … (5)")
    parser.add_argument("--steps", type=int, default=0, help="of the reduced setting, in place of its own")
    parser.add_argument("--full", action="store_true", help="the published sizes, points, steps and constants")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--out", type=Path, default=HERE, help="folder of results.csv and results.md")
    return parser.parse_args()


def main() -> None:
    """Run what was asked for and is not in results.csv yet; write both files after every run."""
    given = arguments()
    torch.set_num_threads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    rows = read_rows(given.out / "results.csv", Row)
    done = {(Variant(*(getattr(row, field.name) for field in fields(Variant))), row.seed) for row in rows}
    for seed, variant in itertools.product(range(given.seeds), variants(given)):
        named = replace(variant, problem=problem_name(variant.problem, given.set))
        if (named, seed) in done:
            continue
        row = run(variant, given.set, seed, given.device)
        rows.append(row)
        write(given.out, rows)
        what = f"{row.problem} {row.optimiser} {row.activation} range {row.range:g} mask {row.mask} seed {seed}"
        print(f"{what}: error {row.error:.2g}, on the way {row.course}, {row.processor} s", flush=True)


if __name__ == "__main__":
    main()
