"""Hygiene of the text: what is refused, what is made equal, and that positions stay true."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdel.resources import grammar_text, templates_folder
from pdel.source_load import LARGEST_SOURCE, check_text, load_source

SOUND = "problem heat # Wärme\n"


def codes_of(text: str) -> list[str]:
    return [item.code for item in check_text("a.pde", text).diagnostics]


def test_sound_text_is_kept_and_line_ends_are_made_equal(tmp_path: Path) -> None:
    path = tmp_path / "heat.pde"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    result = load_source(path)
    assert result.diagnostics == ()
    assert result.value is not None
    assert (result.value.name, result.value.text) == ("heat.pde", SOUND)


@pytest.mark.parametrize(
    ("char", "code"),
    [("\x00", "E102"), ("\x07", "E102"), ("\x0c", "E102"), ("\x85", "E102"), ("\u200b", "E102"), ("\u2028", "E102"),
     ("\ufeff", "E102"), ("\ud800", "E102"), ("\r", "E103"), ("\u202e", "E104"), ("\u2066", "E104")],
)  # fmt: skip
def test_unseen_characters_are_refused_and_do_not_reach_the_source(char: str, code: str) -> None:
    result = check_text("a.pde", f"problem a\n# one {char} two {char}.\n")
    assert [item.code for item in result.diagnostics] == [code]
    (diagnostic,) = result.diagnostics
    assert diagnostic.primary.span.start == 16
    assert diagnostic.secondary[0].span.start == 22
    assert diagnostic.help
    assert result.value is not None
    assert char not in result.value.text
    assert len(result.value.text) == len(f"problem a\n# one {char} two {char}.\n")


def test_each_kind_is_reported_once() -> None:
    assert codes_of("a\x00b\x01c\rd\u202ee") == ["E102", "E103", "E104"]


def test_letters_of_all_alphabets_are_left_to_the_syntax() -> None:
    assert codes_of("# Gleichung für ν, 方程, уравнение\n") == []


def test_other_encodings_are_reported_with_the_place_of_the_first_bad_byte(tmp_path: Path) -> None:
    path = tmp_path / "latin.pde"
    path.write_bytes("problem a\r\n# Wärme\n".encode("latin-1"))
    result = load_source(path)
    assert [item.code for item in result.diagnostics] == ["E101"]
    assert result.diagnostics[0].primary.span.start == 13
    assert result.value is not None
    assert result.value.line_column(13) == (2, 4)
    path.write_bytes("problem a\n".encode("utf-16"))
    assert "UTF-16" in load_source(path).diagnostics[0].help


def test_size_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "large.pde"
    path.write_bytes(b"#" * (LARGEST_SOURCE + 1))
    assert [item.code for item in load_source(path).diagnostics] == ["E105"]
    path.write_bytes(b"#" * LARGEST_SOURCE)
    assert load_source(path).diagnostics == ()
    assert codes_of("é" * (LARGEST_SOURCE // 2 + 1)) == ["E105"]


def test_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_source(tmp_path / "none.pde")


@given(st.text(max_size=60))
def test_checking_never_raises_and_its_result_is_clean(text: str) -> None:
    value = check_text("a.pde", text).value
    assert value is not None
    assert check_text("a.pde", value.text).diagnostics == ()


@given(st.binary(max_size=60))
def test_any_bytes_load(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.pde"
    path.write_bytes(data)
    result = load_source(path)
    assert result.value is not None
    assert all(item.primary.span.start <= len(result.value.text) for item in result.diagnostics)


def test_the_compilers_own_data_are_found() -> None:
    assert "statement" in grammar_text("pdel.lark")
    assert templates_folder().is_dir()
