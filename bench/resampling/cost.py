"""What a round of resampling costs, in steps of Adam of the same module: Burgers, three layers of 32, 1000 points.

    python bench/resampling/cost.py

Every resampler has a module of its own; rounds and steps take turns in one process, so that the ratio of their median
times holds on a machine that other programs share.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
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


def costs(module: Any, repeats: int) -> tuple[float, float, float]:
    """Seconds of an eager step, of a compiled one and of a round; medians over turns."""
    training = module.Training(0, "cpu")
    objective = training.objective
    for _ in range(50):
        training.advance()
    objective.compile(training.optimiser.x)
    graph = objective.graph
    eager: list[float] = []
    compiled: list[float] = []
    rounds: list[float] = []
    for _ in range(repeats):
        for steps, form in ((eager, None), (compiled, graph)):
            objective.graph = form
            steps += [seconds(training.advance) for _ in range(20)]
        objective.place(training.optimiser.x)
        rounds.append(seconds(lambda: module.resample(training.network, objective.points, training.generator)))
    return statistics.median(eager), statistics.median(compiled), statistics.median(rounds)


def main() -> None:
    """Print the table."""
    torch.set_num_threads(1)
    print("| resampler | step of Adam, eager, ms | compiled, ms | round, eager steps | compiled steps |")
    print("|---|---|---|---|---|")
    for name, call in CALLS.items():
        with tempfile.TemporaryDirectory() as folder:
            eager, compiled, whole = costs(module_of(call, Path(folder)), 3 if "arnoldi" in name else 7)
        figures = f"{1000 * eager:.1f} | {1000 * compiled:.1f} | {whole / eager:.0f} | {whole / compiled:.0f}"
        print(f"| {name} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
