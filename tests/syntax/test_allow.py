"""Comments that silence advice, and the advice that is given only when it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pdel.cli.app import main
from pdel.compiler import compile_source, diagnose_source
from pdel.source_load import check_text

ROD = """\
problem rod
space x in [0, 1]
field u(x)
constant load = 2
constant extra = 3
equation balance:
    u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
seed 0
"""


def codes(text: str, *, pedantic: bool = False) -> list[str]:
    found = diagnose_source(check_text("rod.pde", text), Path("rod.pde"), pedantic=pedantic)
    return [item.code for item in found.diagnostics]


def changed(old: str, new: str) -> str:
    assert old in ROD
    return ROD.replace(old, new)


def test_nothing_is_silenced_without_a_comment() -> None:
    assert codes(ROD) == codes(ROD, pedantic=True) == ["W706", "W706"]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("load = 2", "load = 2  # pdel: allow W706", ["W706"]),
        ("load = 2", "load = 2  #pdel:allow w706 kept for the report", ["W706"]),
        ("constant load", "# pdel: allow W706\nconstant load", ["W706"]),
        ("constant load", "# pdel: allow W708, W706\nconstant load", ["W706"]),
        ("constant load", "# pdel: allow W706\n\nconstant load", ["W706", "W706"]),
        ("load = 2", "load =\n    2  # pdel: allow W706", ["W706"]),
        ("problem rod", "# pdel: allow W706\n\nproblem rod", []),
        ("load = 2", "load = 2  # pdel: allow", ["W706", "W706"]),
        ("load = 2", "load = 2  # allow W706", ["W706", "W706"]),
        ("seed 0", "seed 0  # pdel: allow W706", ["W706", "W706"]),
    ],
)
def test_what_a_comment_silences(old: str, new: str, wanted: list[str]) -> None:
    assert codes(changed(old, new)) == wanted


def test_errors_are_not_silenced() -> None:
    assert codes("# pdel: allow E201\n" + changed("u_xx = 1", "u_xx = f")) == ["E201"]


def test_compiling_silences_as_well() -> None:
    text = "# pdel: allow W706\n" + ROD
    compiled = compile_source(check_text("rod.pde", text), Path("rod.pde"))
    assert compiled.diagnostics == ()
    assert compiled.text is not None


@pytest.mark.parametrize(
    ("comment", "message", "label"),
    [
        ("W706, W703", "`allow W703` has no effect", "it silences nothing"),
        ("W706, W793", "`allow W793` has no effect", "there is no such code"),
        ("W706, E201", "`allow E201` has no effect", "an error cannot be silenced"),
    ],
)
def test_needless_comments_are_reported_when_asked(comment: str, message: str, label: str) -> None:
    text = f"# pdel: allow {comment}\n{ROD}"
    assert codes(text) == []
    (found,) = diagnose_source(check_text("rod.pde", text), Path("rod.pde"), pedantic=True).diagnostics
    assert (found.code, found.message, found.primary.text) == ("W735", message, label)
    assert text[found.primary.span.start : found.primary.span.end] == comment.split(", ")[1]


def test_needless_comments_are_not_judged_beside_errors() -> None:
    assert "W735" not in codes("# pdel: allow W703\n" + changed("u_xx = 1", "u_xx = f"), pedantic=True)


@pytest.mark.parametrize(
    ("addition", "wanted"),
    [
        ("enforce ends: softly\nweigh ends: 2e4\n", ["W734"]),
        ("enforce ends: softly\nweigh ends: 1e-5\n", ["W734"]),
        ("enforce ends: softly\nweigh ends: 0.001\nweigh balance: 50\n", ["W734"]),
        ("enforce ends: softly\nweigh ends: 9000\n", []),
        ("# pdel: allow W734\nweigh balance: 2e4\n", []),
    ],
)
def test_weights_far_apart(addition: str, wanted: list[str]) -> None:
    text = f"# pdel: allow W706\n{ROD}{addition}"
    assert codes(text, pedantic=True) == wanted
    assert codes(text) == []


def test_a_seed_that_is_not_stated() -> None:
    text = "# pdel: allow W706\n" + changed("seed 0\n", "")
    assert codes(text) == []
    assert codes(text, pedantic=True) == ["W733"]
    assert codes(text.replace("W706", "W706, W733"), pedantic=True) == []


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "rod.pde"
    path.write_text(changed("seed 0\n", ""), encoding="utf-8")
    plain = CliRunner().invoke(main, ["check", str(path), "--format", "concise"])
    pedantic = CliRunner().invoke(main, ["check", str(path), "--format", "concise", "--pedantic"])
    assert plain.exit_code == pedantic.exit_code == 0
    assert pedantic.stderr.replace(plain.stderr, "").endswith("warning[W733]: the seed is left to pdel\n") or (
        "W733" in pedantic.stderr and "W733" not in plain.stderr
    )
    assert CliRunner().invoke(main, ["check", "-", "--pedantic"], input=ROD).exit_code == 0
