"""The section "Standard errors": how sure the unknown numbers are, from the Jacobian at the end of training."""

from __future__ import annotations

from typing import Any

from pdel.plan.plan import Plan, UnknownPlan
from pdel.python_names import point_field
from pdel.render.nested import called, listed, written
from pdel.render.py import Py, py_string
from pdel.render.sections.unknowns import tells_errors

DAMPING = {"float64": Py("1e-7"), "float32": Py("1e-4")}
"""Of directions that nothing holds, in units of the longest column of the Jacobian: well above its rounding. In
float64 the standard error of a diffusivity (heat equation, 100 observations) was the same with 1e-3 and with 1e-11."""

AS_STATED = called("noise_as_stated", ["address", "misfit", "count"])
AS_TOLD = called("noise_as_told", ["address", "misfit", "rows", "count", "triangle"])


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/standard_errors.py.j2`."""
    if not tells_errors(plan):
        return {"told": False}
    data = [residual for residual in plan.residuals if residual.kind == "data" and residual.weight > 0]
    stated = tuple(py_string(residual.address) for residual in data if residual.sigma is not None)
    estimated = tuple(py_string(residual.address) for residual in data if residual.sigma is None)
    unbounded = listed([py_string(unknown.name) for unknown in plan.unknowns if not _bounded(unknown)])
    return {
        "told": True,
        "damping": DAMPING[plan.precision],
        "unbounded": written(unbounded, 0, "UNBOUNDED: tuple[str, ...] = "),
        "stated": stated[:1],
        "estimated": estimated[:1],
        "observed": tuple((py_string(residual.address), point_field(residual.point_set)) for residual in data),
        "noise": _noise(bool(stated), bool(estimated)),
        "ranged": tuple(Py(unknown.name) for unknown in plan.unknowns if _bounded(unknown))[:1],
    }


def _bounded(unknown: UnknownPlan) -> bool:
    return unknown.bounds.low is not None or unknown.bounds.high is not None


def _noise(stated: bool, estimated: bool) -> Py:
    """The noise of a column and what speaks against it, by whether `sigma` is stated."""
    if not (stated and estimated):
        return Py((AS_STATED if stated else AS_TOLD).flat)
    lines = ("(", AS_STATED.flat, "if address in STATED", f"else {AS_TOLD.flat}")
    return Py("\n            ".join(lines) + "\n        )")
