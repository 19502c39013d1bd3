"""Pruning on the nine problems of Chen et al., arXiv:2602.19967: P-PINN beside its controls.

    python bench/pruning/run.py                        reduced: all problems, five seeds
    python bench/pruning/run.py --problems wave --seeds 2
    python bench/pruning/run.py --full --problems wave     the authors' network, data and steps: hours

One run of a module trains every variant: the baseline on all observations, from there on Huber's loss on all of them,
then fine-tuning on the retained ones without pruning, with random neurons pruned, and with P-PINN's. Every run adds
rows to results.csv; results.md is written from it anew. Instead of the cylinder wake of the authors, whose file is
not at hand, `nsinv` has vortices in closed form; its figures cannot be compared with theirs.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

import pdel

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
from observations import write_observations
from rows import read_rows, write_rows

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Setting:
    """The reduced setting: network, collocation points, steps before and behind pruning, weight of the data.

    Where most observations are corrupted, the equations have to count more. `first` are steps at most of `data_first`.
    """

    width: int = 20
    depth: int = 3
    activation: str = "tanh"
    first: int = 0
    points: int = 400
    steps: int = 300
    fine_tuning: int = 150
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Full:
    """The authors' setting: collocation points, criterion, steps before and behind pruning."""

    points: int
    prune: str
    before: str
    behind: str


ASSIMILATION = ("adam(steps = 20_000) then lbfgs(steps = 5000)", "adam(steps = 2000) then lbfgs(steps = 500)")
INVERSE = ("adam(steps = 20_000)", "adam(steps = 2000)")

REDUCED = {
    "poisson": Setting(),
    "heat": Setting(),
    "wave": Setting(points=500),
    "stokes": Setting(),
    "pinv": Setting(steps=400, weight=1e-3),
    "hinv": Setting(steps=400, weight=1e-3),
    "winv": Setting(points=600, activation="sin", first=600, steps=150),
    "ebinv": Setting(),
    "nsinv": Setting(first=600, steps=200, fine_tuning=800, weight=1e-3),
}
FULL = {
    "poisson": Full(175, "bias(reduce = 0.005)", *ASSIMILATION),
    "heat": Full(320, "bias(reduce = 0.005)", *ASSIMILATION),
    "wave": Full(2160, "bias(reduce = 0.005)", *ASSIMILATION),
    "stokes": Full(1280, "bias(reduce = 0.001)", *ASSIMILATION),
    "pinv": Full(8192, "bias(fraction = 0.02, reduce = 0.001)", *INVERSE),
    "hinv": Full(8192, "bias(rounds = 10, layers = 3, reduce = 0.01)", *INVERSE),
    "winv": Full(2000, "bias(fraction = 0.02, rounds = 15, reduce = 0.1)", *INVERSE),
    "ebinv": Full(2000, "bias(fraction = 0.02, rounds = 10, reduce = 0.1)", *INVERSE),
    "nsinv": Full(2000, "bias(reduce = 0.05)", *INVERSE),
}
"""The weights of fine-tuning are the authors', with data in units of 1: the full setting leaves `sigma` out."""

AUTHORS = {
    ("poisson", "u"): (0.3448, 0.0852),
    ("heat", "u"): (2.540, 0.0279),
    ("wave", "u"): (0.2717, 0.0075),
    ("stokes", "velocity"): (0.6188, 0.2374),
    ("pinv", "u"): (0.0514, 0.0149),
    ("pinv", "a"): (0.1287, 0.0528),
    ("hinv", "u"): (0.1075, 0.0364),
    ("hinv", "a"): (0.1322, 0.0735),
    ("winv", "u"): (0.407, 0.456),
    ("winv", "c"): (0.0242, 0.0014),
    ("ebinv", "u"): (0.400, 0.706),
    ("ebinv", "alpha"): (0.051, 0.013),
}
"""Errors of the checkpoints that the authors ship, baseline and P-PINN, evaluated by us: one seed each."""

STAGES = ("baseline", "robust", "retained", "random", "pruned", "kept")


@dataclass(frozen=True, slots=True)
class Row:
    """The error of one field or unknown in one stage of a run, and how the observations were told apart."""

    setting: str
    problem: str
    seed: int
    stage: str
    quantity: str
    error: float
    held_out: float
    precision: float
    recall: float
    neurons: str
    seconds: float


def specification(problem: str, *, full: bool) -> str:
    """The text of a problem with its method statements."""
    physics = (HERE / "problems" / f"{problem}.pde").read_text(encoding="utf-8")
    if full:
        chosen = FULL[problem]
        physics = physics.replace(" (sigma = 0.01)", "")
        lines = [
            "network mlp(width = 100, depth = 5)",
            f"sample interior: sobol(points = {chosen.points})",
            f"prune sensors: {chosen.prune}",
            f"train {chosen.before} then prune then {chosen.behind}",
        ]
    else:
        reduced = REDUCED[problem]
        first = f"data_first(steps = {reduced.first}) then " if reduced.first else ""
        behind = f"broyden(steps = {reduced.fine_tuning})"
        lines = [
            f"network mlp(width = {reduced.width}, depth = {reduced.depth}, activation = {reduced.activation})",
            f"sample interior: hammersley(points = {reduced.points})",
            "resample none",
            f"weigh sensors: {reduced.weight:g}",
            "prune sensors: bias",
            f"train {first}broyden(steps = {reduced.steps}) then prune then {behind}",
        ]
    return "\n".join([physics, *lines, ""])


def compiled(text: str, problem: str, folder: Path) -> Any:
    """The module of a specification, imported."""
    source = folder / f"{problem}.pde"
    source.write_text(text, encoding="utf-8")
    return pdel.load(source)


def run(problem: str, seed: int, *, full: bool) -> list[Row]:
    """Train once; a row for every stage and quantity."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_observations(problem, folder / f"{problem}.csv", seed, full=full)
        module = compiled(specification(problem, full=full), problem, folder)
        module.draw_pictures = lambda *_: ""
        summary = module.train(folder / "run", seed=seed, quiet=True)
        norms = {known.field: known.values.norm().item() for known in module.known_values("cpu")}
    found = summary["pruning"]
    count = found["confusion"]
    right, flagged = count["corrupted and flagged"], found["flagged"]
    precision = right / flagged if flagged else float("nan")
    recall = right / (right + count["corrupted and retained"])
    stages = dict(found["stages"])
    stages["kept"] = stages[found["kept"]]
    return [
        Row(
            "full" if full else "reduced",
            problem,
            seed,
            stage,
            quantity,
            error,
            report["held_out_loss"],
            precision,
            recall,
            " ".join(map(str, report["neurons"].values())),
            summary["seconds"],
        )
        for stage, report in stages.items()
        for quantity, error in errors(report, norms)
    ]


def errors(report: dict[str, Any], norms: dict[str, float]) -> Iterator[tuple[str, float]]:
    """The relative errors of a stage by quantity; u and v of a flow as one velocity."""
    relative = {field: each["l2_relative"] for field, each in report["fields"].items() if field in norms}
    relative.pop("p", None)  # its level is free
    if {"u", "v"} <= set(relative):
        absolute = sum((relative.pop(field) * norms[field]) ** 2 for field in ("u", "v"))
        yield "velocity", (absolute / (norms["u"] ** 2 + norms["v"] ** 2)) ** 0.5
    yield from relative.items()
    for name, unknown in report.get("unknowns", {}).items():
        if unknown.get("relative_error") is not None:
            yield name, unknown["relative_error"]


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Medians over seeds by problem and quantity, a column for each stage; the authors' errors beside them."""
    yield "| problem | quantity | seeds | " + " | ".join(STAGES) + " | authors: baseline, P-PINN |"
    yield "|---|---|---|" + "---|" * len(STAGES) + "---|"
    for problem, quantity in dict.fromkeys((row.problem, row.quantity) for row in rows):
        here = [row for row in rows if (row.problem, row.quantity) == (problem, quantity)]
        cells = []
        for stage in STAGES:
            values = [row.error for row in here if row.stage == stage]
            cells.append(f"{statistics.median(values):.2g}" if values else "")
        seeds = len({row.seed for row in here})
        theirs = AUTHORS.get((problem, quantity))
        beside = f"{theirs[0]:.3g}, {theirs[1]:.3g}" if theirs else ""
        yield f"| {problem} | {quantity} | {seeds} | {' | '.join(cells)} | {beside} |"


def partitions(rows: Sequence[Row]) -> Iterator[str]:
    """Precision and recall of the flags, neurons left and seconds, medians over seeds."""
    yield "| problem | precision | recall | neurons left | seconds |"
    yield "|---|---|---|---|---|"
    for problem in dict.fromkeys(row.problem for row in rows):
        here = {row.seed: row for row in rows if row.problem == problem and row.stage in ("baseline", "pruned")}
        precision, recall, seconds = (
            statistics.median(getattr(row, name) for row in here.values())
            for name in ("precision", "recall", "seconds")
        )
        left = "; ".join(row.neurons for row in here.values())
        yield f"| {problem} | {precision:.2f} | {recall:.2f} | {left} | {seconds:.0f} |"


def report(rows: Sequence[Row]) -> str:
    """The text of results.md."""
    parts = ["# Pruning: P-PINN and its controls", "", (HERE / "reading.md").read_text(encoding="utf-8").strip(), ""]
    for setting in dict.fromkeys(row.setting for row in rows):
        here = [row for row in rows if row.setting == setting]
        parts += [f"## Relative errors, {setting} setting", "", *table(here), ""]
        parts += [f"## Observations told apart, {setting} setting", "", *partitions(here), ""]
    return "\n".join(parts)


def main() -> None:
    """Run what is asked for and is not in results.csv yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--problems", nargs="+", choices=list(REDUCED), default=list(REDUCED))
    parser.add_argument("--seeds", type=int, default=5, help="number of seeds")
    parser.add_argument("--full", action="store_true", help="the authors' setting")
    given = parser.parse_args()
    torch.set_num_threads(1)
    path = HERE / "results.csv"
    rows = read_rows(path, Row)
    setting = "full" if given.full else "reduced"
    for seed in range(given.seeds):
        for problem in given.problems:
            if any((row.setting, row.problem, row.seed) == (setting, problem, seed) for row in rows):
                continue
            rows += run(problem, seed, full=given.full)
            write_rows(path, rows, Row)
            (HERE / "results.md").write_text(report(rows), encoding="utf-8")
            print(*[line for line in table(rows) if line.startswith(f"| {problem} ")], sep="\n", flush=True)


if __name__ == "__main__":
    main()
