"""Masked networks against the same networks without a mask, on problems of the Mask-PINNs paper.

    python bench/masks/run.py                           reduced setting, five seeds
    python bench/masks/run.py --seeds 1 --steps 200     a smoke test
    python bench/masks/run.py --full --device cuda      the published widths, points and steps

Every problem is compiled from its specification beside this file; activation, mask and sizes are overrides. The rows
go to results.csv, the table to results.md; with `--out` both go elsewhere. A row counts by its error: a mask can lower
the loss and raise the error.

Where the setting differs from the published one: coordinates are scaled to [-1, 1], the convection's periodicity is
exact through sine and cosine of x, biases of masked networks start at small normal values instead of zero, Adam has
its usual moments everywhere, the rate falls geometrically, and the network that is kept is the best on held-out points.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import math
import shlex
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import ModuleType

import torch

from pdel.compiler import compile_specification

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Setting:
    """What the published runs used: interior points, points of conditions, steps, rate and its decay."""

    width: int
    blocks: int
    points: int
    conditions: dict[str, int]
    steps: int
    rate: float
    decay: float
    scale: float


FULL = {
    "wave": Setting(64, 3, 5000, {"ends": 400, "start": 400}, 20_000, 1e-3, 0.9**40, 1),
    "convection": Setting(256, 6, 5000, {"start": 200}, 50_000, 1e-3, 0.9**50, 1),
    "helmholtz": Setting(128, 5, 10_000, {"sides": 400}, 50_000, 1e-4, 0.9**50, 20),
}
CONSTANTS = {"wave": {}, "convection": {"beta": 30}, "helmholtz": {"a": 6}}
"""The published constants, where the reduced setting has easier ones."""


@dataclass(frozen=True)
class Row:
    """One run: what was trained, and what came out."""

    problem: str
    activation: str
    mask: str
    seed: int
    parameters: int
    steps: int
    seconds: float
    loss: float
    error: float


def overrides(problem: str, activation: str, mask: str, given: argparse.Namespace) -> Iterator[str]:
    """The choices of a run as `--set` texts."""
    yield f"network.residual.activation={activation}"
    if mask:
        yield f"mask={mask}"
    if given.full:
        full = FULL[problem]
        yield f"network.residual.width={full.width}"
        yield f"network.residual.depth={full.blocks}"
        yield f"sample.interior=latin(points = {full.points}, fresh = 1)"
        yield from (f"sample.{name}=latin(points = {count}, fresh = 1)" for name, count in full.conditions.items())
        yield from (f"constant.{name}={value}" for name, value in CONSTANTS[problem].items())
        yield f"train.adam.rate={full.rate:g}"
        yield f"train.adam.decay={full.decay:.4g}"
    if given.full or given.steps:
        yield f"train.adam.steps={given.steps or FULL[problem].steps}"


def compiled(problem: str, choices: Sequence[str], folder: Path) -> tuple[ModuleType, int]:
    """The module of a problem under overrides, and its number of parameters."""
    made = compile_specification(FOLDER / f"{problem}.pde", tuple(choices))
    if made.text is None or made.plan is None:
        raise SystemExit("\n".join(f"{problem}: {item.message}" for item in made.diagnostics))
    path = folder / f"{problem}.py"
    path.write_text(made.text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(f"{problem}_{time.monotonic_ns()}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module, made.plan.network.parameters


def runs(given: argparse.Namespace) -> Iterator[Row]:
    """Every problem, activation, mask and seed, one after the other."""
    for problem in given.problems:
        for activation in given.activations:
            for mask in masks(problem, given):
                choices = list(overrides(problem, activation, mask, given))
                yield from repeated(problem, activation, mask, choices, given)


def masks(problem: str, given: argparse.Namespace) -> list[str]:
    """No mask, then every scale: those asked for, or the published one."""
    scales = given.scales or [FULL[problem].scale if given.full else 1]
    return ["", *(f"exponential(scale = {scale:g})" for scale in scales)]


def repeated(
    problem: str, activation: str, mask: str, choices: Sequence[str], given: argparse.Namespace
) -> Iterator[Row]:
    """The runs of all seeds, each in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        module, parameters = compiled(problem, choices, Path(name))
        for seed in range(given.seeds):
            summary = module.train(Path(name) / f"run_{seed}", seed=seed, device=given.device, quiet=True)
            loss = sum(module.WEIGHTS[term] * value for term, value in summary["loss_terms"].items())
            error, seconds = summary["fields"]["u"]["l2_relative"], round(summary["seconds"], 1)
            yield Row(problem, activation, mask or "none", seed, parameters, summary["steps"], seconds, loss, error)


def table(rows: Sequence[Row], command: str) -> str:
    """The medians over seeds, with the smallest and largest error, as Markdown."""
    lines = [
        "# Masked networks against plain ones",
        "",
        f"`{command}`, torch {torch.__version__}.",
        "",
        "Relative L2 errors and losses are medians over the seeds; the smallest and largest error stand in brackets.",
        "`ratio` is the error with the mask over that without: below 1 the mask helps. The seconds are those of one",
        "run, on a machine that other programs share.",
        "",
        "| problem | activation | mask | parameters | steps | seeds | error | ratio | loss | seconds |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.problem, row.activation, row.mask), []).append(row)
    for (problem, activation, mask), group in groups.items():
        errors = [row.error for row in group]
        error, plain = statistics.median(errors), groups.get((problem, activation, "none"), [])
        before = statistics.median(row.error for row in plain) if plain else math.nan
        ratio = "" if mask == "none" else f"{error / before:.2f}"
        loss = statistics.median(row.loss for row in group)
        seconds = statistics.median(row.seconds for row in group)
        lines.append(
            f"| {problem} | {activation} | {mask} | {group[0].parameters} | {group[0].steps} | {len(group)} "
            f"| {error:.2g} ({min(errors):.2g} to {max(errors):.2g}) | {ratio} | {loss:.2g} | {seconds:.0f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run, writing after every row what there is."""
    parser = argparse.ArgumentParser(description="Masked networks against plain ones.")
    parser.add_argument("--problems", nargs="+", choices=FULL, default=list(FULL))
    parser.add_argument("--activations", nargs="+", default=["tanh", "gelu"])
    parser.add_argument("--scales", nargs="+", type=float, default=[], help="of the masks at the start")
    parser.add_argument("--seeds", type=int, default=5, help="seeds 0, 1, … (5)")
    parser.add_argument("--steps", type=int, default=0, help="steps of Adam in place of the setting's")
    parser.add_argument("--full", action="store_true", help="the published sizes, points, steps and constants")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder of results.csv and results.md")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    command = shlex.join(["python", "bench/masks/run.py", *sys.argv[1:]])
    given.out.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    with (given.out / "results.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        for row in runs(given):
            rows.append(row)
            print(f"{row.problem} {row.activation} mask {row.mask} seed {row.seed}: error {row.error:.3g}", flush=True)
            writer.writerow(asdict(row))
            file.flush()
            (given.out / "results.md").write_text(table(rows, command), encoding="utf-8")


if __name__ == "__main__":
    main()
