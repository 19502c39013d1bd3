"""Method statements checked against the registry."""

from __future__ import annotations

import pytest

from pdel.methods.binding import Targets, bind_all
from pdel.source import Source
from pdel.syntax import ast
from pdel.syntax.parse import parse

TARGETS = Targets(("momentum",), ("walls", "start"), ("lost",))


def bind_text(text: str, targets: Targets = TARGETS):
    specification = parse(Source("t.pde", f"problem t\n{text}\n")).value
    assert specification is not None
    statements = [item for item in specification.statements if isinstance(item, ast.MethodStatement)]
    return bind_all(statements, targets, specification.sources)


def test_values_of_options() -> None:
    (choice,) = bind_text("train adam(steps = 10_000, rate = 1e-3) then lbfgs").value
    adam, lbfgs = choice.calls
    assert adam.option("steps") == 10_000
    assert isinstance(adam.option("steps"), int)
    assert adam.option("rate") == 1e-3
    assert adam.option("decay") == 0.01
    assert adam.given == ("steps", "rate")
    assert lbfgs.given == ()
    assert choice.text == "train adam(steps = 10_000, rate = 1e-3) then lbfgs"


def test_names_numbers_and_targets() -> None:
    first, second, third, fourth = bind_text(
        "network mlp(activation = silu)\nweigh walls, momentum: 2.5\nseed 7\nsample interior: grid(points = 1e3)"
    ).value
    assert first.calls[0].option("activation") == "silu"
    assert second.targets == ("walls", "momentum")
    assert second.calls[0].option("value") == 2.5
    assert third.calls[0].option("value") == 7
    assert isinstance(third.calls[0].option("value"), int)
    assert fourth.targets == ("interior",)
    assert fourth.calls[0].option("points") == 1000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trian adam", ["E501"]),
        ("bondary walls", ["E501"]),
        ("decompose boxes", ["E502"]),
        ("weigh walls: ntk", ["E502"]),
        ("network momentum: mlp", ["E510"]),
        ("train adm", ["E503"]),
        ("train mlp", ["E503"]),
        ("network mlp(widht = 3)", ["E504"]),
        ("precision float64(bits = 3)", ["E504"]),
        ("network mlp(width = 3, width = 4)", ["E505"]),
        ("network mlp(width = many)", ["E506"]),
        ("network mlp(width = 2.5)", ["E506"]),
        ("network mlp(width = 2*3)", ["E506"]),
        ("network mlp(activation = 3)", ["E506"]),
        ("network mlp(width = 3 [kg])", ["E506"]),
        ("network mlp(width = 0)", ["E507"]),
        ("network mlp(width = -1)", ["E507"]),
        ("network mlp(activation = relu)", ["E507"]),
        ("train adam(rate = 0)", ["E507"]),
        ("train adam(rate = 2)", ["E507"]),
        ("train adam(steps = 1e12)", ["E507"]),
        ("network mlp(32)", ["E508"]),
        ("network mlp then siren", ["E509"]),
        ("enforce wall: softly", ["E510"]),
        ("enforce momentum: softly", ["E510"]),
        ("sample momentum: random", ["E510"]),
        ("train walls: adam", ["E510"]),
        ("weigh 3", ["E510"]),
        ("seed seven", ["E511"]),
        ("train 5", ["E511"]),
        ("seed 7\nseed 8", ["E512"]),
        ("weigh walls: 1\nweigh start, walls: 2", ["E512"]),
        ("enforce lost: softly", []),
        ("sample random\nsample walls: grid", []),
        ("network mlp(width = 0, depth = x, size = 3)", ["E507", "E506", "E504"]),
        ("train adm(stpes = 3) then broyden(pol = 2)", ["E503", "E504"]),
    ],
)
def test_mistakes(text: str, expected: list[str]) -> None:
    assert [item.code for item in bind_text(text).diagnostics] == expected


@pytest.mark.parametrize(
    ("text", "help_text"),
    [
        ("trian adam", "Did you mean `train`?"),
        ("equaton rod", "Did you mean `equation`?"),
        ("train adm", "Did you mean `adam`?"),
        ("network mlp(widht = 3)", "Did you mean `width`?"),
        ("enforce wall: softly", "Did you mean `walls`?"),
        ("network mlp(activation = tan)", "Did you mean `tanh`?"),
        ("train adam(rate = 2)", "`rate`: step size at the start."),
        ("train mlp", "`mlp` belongs to `network`."),
        ("network mlp(32)", "Options are named: `mlp(width = 20)`."),
    ],
)
def test_help(text: str, help_text: str) -> None:
    assert bind_text(text).diagnostics[0].help == help_text
