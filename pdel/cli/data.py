"""`pdel data`: synthetic observations from the known solution of a specification."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdel.cli.report import MISTAKES, report, set_option, specification_argument

if TYPE_CHECKING:
    from pdel.observations.known import Known
    from pdel.observations.points import Interval

INTERVAL = re.compile(r"\[([^,\[\]]+),([^,\[\]]+)\]")
MOST_COUNT = 1_000_000


def _grid(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    """Numbers of points along the coordinates, `15x15`."""
    if value is None:
        return None
    if not re.fullmatch(r"[1-9]\d{0,6}(x[1-9]\d{0,6})*", value):
        message = f"`{value}` is not of the form 15x15, with a number for each coordinate"
        raise click.BadParameter(message, context, parameter)
    return tuple(int(count) for count in value.split("x"))


def _corruption(context: click.Context, parameter: click.Parameter, value: str) -> tuple[float, float]:
    """A fraction of the rows and their standard deviation, `0.2:0.5`."""
    fraction, _, deviation = value.partition(":")
    try:
        found = float(fraction), float(deviation)
    except ValueError:
        message = f"`{value}` is not of the form FRACTION:SIGMA, as in 0.2:0.5"
        raise click.BadParameter(message, context, parameter) from None
    if not (0 <= found[0] <= 1 and 0 <= found[1] < float("inf")):
        message = "the fraction lies between 0 and 1, and the deviation is not negative"
        raise click.BadParameter(message, context, parameter)
    return found


def _within(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> dict[str, tuple[Interval, ...]]:
    """Coordinates and their intervals, `x in [0, 0.2], [0.8, 1]`."""
    found = {}
    for text in value:
        name, _, rest = text.partition(" in ")
        try:
            intervals = tuple((float(low), float(high)) for low, high in INTERVAL.findall(rest))
        except ValueError:
            intervals = ()
        sound = intervals and not INTERVAL.sub("", rest).strip(" ,")
        ends = [end for interval in intervals for end in interval]
        if not sound or ends != sorted(ends):
            message = f"`{text}` is not of the form `x in [0, 0.2], [0.8, 1]`, with rising numbers"
            raise click.BadParameter(message, context, parameter)
        found[name.strip()] = intervals
    return found


@click.command("data")
@specification_argument
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE", help="The CSV file."
)
@click.option(
    "--points",
    type=click.IntRange(1, MOST_COUNT),
    metavar="N",
    help="Points at random; with --grid, so many of the grid.",
)
@click.option("--grid", callback=_grid, metavar="NxM", help="A grid: points along each coordinate, time last.")
@click.option(
    "--times", type=click.IntRange(1, MOST_COUNT), metavar="N", help="Regular times at each of --points places."
)
@click.option(
    "--in",
    "within",
    callback=_within,
    multiple=True,
    metavar="RANGE",
    help="Narrow a coordinate: 'x in [0.2, 0.8]', 'x in [0, 0.2], [0.8, 1]'.",
)
@click.option("--where", "condition", metavar="CONDITION", help="Keep points where this holds: 'x^2 + y^2 <= 0.25'.")
@click.option("--fields", metavar="U,V", help="The fields; default: all with a known solution.")
@click.option(
    "--noise",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    metavar="SIGMA",
    help="Standard deviation of the noise, absolute.",
)
@click.option(
    "--corrupt",
    callback=_corruption,
    default="0:0",
    metavar="FRACTION:SIGMA",
    help="Give that fraction of the rows this noise instead.",
)
@click.option(
    "--clean-column",
    "marked",
    is_flag=True,
    help="Add the column `corrupted`: 1 in rows with the larger noise, else 0.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="Another seed, other points and noise.",
)
@click.option("--force", is_flag=True, help="Replace a file that holds something else.")
@set_option
def data_command(
    *,
    specification: Path,
    out: Path,
    points: int | None,
    grid: tuple[int, ...] | None,
    times: int | None,
    within: dict[str, tuple[Interval, ...]],
    condition: str | None,
    fields: str | None,
    noise: float,
    corrupt: tuple[float, float],
    marked: bool,
    seed: int,
    force: bool,
    overrides: tuple[str, ...],
) -> None:
    """Write observations of the exact (or the reference) solution of a specification as a CSV file.

    The same command gives the same bytes on every machine. Files that the `data` statements of the specification
    name need not exist yet. From a `reference` file rows are chosen: all, or as many as --points says.
    """
    import hashlib

    from pdel.observations.sample import Request, RequestError, observe

    if times is not None and grid is not None:
        raise click.UsageError("--times goes with --points; with --grid the last number is that of times")
    known = _known(specification, overrides, condition)
    request = Request(
        points=points,
        grid=grid,
        times=times,
        intervals=within,
        fields=_fields(known, fields),
        noise=noise,
        corrupt=corrupt,
        seed=seed,
    )
    try:
        found = observe(known, request)
    except RequestError as problem:
        raise click.UsageError(str(problem)) from None
    content = found.text(marked=marked).encode("ascii")
    if out.exists() and out.read_bytes() != content and not force:
        raise click.UsageError(f"{out} holds something else; replace it with --force")
    out.write_bytes(content)
    bad = sum(found.corrupted)
    beside = f", {bad} of them with noise {corrupt[1]:g}" if bad else ""
    click.echo(f"{out}: {len(found.points)} rows, noise {noise:g}{beside}", err=True)
    click.echo(f"sha256 {hashlib.sha256(content).hexdigest()}", err=True)


def _known(path: Path, overrides: tuple[str, ...], condition: str | None) -> Known:
    """The known solution of a specification; mistakes in it are reported and end the command."""
    from dataclasses import replace

    from pdel.compiler import compile_specification
    from pdel.observations.known import known_solution, observed

    if condition is not None and not (condition.strip() and condition.isprintable()):
        raise click.BadParameter("a condition is one line, as in 'x^2 + y^2 <= 0.25'", param_hint="--where")
    compilation = compile_specification(path, overrides, last="parse")
    parsed = compilation.specification
    if parsed is None:
        report([compilation])
        raise click.exceptions.Exit(MISTAKES)
    chosen = observed(parsed, condition)
    assert chosen.value is not None
    compilation = replace(compilation.having(chosen), sources=chosen.value.sources)
    result = known_solution(chosen.value, path.parent)
    compilation = compilation.having(result)
    if compilation.has_errors or result.value is None:
        report([compilation])
        raise click.exceptions.Exit(MISTAKES)
    problem = result.value.problem
    if not (problem.exact or problem.manufactured or problem.reference_tables):
        raise click.UsageError(f"{path} states no solution to observe: add `exact`, `manufacture` or `reference`")
    return result.value


def _fields(known: Known, listed: str | None) -> tuple[str, ...]:
    """The fields by their names in files: a vector stands for its components, a complex field for its two parts."""
    from pdel.diagnostics.suggest import did_you_mean, enumerate_words

    if listed is None:
        return ()
    problem = known.problem
    there = {form.field: (form.field,) for form in (*problem.exact, *problem.manufactured)} | known.parts
    found: list[str] = []
    for name in map(str.strip, listed.split(",")):
        if name not in there:
            advice = did_you_mean(name, list(there)) or f"The fields are {enumerate_words(list(there))}."
            raise click.BadParameter(f"`{name}` is no field. {advice}", param_hint="--fields")
        found += there[name]
    return tuple(dict.fromkeys(found))
