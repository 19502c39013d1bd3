"""What a round of resampling costs, in steps of Adam of the same module: Burgers, three layers of 32, 1000 points.

    python bench/resampling/cost.py

Every resampler has a module of its own; rounds and steps take turns in one process on one thread. A ratio is that of a
round to the median of the 40 steps around it: so it holds on a machine that other programs share. Given are medians
over the turns, and the least and greatest.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

sys.path.insert(0, str(Path(__file__).parent))
import run as bench

LARGE = "pool = 10_000, test = 1000"
CALLS = {
    "rad": "rad(pool = 10_000)",
    "loss_gradient": "loss_gradient(pool = 10_000)",
    "gradient_dot": f"gradient_dot({LARGE})",
    "influence": "influence",
    "influence, large": f"influence({LARGE})",
    "influence, large, arnoldi": f"influence({LARGE}, rank = 50, hessian = arnoldi)",
}
"""The calls by the name in the table; `large` has the authors' numbers of candidates and test points."""


def module_of(call: str, folder: Path) -> Any:
    """The Burgers module with a resampler, under Adam."""
    physics = bench.PROBLEMS["burgers"].specification.read_text(encoding="utf-8").splitlines()
    method = ["network mlp(width = 32, depth = 3)", "sample interior: hammersley(points = 1000)"]
    method += [f"resample {call}", "train adam(steps = 100_000)", "precision float64", ""]
    lines = [line for line in physics if not bench.method_line(line)]
    return bench.compiled("\n".join([*lines, *method]), "burgers", folder)


def seconds(action: Callable[[], object]) -> float:
    """The processor time of an action."""
    began = time.process_time()
    action()
    return time.process_time() - began


@dataclass(frozen=True, slots=True)
class Turn:
    """Medians of steps just before and after a round, and that round, in seconds."""

    eager: float
    compiled: float
    round: float


def turns(module: Any, repeats: int) -> list[Turn]:
    """Steps of both forms and rounds in turn; the first turn, which fills caches, is left out."""
    module.keep_freed_memory()  # as `train` does
    training = module.Training(0, "cpu")
    objective = training.objective
    for _ in range(50):
        training.advance()
    objective.compile(training.optimiser.x)
    graph = objective.graph
    found = []
    for _ in range(repeats + 1):
        times: dict[bool, list[float]] = {False: [], True: []}
        add_steps(training, graph, times)
        objective.place(training.optimiser.x)
        taken = seconds(lambda: module.resample(training.network, objective.points, training.generator))
        add_steps(training, graph, times)
        found.append(Turn(statistics.median(times[False]), statistics.median(times[True]), taken))
    return found[1:]


def add_steps(training: Any, graph: Any, times: dict[bool, list[float]]) -> None:
    """The seconds of 20 eager and 20 compiled steps, by whether they are compiled."""
    for compiled, taken in times.items():
        training.objective.graph = graph if compiled else None
        taken += [seconds(training.advance) for _ in range(20)]


def spread(values: list[float], scale: float = 1) -> str:
    """The median, and the least and greatest in brackets."""
    least, middle, most = (scale * value for value in (min(values), statistics.median(values), max(values)))
    digits = 1 if scale > 1 else 0
    return f"{middle:.{digits}f} ({least:.{digits}f} to {most:.{digits}f})"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="What a round of resampling costs, in steps of Adam.")
    parser.add_argument("--calls", nargs="+", choices=CALLS, default=list(CALLS))
    parser.add_argument("--turns", type=int, default=15)
    given = parser.parse_args()
    torch.set_num_threads(1)
    print("| resampler | step of Adam, eager, ms | compiled, ms | round, ms | eager steps | compiled steps |")
    print("|---|---|---|---|---|---|")
    for name in given.calls:
        with tempfile.TemporaryDirectory() as folder:
            found = turns(module_of(CALLS[name], Path(folder)), 3 if "arnoldi" in name else given.turns)
        figures = [spread([getattr(turn, part) for turn in found], 1000) for part in ("eager", "compiled", "round")]
        figures += [spread([turn.round / getattr(turn, part) for turn in found]) for part in ("eager", "compiled")]
        print(f"| {name} | {' | '.join(figures)} |", flush=True)


if __name__ == "__main__":
    main()
