"""Lines of code of at most 88 columns, broken where `ruff format` would break them.

A statement that does not fit is written one term a line; what still does not fit is moved into a
variable of its own, so that every line stays short enough to be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pdel.expression import (
    Constant,
    Coordinate,
    Expr,
    Negative,
    Number,
    Partial,
    Pi,
    Sum,
    children,
    rebuild,
)
from pdel.python_names import OwnName
from pdel.render.common import name_common
from pdel.render.printer import PartialName, Precedence, channel_access, code, code_within, is_tensor
from pdel.render.py import Py, py_join

WIDTH = 88
LEAVES = Number | Pi | Constant | Coordinate | Partial


@dataclass(slots=True)
class Block:
    """Statements of one function body, in order, at one indentation."""

    indent: int = 4
    partial_name: PartialName = channel_access
    lines: list[Py] = field(default_factory=list)
    moved: dict[str, int] = field(default_factory=dict)
    """How many parts of a variable were moved into variables of their own, by its name."""
    taken: set[str] = field(default_factory=set)
    """Names that such variables must not have: those of other variables, assigned before or after."""

    def add(self, line: Py) -> None:
        """A line as it is, behind the indentation."""
        self.lines.append(Py(" " * self.indent + line))

    def assign(self, target: str, expression: Expr, name: str = "") -> None:
        """`target = expression`; `name` begins the names of variables that long parts are moved into."""
        self._statement(f"{target} = ", name or target, expression)

    def name_repeated(self, forms: Iterable[Expr], taken: Iterable[str]) -> tuple[Expr, ...]:
        """Variables for what occurs twice or more in forms, none of them `taken`; the forms that read these."""
        self.taken.update(taken)
        common, shortened = name_common(tuple(forms), frozenset(self.taken))
        self.taken.update(name for name, _ in common)
        for name, form in common:
            self.assign(name, form)
        return shortened

    def give_back(self, expression: Expr, name: str = "result") -> None:
        """`return expression`; `name` begins the names of variables that long parts are moved into."""
        self._statement("return ", name, expression)

    def text(self) -> Py:
        """The lines joined."""
        return py_join(self.lines)

    def _statement(self, head: str, name: str, expression: Expr) -> None:
        shortened = self.fitted(expression, name, len(head))
        line = f"{head}{code(shortened, self.partial_name)}"
        if self.indent + len(line) <= WIDTH:
            self.add(Py(line))
            return
        self.add(Py(f"{head}("))
        inner = Py(f"    {code(shortened, self.partial_name)}")
        if self.indent + len(inner) <= WIDTH:
            self.add(inner)
        else:
            self.lines += self._terms(shortened)
        self.add(Py(")"))

    def _terms(self, total: Expr) -> list[Py]:
        pad = " " * (self.indent + 4)
        return [Py(f"{pad}{sign}{text}") for sign, text in signed_terms(total, self.partial_name)]

    def fitted(self, expression: Expr, name: str, head: int) -> Expr:
        """The expression with long parts moved into variables, so that each line fits.

        A sum of three terms or more may be written one term a line; everything else has to fit one line.
        """
        budget = WIDTH - self.indent - head
        current = expression
        while not self._fits(current, budget):
            part = self._part_to_move(current, budget)
            if part == current:
                break
            variable = self._next_name(name)
            self.assign(variable, part, name)
            own = OwnName(variable)
            leaf: Expr = Coordinate(own) if is_tensor(part) else Constant(own)
            current = _replace_first(current, part, leaf)
        return current

    def _next_name(self, name: str) -> str:
        """The next name for a part of a variable."""
        while True:
            self.moved[name] = self.moved.get(name, 0) + 1
            variable = f"{name}_{self.moved[name]}"
            if variable not in self.taken:
                return variable

    def _fits(self, expression: Expr, budget: int) -> bool:
        if len(code(expression, self.partial_name)) <= budget:
            return True
        if not isinstance(expression, Sum) or len(expression.terms) < 3:
            return False
        lines = signed_terms(expression, self.partial_name)
        return all(len(sign) + len(text) <= WIDTH - self.indent - 4 for sign, text in lines)

    def _part_to_move(self, expression: Expr, budget: int) -> Expr:
        """The operand whose removal helps most: the longest one that is no leaf, split further where it is alone."""
        operands = [operand for operand in _operands(expression) if not isinstance(operand, LEAVES)]
        if isinstance(expression, Sum) and len(expression.terms) >= 3:
            too_long = [
                operand for operand in operands if len(code(operand, self.partial_name)) > WIDTH - self.indent - 6
            ]
            operands = too_long or operands
        if not operands:
            return _half(expression)
        longest = max(operands, key=lambda operand: len(code(operand, self.partial_name)))
        long_terms = isinstance(expression, Sum) and len(expression.terms) >= 3
        if long_terms and not isinstance(longest, Sum) and len(code(longest, self.partial_name)) > budget:
            inner = [part for part in _operands(longest) if not isinstance(part, LEAVES)]
            if inner:
                return max(inner, key=lambda part: len(code(part, self.partial_name)))
        return longest


def _operands(expression: Expr) -> tuple[Expr, ...]:
    """The operands of a node, those of a `Negative` operand in its place."""
    return tuple(
        inner
        for operand in children(expression)
        for inner in (children(operand) if isinstance(operand, Negative) else (operand,))
    )


def _half(expression: Expr) -> Expr:
    """The first half of the operands of a long product or sum of leaves, as a node of the same kind."""
    operands = children(expression)
    if len(operands) < 2:
        return operands[0] if operands else expression
    return rebuild(expression, operands[: max(2, len(operands) // 2)])


def _replace_first(expression: Expr, part: Expr, leaf: Expr) -> Expr:
    """The expression with one occurrence of a part (or of a run of operands that form it) replaced."""
    operands = children(expression)
    for index, operand in enumerate(operands):
        if operand == part:
            return rebuild(expression, (*operands[:index], leaf, *operands[index + 1 :]))
    for index, operand in enumerate(operands):
        replaced = _replace_first(operand, part, leaf)
        if replaced != operand:
            return rebuild(expression, (*operands[:index], replaced, *operands[index + 1 :]))
    half = max(2, len(operands) // 2)
    if len(operands) > half and rebuild(expression, operands[:half]) == part:
        return rebuild(expression, (leaf, *operands[half:]))
    return expression


def signed_terms(expression: Expr, partial_name: PartialName) -> list[tuple[str, Py]]:
    """The terms of a sum as (sign with its space, code): the first sign is empty."""
    terms = expression.terms if isinstance(expression, Sum) else (expression,)
    written: list[tuple[str, Py]] = [("", code_within(terms[0], Precedence.SUM, partial_name))]
    for term in terms[1:]:
        sign, positive = ("- ", term.operand) if isinstance(term, Negative) else ("+ ", term)
        written.append((sign, code_within(positive, Precedence.PRODUCT, partial_name)))
    return written


def signature(name: str, parameters: Iterable[str], returns: str, indent: int = 0) -> Py:
    """`def name(parameters) -> returns:`, exploded where it does not fit."""
    pad = " " * indent
    listed = list(parameters)
    line = f"{pad}def {name}({', '.join(listed)}) -> {returns}:"
    if len(line) <= WIDTH:
        return Py(line)
    inner = f"{pad}    {', '.join(listed)}"
    if len(inner) <= WIDTH:
        return Py(f"{pad}def {name}(\n{inner}\n{pad}) -> {returns}:")
    exploded = "\n".join(f"{pad}    {parameter}," for parameter in listed)
    return Py(f"{pad}def {name}(\n{exploded}\n{pad}) -> {returns}:")


def call(head: str, arguments: Iterable[str], indent: int = 4, tail: str = "") -> Py:
    """`head(arguments)tail`, exploded where it does not fit; `head` includes what stands before the name."""
    pad = " " * indent
    listed = list(arguments)
    line = f"{pad}{head}({', '.join(listed)}){tail}"
    if len(line) <= WIDTH:
        return Py(line)
    inner = f"{pad}    {', '.join(listed)}"
    if len(inner) <= WIDTH:
        return Py(f"{pad}{head}(\n{inner}\n{pad}){tail}")
    exploded = "\n".join(f"{pad}    {argument}," for argument in listed)
    return Py(f"{pad}{head}(\n{exploded}\n{pad}){tail}")


def broken_sum(head: str, total: str, indent: int) -> Py:
    """`head total,` as an argument, broken before its last operator where it does not fit."""
    pad = " " * indent
    line = f"{pad}{head}{total},"
    first, operator, second = total.rpartition(" - ") if " - " in total else total.rpartition(" + ")
    return Py(line if len(line) <= WIDTH else f"{pad}{head}{first}\n{pad}{operator.lstrip()}{second},")


def mapping(entries: Iterable[tuple[str, str]], indent: int = 0) -> Py:
    """`{}` or a dictionary, one entry a line; `indent` is that of the statement."""
    lines = [entry(key, value, indent + 4) for key, value in entries]
    return Py("{\n" + py_join(lines) + f"\n{' ' * indent}}}") if lines else Py("{}")


def entry(key: str, value: str, indent: int) -> Py:
    """`key: value,` of a dictionary; a call is broken after its bracket where it does not fit."""
    line = f"{' ' * indent}{key}: {value},"
    name, bracket, rest = value.partition("(")
    if len(line) <= WIDTH or not bracket or not rest.endswith(")"):
        return Py(line)
    return call(f"{key}: {name}", rest.removesuffix(")").split(", "), indent, ",")


def listing(head: str, items: Iterable[str], options: str, indent: int, tail: str) -> Py:
    """`head([items], options)tail`, broken where it does not fit: first after the parenthesis, then item by item."""
    pad = " " * indent
    listed = list(items)
    arguments = f"[{', '.join(listed)}], {options}"
    if len(line := f"{pad}{head}({arguments}){tail}") <= WIDTH:
        return Py(line)
    if len(inner := f"{pad}    {arguments}") <= WIDTH:
        return Py(f"{pad}{head}(\n{inner}\n{pad}){tail}")
    if len(row := f"{pad}    [{', '.join(listed)}],") <= WIDTH:
        return Py(f"{pad}{head}(\n{row}\n{pad}    {options},\n{pad}){tail}")
    rows = "\n".join(f"{pad}        {item}," for item in listed)
    return Py(f"{pad}{head}(\n{pad}    [\n{rows}\n{pad}    ],\n{pad}    {options},\n{pad}){tail}")


def unpack(names: Iterable[str], value: str, indent: int = 4) -> Py:
    """`x, t = value` for two names or more, `(t,) = value` for one."""
    listed = list(names)
    target = listed[0] if len(listed) == 1 else ", ".join(listed)
    target = f"({target},)" if len(listed) == 1 else target
    return Py(f"{' ' * indent}{target} = {value}")
