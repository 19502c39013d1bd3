"""Pages of inverse problems: unknown numbers and observations."""

from __future__ import annotations

from pathlib import Path

from pdel.publish.document import render_latex
from pdel.publish.html import render_html
from pdel.publish.svg import plain
from tests.publish.pages import page_of_text
from tests.publish.test_pages import read

TEXT = """problem a "Thermal diffusivity"
space x in [0, 1]
time t in [0, 1]
field u(x, t)
unknown alpha = 0.1 in [0.01, 1]
equation conduction: u_t = alpha*u_xx
boundary ends: u = 0 on x = 0, x = 1
initial profile: u = sin(pi*x)
data sensors: u from "obs.csv" (sigma = 0.01)
data slopes: u_x = s from "obs.csv"
reference alpha = 0.4
"""


def test_unknowns_and_data(tmp_path: Path) -> None:
    (tmp_path / "obs.csv").write_text("x,t,u,s\n0.5,0.5,0.1,0\n0.2,0.5,0.1,0.3\n", encoding="utf-8")
    made = page_of_text(TEXT, tmp_path)
    assert plain(made.functions).split() == ["u(x,", "t),", "α"]
    (unknown,) = made.unknowns
    assert [plain(part) for part in (unknown.name, unknown.range, unknown.start, unknown.known)] == [
        "α", "[0.01, 1]", "0.1", "0.4",
    ]  # fmt: skip
    group = next(group for group in made.groups if group.title == "Data")
    assert [line.label for line in group.lines] == ["sensors", "slopes"]
    assert plain(group.lines[0].condition).endswith("σ = 0.01")
    (data,) = made.data
    assert (data.names, data.rows, data.purpose) == ("u, s", 2, "observations, trained on")
    assert made.others == ()
    assert "Unknown numbers" in "".join(read(render_html(made)).text)
    assert r"\section*{Unknown numbers}" in render_latex(made)
