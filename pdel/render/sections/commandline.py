"""The section "Command line": commands, options, exit statuses."""

from __future__ import annotations

from typing import Any

from pdel.plan.compilation import compiles
from pdel.plan.plan import Plan


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/commandline.py.j2`: whether there is an option for what is compiled."""
    return {"gradients": compiles(plan)}
