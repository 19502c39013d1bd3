"""Names of a specification in the module: kept as they are, unless Python or the module needs the name.

A specification cannot write a name with a trailing underscore, so `name_` is always free.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Sequence

from pdel.render.py import Py, py_name
from pdel.tabulated import Table

MODULE_NAMES = frozenset(
    (
        *("Equations", "JoinedEquations", "Values", "LeastSquaresInWindows", "at_start", "step_at_joint"),
        *("initial_values", "initial_rates", "state_of", "state_before", "seeded", "elapsed", "Corner"),
        *("EquationsInPart", "LeastSquaresInParts", "in_part", "steepness", "as_slopes"),
        *("limit_of_trials", "verdict_of_data", "likeness_of_neighbours"),
        *("misfits_of", "uncertainty", "less_weight", "verdict_of_noise", "FAR", "NOT_YET", "UNKNOWN_NAMES"),
        *("compiled", "in_blocks", "BLOCKS", "Graph"),
        *("over_mean", "density_of_neurons", "moved_in_window", "Snapshot", "slopes_at", "fine_places"),
        *("speeds", "on_path", "by_turns"),
        *("along", "in_stages", "spacing", "reduced", "keep_freed_memory", "ctypes"),
        *("annotations", "argparse", "csv", "hashlib", "json", "math", "os", "pathlib", "signal", "sys", "time"),
        *("types", "typing", "collections", "contextlib", "shutil", "tempfile", "Path", "Iterator", "Sequence"),
        *("Callable", "Iterable", "Any", "NamedTuple", "torch", "nn", "functional", "Tensor", "np", "numpy", "plt"),
        *("matplotlib", "Network", "Points", "Check", "points", "network", "normals", "layer", "n", "g", "d", "N"),
        *("residuals", "solution", "draw_points", "main", "train", "evaluate", "predict", "plot", "selftest"),
        *("generator", "zero", "one", "pool", "loss", "step", "state", "inside", "tanh", "sin", "cos", "gelu"),
        *("silu", "softplus", "sigmoid", "cdf", "density", "column", "columns", "selftest_checks", "quantities"),
        *("radical_inverse", "in_box", "circle", "sphere", "away", "shares", "accepted", "on_edge", "count", "counts"),
        *("number", "rows", "draw", "accept", "keep", "affine", "linear", "inputs", "loss_terms", "value", "misfit"),
        *("RunError", "NotFinite", "total_loss", "Objective", "Optimiser", "Adam", "Lbfgs", "Broyden", "Trial"),
        *("wolfe_search", "lowest_between", "self_scaling", "Phase", "resample", "scores", "Training", "Journal"),
        *("read_checkpoint", "read_metrics", "Known", "known_values", "grid_axes", "evaluation_points", "values_at"),
        *("errors_of", "print_evaluation", "finite", "write_report", "check_device", "load_network", "read_table"),
        *("Spline", "spline_basis", "spline_value", "spline_through", "read_spline", "functools"),
        *("read_csv", "read_npz", "read_mat", "read_hdf5", "columns_of", "write_npz"),
        *("draw_curve", "draw_map", "over_own", "CURVES", "MAPS"),
        *("draw_pictures", "draw_solution", "in_slice", "paint", "draw_loss", "command_line", "positive"),
        *("Interruption", "run_command", "derivative", "onto_plane", "onto_sphere", "on_boundary"),
        *("exact_conditions", "relative_difference", "feature_statistics"),
        *("masked_tanh", "masked_sin", "masked_gelu", "masked_silu", "masked_softplus"),
        *("Unknowns", "UnknownParameters", "unknowns", "observed", "observations", "predicted", "cache", "numbers"),
        *("unknown_numbers", "unknown_errors", "print_unknowns", "draw_unknowns", "terms", "Term", "Formula", "TERMS"),
        *("visited_arguments", "monomials", "monomial_text", "columns_of_powers", "thresholded", "formula_of"),
        *("print_terms", "write_terms", "draw_terms"),
        *("counted", "bend_beyond", "Partition", "two_normals", "variance_of", "credible", "misfits", "partition"),
        *("importance", "Neurons", "before_activation", "prune", "as_many_at_random", "rows_of", "compact"),
        *("spread_out", "among_zeros", "widths_of", "with_observations", "fine_tuned", "robust", "PrunedTraining"),
        *("pruning_report", "stage_report", "write_partition", "known_corruption", "confusion", "print_pruning"),
        *(
            "Vertex",
            "VERTICES",
            "ON_VERTEX",
            "BESIDE",
            "vertex_functions",
            "with_vertices",
            "from_vertices",
            "towards_vertices",
            "JUMPS",
            "NEAR",
            "ROUND",
            "CONCENTRATIONS",
            "from_concentrations",
            "from_jumps",
            "from_corners",
            "TOWARDS",
            "NEAREST",
            "towards_jumps",
            *("WIDTHS", "DRAWN_IN", "INNERMOST", "layer_distances", "across_layer", "towards_layers"),
            "moved",
            "product",
        ),
        *("draw_flagged", "mark_stages", "share_colours", "reduce", "bend"),
        *("Factorised", "factorise"),
        *("smooth_functions", "among_parameters", "fit_numbers", "held"),
        *("attention", "attended", "attend", "balanced", "carried", "in_attended_equations"),
        *("Ramps", "ramps", "share_of_ramp", "share"),
        *("WindowNetwork", "Marching", "in_window", "in_which_window", "joints"),
        *("Round", "interior_residual", "first_round", "record_round", "draw_rounds", "choose"),
        *(
            "pick",
            "Weighted",
            "in_equations",
            "gradients",
            "along",
            "lengths",
            "outside_layers",
            "linearised",
            "leading",
            "factors",
            "LinearLayers",
            "derivatives",
            "point_loss",
            "in_all",
            "as_they_are",
            "Terms",
            "worth_compiling",
            "whole",
            "counting",
            "linearise",
            "verdict",
            "statistics",
            "add_squares",
            "NormalEquations",
            "Attempt",
            "GaussNewton",
            "LeastSquares",
            "normal_form",
            *("reduced_blocks", "point_sets", "linearise_set", "PointSet"),
            *("standard_errors", "with_errors", "without_errors", "cautions", "interval", "covariance", "inverse"),
            *("noise_as_told", "noise_as_stated", "observed_columns", "response", "Response", "Observed"),
            *("triangles", "triangle", "numbers_last"),
            "loss_with",
            "damped_solution",
            "Correction",
            "correction",
            "DataFirst",
            "Soap",
            "eigenvectors",
            "refined",
            "shaped",
        ),
    )
)
"""Names that the module's own code uses at module level or beside users' names in one function."""

ACTIVATION_NAMES = frozenset(
    (
        *("own", "before", "passed", "fade", "drift", "fade_1", "fade_2", "drift_1", "drift_2"),
        *("z", "h", "left", "right", "square", "scale", "exponent", "mask", "decay", "rate"),
        *(
            f"{function}_{order}"
            for function in ("tanh", "sin", "gelu", "silu", "softplus", "sigmoid", "mask", "masked")
            for order in range(1, 7)
        ),
    )
)
"""Names of jets and variables inside activations, where only constants of the specification can stand beside them."""

TUPLE_ATTRIBUTES = frozenset(("count", "index", "value"))


SUFFIXES = (
    *("input", "linear", "column", "sum", "difference", "product", "tanh", "sin", "gelu", "silu", "softplus"),
    *("jet", "fields", "residual", "residuals", "reverse", "exact", "normals", "points", "checks", "observed"),
    "spline",
    "part",
    *("inputs", "scaled", "exp", "slopes"),
)
"""Last words of names that the module makes from labels: `walls_residuals`."""

PREFIXES = (
    *("ansatz", "sample", "exact", "quantity", "normal", "interior", "masked", "jet", "g", "d", "raw", "inferred"),
    *("term", "visited"),
)
"""First words of names that the module makes from fields, labels, coordinates and channels: `sample_walls`."""

NUMBERED = (
    "argument",
    *("layer", "block", "mask", "term", "group", "part", "result", "value", "integral", "misfit", "residual", "r2"),
    *("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp", "log", "sqrt", "abs"),
    *("sign", "min", "max", "erf", "gelu", "silu", "softplus", "sigmoid", "square"),
)
"""First words of names that end in a number, or in a number and a letter: `layer_1`, `sin_x_2`, `block_1_a`."""

MADE = re.compile(
    rf"(?:{'|'.join(PREFIXES)})_\w+"
    rf"|\w+_(?:{'|'.join(SUFFIXES)})"
    rf"|(?:{'|'.join(NUMBERED)})(?:_\w+)?_[0-9]+(?:_[a-z])?"
    r"|\w*Jet[0-9]*|\w+_integral_[0-9]+|gate_[uv]|(?:NetworkOf|SlopesOf|values_of_)\w+",
    re.ASCII,
)
FIRST_WORDS = frozenset((*PREFIXES, "pool", *(name.partition("_")[0] for name in MODULE_NAMES if "_" in name)))


class OwnName(str):
    """A name that the module's code chose for a variable of its own: it is written as it is."""

    __slots__ = ()


def prefix_name(label: str) -> str:
    """What the names of the functions for a point set begin with: its label, or `label_set` where others begin so."""
    taken = label in FIRST_WORDS or keyword.iskeyword(label) or label.endswith("_set")
    return f"{label}_set" if taken and label != "interior" else label


def python_name(name: str) -> str:
    """The Python name of a user's constant, coordinate, field or label."""
    if isinstance(name, OwnName):
        return name
    taken = (
        keyword.iskeyword(name)
        or keyword.issoftkeyword(name)
        or hasattr(builtins, name)
        or name in MODULE_NAMES
        or name in SUFFIXES
        or MADE.fullmatch(name)
        or (name.isupper() and len(name) > 1)
    )
    return f"{name}_" if taken else name


def attribute_name(name: str) -> str:
    """The name of a jet's channel: an attribute of a named tuple."""
    return f"{name}_" if name in TUPLE_ATTRIBUTES else python_name(name)


def constant_name(name: str) -> str:
    """The Python name of a constant, which may also stand in the code of an activation."""
    if isinstance(name, OwnName):
        return name
    return f"{name}_" if name in ACTIVATION_NAMES else python_name(name)


def table_function(table: Table, orders: Sequence[int]) -> str:
    """The function of a table, or of its derivative with an order along each coordinate: `k`, `k_xy`."""
    letters = [name for name, order in zip(table.coordinates, orders, strict=True) for _ in range(order)]
    suffix = ("" if all(len(name) == 1 for name in letters) else "_").join(letters)
    return python_name(f"{table.name}_{suffix}" if suffix else table.name)


def point_field(name: str) -> Py:
    """The attribute of `Points` for a point set."""
    return py_name(f"{name}_" if name in TUPLE_ATTRIBUTES else python_name(name))


def observed_field(name: str) -> Py:
    """The attribute of `Points` for what was observed at a point set: no label of a user has that suffix."""
    return py_name(f"{name}_observed")


def normals_field(name: str) -> Py:
    """The attribute of `Points` for the outward normals of a point set: no label of a user has that suffix."""
    return py_name(f"{name}_normals")
