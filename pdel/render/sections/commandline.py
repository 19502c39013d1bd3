"""The section "Command line": commands, options, exit statuses."""

from __future__ import annotations

from typing import Any

from pdel.plan.plan import Plan
from pdel.render.sections.training import compiles


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/commandline.py.j2`: whether there is an option for what is compiled."""
    return {"gradients": compiles(plan)}
