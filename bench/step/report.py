"""results.md and results.png from the rows of results.csv."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cases import CASES, POINTS, Case
from processes import FRAMEWORKS

HERE = Path(__file__).parent
OTHERS = ("nested", "deepxde", "pina", "neurodiffeq", "jinns", "jno")
AIM_OTHERS = 5
AIM_PRODUCT = 0.55
AIM_MEMORY = 0.5
COLOURS = {
    "nested": "#8c8c8c",
    "deepxde": "#1f77b4",
    "pina": "#2ca02c",
    "neurodiffeq": "#e377c2",
    "jinns": "#ff7f0e",
    "jno": "#9467bd",
}
Found = dict[tuple[str, str, str], Any]


def machine() -> str:
    """The processor and the memory, in a line."""
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    model = names[0].partition(":")[2].strip() if names else platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores of which one is used, one thread, {memory:.0f} GiB, no GPU"


def number(value: float, digits: int = 1) -> str:
    """A number, or a dash where there is none."""
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


def spread(middle: float, least: float, most: float) -> str:
    """Median and range."""
    return "–" if math.isnan(middle) else f"{middle:.1f} ({least:.1f}–{most:.1f})"


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A table of Markdown."""
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def by_case(found: Found, precision: str, columns: Callable[[Case], list[str]]) -> list[list[str]]:
    """A line for each case that was measured."""
    names = {name for p, name, _ in found if p == precision}
    return [[each.title, *columns(each)] for each in CASES if each.name in names]


def speeds(found: Found, precision: str) -> str:
    """How many times faster pdel's compiled step is."""

    def columns(each: Case) -> list[str]:
        cells = []
        for name in OTHERS:
            row = found.get((precision, each.name, name))
            if row is None:
                cells.append("")
            elif row.failed:
                cells.append(row.failed)
            else:
                cells.append(spread(row.ours, row.ours_least, row.ours_most))
        return [*cells, f"{each.aim:g}"]

    head = ["", *(FRAMEWORKS[name] for name in OTHERS), "aim against DeepXDE"]
    return table(head, by_case(found, precision, columns))


def times(found: Found, precision: str) -> str:
    """Milliseconds a step, and the largest difference of the losses."""

    def columns(each: Case) -> list[str]:
        rows = {name: found.get((precision, each.name, name)) for name in FRAMEWORKS}
        cells = [number(row.ms) if row else "" for row in rows.values()]
        losses = [row.loss for row in rows.values() if row and not math.isnan(row.loss)]
        apart = (max(losses) - min(losses)) / abs(losses[0]) if losses else math.nan
        return [*cells, "–" if math.isnan(apart) else f"{apart:.0e}"]

    return table(["", *FRAMEWORKS.values(), "losses apart"], by_case(found, precision, columns))


def resources(found: Found, precision: str) -> str:
    """Compiling, memory, and what of the machine's speed is used."""

    def columns(each: Case) -> list[str]:
        rows = {name: found.get((precision, each.name, name)) for name in FRAMEWORKS}
        ours, eager, nested = (rows.get(name) for name in ("pdel_compiled", "pdel_eager", "nested"))
        if not (ours and eager and nested):
            return [""] * 7
        share = ours.gflop / (ours.ms / 1e3) / ours.product
        others = [row.first_seconds for name in ("jinns", "jno") if (row := rows.get(name))]
        return [
            number(ours.first_seconds),
            " / ".join(number(seconds) for seconds in others),
            number(nested.memory_mb, 0),
            f"{number(ours.memory_mb, 0)} ({number(ours.memory_mb / nested.memory_mb, 2)})",
            f"{number(eager.memory_mb, 0)} ({number(eager.memory_mb / nested.memory_mb, 2)})",
            number(ours.product, 0),
            f"{100 * share:.0f} %",
        ]

    head = [
        "",
        "first step of pdel, s",
        "of jinns / jNO, s",
        "memory of nested autograd, MB",
        "of pdel (share)",
        "of pdel, not compiled (share)",
        "product of matrices, GFLOP/s",
        "used by pdel",
    ]
    return table(head, by_case(found, precision, columns))


def text(rows: Sequence[Any], note: str) -> str:
    """results.md."""
    found = {(row.precision, row.case, row.framework): row for row in rows}
    versions = sorted({row.version for row in rows if row.version})
    parts = [
        "# One step of Adam",
        "",
        f"Machine: {machine()}.",
        f"{POINTS} points of the equation and 240 of conditions, which are in the loss; tanh.",
        "The points and weights are the same for all.",
        f"Versions: {'; '.join(versions)}.",
        *([note] if note else []),
        "",
        "Written by `bench/step/run.py`, which says how it measures. In every round all frameworks take their turn",
        "on one core; numbers are medians over the rounds, with the least and the largest in brackets.",
        "nvidia-physicsnemo-sym is missing: it cannot be built against a torch for processors (`bench/peers/setup`).",
        "",
    ]
    for precision in sorted({row.precision for row in rows}):
        parts += [f"## {precision}", "", "How many times faster a step of the generated module, compiled, is:", ""]
        parts += [speeds(found, precision)]
        parts += [f"The aim against PINA and neurodiffeq is {AIM_OTHERS}.", "", "Milliseconds a step:", ""]
        parts += [times(found, precision)]
        aims = f"The aims: at most {AIM_MEMORY} of nested autograd's memory; {100 * AIM_PRODUCT:.0f} % for 4x64."
        parts += [
            "What a step needs. Memory is that of one step beyond what is there before it. The first step has the",
            "compilation, with nothing in caches. The last column counts the products between hidden layers, all",
            f"channels forward and twice backward, against the speed of a product of 1024x1024 matrices. {aims}",
            "",
            resources(found, precision),
        ]
    return "\n".join(parts).rstrip("\n") + "\n"


def draw(rows: Sequence[Any]) -> None:
    """results.png: times faster, for every case and framework."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - the rest works without matplotlib

    found = {(row.precision, row.case, row.framework): row for row in rows}
    precisions = sorted({row.precision for row in rows})
    figure = Figure(figsize=(9, 3.6 * len(precisions)), layout="constrained")
    for panel, precision in zip(figure.subplots(len(precisions), squeeze=False)[:, 0], precisions, strict=True):
        cases = [each for each in CASES if (precision, each.name, "pdel_compiled") in found]
        for place, name in enumerate(OTHERS):
            shown = [(i, found.get((precision, each.name, name))) for i, each in enumerate(cases)]
            bars = [(i, row) for i, row in shown if row and not math.isnan(row.ours)]
            at = [i + (place - 2.5) * 0.14 for i, _ in bars]
            middle = [row.ours for _, row in bars]
            ranges = [[row.ours - row.ours_least for _, row in bars], [row.ours_most - row.ours for _, row in bars]]
            panel.bar(at, middle, 0.14, yerr=ranges, color=COLOURS[name], label=FRAMEWORKS[name], error_kw={"lw": 0.8})
        for i, each in enumerate(cases):
            panel.hlines(each.aim, i - 0.45, i + 0.45, colors="black", linestyles="dotted", lw=1)
        panel.axhline(1, color="black", lw=0.8)
        panel.set(yscale="log", title=f"{precision}: how many times faster a step of the generated module is")
        panel.set_xticks(range(len(cases)), [each.title for each in cases], fontsize=8)
    figure.axes[0].legend(fontsize=8, ncols=3, title="against; dotted: the aim against DeepXDE", title_fontsize=8)
    figure.savefig(HERE / "results.png", dpi=90)


def write_report(rows: Sequence[Any], note: str) -> None:
    """Write results.md and results.png."""
    (HERE / "results.md").write_text(text(rows, note), encoding="utf-8")
    draw(rows)
