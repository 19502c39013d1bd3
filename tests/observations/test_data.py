"""`pdel data`: the points, values and noise of synthetic observations, and that they can be made again."""

from __future__ import annotations

import csv
import hashlib
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pdel.cli.app import main
from pdel.observations.precise import precise_values
from tests.semantics.spelling import problem_of

HEAT = """\
problem heat
space x in [0, 1]
time t in [0, 0.02]
field u(x, t)
equation conduction: u_t = u_xx + 4*pi^2*exp(-4*pi^2*t^2)*sin(2*pi*x)*(1 - 2*t)
boundary ends: u = 0 on x = 0, x = 1
exact u = exp(-4*pi^2*t^2)*sin(2*pi*x)
"""
STOKES = """\
problem stokes
space x in [0, 1], y in [0, 1]
field vel = (u, v)(x, y), p(x, y)
equation momentum: -laplacian(vel) + grad(p) = 0
equation mass: div(vel) = 0
exact vel = (4*x*y^3, x^4 - y^4), p = 12*x^2*y - 4*y^3 - 1
"""
RING = """\
problem ring
shape whole = disk((0, 0), 1)
shape hole = disk((0, 0), 0.5)
space (x, y) in whole - hole
field complex psi(x, y)
equation balance: laplacian(psi) = 0
boundary rim: psi = x + i*y on boundary
exact psi = x + i*y
"""
Observe = Callable[..., Result]


@pytest.fixture
def observe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Observe:
    monkeypatch.chdir(tmp_path)
    for name, text in (("heat", HEAT), ("stokes", STOKES), ("ring", RING)):
        Path(f"{name}.pde").write_text(text)

    def run(spec: str, *arguments: str, out: str = "obs.csv") -> Result:
        return CliRunner().invoke(main, ["data", f"{spec}.pde", *arguments, "--out", out])

    return run


def rows(name: str = "obs.csv") -> list[dict[str, float]]:
    with Path(name).open(newline="") as file:
        return [{key: float(value) for key, value in row.items()} for row in csv.DictReader(file)]


def exact_heat(row: dict[str, float]) -> float:
    return math.exp(-4 * math.pi**2 * row["t"] ** 2) * math.sin(2 * math.pi * row["x"])


# ---------------------------------------------------------------------------------------------------
# Points
# ---------------------------------------------------------------------------------------------------


def test_a_grid_on_a_part_of_the_domain(observe: Observe) -> None:
    assert observe("heat", "--grid", "20x20", "--in", "x in [0.2, 0.8]").exit_code == 0
    found = rows()
    assert len(found) == 400
    assert (found[0]["x"], found[-1]["x"], found[-1]["t"]) == (0.2, 0.8, 0.02)
    assert all(row["u"] == pytest.approx(exact_heat(row), abs=1e-15) for row in found)


def test_two_strips_share_the_points(observe: Observe) -> None:
    assert observe("heat", "--grid", "20x67", "--in", "x in [0, 0.2], [0.8, 1]").exit_code == 0
    places = sorted({row["x"] for row in rows()})
    assert len(rows()) == 20 * 67
    assert sum(place <= 0.2 for place in places) == sum(place >= 0.8 for place in places) == 10
    assert observe("heat", "--points", "300", "--in", "x in [0, 0.2], [0.9, 1]", out="b.csv").exit_code == 0
    left = sum(row["x"] <= 0.2 for row in rows("b.csv"))
    assert all(not 0.2 < row["x"] < 0.9 for row in rows("b.csv"))
    assert 160 < left < 240


def test_regular_times_at_random_places(observe: Observe) -> None:
    assert observe("heat", "--points", "7", "--times", "5").exit_code == 0
    assert len(rows()) == 35
    assert len({row["x"] for row in rows()}) == 7
    assert sorted({row["t"] for row in rows()}) == pytest.approx([0, 0.005, 0.01, 0.015, 0.02])


def test_a_condition_keeps_points_in_a_circle(observe: Observe) -> None:
    circle = ["--where", "(x - 0.5)^2 + (y - 0.5)^2 <= 0.25^2"]
    assert observe("stokes", "--grid", "40x40", *circle, "--fields", "vel").exit_code == 0
    assert list(rows()[0]) == ["x", "y", "u", "v"]
    assert len(rows()) == pytest.approx(math.pi * 0.25**2 * 39**2, rel=0.03)
    assert all(math.hypot(row["x"] - 0.5, row["y"] - 0.5) <= 0.25 for row in rows())
    assert observe("stokes", "--points", "50", *circle, out="b.csv").exit_code == 0
    assert list(rows("b.csv")[0]) == ["x", "y", "u", "v", "p"]
    assert all(math.hypot(row["x"] - 0.5, row["y"] - 0.5) <= 0.25 for row in rows("b.csv"))


def test_random_points_of_a_grid(observe: Observe) -> None:
    assert observe("heat", "--grid", "21x21").exit_code == 0
    assert observe("heat", "--grid", "21x21", "--points", "100", out="b.csv").exit_code == 0
    every, some = ([tuple(row.values()) for row in rows(name)] for name in ("obs.csv", "b.csv"))
    assert len(some) == len(set(some)) == 100
    assert set(some) < set(every)


def test_points_lie_in_the_region_and_complex_fields_have_two_columns(observe: Observe) -> None:
    assert observe("ring", "--points", "200", "--fields", "psi").exit_code == 0
    assert list(rows()[0]) == ["x", "y", "psi_re", "psi_im"]
    assert all(0.5 <= math.hypot(row["x"], row["y"]) <= 1 for row in rows())
    assert all((row["psi_re"], row["psi_im"]) == (row["x"], row["y"]) for row in rows())


def test_rows_of_a_reference(observe: Observe) -> None:
    table = "x,t,note,u\n" + "".join(f"{x / 10},{t / 100},a,{x + t}\n" for x in range(11) for t in range(3))
    Path("table.csv").write_text(table)
    Path("known.pde").write_text(HEAT.replace(HEAT[HEAT.index("exact") :], 'reference u from "table.csv"\n'))
    assert observe("known").exit_code == 0
    assert len(rows()) == 33
    arguments = ["--points", "6", "--in", "x in [0.5, 1]", "--where", "t > 0"]
    assert observe("known", *arguments, out="b.csv").exit_code == 0
    assert len(rows("b.csv")) == 6
    assert all(row["x"] >= 0.5 and row["t"] > 0 for row in rows("b.csv"))
    assert all(row["u"] == pytest.approx(10 * row["x"] + 100 * row["t"]) for row in rows("b.csv"))


# ---------------------------------------------------------------------------------------------------
# Noise
# ---------------------------------------------------------------------------------------------------


def test_noise_has_its_deviation_and_the_stated_rows_have_more(observe: Observe) -> None:
    arguments = ["--points", "1000", "--noise", "0.01", "--corrupt", "0.6:1.0", "--clean-column"]
    done = observe("heat", *arguments)
    assert "1000 rows, noise 0.01, 600 of them with noise 1" in done.stderr
    found = rows()
    errors = {flag: [r["u"] - exact_heat(r) for r in found if r["corrupted"] == flag] for flag in (0.0, 1.0)}
    assert [len(errors[0.0]), len(errors[1.0])] == [400, 600]
    deviations = [math.sqrt(sum(e * e for e in part) / len(part)) for part in errors.values()]
    assert deviations[0] == pytest.approx(0.01, rel=0.12)
    assert deviations[1] == pytest.approx(1.0, rel=0.12)
    assert abs(sum(errors[1.0])) / 600 < 0.13


def test_noise_and_points_do_not_depend_on_one_another(observe: Observe) -> None:
    for name, arguments in {"a": [], "b": ["--noise", "0.1"], "c": ["--noise", "0.1", "--seed", "1"]}.items():
        assert observe("heat", "--points", "20", *arguments, out=name).exit_code == 0
    places = [[(row["x"], row["t"]) for row in rows(name)] for name in "abc"]
    assert places[0] == places[1] != places[2]
    assert "corrupted" not in rows("b")[0]


def test_the_same_command_gives_the_same_bytes_everywhere(observe: Observe) -> None:
    arguments = ["--points", "300", "--noise", "0.01", "--corrupt", "0.2:0.5", "--clean-column"]
    done = observe("heat", *arguments)
    digest = hashlib.sha256(Path("obs.csv").read_bytes()).hexdigest()
    assert f"sha256 {digest}" in done.stderr
    assert digest == "73f59812cf63ab19779b0ed0a7533d0d2d8502a7a4dfd88149017ba74158794a"
    assert observe("heat", *arguments).exit_code == 0


def test_values_are_rounded_once(tmp_path: Path) -> None:
    problem = problem_of(HEAT, tmp_path)
    points = {"x": [0.1, 0.3], "t": [0.0, 0.01]}
    (value, _) = precise_values(problem.exact[0].expression, points, {}, 2)
    # sin(2 pi x) at the float 0.1, to 30 digits by another program: 0.5877852522924731371...
    assert float(value) == 0.5877852522924731
    assert str(value).startswith("0.587785252292473")


def test_values_that_are_not_finite_are_refused(observe: Observe) -> None:
    Path("bad.pde").write_text(HEAT.replace("exact u = exp(-4*pi^2*t^2)*sin(2*pi*x)", "exact u = log(x - 0.5)"))
    done = observe("bad", "--grid", "3x2")
    assert done.exit_code == 2
    assert "`u` has no finite value at x = 0, t = 0" in done.stderr
    Path("bad.pde").write_text(HEAT.replace("exact u = exp(-4*pi^2*t^2)*sin(2*pi*x)", "exact u = exp(exp(exp(9 + x)))"))
    assert "`u` has no finite value" in observe("bad", "--grid", "3x2").stderr


# ---------------------------------------------------------------------------------------------------
# Mistakes
# ---------------------------------------------------------------------------------------------------


def test_the_file_of_a_data_statement_need_not_be_there(observe: Observe) -> None:
    Path("heat.pde").write_text(HEAT + 'data sensors: u from "obs.csv" (sigma = 0.01)\nweigh sensors: 10\n')
    assert observe("heat", "--points", "5").exit_code == 0
    assert len(rows()) == 5


@pytest.mark.parametrize(
    ("spec", "arguments", "message"),
    [
        ("heat", [], "say where to observe"),
        ("heat", ["--grid", "10"], "--grid gives 1 numbers, and the coordinates are x, t"),
        ("heat", ["--grid", "ten"], "is not of the form 15x15"),
        ("heat", ["--grid", "2000x2000"], "4,000,000 rows are more than 1,000,000"),
        ("heat", ["--grid", "3x3", "--points", "10"], "--points 10 is more than the 9 points there are"),
        ("heat", ["--grid", "3x3", "--times", "3"], "--times goes with --points"),
        ("stokes", ["--points", "3", "--times", "3"], "--times needs a time, and the problem is steady"),
        ("heat", ["--points", "5", "--in", "x in [0, 2]"], "is not within the interval of `x`"),
        ("heat", ["--points", "5", "--in", "y in [0, 1]"], "`y` is no coordinate; the coordinates are x, t"),
        ("heat", ["--points", "5", "--in", "x = 0"], "is not of the form `x in [0, 0.2], [0.8, 1]`"),
        ("heat", ["--points", "5", "--in", "x in [1, 0]"], "with rising numbers"),
        ("heat", ["--points", "5", "--where", "x > 2"], "hardly any point of the region"),
        ("heat", ["--grid", "5x5", "--where", "x > 2"], "no point of the region satisfies"),
        ("heat", ["--points", "5", "--fields", "v"], "`v` is no field"),
        ("heat", ["--points", "5", "--corrupt", "0.5"], "is not of the form FRACTION:SIGMA"),
        ("heat", ["--points", "5", "--corrupt", "2:1"], "the fraction lies between 0 and 1"),
    ],
)
def test_requests_that_cannot_be_met(spec: str, arguments: list[str], message: str, observe: Observe) -> None:
    done = observe(spec, *arguments)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.split())
    assert not Path("obs.csv").exists()


def test_without_a_known_solution_there_is_nothing_to_observe(observe: Observe) -> None:
    Path("open.pde").write_text(HEAT[: HEAT.index("exact")])
    assert "states no solution to observe" in observe("open", "--points", "5").stderr
    Path("part.pde").write_text(STOKES.replace(", p = 12*x^2*y - 4*y^3 - 1", ""))
    done = observe("part", "--points", "5", "--fields", "p")
    assert "neither `exact` nor one `reference` gives p" in done.stderr


def test_mistakes_in_the_specification_and_the_condition_are_reported(observe: Observe) -> None:
    Path("bad.pde").write_text(HEAT.replace("field u(x, t)", "field u(x, y)"))
    done = observe("bad", "--points", "5")
    assert done.exit_code == 1
    assert "error[E2" in done.stderr
    done = observe("heat", "--points", "5", "--where", "q > 1")
    assert done.exit_code == 1
    assert "--where:1:30" in done.stderr
    assert "`q` is not declared" in done.stderr


def test_other_files_are_not_replaced(observe: Observe) -> None:
    Path("obs.csv").write_text("precious")
    done = observe("heat", "--points", "5")
    assert done.exit_code == 2
    assert "holds something else; replace it with --force" in done.stderr
    assert Path("obs.csv").read_text() == "precious"
    assert observe("heat", "--points", "5", "--force").exit_code == 0
