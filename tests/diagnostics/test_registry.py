"""Every code of the registry: its form, and that its examples do what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pdel.diagnostics.codes.base import FAMILIES, CodeInfo
from pdel.diagnostics.codes.registry import CODES, find
from pdel.diagnostics.model import Diagnostic
from pdel.diagnostics.order import ordered

WITHOUT_SPECIFICATION = {"E101", "E105", "E118", "E140", "E141", "E142", "E609", "E901", "E902"}
"""Codes that no specification causes everywhere."""

REPORTING = {"diagnostics", "cli"}
"""Packages that report diagnostics and make none."""


def diagnostics_of(text: str, info: CodeInfo, folder: Path) -> tuple[Diagnostic, ...]:
    from pdel.compiler import diagnose

    for name, content in info.files:
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    path = folder / "example.pde"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return ordered(diagnose(path, pedantic=info.pedantic).diagnostics)


def test_codes_are_unique_and_ordered_within_their_families() -> None:
    codes = [info.code for info in CODES]
    assert len(codes) == len(set(codes))
    order = list(FAMILIES)
    assert codes == sorted(codes, key=lambda code: (order.index(code[:2]), code))


@pytest.mark.parametrize("info", CODES, ids=lambda info: info.code)
def test_entries_are_complete(info: CodeInfo) -> None:
    assert re.fullmatch(r"[EW]\d{3}", info.code)
    assert info.title
    assert not info.title.endswith(".")
    assert info.explanation.strip().endswith((".", "`", ")", ":"))
    assert (info.severity.value == "warning") == info.code.startswith("W")
    if info.code in WITHOUT_SPECIFICATION:
        assert info.bad == info.good == ""
    else:
        assert info.bad.strip()
        assert info.good.strip()
    assert find(info.code.lower()) is info


@pytest.mark.parametrize(
    "info", [info for info in CODES if info.code not in WITHOUT_SPECIFICATION], ids=lambda info: info.code
)
def test_examples_do_what_they_say(info: CodeInfo, tmp_path: Path) -> None:
    bad = diagnostics_of(info.bad, info, tmp_path)
    assert bad, "the bad example is found to be sound"
    assert bad[0].code == info.code, bad[0].message
    good = diagnostics_of(info.good, info, tmp_path)
    assert info.code not in {item.code for item in good}


def codes_in_the_compiler() -> dict[str, str]:
    """The codes that stages mention as whole strings, and a file that does."""
    package = Path(__file__).parents[2] / "pdel"
    stages = [path for path in sorted(package.rglob("*.py")) if path.relative_to(package).parts[0] not in REPORTING]
    return {
        code: path.name for path in stages for code in re.findall(r'"([EW]\d{3})"', path.read_text(encoding="utf-8"))
    }


def test_codes_of_the_stages_and_of_the_registry_are_the_same() -> None:
    raised = codes_in_the_compiler()
    known = {info.code for info in CODES}
    assert {code: name for code, name in raised.items() if code not in known} == {}
    assert sorted(known - set(raised) - WITHOUT_SPECIFICATION) == []


def test_unknown_codes_are_not_found() -> None:
    assert find("E000") is None
