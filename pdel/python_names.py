"""Names of a specification in the module: kept as they are, unless Python or the module needs the name.

A specification cannot write a name with a trailing underscore, so `name_` is always free.
"""

from __future__ import annotations

import builtins
import keyword

from pdel.render.py import Py, py_name

MODULE_NAMES = frozenset(
    (
        *("annotations", "argparse", "csv", "hashlib", "json", "math", "os", "pathlib", "signal", "sys", "time"),
        *("types", "typing", "collections", "contextlib", "shutil", "tempfile", "Path", "Iterator", "Sequence"),
        *("Callable", "Iterable", "Any", "NamedTuple", "torch", "nn", "functional", "Tensor", "np", "numpy", "plt"),
        *("matplotlib", "Network", "Points", "Check", "points", "network", "normals", "layer", "n", "g", "d", "N"),
        *("residuals", "solution", "draw_points", "main", "train", "evaluate", "predict", "plot", "selftest"),
        *("generator", "zero", "one", "pool", "loss", "step", "state", "inside", "tanh", "sin", "cos", "gelu"),
        *("silu", "softplus", "sigmoid", "cdf", "density", "column", "columns", "selftest_checks", "quantities"),
        *("radical_inverse", "in_box", "circle", "sphere", "away", "shares", "accepted", "on_edge", "count", "counts"),
        *("number", "rows", "draw", "accept", "keep"),
        *("RunError", "NotFinite", "total_loss", "Objective", "Optimiser", "Adam", "Lbfgs", "Broyden", "Trial"),
        *("wolfe_search", "lowest_between", "self_scaling", "Phase", "redraw_interior", "Training", "Journal"),
        *("read_checkpoint", "read_metrics", "Known", "known_values", "grid_axes", "grid_points", "values_at"),
        *("errors_of", "print_evaluation", "finite", "write_report", "check_device", "load_network", "read_table"),
        *("draw_pictures", "draw_solution", "in_slice", "paint", "draw_loss", "command_line", "positive"),
        *("Interruption", "run_command", "derivative", "onto_plane", "onto_sphere", "on_boundary"),
        *("exact_conditions", "relative_difference"),
    )
)
"""Names that the module's own code uses at module level or beside users' names in one function."""

ACTIVATION_NAMES = frozenset(("z", "h"))
"""Names of jets inside activations, where only constants of the specification can stand beside them."""

TUPLE_ATTRIBUTES = frozenset(("count", "index", "value"))


def python_name(name: str) -> str:
    """The Python name of a user's constant, coordinate, field or label."""
    taken = (
        keyword.iskeyword(name)
        or keyword.issoftkeyword(name)
        or hasattr(builtins, name)
        or name in MODULE_NAMES
        or (name.isupper() and len(name) > 1)
    )
    return f"{name}_" if taken else name


def attribute_name(name: str) -> str:
    """The name of a jet's channel: an attribute of a named tuple."""
    return f"{name}_" if keyword.iskeyword(name) or name in TUPLE_ATTRIBUTES else name


def constant_name(name: str) -> str:
    """The Python name of a constant, which may also stand in the code of an activation."""
    return f"{name}_" if name in ACTIVATION_NAMES else python_name(name)


def point_field(name: str) -> Py:
    """The attribute of `Points` for a point set, or for its normals (`walls_normals`)."""
    return py_name(f"{name}_" if name in TUPLE_ATTRIBUTES else python_name(name))
