"""The commands with the real compiler behind them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pdel.cli.app import main
from pdel.cli.module_file import recorded_overrides
from pdel.cli.starters import STARTERS

HEAT = """\
problem heat "Heat conduction in a rod with cold ends"

space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
constant   alpha = 0.4

equation   conduction:  u_t = alpha*u_xx
boundary   ends:        u = 0  on x = 0, x = 1
initial    profile:     u = sin(pi*x)
"""


def invoke(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=text)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    (tmp_path / "heat.pde").write_text(HEAT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", STARTERS)
def test_starting_specifications_compile_without_a_word(folder: Path, kind: str) -> None:
    assert invoke("new", "start", "--kind", kind).exit_code == 0
    result = invoke("compile", "start.pde")
    assert (result.exit_code, result.stderr) == (0, "start.py written\n")
    assert invoke("compile", "start.pde", "--check").exit_code == 0


@pytest.mark.parametrize(
    ("method", "compiling", "passed_on"),
    [
        ("", "never", []),
        ("", "auto", []),
        ("train broyden(steps = 5)", "never", ["--compile", "never"]),
        ("train broyden(steps = 5)", "always", ["--compile", "always"]),
    ],
)
def test_run_passes_on_how_to_compile_where_there_is_anything(
    folder: Path, monkeypatch: pytest.MonkeyPatch, method: str, compiling: str, passed_on: list[str]
) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr("pdel.cli.run._execute", lambda _, arguments: called.append(arguments) or 0)
    (folder / "heat.pde").write_text(f"{HEAT}{method}\n", encoding="utf-8")
    assert invoke("run", "heat.pde", "--compile", compiling).exit_code == 0
    assert called == [["train", *passed_on]]


def test_run_says_where_there_is_nothing_to_compile(folder: Path) -> None:
    result = invoke("run", "heat.pde", "--compile", "always")
    assert result.exit_code == 2
    assert "--compile always: there is nothing to compile, as `least_squares` takes no gradient" in result.stderr
    assert not (folder / "heat.py").exists()


@pytest.mark.parametrize("kind", STARTERS)
def test_the_method_lines_of_starting_specifications_are_sound(folder: Path, kind: str) -> None:
    invoke("new", "start", "--kind", kind)
    path = folder / "start.pde"
    lines = path.read_text(encoding="utf-8").split("\n")
    method = lines.index(next(line for line in lines if line.startswith("# The method.")))
    lines[method + 1 :] = [line.removeprefix("# ") for line in lines[method + 1 :]]
    path.write_text("\n".join(lines), encoding="utf-8")
    result = invoke("check", "start.pde")
    assert (result.exit_code, result.stderr) == (0, "1 specification checked, nothing to report\n")


def test_overrides_are_recorded_and_checked(folder: Path) -> None:
    table = "x,t,u\n0.5,0.0,1.0\n"
    (folder / "u.csv").write_text(table, encoding="utf-8")
    (folder / "other.csv").write_text(table, encoding="utf-8")
    (folder / "heat.pde").write_text(HEAT + 'reference u from "u.csv"\n', encoding="utf-8")
    for override in (
        "constant.alpha=0.3",
        "train=adam(steps = 100)",
        r'problem=heat "Back\slash, é and \"',
        'reference=u from "other.csv"',
    ):
        result = invoke("compile", "heat.pde", "--set", override)
        assert result.exit_code == 0, result.stderr
        assert recorded_overrides((folder / "heat.py").read_text(encoding="utf-8")) == (override,)
        result = invoke("compile", "heat.pde", "--check")
        assert (result.exit_code, result.stderr) == (0, "heat.py is up to date\n")
    (folder / "heat.pde").write_text(HEAT.replace("0.4", "0.2"), encoding="utf-8")
    assert invoke("compile", "heat.pde", "--check", "--set", "constant.alpha=0.3").exit_code == 1


def test_an_equation_may_be_called_override(folder: Path) -> None:
    (folder / "heat.pde").write_text(HEAT.replace("conduction", "override"), encoding="utf-8")
    assert invoke("compile", "heat.pde").exit_code == 0
    assert invoke("compile", "heat.pde", "--check").exit_code == 0


def test_a_wrong_override_is_shown_in_its_own_text(folder: Path) -> None:
    result = invoke("check", "heat.pde", "--set", "constant.alpah=0.3")
    assert result.exit_code == 1
    assert "alpah" in result.stderr
    assert "`alpha`" in result.stderr or "alpha`?" in result.stderr


def test_inspect_every_stage(folder: Path) -> None:
    signs = {
        "tokens": "alpha",
        "tree": "equation",
        "ast": "EquationStatement",
        "problem": "ConstantValue(name: alpha",
        "model": "parabolic",
        "plan": "point_sets:",
    }
    for stage, sign in signs.items():
        result = invoke("inspect", "heat.pde", "--stage", stage)
        assert (result.exit_code, result.stderr) == (0, ""), stage
        assert sign in result.stdout
        assert str(folder) not in result.stdout
        assert invoke("inspect", "heat.pde", "--stage", stage).stdout == result.stdout


def test_inspect_json(folder: Path) -> None:
    for stage in ("problem", "model", "plan"):
        result = invoke("inspect", "heat.pde", "--stage", stage, "--json")
        document = json.loads(result.stdout)
        assert document["type"].lower() == stage
        assert json.dumps(document, sort_keys=True, indent=2) + "\n" == result.stdout
    assert invoke("inspect", "heat.pde", "--stage", "ast", "--json").exit_code == 2


def test_inspect_shows_what_was_made_in_spite_of_mistakes(folder: Path) -> None:
    (folder / "heat.pde").write_text(HEAT + "boundary x\n", encoding="utf-8")
    result = invoke("inspect", "heat.pde", "--stage", "ast")
    assert result.exit_code == 1
    assert "EquationStatement" in result.stdout
    assert "error[E1" in result.stderr
    assert invoke("inspect", "heat.pde", "--stage", "plan").stdout == ""


def test_plan_is_one_screen(folder: Path) -> None:
    result = invoke("plan", "heat.pde")
    assert (result.exit_code, result.stderr) == (0, "")
    for word in ("conduction", "ends", "profile", "parabolic"):
        assert word in result.stdout
    assert len(result.stdout.splitlines()) < 60


def test_many_mistakes_in_one_run(folder: Path) -> None:
    (folder / "heat.pde").write_text(
        HEAT.replace("alpha*u_xx", "alpah*u_xx").replace("x = 1", "x == 1"), encoding="utf-8"
    )
    result = invoke("check", "heat.pde", "--format", "concise")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert [line.split(":")[1] for line in lines] == ["8", "9"]
    assert "Did you mean `alpha`?" in lines[0]


def test_check_reads_standard_input(folder: Path) -> None:
    assert invoke("check", "-", text=HEAT).exit_code == 0
    result = invoke("check", "-", "--format", "concise", text=HEAT.replace("alpha*u_xx", "alpa*u_xx"))
    assert result.exit_code == 1
    assert result.stderr.startswith("<stdin>:8:31: error[E201]")
    # Data files are looked for in the working folder.
    (folder / "values.csv").write_text("x,t,u\n0,0,0\n1,1,0\n", encoding="utf-8")
    assert invoke("check", "-", text=f'{HEAT}reference u from "values.csv"\n').exit_code == 0
    (found,) = json.loads(invoke("check", "-", "--format", "json", text=f'{HEAT}reference u from "no.csv"\n').stdout)[
        "diagnostics"
    ]
    assert (found["code"], found["location"]["file"]) == ("E602", "<stdin>")
