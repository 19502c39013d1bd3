"""The documentation is true: specifications compile; excerpts, commands, links and lists are those of the code."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
import pytest

from pdel.cli.app import main
from pdel.compiler import compile_specification, diagnose
from pdel.diagnostics.codes.registry import CODES
from pdel.expression import FUNCTIONS
from pdel.methods.registry import FAMILIES, LATER_FAMILIES, METHODS
from pdel.render.module import SECTIONS
from pdel.semantics.names import LABEL_WORDS, NOT_BUILT_OPERATORS, OPERATORS, VALUES
from pdel.syntax.words import PHYSICS_WORDS, RESERVED_WORDS, UNBUILT_WORDS
from tests.docs.reference import PARTS, renewed, with_formatted_specifications
from tests.modules import import_module

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
LANGUAGE = ROOT / "docs" / "language.md"
MISTAKEN = """\
problem bad "A rod with mistakes"

space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
constant   alpha = 0.4

equation   conduction:  u_t = alpa*u_xx
boundary   ends:        u = 0  on x = 0, x = 1
initial    profile:     u = sin(pi*x)
"""
UNBUILT_BASE = """\
problem base
space x in [0, 1], y in [0, 1]
time t in [0, 1]
shape left = rectangle((0, 0), (0.5, 1))
field u(x, y, t)
equation energy: u_t = laplacian(u) in left
boundary walls: u = 0 on boundary
initial cold: u = 0
"""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks(kind: str) -> list[Block]:
    """The fenced blocks of one kind in all pages."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            if match[1] == kind:
                found.append(Block(page, text.count("\n", 0, match.start()) + 1, kind, match[2]))
    return found


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def module(example: str) -> str:
    """The module that an example compiles to now."""
    text = compile_specification(ROOT / "examples" / example / f"{example}.pde").text
    assert text is not None
    return text


# -------------------------------------------------------------------------------------------------------
# Specifications
# -------------------------------------------------------------------------------------------------------


def test_blocks_say_what_they_are() -> None:
    assert blocks("") == []
    assert len(blocks("pde")) > 5
    assert all(block.text.startswith("problem ") for block in blocks("pde"))


@pytest.mark.parametrize("block", blocks("pde"), ids=str)
def test_specifications_compile_without_errors_or_advice(block: Block, tmp_path: Path) -> None:
    (tmp_path / "sensors.csv").write_text("x,t,u\n0.5,0.1,0.9\n", encoding="utf-8")
    path = tmp_path / "shown.pde"
    path.write_text(block.text, encoding="utf-8")
    compilation = compile_specification(path)
    assert [f"{item.code}: {item.message}" for item in compilation.diagnostics] == []
    assert compilation.text is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_specifications_are_formatted(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert with_formatted_specifications(text) == text, "run `python -m tests.docs.reference`"


def test_the_specification_of_the_readme_is_the_example() -> None:
    assert text_of("examples/heat/heat.pde") in text_of("README.md")


def unbuilt_rows() -> list[tuple[str, str]]:
    """The statements of the table "Known, not built yet", with their codes."""
    _, _, table = LANGUAGE.read_text(encoding="utf-8").rpartition("## Known, not built yet")
    return re.findall(r"^\| .+ \| `(.+)` \| (E\d{3}) \|$", table, re.MULTILINE)


@pytest.mark.parametrize(("statement", "code"), unbuilt_rows(), ids=[row[0] for row in unbuilt_rows()])
def test_what_is_said_to_be_unbuilt_is_refused(statement: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "base.pde"
    path.write_text(UNBUILT_BASE, encoding="utf-8")
    assert diagnose(path).diagnostics == ()
    path.write_text(f"{UNBUILT_BASE}{statement}\n", encoding="utf-8")
    last = UNBUILT_BASE.count("\n") + 1
    found = diagnose(path)
    assert found.source is not None
    errors = [
        item.code
        for item in found.diagnostics
        if item.code.startswith("E") and found.source.line_column(item.primary.span.start)[0] == last
    ]
    assert errors == [code]


def test_everything_unbuilt_is_listed() -> None:
    rows = [row[0] for row in unbuilt_rows()]
    words = {row.split()[0] for row in rows}
    assert set(UNBUILT_WORDS) | set(LATER_FAMILIES) <= words
    assert all(any(f"{operator}(" in row for row in rows) for operator in NOT_BUILT_OPERATORS)


# -------------------------------------------------------------------------------------------------------
# Lists of the code
# -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PARTS)
def test_parts_that_repeat_a_registry_are_up_to_date(name: str) -> None:
    path, write = PARTS[name]
    text = path.read_text(encoding="utf-8")
    assert renewed(text, name, write()) == text, "run `python -m tests.docs.reference`"


def test_every_code_and_every_method_has_an_entry() -> None:
    assert [info.code for info in CODES if f"| `{info.code}` |" not in text_of("docs/diagnostics.md")] == []
    methods = text_of("docs/methods.md")
    numbers = {family.name for family in FAMILIES if family.number}
    names = [
        f"{item.family} {'NUMBER' if item.family in numbers and item.name == 'constant' else item.name}"
        for item in METHODS
    ]
    assert [name for name in names if f"### `{name}`" not in methods] == []


@pytest.mark.parametrize("words", [PHYSICS_WORDS, UNBUILT_WORDS, RESERVED_WORDS, FUNCTIONS, VALUES, LABEL_WORDS],
                         ids=["physics", "unbuilt", "reserved", "functions", "values", "labels"])  # fmt: skip
def test_every_word_of_the_language_is_in_its_reference(words: tuple[str, ...]) -> None:
    code = " ".join(re.findall(r"`([^`\n]+)`", LANGUAGE.read_text(encoding="utf-8")))
    assert [word for word in sorted(words) if not re.search(rf"\b{word}\b", code)] == []


def test_every_operator_is_in_the_reference() -> None:
    text = LANGUAGE.read_text(encoding="utf-8")
    rows = "\n".join(line for line in text.splitlines() if line.startswith("| `"))
    assert [name for name in OPERATORS if f"`{name}(" not in rows and f"`{name}`" not in text] == []


def test_codes_that_are_mentioned_exist() -> None:
    known = {info.code for info in CODES}
    mentioned = {code for page in PAGES for code in re.findall(r"\b[EW]\d{3}\b", page.read_text(encoding="utf-8"))}
    assert mentioned <= known


def test_paths_that_are_mentioned_exist() -> None:
    pattern = re.compile(r"`((?:pdel|tests|docs|examples|templates|grammar|bench)/[\w/.-]*)`")
    mentioned = {path for page in PAGES for path in pattern.findall(page.read_text(encoding="utf-8"))}
    assert len(mentioned) > 30
    placeholders = re.compile(r"\b(NAME|FAMILY)\b")
    missing = [path for path in sorted(mentioned) if not placeholders.search(path) and not (ROOT / path).exists()]
    assert missing == []


# -------------------------------------------------------------------------------------------------------
# Excerpts of modules and reports
# -------------------------------------------------------------------------------------------------------


EXCERPTS = [block for block in blocks("python") if not block.text.startswith(("from ", "import "))]
SCRIPTS = [block for block in blocks("python") if block.text.startswith(("from ", "import "))]


@pytest.mark.parametrize("block", EXCERPTS, ids=str)
def test_excerpts_stand_in_the_module_of_burgers(block: Block) -> None:
    for part in block.text.strip("\n").split("\n\n\n"):
        assert f"\n{part}\n" in module("burgers")


@pytest.mark.slow
@pytest.mark.parametrize("block", SCRIPTS, ids=str)
def test_scripts_run(block: Block, tmp_path: Path) -> None:
    (tmp_path / "heat.py").write_text(module("heat"), encoding="utf-8")
    (tmp_path / "heat.pde").write_text(text_of("examples/heat/heat.pde"), encoding="utf-8")
    (tmp_path / "script.py").write_text(block.text, encoding="utf-8")
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_sections_are_listed_in_their_order() -> None:
    headings = [section.heading for section in SECTIONS if section.heading]
    listed = re.findall(r"^\| ([A-Z][\w -]+) \| ", text_of("docs/generated-module.md"), re.MULTILINE)
    assert listed == headings


@pytest.mark.parametrize("page", ["README.md", "docs/diagnostics.md"])
def test_the_report_is_what_is_printed(page: str, tmp_path: Path) -> None:
    (tmp_path / "bad.pde").write_text(MISTAKEN, encoding="utf-8")
    command = [sys.executable, "-m", "pdel", "check", "bad.pde"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    report = done.stderr.partition("\n\n")[0]
    assert report.startswith("error[E201]")
    assert f"```text\n{report}\n```" in text_of(page)


# -------------------------------------------------------------------------------------------------------
# Links and commands
# -------------------------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_resolve(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        linked = page.parent / name if name else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


def commands() -> Iterator[tuple[str, list[str]]]:
    """The commands of the pages, those in running text included, taken apart."""
    for block in blocks("console"):
        for line in block.text.splitlines():
            assert line.startswith("$ "), f"{block}: {line}"
            yield f"{block}: {line}", shlex.split(line.removeprefix("$ "))
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for line in re.findall(r"`((?:pdel|\./dev|python) [^`]+)`", text):
            yield f"{page.name}: {line}", shlex.split(line)


def options(command: click.Command) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts} | {"--help"}


@cache
def usages() -> dict[str, str]:
    """What the command line of a module says about each of its commands."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "heat.py"
        path.write_text(module("heat"), encoding="utf-8")
        parser = import_module(path).command_line()
    (choices,) = [action.choices for action in parser._actions if action.dest == "command"]
    return {name: command.format_help() for name, command in choices.items()}


@pytest.mark.parametrize(
    ("shown", "words"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_commands_exist(shown: str, words: list[str]) -> None:
    given = {word.partition("=")[0] for word in words if word.startswith("--")}
    match words:
        case ["pdel", first, *_] if first.startswith("-"):
            assert given <= options(main) | {"--version"}
        case ["pdel", name, *_]:
            assert name in main.commands, shown
            assert given <= options(main.commands[name]), shown
        case ["./dev", name, *_]:
            assert f"    {name}) " in text_of("dev"), shown
        case ["python", "-m", module] if module.startswith(("tests.", "editors.")):
            assert "__main__" in text_of(f"{module.replace('.', '/')}.py")
        case ["python", script, *_] if script.startswith("bench/"):
            assert all(f'"{option}"' in text_of(script) for option in given), shown
        case ["python", "heat.py" | "rod.py", name, *_]:
            assert all(option in usages()[name] for option in given), shown
        case ["for", *_] | ["git", "diff", "examples"] | ["pip", "install", *_]:
            pass
        case _:
            pytest.fail(f"an unknown command: {shown}")


def test_commands_of_the_compiler_are_all_listed() -> None:
    assert all(f"| `pdel {name}" in text_of("README.md") for name in main.commands)


def test_commands_of_the_module_are_all_listed() -> None:
    text = text_of("docs/generated-module.md")
    assert [name for name in usages() if f"| `{name}` |" not in text] == []


def test_files_of_a_run_are_all_listed() -> None:
    written = set(re.findall(r'folder / "([\w.]+)"', module("heat")))
    written = {name for name in written if not name.endswith(".part")}
    assert {"summary.json", "checkpoint.pt", "metrics.csv"} <= written
    assert [name for name in sorted(written) if f"| `{name}` |" not in text_of("docs/generated-module.md")] == []
