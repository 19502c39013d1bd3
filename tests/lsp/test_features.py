"""The questions of an editor, each answered from a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from pdel.diagnostics.model import Edit
from pdel.lsp.actions import code_actions
from pdel.lsp.completion import complete
from pdel.lsp.diagnostics import editor_diagnostics
from pdel.lsp.document import Document
from pdel.lsp.hover import hover
from pdel.lsp.navigation import definition, highlights, references
from pdel.lsp.positions import Positions
from pdel.lsp.rename import RenameRefusedError, apply, rename
from pdel.lsp.semantic_tokens import TYPES, semantic_tokens
from pdel.lsp.symbols import document_symbols, folding_ranges
from pdel.source import Span
from tests.lsp.open import HEAT, at, cursor, document

# ---- places ----


@pytest.mark.parametrize(("encoding", "wide"), [("utf-16", 2), ("utf-8", 4), ("utf-32", 1)])
def test_places_count_in_the_units_of_the_encoding(encoding: str, wide: int) -> None:
    text = "# \U0001d6fc β\nfield"
    places = Positions(text, encoding)
    assert places.position(3) == types.Position(0, 2 + wide)
    assert places.position(text.index("field") + 2) == types.Position(1, 2)
    for offset in range(len(text) + 1):
        assert places.offset(places.position(offset)) == offset
    assert places.offset(types.Position(0, 99)) == 5
    assert places.offset(types.Position(7, 0)) == len(text)


def test_line_ends_do_not_change_places() -> None:
    unix, windows = document("time t in [0, 1]\nfield w(t, q)\n"), document("time t in [0, 1]\r\nfield w(t, q)\r\n")
    for one, other in zip(unix.index.occurrences, windows.index.occurrences, strict=True):
        assert unix.positions.range(one.span) == windows.positions.range(other.span)


# ---- completion ----


def labels(text: str, path: Path = Path("/nowhere/heat.pde")) -> list[str]:
    return [item.label for item in complete(*cursor(text, path))]


def test_first_words() -> None:
    found = labels(HEAT + "eq|")
    assert {"equation", "boundary", "network", "train"} <= set(found)
    assert "interface" not in found
    assert labels(HEAT + "# eq|") == []


def test_names_and_derivatives_in_a_formula() -> None:
    found = labels(HEAT + "equation second: |")
    assert found[:5] == ["x", "t", "u", "alpha", "hat"]
    assert {"u_x", "u_t", "u_xx", "u_xt", "sin", "laplacian", "pi"} <= set(found)
    assert "conduction" not in found
    assert {"u_xxx", "u_xxt"} <= set(labels(HEAT + "equation second: u_xx|"))
    assert labels(HEAT + "function f(q, r) = q*|")[:2] == ["q", "r"]


def test_what_the_grammar_takes_next() -> None:
    assert labels(HEAT + "boundary more: u = 0 |") == ["on"]
    assert labels(HEAT + "equation more: u = 0 |") == ["in", "where"]
    assert labels(HEAT + "part left |") == ["on"]
    assert labels(HEAT + "part |") == []


def test_places_after_on() -> None:
    text = HEAT + "part left on x = 0\nboundary more: u = 0 on |"
    assert labels(text) == ["left", "x = ", "t = ", "boundary"]
    assert labels(text.replace("on |", "on x = 0, |")) == ["left", "x = ", "t = ", "boundary"]
    assert "u" in labels(text.replace("on |", ", |"))


def test_constants_are_made_of_constants() -> None:
    found = labels(HEAT + "constant beta = |")
    assert found[0] == "alpha"
    assert "sin" in found
    assert not {"u", "x", "beta", "grad"} & set(found)
    assert labels(HEAT + "field w(|") == ["x", "t"]


def test_methods_options_and_values() -> None:
    assert labels(HEAT + "network |")[0] == "mlp"
    assert labels(HEAT + "network mlp(width = 8, |")[:2] == ["depth", "activation"]
    assert labels(HEAT + "network mlp(activation = |")[0] == "tanh"
    assert {"interior", "ends", "profile", "sobol"} <= set(labels(HEAT + "sample |"))
    assert labels(HEAT + "sample ends: |")[0] == "hammersley"
    assert labels(HEAT + "train adam() |") == ["then"]
    assert "lbfgs" in labels(HEAT + "train adam() then |")
    items = {item.label: item for item in complete(*cursor(HEAT + "network |"))}
    assert items["mlp"].detail
    assert "When to use it" in items["mlp"].documentation.value
    depth = complete(*cursor(HEAT + "network mlp(width = 8, |"))[0]
    assert depth.text_edit.new_text.startswith("depth = ")


def test_tables_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "known.csv").write_text("x,u\n", encoding="utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.csv").write_text("x,u\n", encoding="utf-8")
    (tmp_path / "c.npz").write_bytes(b"")
    (tmp_path / "heat.py").write_text("", encoding="utf-8")
    text = HEAT + 'reference u from "|'
    assert labels(text, tmp_path / "heat.pde") == ["c.npz", "known.csv", "more/b.csv"]
    assert labels(text, tmp_path / "missing" / "heat.pde") == []


# ---- names ----


def test_definition_of_a_field_and_of_a_coordinate_in_a_derivative() -> None:
    found = definition(*at("alpha*|u_xx"))
    assert found.range.start == types.Position(4, 11)
    assert definition(*at("alpha*u_|xx")).range.start == types.Position(2, 11)
    assert definition(*at("hat(|s) =")).range.start == types.Position(6, 15)
    assert definition(*at("sample |ends")).range.start == types.Position(9, 11)
    assert definition(*at("|problem heat")) is None


def test_references_count_derivatives() -> None:
    spec, offset = at("field      |u")
    assert len(references(spec, offset, True)) == 5
    assert len(references(spec, offset, False)) == 4
    assert len(highlights(spec, offset)) == 5
    spec, offset = at("space      |x")
    assert len(references(spec, offset, True)) == 8


def test_names_in_a_broken_text() -> None:
    spec, offset = cursor("time t in [0, 1]\nfield u(t)\nconstant k = = 2\nequation e: u_t = k*|u +\n")
    assert definition(spec, offset).range.start == types.Position(1, 6)
    assert len(references(spec, offset, True)) == 3
    assert [item.name for item in document_symbols(spec)] == ["t", "u", "k", "e"]


def renamed(place: str, new: str, text: str = HEAT) -> str:
    piece = place.replace("|", "")
    spec, offset = cursor(text.replace(piece, place, 1))
    edit = rename(spec, offset, new)
    places = spec.positions
    edits = [
        Edit(Span(places.offset(one.range.start), places.offset(one.range.end)), one.new_text)
        for one in edit.changes[spec.uri]
    ]
    return apply(spec.text, edits)


def test_rename_everywhere() -> None:
    assert "w_t = alpha*w_xx" in renamed("field      |u", "w")
    assert "u_t = alpha*u_yy" in renamed("space      |x", "y")
    assert "u_t = kappa*u_xx" in renamed("= |alpha", "kappa")
    assert "sample rims: sobol" in renamed("|ends:", "rims")
    assert "hat(q) = max(0, 1 - abs(q))" in renamed("hat(|s)", "q")


def test_a_coordinate_with_a_long_name_changes_how_derivatives_are_written() -> None:
    text = renamed("space      |x", "place")
    assert "u_t = alpha*d(u, place, 2)" in text
    assert "on place = 0, place = 1" in text


@pytest.mark.parametrize(
    ("place", "new", "reason"),
    [
        ("field      |u", "x", "`x` is declared twice."),
        ("field      |u", "grad", "`grad` cannot be declared"),
        ("field      |u", "time", "`time`"),
        ("= |alpha", "u_x", "can be read as a derivative"),
        ("= |alpha", "2k", "begins with a letter"),
        ("= |alpha", "a" * 60, "at most 40"),
        ("hat(|s)", "hat", "`hat`"),
        ("|ends:", "interior", "`interior`"),
        ("|\n\nspace", "k", "no name here"),
    ],
)
def test_renaming_is_refused_where_it_would_change_the_meaning(place: str, new: str, reason: str) -> None:
    with pytest.raises(RenameRefusedError) as refusal:
        renamed(place, new)
    assert reason in str(refusal.value)


def test_a_name_is_not_captured_by_a_parameter() -> None:
    text = HEAT.replace("max(0, 1 - abs(s))", "alpha*s")
    with pytest.raises(RenameRefusedError, match="something else"):
        renamed("constant   |alpha", "s", text)


def test_positions_of_an_indexed_space() -> None:
    text = "space x[1..2] in [0, 1]\nfield u(x)\nequation e: u_x1x1 + d(u, x2, 2) = 0\nboundary b: u = 0 on boundary\n"
    assert "u_y1y1 + d(u, y2, 2)" in renamed("space |x", "y", text)


# ---- hover ----


def hovered(place: str) -> str:
    found = hover(*at(place, checked=True))
    assert found is not None
    return found.contents.value


def test_hover_tells_what_the_compiler_found() -> None:
    equation = hovered("|conduction")
    assert "parabolic, order 2, linear" in equation
    assert "`d/dt - alpha*d2/dx2`" in equation
    assert "met exactly" in hovered("|profile")
    assert "value: 0.4" in hovered("constant   |alpha")
    derivative = hovered("alpha*|u_xx")
    assert "second derivative of `u` along `x`" in derivative
    assert "g + d*N" in derivative


def test_hover_on_words_and_methods() -> None:
    assert "holds on a part of the boundary" in hovered("|boundary")
    assert "**sample sobol**" in hovered("|sobol")
    assert "`points`" in hovered("|points")
    assert "sine" in hovered("|sin(pi")
    assert "- `sobol`" in hovered("|sample")
    assert hover(*at("sobol(points = |64")) is None


def test_hover_tells_what_a_code_means() -> None:
    spec, offset = cursor(HEAT + "equation e: u_t = |alpa\n", checked=True)
    assert "**E201**" in hover(spec, offset).contents.value


def test_hover_without_a_check() -> None:
    spec, offset = at("|conduction")
    assert "u_t = alpha" in hover(spec, offset).contents.value


# ---- what is wrong ----


def test_diagnostics_have_places_and_remedies() -> None:
    spec = document(HEAT + "# \U0001d6fc\nequation e: u_t = alpa*u  # \U0001d6fc\n", checked=True)
    (found,) = editor_diagnostics(spec)
    assert found.code == "E201"
    assert found.range.start == types.Position(14, 18)
    assert "Did you mean `alpha`?" in found.message
    twice = editor_diagnostics(document(HEAT + "constant alpha = 2\n", checked=True))[0]
    assert twice.related_information[0].location.range.start.line == 5


def mended(text: str) -> str:
    spec = document(text, checked=True)
    actions = code_actions(spec, Span(0, len(text)))
    assert actions, [item.message for item in spec.diagnostics]
    edits = [
        Edit(Span(spec.positions.offset(one.range.start), spec.positions.offset(one.range.end)), one.new_text)
        for one in actions[0].edit.changes[spec.uri]
    ]
    return apply(text, edits)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("equation e: u_t = alpha*u**2", "equation e: u_t = alpha*u^2"),
        ("equation e: u_t == u", "equation e: u_t = u"),
        ("equation e: u_t = 2u", "equation e: u_t = 2*u"),
        ("equation e: u_t = alpa*u", "equation e: u_t = alpha*u"),
        ("equation e: u_t = laplacan(u)", "equation e: u_t = laplacian(u)"),
        ("equation e: u_t = w_xx", None),
        ("equaton e: u_t = u", "equation e: u_t = u"),
        ("equation e: u_t = (u + 1", "equation e: u_t = (u + 1)"),
        ("network mpl(width = 8)", "network mlp(width = 8)"),
        ("network mlp(widht = 8)", "network mlp(width = 8)"),
        ("network mlp(activation = tan)", "network mlp(activation = tanh)"),
        ("sample edns: sobol", "sample ends: sobol"),
        ("boundary more: u_x = 0 on boundry", "boundary more: u_x = 0 on boundary"),
    ],
)
def test_fixes_of_frequent_mistakes(wrong: str, right: str | None) -> None:
    text = HEAT.replace("sample ends: sobol(points = 64)\n", "")
    if right is None:
        assert not code_actions(document(text + wrong + "\n", checked=True), Span(0, 9999))
    else:
        assert mended(text + wrong + "\n") == text + right + "\n"


def test_several_mistakes_are_mended_at_once() -> None:
    spec = document(HEAT + "let a = 2**3\nlet b = 3**a\n", checked=True)
    titles = [action.title for action in code_actions(spec, Span(0, 9999))]
    assert titles == ["Replace `**` by `^`", "Replace `**` by `^`", "Mend all 2 mistakes that have a fix"]
    assert code_actions(spec, Span(0, 1)) == []


# ---- outline and colours ----


def test_symbols_and_folds() -> None:
    spec = document("# a\n# b\n\n" + HEAT + "let long = 1 +\n    2\n")
    names = [(item.name, item.kind) for item in document_symbols(spec)]
    assert ("heat", types.SymbolKind.Module) in names
    assert ("conduction", types.SymbolKind.Operator) in names
    assert ("sample", types.SymbolKind.Property) in names
    assert "s" not in [name for name, _ in names]
    assert [(item.start_line, item.end_line) for item in folding_ranges(spec)] == [(16, 17), (0, 1)]


def test_semantic_tokens_tile_the_words() -> None:
    spec = document(HEAT + "# \U0001d6fc\n")
    words = decoded(spec)
    assert ("problem", "keyword", True) not in words
    assert ("problem", "keyword", False) in words
    assert ("u", "variable", True) in words
    assert ("xx", "parameter", False) not in words
    assert words.count(("x", "parameter", False)) == 7
    assert ("alpha", "variable", True) in words
    assert ("sobol", "class", False) in words
    assert ("ends", "label", False) in words
    assert words[-1] == ("# \U0001d6fc", "comment", False)


def decoded(spec: Document) -> list[tuple[str, str, bool]]:
    data = semantic_tokens(spec).data
    line = character = 0
    found = []
    for index in range(0, len(data), 5):
        down, right, width, kind, modifiers = data[index : index + 5]
        line, character = line + down, right + (0 if down else character)
        start = spec.positions.offset(types.Position(line, character))
        end = spec.positions.offset(types.Position(line, character + width))
        found.append((spec.text[start:end], TYPES[kind], bool(modifiers & 1)))
    return found


@pytest.mark.parametrize("cut", range(0, len(HEAT), 23))
def test_every_question_is_answered_in_the_middle_of_typing(cut: int) -> None:
    spec = document(HEAT[:cut])
    complete(spec, cut)
    hover(spec, cut)
    definition(spec, cut)
    references(spec, cut, True)
    document_symbols(spec)
    folding_ranges(spec)
    semantic_tokens(spec)
    editor_diagnostics(spec)
    code_actions(spec, Span(0, cut))
