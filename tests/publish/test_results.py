"""The page of a run: what stands in its folder is shown, exactly, and nothing else is needed."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pdel.compiler import Compilation
from pdel.publish import charts
from pdel.publish.charts import Curve, nice
from pdel.publish.html import render_html
from pdel.publish.layout import Words
from pdel.publish.page import page
from pdel.publish.raster import Scale, heat_map, palette
from pdel.publish.results import Results, results
from pdel.publish.run_folder import RunFolderError, read_run
from tests.cli.conftest import Invoke, invoke  # noqa: F401
from tests.publish.pages import EXAMPLES, compiled
from tests.publish.test_pages import read

HEAT = EXAMPLES / "heat" / "heat.pde"


def decoded(address: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(address.partition("base64,")[2])))


def write_run(folder: Path, plan: str, **more: Any) -> Path:
    """A run of the heat equation: the known solution plus an error of 0.01 x."""
    run = folder / "runs" / "heat"
    run.mkdir(parents=True)
    x, t = np.linspace(0, 1, 21), np.linspace(0, 1, 11)
    u = np.exp(-0.4 * np.pi**2 * t) * np.sin(np.pi * x)[:, None] + 0.01 * x[:, None]
    np.savez(run / "solution.npz", x=x, t=t, u=u)
    points = np.random.default_rng(0).random((30, 2))
    arrays = {}
    for step in (0, 499, 999):
        arrays |= {f"points_{step}": points, f"scores_{step}": points[:, 0], f"new_{step}": points[:, 1] > 0.5}
    np.savez(run / "points.npz", **arrays)
    summary = {
        "problem": "heat", "specification": "heat.pde", "plan": plan, "seed": 3, "device": "cpu",
        "precision": "float64", "steps": 1000, "seconds": 12.5, "finished": True,
        "stopped": "broyden: <script>alert(1)</script>", "kept_step": 990, "held_out_loss": 2.5e-7,
        "loss_terms": {"equation.conduction": 1e-7}, "unknowns": {}, "quantities": {},
        "fields": {"u": {"l2_relative": 1.25e-3, "max_error": 0.01}}, **more,
    }  # fmt: skip
    (run / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    rows = "\n".join(f"{step},{step / 80},broyden,{10 ** (-step / 200)},1e-3," for step in range(0, 1001, 50))
    head = "step,seconds,phase,loss,equation.conduction,l2_relative.u"
    (run / "metrics.csv").write_text(f"{head}\n{rows}\n", encoding="utf-8")
    return run


def results_of(run: Path, done: Compilation) -> Results:
    return results(read_run(run, ["x", "t"], ["u"]), done.problem, done.plan)


def render(run: Path, done: Compilation) -> str:
    return render_html(page(done.specification, done.problem, done.plan), results_of(run, done))


def test_a_run_of_heat(tmp_path: Path) -> None:
    done = compiled(HEAT)
    run = write_run(tmp_path, done.plan.identity)
    text = render(run, done)
    reader = read(text)
    assert [tag for tag, _ in reader.tags].count("script") == 2
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", text)
    shown = " ".join("".join(reader.text).split())
    assert "Training is finished after 1000 steps and 12.5 s on cpu in float64, seed 3" in shown
    assert "<script>alert(1)</script>" in shown
    assert "2.5·10⁻⁷" in shown
    found = results_of(run, done)
    assert found.warning == ""
    maps, profile = found.panels
    assert [decoded(one.image).size for one in maps.maps] == [(21, 11), (21, 11)]
    frames = json.loads(str(profile.slides.frames))
    assert len(frames["paths"]) == 2
    assert all(len(paths) == len(frames["labels"]) == 11 for paths in frames["paths"])
    assert frames["labels"][-1] == "1"
    assert [one.text for one in found.rounds] == ["step 0, 30 points", "step 499, 30 points", "step 999, 30 points"]


def test_the_error_map_has_the_error(tmp_path: Path) -> None:
    done = compiled(HEAT)
    error = results_of(write_run(tmp_path, done.plan.identity), done).panels[0].maps[1]
    colours = decoded(error.image).convert("RGB")
    diverging = palette(diverging=True)
    for line in range(11):
        assert colours.getpixel((0, line)) == diverging[127]
        assert colours.getpixel((20, line)) == diverging[254]


def test_time_and_depth_have_a_slider(tmp_path: Path) -> None:
    done = compiled(EXAMPLES / "poisson_3d" / "poisson_3d.pde")
    run = write_run(tmp_path, done.plan.identity)
    x = np.linspace(0, 1, 5)
    np.savez(run / "solution.npz", x=x, y=x, z=x, u=np.arange(125.0).reshape(5, 5, 5))
    (panel,) = results(read_run(run, ["x", "y", "z"], ["u"]), done.problem, done.plan).panels
    images = json.loads(str(panel.slides.frames))["images"]
    assert [len(frames) for frames in images] == [5, 5]
    first, last = (np.asarray(decoded(address)) for address in (images[0][0], images[0][-1]))
    assert first[-1, 0] < last[-1, 0] < last[0, -1]


def test_another_plan_is_told(tmp_path: Path) -> None:
    done = compiled(HEAT)
    found = results_of(write_run(tmp_path, "0" * 64), done)
    assert "000000000000" in found.warning
    assert found.warning in "".join(read(render(tmp_path / "runs" / "heat", done)).text)


def test_unknowns_and_pruning(tmp_path: Path) -> None:
    done = compiled(HEAT)
    stage = {"held_out_loss": 1e-3, "step": 5, "neurons": {"hidden 1": 20}, "fields": {"u": {"l2_relative": 0.1}}}
    pruning = {
        "criterion": "bias", "observations": 40, "flagged": 4, "kept": "pruned", "refused": None,
        "confusion": {"corrupted and flagged": 3}, "stages": {"baseline": stage, "pruned": stage},
    }  # fmt: skip
    unknowns = {"nu": {"value": 0.0099, "reference": 0.01, "relative_error": 0.01}}
    run = write_run(tmp_path, done.plan.identity, pruning=pruning, unknowns=unknowns)
    (run / "pruning.csv").write_text("x,t,misfit,flagged\n0.1,0.2,3,1\n0.5,0.5,1,0\n", encoding="utf-8")
    found = results_of(run, done)
    titles = [table.title for table in found.tables]
    assert "Unknown numbers" in titles
    assert "Flags and known corruption: 4 of 40 observations flagged" in titles
    assert found.flags.text == "1 of 2 observations flagged"
    text = "".join(read(render(run, done)).text)
    for phrase in ("0.0099", "pruned (kept)", "corrupted and flagged"):
        assert phrase in text


def test_what_is_not_there_is_left_out(tmp_path: Path) -> None:
    done = compiled(HEAT)
    run = write_run(tmp_path, done.plan.identity)
    for name in ("solution.npz", "points.npz", "metrics.csv"):
        (run / name).unlink()
    (run / "solution.npz").write_bytes(b"no archive")
    found = results_of(run, done)
    assert (found.panels, found.rounds, found.loss, found.slides) == ((), (), None, False)
    read(render(run, done))
    (run / "summary.json").write_text("[]", encoding="utf-8")
    with pytest.raises(RunFolderError, match="not the summary"):
        read_run(run, [], [])


def test_pictures_of_numbers() -> None:
    scale = Scale.of([0.0, 2.0, float("nan")])
    image = decoded(heat_map([[0.0, 2.0], [1.0, float("nan")]], scale)).convert("RGBA")
    colours = palette(diverging=False)
    assert image.getpixel((0, 0))[:3] == colours[0]
    assert image.getpixel((1, 0))[:3] == colours[254]
    assert image.getpixel((1, 1))[3] == 0
    brightness = [0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in colours]
    assert brightness == sorted(brightness)


def test_charts() -> None:
    assert nice(0, 1) == [0, 0.2, 0.4, 0.6, 0.8, 1]
    assert nice(-3, 7) == [-2, 0, 2, 4, 6]
    assert charts.chart([Curve("a", ())], Words("x"), "none") is None
    assert charts.chart([Curve("a", ((0, -1), (1, 0)))], Words("x"), "no logarithms", log=True) is None
    many = Curve("a", tuple((float(step), 1.0 + step) for step in range(5000)))
    drawing = charts.chart([many], Words("x"), "many", log=True)
    assert drawing is not None
    longest = max(len(getattr(item, "places", ())) for item in drawing.items)
    assert 300 < longest <= charts.MOST_POINTS + 2


def test_report_finds_the_specification(tmp_path: Path, invoke: Invoke) -> None:  # noqa: F811
    shutil.copy(HEAT, tmp_path / "heat.pde")
    run = write_run(tmp_path, compiled(HEAT).plan.identity)
    result = invoke("report", str(run))
    assert (result.exit_code, result.stderr) == (0, f"{run / 'report.html'} written\n")
    assert invoke("report", str(run), str(tmp_path / "heat.pde")).exit_code == 0
    page_file = tmp_path / "page.html"
    assert invoke("show", str(tmp_path / "heat.pde"), "--run", str(run), "--html", str(page_file)).exit_code == 0
    assert page_file.read_bytes() == (run / "report.html").read_bytes()
    (tmp_path / "heat.pde").unlink()
    result = invoke("report", str(run))
    assert result.exit_code == 1
    assert "name it: `pdel report" in result.stderr
    (run / "summary.json").unlink()
    result = invoke("report", str(run))
    assert result.exit_code == 1
    assert "train first" in result.stderr
