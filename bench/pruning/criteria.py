"""The criteria of pruning beside one another: which neurons go, from the same baseline and partition.

    python bench/pruning/criteria.py                    three problems, three seeds
    python bench/pruning/criteria.py --problems pinv --seeds 1

One run of a module trains the baseline and tells the observations apart. From there every criterion chooses its
neurons and fine-tunes with the same steps: iteratively, as the methods do by default, and `bias` in a single step of
half of every layer as well. Rows are added to criteria.csv; criteria.md is written from it anew.
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

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
from observations import write_observations
from rows import read_rows, write_rows
from run import compiled, errors, specification

HERE = Path(__file__).parent
PROBLEMS = ("pinv", "hinv", "poisson")
CRITERIA = ("bias", "absolute", "rms", "frequency", "deviation", "random")
SINGLE = "bias, one step"
WAYS = ("no pruning", *CRITERIA, SINGLE)


@dataclass(frozen=True, slots=True)
class Row:
    """The error of one field or unknown after fine-tuning with the neurons that a criterion left."""

    problem: str
    seed: int
    way: str
    quantity: str
    error: float
    neurons: str


def run(problem: str, seed: int) -> list[Row]:
    """Train one baseline, then fine-tune once for every way of pruning."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_observations(problem, folder / f"{problem}.csv", seed, full=False)
        text = specification(problem, full=False)
        modules = {
            criterion: compiled(text.replace("prune sensors: bias", f"prune sensors: {criterion}"), problem, folder)
            for criterion in CRITERIA
        }
        module = modules["bias"]
        norms = {known.field: known.values.norm().item() for known in module.known_values("cpu")}
        training = module.PrunedTraining(seed, "cpu")
        stages = [phase.stage for phase in module.PHASES]
        while training.phase < stages.index("retained") and not training.finished:
            training.advance()
        if training.refused:
            return []
        rows = []
        for way in WAYS:
            stage = "retained" if way == "no pruning" else "pruned"
            if stage == "pruned":
                training.neurons["pruned"] = chosen(module, modules, training, way)
            training.phase, training.phase_step = stages.index(stage), 0
            training.enter(stage)
            while training.phase == stages.index(stage):
                module.Training.advance(training)
            training.outcomes[stage] = training.better()
            report = module.stage_report(training, stage)
            left = " ".join(str(int(keep.sum())) for keep in training.neurons["pruned"].values())
            rows += [
                Row(problem, seed, way, quantity, error, "" if stage == "retained" else left)
                for quantity, error in errors(report, norms)
            ]
    return rows


def chosen(module: Any, modules: dict[str, Any], training: Any, way: str) -> Any:
    """The neurons that a way of pruning keeps of the baseline's network, by layer."""
    points = module.Points(**training.start["points"])
    network = module.Network()
    network.load_state_dict({name: value.clone() for name, value in training.start["network"].items()})
    before = module.importance, module.ROUNDS, module.FRACTION
    if way == SINGLE:
        module.ROUNDS, module.FRACTION = 1, 0.5
    else:
        module.importance = modules[way].importance
    flagged = training.flagged
    found = module.prune(network, points.sensors[~flagged], points.sensors[flagged])
    module.importance, module.ROUNDS, module.FRACTION = before
    return found


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Medians over seeds by problem and quantity, a column for each way; below, the neurons that are left."""
    yield "| problem | quantity | seeds | " + " | ".join(WAYS) + " |"
    yield "|---|---|---|" + "---|" * len(WAYS)
    for problem, quantity in dict.fromkeys((row.problem, row.quantity) for row in rows):
        here = [row for row in rows if (row.problem, row.quantity) == (problem, quantity)]
        medians = [statistics.median([row.error for row in here if row.way == way]) for way in WAYS]
        seeds = len({row.seed for row in here})
        yield f"| {problem} | {quantity} | {seeds} | " + " | ".join(f"{median:.2g}" for median in medians) + " |"
    for problem in dict.fromkeys(row.problem for row in rows):
        left = [
            "; ".join({row.seed: row.neurons for row in rows if (row.problem, row.way) == (problem, way)}.values())
            for way in WAYS[1:]
        ]
        yield f"| {problem} | neurons left | | all | " + " | ".join(left) + " |"


def report(rows: Sequence[Row]) -> str:
    """The text of criteria.md."""
    reading = (HERE / "criteria_reading.md").read_text(encoding="utf-8").strip()
    return "\n".join(["# Criteria of pruning", "", reading, "", *table(rows), ""])


def main() -> None:
    """Run what is asked for and is not in criteria.csv yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--problems", nargs="+", choices=PROBLEMS, default=PROBLEMS)
    parser.add_argument("--seeds", type=int, default=3, help="number of seeds")
    given = parser.parse_args()
    torch.set_num_threads(1)
    path = HERE / "criteria.csv"
    rows = read_rows(path, Row)
    for seed in range(given.seeds):
        for problem in given.problems:
            if any((row.problem, row.seed) == (problem, seed) for row in rows):
                continue
            rows += run(problem, seed)
            write_rows(path, rows, Row)
            (HERE / "criteria.md").write_text(report(rows), encoding="utf-8")
            print(*[line for line in table(rows) if line.startswith(f"| {problem} ")], sep="\n", flush=True)


if __name__ == "__main__":
    main()
