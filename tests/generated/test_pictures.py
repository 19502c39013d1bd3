"""Pictures of unknown fields: over their own coordinates, with the known values where there are some."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch
from matplotlib.figure import Figure

from tests.modules import import_text

ROD = """\
problem rod
space       x in [0, 1]
time        t in [0, 1]
field       u(x, t)
unknown     k(x) in [0.1, 10]
equation    heat:     u_t = d(k*u_x, x)
boundary    ends:     u = 0  on x = 0, x = 1
initial     start:    u = 0
data        sensors:  u from "sensors.csv" (sigma = 0.01)
manufacture u = exp(-t)*sin(pi*x) + x, k = 1 + 0.5*sin(2*pi*x)
"""
PLATE = """\
problem plate
space       x in [0, 1], y in [0, 2]
time        t in [0, 1]
field       u(x, y, t)
unknown     k({own}) in [0.1, 10]
equation    heat:     u_t = div(k*grad(u))
boundary    rim:      u = 0  on boundary
initial     start:    u = 0
data        sensors:  u from "sensors.csv" (sigma = 0.01)
{known}
"""


def make(text: str, folder: Path) -> ModuleType:
    coordinates = "x,y,t" if "problem plate" in text else "x,t"
    row = ",".join("0.5" for _ in coordinates.split(","))
    (folder / "sensors.csv").write_text(f"{coordinates},u\n{row},0.1\n", encoding="utf-8")
    return import_text(text, folder)


def drawn(module: ModuleType) -> tuple[list[Any], torch.Tensor, torch.Tensor]:
    """The panels of an untrained network's picture, the points of the grid and the values there."""
    torch.manual_seed(3)
    network = module.Network()
    with torch.no_grad():
        for parameter in network.unknowns.parameters():
            parameter += 0.5 * torch.randn_like(parameter)
    points = module.evaluation_points()
    values = module.values_at(network, points)
    figure = Figure()
    module.draw_solution(figure, network, points, values, module.known_values("cpu"))
    return [axes for axes in figure.axes if axes.get_title() or not axes.collections], points, values


def test_a_field_of_one_coordinate_is_a_curve_over_it(tmp_path: Path) -> None:
    module = make(ROD, tmp_path)
    panels, points, values = drawn(module)
    titles = [panel.get_title() for panel in panels if panel.get_title()]
    assert titles == ["u, predicted", "u, known", "u, error", "k", "k, error"]
    curve = next(panel for panel in panels if panel.get_title() == "k")
    predicted, known = (line.get_xydata() for line in curve.lines)
    start = points[:, 1] == 0
    assert predicted == pytest.approx(np.stack([points[start, 0], values[start, 1]], axis=1))
    assert known[:, 1] == pytest.approx(1 + 0.5 * np.sin(2 * np.pi * known[:, 0]))
    error = next(panel for panel in panels if panel.get_title() == "k, error").lines[0].get_xydata()
    assert error[:, 1] == pytest.approx(np.abs(predicted[:, 1] - known[:, 1]))
    assert curve.get_xlabel() == "x"


@pytest.mark.parametrize(
    ("own", "titles"),
    [
        ("x, y", ["k, predicted"]),
        ("y, t", ["k, predicted"]),
        ("t", ["k"]),
        ("x, y, t", [f"k, predicted, t = {at}" for at in ("0", "0.5", "1")]),
    ],
)
def test_a_field_of_two_coordinates_is_a_map_of_them(own: str, titles: list[str], tmp_path: Path) -> None:
    module = make(PLATE.format(own=own, known=""), tmp_path)
    panels, points, values = drawn(module)
    found = [panel for panel in panels if panel.get_title().startswith("k")]
    assert [panel.get_title() for panel in found] == titles
    if len(own.split(", ")) == 2:
        (panel,) = found
        assert f"{panel.get_xlabel()}, {panel.get_ylabel()}" == own
        assert panel.get_aspect() == ("auto" if "t" in own else 1)
        columns = [module.COORDINATES.index(name) for name in own.split(", ")]
        axes = [module.grid_axes()[column] for column in columns]
        image = np.asarray(panel.collections[0].get_array())
        (other,) = {0, 1, 2} - set(columns)
        there = points[:, other] == points[-1, other]
        assert image == pytest.approx(values[there, 1].reshape(*map(len, axes)).T.numpy())


def test_a_map_has_its_known_values_beside_it(tmp_path: Path) -> None:
    known = 'reference k from "known.csv"'
    (tmp_path / "known.csv").write_text("x,y,t,k\n0,0,0,1\n0,1,0,2\n1,0,0,3\n1,1,0,4\n", encoding="utf-8")
    panels, _, _ = drawn(make(PLATE.format(own="x, y", known=known), tmp_path))
    found = {panel.get_title(): panel for panel in panels if panel.get_title().startswith("k")}
    assert list(found) == ["k, predicted", "k, known", "k, error"]
    image = np.asarray(found["k, known"].collections[0].get_array())
    assert image == pytest.approx(np.array([[1, 3], [2, 4]]))
    scales = [panel.collections[0].get_clim() for panel in found.values()]
    assert scales[0] == scales[1] != scales[2], "prediction and known values have the same colours"


PATCH = """\
problem patch
space       x in [0, 1], y in [0, 1]{time}
field       u(x, y{more})
equation    heat:     u = laplacian(u)
boundary    rim:      u = 0  on boundary
manufacture u = 7*sin(pi*x)*sin(pi*y){factor}
train       adam(steps = 5)
"""


@pytest.mark.parametrize("unsteady", [False, True])
def test_prediction_and_known_values_have_the_same_colours(unsteady: bool, tmp_path: Path) -> None:
    steady, moving = ("", "", ""), ("\ntime t in [0, 1]", ", t", "*t")
    time, more, factor = moving if unsteady else steady
    text = PATCH.format(time=time, more=more, factor=factor)
    if unsteady:
        text = text.replace("u = laplacian(u)", "u_t = laplacian(u)") + "initial start: u = 0\n"
    figure, module = Figure(), import_text(text, tmp_path)
    network, points = module.Network(), module.evaluation_points()
    values = module.values_at(network, points)
    module.draw_solution(figure, network, points, values, module.known_values("cpu"))
    rows = [axes for axes in figure.axes if axes.get_title()]
    assert len(rows) == (9 if unsteady else 3)
    for predicted, known in zip(rows[::3], rows[1::3], strict=True):
        assert "predicted" in predicted.get_title()
        assert "known" in known.get_title()
        assert predicted.collections[0].get_clim() == known.collections[0].get_clim()
    assert rows[-2].collections[0].get_clim()[1] >= 6.9
