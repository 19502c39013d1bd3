"""A whole cold process stays quick: ratios to an import of sympy, as machines and their loads differ."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from bench.compile.run import NAVIER_STOKES, ROOT, measure

TRIES = 5


def import_seconds() -> float:
    """Processor seconds of a process that imports sympy and does nothing else."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "import sympy"], cwd=ROOT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize(
    ("arguments", "most"),
    [
        (["--help"], 0.7),
        (["explain", "E204"], 0.7),
        (["compile", "examples/heat/heat.pde", "--stdout"], 4.5),
        (["compile", "examples/poisson_hole/poisson_hole.pde", "--stdout"], 4.5),
        (["compile", str(NAVIER_STOKES.relative_to(ROOT)), "--stdout"], 5.0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else f"{value} imports",
)
def test_cpu_seconds_of_a_cold_process(arguments: list[str], most: float) -> None:
    """The least of several ratios: what else runs on a machine disturbs single ones."""
    ratios = [min(measure(arguments, 1).cpu) / import_seconds() for _ in range(TRIES)]
    assert min(ratios) < most
