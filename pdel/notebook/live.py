"""How far training is, as a picture that is drawn again and again."""

from __future__ import annotations

from pathlib import Path

from pdel.publish import charts
from pdel.publish.charts import Curve
from pdel.publish.html import render_live
from pdel.publish.layout import Words
from pdel.publish.run_folder import read_rows
from pdel.publish.svg import COLOURS


def live_html(run: Path) -> str:
    """The loss and the errors so far, from the metrics in a run folder."""
    rows = read_rows(run / "metrics.csv")
    if not rows:
        return render_live("training begins", None)
    names = ["loss", *(name for name in rows[0] if name.startswith("l2_relative."))]
    curves = []
    for index, name in enumerate(names):
        points = tuple((float(one["step"]), float(one[name])) for one in rows if one[name])
        label = f"error of {name.removeprefix('l2_relative.')}" if index else name
        curves.append(Curve(label, points, (index - 1) % COLOURS if index else None))
    last = rows[-1]
    state = f"{last['phase']}: step {last['step']}, {float(last['seconds']):.0f} s, loss {float(last['loss']):.2e}"
    return render_live(state, charts.chart(curves, Words("step"), "Loss and errors so far", log=True))
