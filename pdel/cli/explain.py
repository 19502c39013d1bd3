"""`pdel explain`: what a diagnostic code means, and what a method does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pdel.diagnostics.codes.base import CodeInfo
    from pdel.methods.base import Method, Option
    from pdel.methods.registry import Family


@click.command("explain")
@click.argument("subject", metavar="[CODE|METHOD|list]", nargs=-1)
def explain_command(subject: tuple[str, ...]) -> None:
    """Explain a diagnostic code (E204) or a method (`mlp`, `network mlp`).

    A family (E2, network) lists what it holds; `list`, or nothing, lists all codes and methods.
    """
    words = " ".join(subject).replace(".", " ").split()
    if words in ([], ["list"]):
        from pdel.methods.registry import FAMILIES as METHOD_FAMILIES

        listings = [_family_listing(family) for family in METHOD_FAMILIES]
        click.echo("\n".join([_code_listing(), *listings]), nl=False)
        return
    if len(words) == 1:
        from pdel.diagnostics.codes.base import FAMILIES
        from pdel.diagnostics.codes.registry import find

        info = find(words[0])
        if info is not None:
            click.echo(code_text(info), nl=False)
            return
        if words[0].upper() in FAMILIES:
            click.echo(_code_listing(words[0].upper()), nl=False)
            return
    _explain_method(words)


def _explain_method(words: list[str]) -> None:
    from pdel.diagnostics.codes.registry import CODES
    from pdel.diagnostics.suggest import did_you_mean
    from pdel.methods.registry import FAMILIES, METHODS

    found = [method for method in METHODS if words in ([method.name], [method.family, method.name])]
    if found:
        click.echo("\n".join(method_text(method) for method in found), nl=False)
        return
    families = [family for family in FAMILIES if words == [family.name]]
    if families:
        click.echo(_family_listing(families[0]), nl=False)
        return
    known = [info.code for info in CODES]
    known += [method.name for method in METHODS] + [family.name for family in FAMILIES]
    help_text = did_you_mean(words[-1], dict.fromkeys(known)) or "`pdel explain list` lists all codes and methods."
    raise click.UsageError(f"`{' '.join(words)}` is neither a diagnostic code nor a method. {help_text}")


def code_text(info: CodeInfo) -> str:
    """The page of a diagnostic code: title, explanation, a specification with the mistake and one without."""
    kind = "pedantic advice" if info.pedantic else "advice" if info.severity.value == "warning" else "error"
    parts = [f"{info.code}: {info.title}", f"{info.family}, {kind}", "", info.explanation.strip()]
    if info.bad:
        parts += ["", "A specification that brings it about:", "", _indented(_shown(info.bad))]
    if info.good:
        parts += ["", "Without it:", "", _indented(info.good)]
    for name, content in info.files:
        if isinstance(content, str):
            parts += ["", f"The file {name} beside them:", "", _indented(content)]
    return "\n".join(parts) + "\n"


def method_text(method: Method) -> str:
    """The page of a method: purpose, description, options, example and citation."""
    parts = [f"{method.family} {method.name}: {method.purpose}", "", method.description.strip()]
    if method.options:
        rows = [(option.name, _value(option.default), _range(option), option.purpose) for option in method.options]
        rows.insert(0, ("option", "default", "range", "purpose"))
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        parts += ["", "Options:", ""]
        for row in rows:
            cells = [f"{cell:{width}}" for cell, width in zip(row, widths, strict=False)]
            parts.append(f"    {'  '.join([*cells, row[3]])}".rstrip())
    if method.example:
        parts += ["", "Example:", "", _indented(method.example)]
    if method.citation is not None:
        parts += ["", f"Published: {method.citation.text}"]
    return "\n".join(parts) + "\n"


def _value(value: bool | float | str) -> str:
    """A value in the notation of the language."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return value or "-"
        case _:
            text = f"{value:.12g}" if isinstance(value, float) else str(value)
            return text.replace("e+0", "e").replace("e-0", "e-")


def _range(option: Option) -> str:
    """The values that an option takes, in words."""
    if option.choices:
        return ", ".join(option.choices)
    kinds = {bool: "yes or no", int: "whole number", float: "number", str: "name"}
    parts = [kinds[type(option.default)]]
    bounds = (
        (option.at_least, "at least"),
        (option.above, "above"),
        (option.at_most, "at most"),
        (option.below, "below"),
    )
    parts += [f"{word} {_value(bound)}" for bound, word in bounds if bound is not None]
    text = ", ".join(parts)
    return f"{text} [{option.unit}]" if option.unit else text


def _code_listing(family: str = "") -> str:
    from pdel.diagnostics.codes.base import FAMILIES
    from pdel.diagnostics.codes.registry import CODES

    lines = []
    for prefix, name in FAMILIES.items():
        members = [info for info in CODES if info.code.startswith(prefix)]
        if members and family in {"", prefix}:
            lines += [f"{prefix}  {name}", *(f"    {info.code}  {info.title}" for info in members)]
    return "\n".join(lines) + "\n"


def _family_listing(family: Family) -> str:
    """A family of methods with its members, and those that the language has and pdel does not build yet."""
    from pdel.methods.registry import METHODS

    members = [method for method in METHODS if method.family == family.name]
    width = max(map(len, [method.name for method in members]), default=0)
    lines = [f"{family.name}  {family.purpose}", *(f"    {item.name:{width}}  {item.purpose}" for item in members)]
    if family.later:
        lines.append(f"    not built yet: {', '.join(family.later)}")
    return "\n".join(lines) + "\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.strip("\n").split("\n"))


def _shown(text: str) -> str:
    """An example with the characters that no terminal should get by their names: `<U+202E>`."""
    from pdel.diagnostics.display import visible

    return "".join(char if char in {"\n", visible(char)} else f"<U+{ord(char):04X}>" for char in text)
