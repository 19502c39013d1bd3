"""A whole cold process stays quick. The bounds are wide, so that only a factor is noticed and no busy machine."""

from __future__ import annotations

import pytest

from bench.compile.run import GOAL_EXAMPLE, GOAL_LIGHT, GOAL_NAVIER_STOKES, NAVIER_STOKES, ROOT, measure

SLACK = 2.5


@pytest.mark.parametrize(
    ("arguments", "goal"),
    [
        (["--help"], GOAL_LIGHT),
        (["explain", "E204"], GOAL_LIGHT),
        (["compile", "examples/heat/heat.pde", "--stdout"], GOAL_EXAMPLE),
        (["compile", "examples/poisson_hole/poisson_hole.pde", "--stdout"], GOAL_EXAMPLE),
        (["compile", str(NAVIER_STOKES.relative_to(ROOT)), "--stdout"], GOAL_NAVIER_STOKES),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else f"{value}s",
)
def test_cpu_seconds_of_a_cold_process(arguments: list[str], goal: float) -> None:
    assert min(measure(arguments, 3).cpu) < SLACK * goal
