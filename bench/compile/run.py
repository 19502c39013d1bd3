"""How long a whole cold process of pdel takes. `python -m bench.compile.run [RUNS]` prints and writes results.md.

Every run is a new process. Its bytecode is that of an installed package, from a run before that is not counted.
CPU seconds are user and system time together: on a busy machine they tell more than wall seconds do.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results.md"
EXAMPLES = sorted((ROOT / "examples").glob("*/*.pde"))
LIGHT = (("--help",), ("explain", "E204"))
NAVIER_STOKES = FOLDER / "navier_stokes_energy.pde"

PDEL = ("-m", "pdel")
"""The arguments of Python that call pdel."""

GOAL_LIGHT = 0.15
GOAL_EXAMPLE = 0.6
GOAL_NAVIER_STOKES = 2.0


@dataclass(frozen=True, slots=True)
class Seconds:
    """What the runs of one command took."""

    cpu: tuple[float, ...]
    wall: tuple[float, ...]


def measure(arguments: Sequence[str], runs: int, environment: Mapping[str, str] | None = None) -> Seconds:
    """Run Python with some arguments several times. Raises CalledProcessError where it fails."""
    cpu, wall = [], []
    for _ in range(runs):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)
        wall.append(time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return Seconds(tuple(cpu), tuple(wall))


def commands() -> list[tuple[str, tuple[str, ...], float | None]]:
    """What is measured: a name, the arguments of pdel, and the goal in seconds."""
    listed: list[tuple[str, tuple[str, ...], float | None]] = [
        (" ".join(arguments), arguments, GOAL_LIGHT) for arguments in LIGHT
    ]
    goals = {NAVIER_STOKES: GOAL_NAVIER_STOKES, **dict.fromkeys(EXAMPLES, GOAL_EXAMPLE)}
    for path in (*EXAMPLES, *sorted(FOLDER.glob("*.pde"))):
        relative = path.relative_to(ROOT).as_posix()
        listed.append((relative, ("compile", relative, "--stdout"), goals.get(path)))
    return listed


def table(runs: int) -> str:
    """The table of all commands."""
    rows = [
        "| command | CPU, minimum | CPU, median | wall, minimum | wall, median | goal |",
        "|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as bytecode:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for name, arguments, goal in commands():
            measure((*PDEL, *arguments), 1, environment)
            taken = measure((*PDEL, *arguments), runs, environment)
            numbers = [f(values) for values in (taken.cpu, taken.wall) for f in (min, statistics.median)]
            columns = [f"`{name}`", *(f"{number:.2f}" for number in numbers), f"{goal}" if goal else ""]
            rows.append(f"| {' | '.join(columns)} |")
    return "\n".join(rows)


def processor() -> str:
    """The name of the processor, as far as the system tells it."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if sys.platform == "linux" else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor()


def main() -> None:
    """Measure, print and write."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    text = (
        "# Compile time\n\n"
        f"Seconds of a whole cold process of `pdel`, {runs} runs each. "
        f"{processor()}, {os.cpu_count()} processors, Python {platform.python_version()}; "
        f"{os.getloadavg()[0]:.1f} processes at work when it began. "
        "Where these are more than the processors, only CPU seconds tell.\n\n"
        f"{table(runs)}\n\n"
        "Repeat with `python -m bench.compile.run`. `tests/test_compile_time.py` fails where a goal is missed by far.\n"
    )
    RESULTS.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
