"""The commands of generated modules: what they write and print, and how they refuse."""

from __future__ import annotations

import csv
import io
import json
import math
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch

from tests.generated.runs import SOFT, TABLE, decay, make, write_module
from tests.modules import import_module

FILES = {"summary.json", "metrics.csv", "checkpoint.pt", "solution.npz", "solution.png", "loss.png"}
RESAMPLED = {"points.npz", "points.png"}


@pytest.fixture(scope="module")
def soft(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A problem with soft conditions, a reference table and a quantity, trained in its folder."""
    folder = tmp_path_factory.mktemp("soft")
    (folder / "table.csv").write_text(TABLE)
    module = make(folder, SOFT)
    module.train(folder / "run", quiet=True)
    return module


def folder_of(module: ModuleType) -> Path:
    assert module.__file__ is not None
    return Path(module.__file__).parent


def strict_json(path: Path) -> dict[str, Any]:
    """JSON without NaN and infinity."""

    def refuse(text: str) -> None:
        raise AssertionError(text)

    found: dict[str, Any] = json.loads(path.read_text(), parse_constant=refuse)
    return found


def test_a_run_folder_holds_exactly_its_files(soft: ModuleType) -> None:
    assert {path.name for path in (folder_of(soft) / "run").iterdir()} == FILES | RESAMPLED


def test_the_summary_says_everything(soft: ModuleType) -> None:
    summary = strict_json(folder_of(soft) / "run" / "summary.json")
    assert summary["problem"] == "soft"
    assert summary["specification"] == "soft.pde"
    assert summary["plan"] == soft.PLAN
    assert (summary["seed"], summary["device"], summary["precision"]) == (soft.SEED, "cpu", "float64")
    assert summary["steps"] == 120
    assert summary["seconds"] > 0
    assert summary["finished"] is True
    assert summary["stopped"] == "broyden: all 120 steps are done"
    assert set(summary["loss_terms"]) == set(soft.WEIGHTS) == {"equation.heat", "boundary.walls", "initial.start"}
    assert summary["quantities"]["middle"]["reference"] == 0.1
    assert summary["unknowns"] == {}


def test_errors_are_those_of_the_kept_network(soft: ModuleType) -> None:
    run = folder_of(soft) / "run"
    summary = strict_json(run / "summary.json")
    network = soft.load_network(run, "cpu")
    points = torch.tensor([[0.5, 0.0], [0.1666666666666667, 0.0], [0.5, 0.1]], dtype=torch.float64)
    known = torch.tensor([1, 0.5, 0.37271], dtype=torch.float64)
    with torch.no_grad():
        error = soft.solution(network, points)[:, 0] - known
    assert math.isclose(summary["fields"]["u"]["l2_relative"], (error.norm() / known.norm()).item(), rel_tol=1e-12)
    assert math.isclose(summary["fields"]["u"]["max_error"], error.abs().max().item(), rel_tol=1e-12)
    middle = soft.solution(network, torch.tensor([[0.5, 0.5]], dtype=torch.float64)).item()
    assert math.isclose(summary["quantities"]["middle"]["value"], middle, rel_tol=1e-12)


def test_metrics_hold_every_term_and_the_loss_is_their_weighted_sum(soft: ModuleType) -> None:
    with (folder_of(soft) / "run" / "metrics.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["step", "seconds", "phase", "loss", *soft.WEIGHTS, "l2_relative.u"]
    assert [row["step"] for row in rows] == ["1", "100", "120"]
    for row in rows:
        assert math.isclose(float(row["loss"]), sum(w * float(row[a]) for a, w in soft.WEIGHTS.items()), rel_tol=1e-12)
    assert float(rows[-1]["l2_relative.u"]) < float(rows[0]["l2_relative.u"])


def test_the_solution_on_the_grid_is_that_of_the_network(soft: ModuleType) -> None:
    run = folder_of(soft) / "run"
    with np.load(run / "solution.npz", allow_pickle=False) as arrays:
        assert set(arrays) == {"x", "t", "u"}
        x, t, u = arrays["x"], arrays["t"], arrays["u"]
    assert u.shape == (len(x), len(t)) == soft.GRID
    point = torch.tensor([[x[7], t[20]]])
    assert math.isclose(soft.solution(soft.load_network(run, "cpu"), point).item(), u[7, 20], rel_tol=1e-12)


def test_pictures_are_pictures(soft: ModuleType) -> None:
    for name in ("solution.png", "loss.png"):
        data = (folder_of(soft) / "run" / name).read_bytes()
        assert data.startswith(b"\x89PNG")
        assert len(data) > 5000


def test_evaluate_prints_errors_and_quantities(soft: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    run = folder_of(soft) / "run"
    assert soft.main(["evaluate", "--run", str(run)]) == 0
    printed = capsys.readouterr().out
    summary = strict_json(run / "summary.json")
    assert f"relative L2 error {summary['fields']['u']['l2_relative']:.2e}" in printed
    assert f"middle    {summary['quantities']['middle']['value']:.6g}, reference 0.1" in printed


def test_plot_draws_again(soft: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    run = folder_of(soft) / "run"
    (run / "solution.png").unlink()
    (run / "loss.png").unlink()
    assert soft.main(["plot", "--run", str(run)]) == 0
    assert (run / "solution.png").exists()
    assert (run / "loss.png").exists()
    assert capsys.readouterr().out == f"drawn in {run}\n"


def predict(module: ModuleType, folder: Path, text: str) -> int:
    (folder / "in.csv").write_text(text, encoding="utf-8")
    run = folder_of(module) / "run"
    files = ["--points", str(folder / "in.csv"), "--out", str(folder / "out.csv")]
    status: int = module.main(["predict", "--run", str(run), *files])
    return status


def test_predict_writes_the_fields_at_the_points(soft: ModuleType, tmp_path: Path) -> None:
    assert predict(soft, tmp_path, "name, t, x\na, 0.25, 0.5\nb, 1e-1, 0.75\n") == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text())))
    assert rows[0] == ["x", "t", "u"]
    assert [float(value) for value in rows[1][:2]] == [0.5, 0.25]
    network = soft.load_network(folder_of(soft) / "run", "cpu")
    expected = soft.solution(network, torch.tensor([[0.5, 0.25], [0.75, 0.1]], dtype=torch.float64))
    assert [float(row[2]) for row in rows[1:]] == pytest.approx(expected[:, 0].tolist(), rel=1e-14)


def test_predict_says_where_nothing_was_learned(
    soft: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert predict(soft, tmp_path, "x,t\n0.5,0.5\n1.5,0.5\n0.5,-1\n") == 0
    assert "2 points lie outside" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no column x, t: its first line has to name the columns x, t"),
        ("x,u\n1,2\n", "has no column t: its first line has to name the columns x, t"),
        ("x,t\n", "has no rows"),
        ("x,t\n0,0\n0,\n", "in.csv:3: a number is missing or wrong"),
        ("x,t\n0,zero\n", "in.csv:2: a number is missing or wrong"),
        ("x,t\n0,0\n0\n", "in.csv:3: a number is missing or wrong"),
        ("x,t\n0,nan\n", "in.csv:2: a number is missing or wrong"),
    ],
)
def test_predict_refuses_a_wrong_table(
    soft: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    assert predict(soft, tmp_path, text) == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_files_that_cannot_be_read_or_written_are_named(
    soft: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["--run", str(folder_of(soft) / "run")]
    missing, out = str(tmp_path / "missing.csv"), str(tmp_path / "none" / "out.csv")
    assert soft.main(["predict", *run, "--points", missing, "--out", out]) == 1
    assert f"error: [Errno 2] No such file or directory: '{missing}'" in capsys.readouterr().err
    (tmp_path / "in.csv").write_text("x,t\n0,0\n")
    assert soft.main(["predict", *run, "--points", str(tmp_path / "in.csv"), "--out", out]) == 1
    assert f"No such file or directory: '{out}'" in capsys.readouterr().err
    (tmp_path / "in.csv").write_bytes(b"x,t\n\xff,0\n")
    assert soft.main(["predict", *run, "--points", str(tmp_path / "in.csv"), "--out", out]) == 1
    assert "in.csv is no text in UTF-8" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert soft.main(["train", "--out", str(tmp_path / "file")]) == 1
    assert "File exists" in capsys.readouterr().err


def test_a_missing_checkpoint_is_explained(
    soft: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["evaluate", "--run"], ["plot", "--run"], ["train", "--resume", "--out"]):
        assert soft.main([*arguments, str(tmp_path / "nothing")]) == 1
        error = capsys.readouterr().err
        assert "nothing/checkpoint.pt: train first, or name another run folder" in error


def test_a_broken_checkpoint_is_explained(soft: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "checkpoint.pt").write_bytes(b"not a checkpoint")
    assert soft.main(["evaluate", "--run", str(tmp_path)]) == 1
    assert "checkpoint.pt is no sound checkpoint: train again" in capsys.readouterr().err
    (tmp_path / "checkpoint.pt").unlink()
    torch.save([1, 2], tmp_path / "checkpoint.pt")
    assert soft.main(["evaluate", "--run", str(tmp_path)]) == 1
    assert "checkpoint.pt is no sound checkpoint: train again" in capsys.readouterr().err


def test_a_checkpoint_of_another_plan_is_refused_and_kept(
    soft: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "table.csv").write_text(TABLE)
    other = make(tmp_path, SOFT.replace("depth = 2", "depth = 1"))
    run = folder_of(soft) / "run"
    before = (run / "checkpoint.pt").read_bytes()
    for arguments in (["evaluate", "--run"], ["train", "--quiet", "--resume", "--out"]):
        assert other.main([*arguments, str(run)]) == 1
        error = capsys.readouterr().err
        assert f"is of plan {soft.PLAN}, this module of plan {other.PLAN}" in error
    assert (run / "checkpoint.pt").read_bytes() == before


def test_resuming_with_another_seed_is_refused(soft: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    run = str(folder_of(soft) / "run")
    assert soft.main(["train", "--out", run, "--resume", "--seed", "123456"]) == 1
    assert f"has seed {soft.SEED}" in capsys.readouterr().err


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
def test_a_missing_device_is_explained(soft: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for device in ("cuda", "cuda:1", "abacus"):
        assert soft.main(["train", "--device", device, "--out", str(tmp_path / "run")]) == 1
        said = capsys.readouterr().err
        assert f"no device {device}" in said
        assert "--device cpu" in said
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("arguments", [["fly"], ["train", "--budget", "0"], ["predict"]])
def test_wrong_usage_ends_with_status_2(soft: ModuleType, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        soft.main(arguments)
    assert ended.value.code == 2


def test_a_missing_reference_table_costs_the_errors_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "table.csv").write_text(TABLE)
    module = make(tmp_path, SOFT.replace("steps = 120", "steps = 3"))
    (tmp_path / "table.csv").unlink()
    summary = module.train(tmp_path / "run", quiet=True)
    assert summary["fields"] == {"u": {"l2_relative": None, "max_error": None}}
    assert "table.csv is missing" in capsys.readouterr().err
    (tmp_path / "table.csv").write_text(TABLE + "0.1,0.3,0.3\n")
    with pytest.raises(module.RunError, match="has changed"):
        module.train(tmp_path / "again", quiet=True)


def test_quiet_prints_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = make(tmp_path, decay("adam(steps = 30)"))
    assert module.main(["train", "--quiet", "--out", str(tmp_path / "run")]) == 0
    assert capsys.readouterr() == ("", "")


def test_plain_lines_without_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = make(tmp_path, decay("adam(steps = 30)"))
    assert module.main(["train", "--out", str(tmp_path / "run")]) == 0
    printed = capsys.readouterr().out
    assert "\r" not in printed
    lines = printed.splitlines()
    assert lines[0].startswith("adam 1/30 ")
    assert "steps/s" in lines[0]
    assert "loss " in lines[0]
    assert "l2_relative.u " in lines[0]
    assert lines[-1] == f"written   {tmp_path / 'run'}"


def test_a_bar_on_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = make(tmp_path, decay("adam(steps = 30)"))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    assert module.main(["train", "--out", str(tmp_path / "run")]) == 0
    bars = [part for part in capsys.readouterr().out.split("\r") if part.startswith("[")]
    assert bars[0].startswith("[#                   ] adam 1/30")
    assert bars[-1].startswith("[####################] adam 30/30")
    assert all(len(bar.splitlines()[0]) <= 59 for bar in bars)


def test_no_arguments_train_into_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = make(tmp_path, decay("adam(steps = 3)"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["decay.py"])
    assert module.main() == 0
    assert {path.name for path in (tmp_path / "runs" / "decay").iterdir()} == FILES


@pytest.mark.parametrize(("error", "status"), [(1e-11, 0), (1e-3, 1), (math.nan, 1)])
def test_the_selftest_prints_a_table_and_tells_the_outcome(
    soft: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: float, status: int
) -> None:
    checks = [soft.Check("something else", 0.0, 1e-10), soft.Check("this", error, 1e-10)]
    monkeypatch.setattr(soft, "selftest_checks", lambda: iter(checks))
    assert soft.main(["selftest"]) == status
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert ("FAILED" in lines[2]) == bool(status)
    assert "FAILED" not in lines[1]


def test_importing_has_no_side_effects(tmp_path: Path) -> None:
    path = write_module(tmp_path, decay("adam(steps = 3)"))
    code = (
        "import random, signal, sys, torch\n"
        "state, handler = torch.get_rng_state(), signal.getsignal(signal.SIGINT)\n"
        "import decay\n"
        "assert torch.equal(state, torch.get_rng_state()) and signal.getsignal(signal.SIGINT) is handler\n"
        "assert torch.get_default_dtype() == torch.float32\n"
        "assert not {'numpy.lib.npyio_', 'matplotlib', 'pdel'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=path.parent, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert {item.name for item in tmp_path.iterdir()} == {"decay.pde", "decay.py"}


@pytest.mark.parametrize("missing", ["numpy", "matplotlib.figure"])
def test_numpy_and_matplotlib_are_optional(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    module = make(tmp_path, decay("adam(steps = 3)"))
    monkeypatch.setitem(sys.modules, missing, None)
    module.train(tmp_path / "run")
    assert f"{missing.split('.', maxsplit=1)[0]} is not installed" in capsys.readouterr().out
    assert not (tmp_path / "run" / "solution.png").exists()
    assert (tmp_path / "run" / "solution.npz").exists() == (missing != "numpy")


def test_float32_trains_and_resumes(tmp_path: Path) -> None:
    text = decay("adam(steps = 60, rate = 0.01) then lbfgs(steps = 40)").replace("float64", "float32")
    module = import_module(write_module(tmp_path, text))
    summary = module.train(tmp_path / "run", quiet=True)
    assert summary["precision"] == "float32"
    assert summary["fields"]["u"]["l2_relative"] < 0.2
    assert module.load_network(tmp_path / "run", "cpu").state_dict().popitem()[1].dtype is torch.float32
