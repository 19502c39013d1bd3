"""Parts of the documentation that repeat a registry: `python -m tests.docs.reference` writes them, and the syntax files
of editors; tests check them.

Each part stands between two comments, `<!-- NAME: begin -->` and `<!-- NAME: end -->`; the rest of a page is written
by hand, its specifications formatted as `pdel fmt` does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from editors import generate
from pdel.cli.explain import _range, _value
from pdel.diagnostics.codes.base import FAMILIES as CODE_FAMILIES
from pdel.diagnostics.codes.registry import CODES
from pdel.methods.base import Method
from pdel.methods.registry import FAMILIES, LATER_FAMILIES, Family, methods_of
from pdel.schema import SCHEMAS
from pdel.syntax.format import format_text

ROOT = Path(__file__).parents[2]


def code_index() -> str:
    """A table of the codes for every family."""
    parts = []
    for prefix, name in CODE_FAMILIES.items():
        rows = [f"| `{info.code}` | {info.title} |" for info in CODES
                if info.code.startswith(prefix)]  # fmt: skip
        parts.append("\n".join([f"### {prefix}: {name}", "", "| code | situation |", "|---|---|", *rows]))
    return "\n\n".join(parts)


def family_sections() -> str:
    """A section for every family of methods, with its methods."""
    sections = ["\n\n".join(_family(family)) for family in FAMILIES]
    later = ", ".join(f"`{name}`" for name in LATER_FAMILIES)
    unbuilt = f"## Families that are not built yet\n\n{later}: the language has room for them. Using one is E502."
    return "\n\n".join([*sections, unbuilt])


def _family(family: Family) -> Iterator[str]:
    yield f"## `{family.name}`: {family.purpose}"
    for method in methods_of(family.name):
        yield _method(method, family)
    if family.later:
        yield f"Not built yet: {', '.join(f'`{name}`' for name in family.later)}."


def _method(method: Method, family: Family) -> str:
    number = family.number and method.name == "constant"
    name = f"{family.name} NUMBER" if number else f"{family.name} {method.name}"
    paragraphs = [f"### `{name}`", f"{method.purpose[:1].upper()}{method.purpose[1:]}."]
    paragraphs += [_paragraph(text) for text in method.description.strip().split("\n\n")]
    paragraphs.append(f"```text\n{method.example}\n```")
    if method.options and not number:
        rows = [
            f"| `{option.name}` | {_value(option.default)} | {_range(option)} | {option.purpose} |"
            for option in method.options
        ]
        paragraphs.append("\n".join(["| option | default | range | purpose |", "|---|---|---|---|", *rows]))
    if number:
        option = method.options[0]
        paragraphs.append(f"The number: {_range(option)}; {_value(option.default)} where nothing is said.")
    if method.citation is not None:
        paragraphs.append(f"Published: {method.citation.text}.")
    return "\n\n".join(paragraphs)


def _paragraph(text: str) -> str:
    """Prose in which Markdown finds nothing to emphasise: formulas hold `*` and `<`."""
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(piece if piece.startswith("`") else re.sub(r"([*<])", r"\\\1", piece) for piece in pieces)


PARTS: dict[str, tuple[Path, Callable[[], str]]] = {
    "codes": (ROOT / "docs" / "diagnostics.md", code_index),
    "methods": (ROOT / "docs" / "methods.md", family_sections),
}
"""The page and the writer of every part."""


def renewed(text: str, name: str, part: str) -> str:
    """A page with one of its parts written anew. Raises ValueError where the page lacks the part's two comments."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"the page has no part `{name}`")
    return f"{before}{begin}\n\n{part}\n\n{end}{after}"


def with_formatted_specifications(page: str) -> str:
    """A page with its blocks `pde` formatted; those that do not parse stay."""
    return re.sub(r"(?<=^```pde\n).*?(?=^```$)", lambda block: format_text(block[0]).value or block[0], page,
                  flags=re.MULTILINE | re.DOTALL)  # fmt: skip


def schema_text(name: str) -> str:
    """A JSON schema as its file in `docs/schema` has it."""
    return json.dumps(SCHEMAS[name](), indent=2) + "\n"


if __name__ == "__main__":
    for schema in SCHEMAS:
        (ROOT / "docs" / "schema" / f"{schema}.json").write_text(schema_text(schema), encoding="utf-8")
    generate.main()
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        page.write_text(with_formatted_specifications(page.read_text(encoding="utf-8")), encoding="utf-8")
    for name, (path, write) in PARTS.items():
        path.write_text(renewed(path.read_text(encoding="utf-8"), name, write()), encoding="utf-8")
