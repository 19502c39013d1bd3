"""The vocabulary is whole, and what editors read of it is current."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from pygments import lex
from pygments.token import Comment, Error, Keyword, Name, Number, String

from editors import generate
from pdel.highlight import Role, roles
from pdel.methods.registry import FAMILIES, METHODS
from pdel.pygments_lexer import PdelLexer
from pdel.semantics.names import RESERVED
from pdel.syntax.words import PHYSICS_WORDS, WORD_TERMINALS
from pdel.vocabulary import Word, WordKind, names_of_kind, vocabulary

ROOT = Path(__file__).parent.parent.parent
SPECIFICATIONS = sorted((ROOT / "examples").glob("*/*.pde"))


@pytest.mark.parametrize("word", vocabulary(), ids=lambda word: f"{word.kind.name.lower()}-{word.name}")
def test_every_word_that_is_built_says_what_it_is(word: Word) -> None:
    if word.built:
        assert word.purpose, f"pdel/vocabulary.py has no purpose for `{word.name}`"
        assert word.form or word.kind in (WordKind.FAMILY, WordKind.CLAUSE), f"`{word.name}` shows no form"


def test_every_reserved_word_is_in_the_vocabulary() -> None:
    known = {word.name for word in vocabulary()}
    assert known >= RESERVED
    assert known >= set(WORD_TERMINALS)
    assert known >= {family.name for family in FAMILIES}


def test_files_of_editors_are_current() -> None:
    assert generate.TEXTMATE.read_text(encoding="utf-8") == generate.textmate(), "run python -m editors.generate"
    assert generate.VIM.read_text(encoding="utf-8") == generate.vim(), "run python -m editors.generate"


def test_the_extension_names_files_that_exist() -> None:
    folder = ROOT / "editors" / "vscode"
    manifest = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    (language,), (grammar,) = manifest["contributes"]["languages"], manifest["contributes"]["grammars"]
    assert [f"*{ending}" for ending in language["extensions"]] == PdelLexer.filenames
    for name in (language["configuration"], grammar["path"], manifest["icon"], language["icon"]["dark"]):
        assert (folder / name).is_file(), name
    json.loads((folder / "language-configuration.json").read_text(encoding="utf-8"))
    lock = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock, "npm config set omit-lockfile-registry-resolved true"


def test_the_grammar_of_vs_code_has_sound_patterns() -> None:
    def patterns(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [value for key, value in node.items() if key in ("match", "begin", "end")]
            return own + [text for value in node.values() for text in patterns(value)]
        return [text for item in node for text in patterns(item)] if isinstance(node, list) else []

    found = patterns(json.loads(generate.textmate()))
    assert len(found) > 15
    for pattern in found:
        re.compile(pattern)


@pytest.mark.parametrize("path", SPECIFICATIONS, ids=lambda path: path.stem)
def test_examples_have_no_error_tokens(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tokens = list(lex(text, PdelLexer()))
    assert "".join(value for _, value in tokens) == text
    assert not [value for kind, value in tokens if kind in Error]


def test_the_example_of_every_method_is_coloured() -> None:
    for method in METHODS:
        found = {token.text: role for token, role in roles(method.example)}
        assert Role.MISTAKE not in found.values()
        assert found[method.family] is Role.FAMILY
        if method.name != "constant":
            assert found[method.name] is Role.METHOD


def test_tokens_of_pygments() -> None:
    text = (
        'problem heat "Title"  # why\nconstant nu = 1e-3\nequation e: u_t = nu*sin(u_xx)\ntrain adam(steps = 10)\n**\n'
    )
    found = {value: kind for kind, value in lex(text, PdelLexer())}
    assert found["problem"] in Keyword
    assert found["heat"] is Name.Label
    assert found['"Title"'] in String
    assert found["# why"] in Comment
    assert found["1e-3"] in Number
    assert found["nu"] is Name
    assert found["sin"] is Name.Builtin
    assert found["train"] in Keyword
    assert found["adam"] is Name.Class
    assert found["steps"] is Name.Attribute
    assert found["**"] is Error


def test_pygments_finds_the_lexer() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = EntryPoint("pdel", project["entry-points"]["pygments.lexers"]["pdel"], "pygments.lexers")
    assert declared.load() is PdelLexer
    assert "pdel" in PdelLexer.aliases
    assert PdelLexer.filenames == ["*.pde"]
    assert PdelLexer.priority < 0.5
    assert PdelLexer.analyse_text('# a rod\nproblem heat "A rod"\nfield u(x)\n') > 0.5
    assert PdelLexer.analyse_text("void setup() {}\n") == 0.0


def test_statements_of_the_grammar_are_statements_here() -> None:
    assert names_of_kind(WordKind.STATEMENT) >= set(PHYSICS_WORDS)
