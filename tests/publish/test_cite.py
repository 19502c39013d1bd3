"""Citations: exactly those of the methods in use."""

from __future__ import annotations

import re
from pathlib import Path

from pdel.publish.cite import bibliography, methods_in_use
from tests.publish.pages import EXAMPLES, compiled

HEAT = EXAMPLES / "heat" / "heat.pde"


def keys(path: Path, *overrides: str) -> list[str]:
    done = compiled(path, overrides)
    return re.findall(r"^@\w+\{(\w+),", bibliography(done.problem, done.plan), re.MULTILINE)


def test_the_default_methods() -> None:
    assert keys(HEAT) == ["raissi2019", "lagaris1998", "hammersley1960", "dong2021", "paszke2019", "pdel"]
    assert keys(EXAMPLES / "kdv" / "kdv.pde", "march=whole") == [
        "raissi2019",
        "lagaris1998",
        "hammersley1960",
        "wu2023",
        "urban2025",
        "albaali1998",
        "paszke2019",
        "pdel",
    ]


def test_exactly_the_methods_in_use() -> None:
    found = keys(HEAT, "train=adam(steps = 10) then lbfgs(steps = 10)", "sample.interior=grid", "resample=none")
    assert "kingma2015" in found
    assert "liu1989" in found
    assert not {"urban2025", "hammersley1960", "wu2023"} & set(found)
    assert "lagaris1998" not in keys(HEAT, "enforce.ends=softly", "enforce.profile=softly")


def test_entries_are_balanced_and_each_stands_once() -> None:
    done = compiled(EXAMPLES / "kovasznay" / "kovasznay.pde")
    text = bibliography(done.problem, done.plan)
    assert text.count("{") == text.count("}")
    assert len(re.findall(r"^@", text, re.MULTILINE)) == len(set(re.findall(r"^@\w+\{(\w+)", text, re.MULTILINE)))
    assert {method.family for method in methods_in_use(done.problem, done.plan)} >= {"network", "train", "sample"}
