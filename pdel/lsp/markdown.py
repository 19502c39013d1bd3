"""Documentation of words and methods as Markdown, for hovers and completions."""

from __future__ import annotations

import re

from pdel.diagnostics.codes.base import CodeInfo
from pdel.methods.base import Method, Option
from pdel.methods.options import wanted
from pdel.methods.registry import Family, methods_of
from pdel.plan.describe import option_text
from pdel.vocabulary import Word


def code_block(text: str) -> str:
    """A piece of a specification."""
    return f"```pdel\n{text.rstrip()}\n```"


def prose(text: str) -> str:
    """Text in which Markdown finds nothing to emphasise: formulas hold `*` and `<`."""
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(one if one.startswith("`") else re.sub(r"([*_<>\\\[\]#|])", r"\\\1", one) for one in pieces)


def word_text(word: Word) -> str:
    """What a word is, and how it is written."""
    forms = [code_block(form.strip("` ")) for form in word.form.split("` or `") if form.strip("` ")]
    built = "" if word.built else "\n\nIt belongs to the language and is not built yet."
    purpose = f"{prose(word.purpose)}{built}" if word.purpose else built.strip()
    return "\n\n".join([*forms, *([f"{word.kind.value}: {purpose}"] if purpose else [word.kind.value])])


def family_text(family: Family) -> str:
    """A family with its methods."""
    lines = [f"- `{method.name}`: {prose(method.purpose)}" for method in methods_of(family.name)]
    return "\n".join([f"**{family.name}**: {prose(family.purpose)}", "", *lines])


def method_text(method: Method) -> str:
    """A method: what it does, its options, where it was published."""
    parts = [f"**{method.family} {method.name}**: {prose(method.purpose)}", prose(method.description.strip())]
    if method.options:
        rows = [
            f"| `{option.name}` | {prose(option_text(option.default)) or '-'} | {prose(wanted(option))} | "
            f"{prose(option.purpose)} |"
            for option in method.options
        ]
        parts.append("\n".join(["| option | default | takes | |", "|---|---|---|---|", *rows]))
    if method.example:
        parts.append(code_block(method.example))
    if method.citation is not None:
        parts.append(f"Published: {prose(method.citation.text)}")
    return "\n\n".join(parts)


def option_markdown(option: Option) -> str:
    """An option: what it says, what it takes, what it is where nothing is said."""
    default = option_text(option.default)
    return f"`{option.name}`: {prose(option.purpose)}\n\n{prose(wanted(option))}" + (
        f"; `{default}` where nothing is said" if default else ""
    )


def code_text(info: CodeInfo) -> str:
    """What a diagnostic code means."""
    return f"**{info.code}**: {prose(info.title)}\n\n{prose(info.explanation.strip())}"
