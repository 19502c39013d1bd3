"""The names of a specification: what declares each of them, and every place where it stands.

Made of the syntax alone, so that it exists for every text: statements that parse are walked through as trees, in the
others the words are looked at. In `u_xx` stand the field `u` and, twice, the coordinate `x`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from pdel.semantics.names import cut_suffix
from pdel.semantics.resolve import declared_names
from pdel.source import Span
from pdel.syntax import ast
from pdel.syntax.lexer import Kind
from pdel.syntax.statement import ParsedStatement
from pdel.syntax.words import DEFINING_WORDS, LABELLED_WORDS
from pdel.vocabulary import WordKind, names_of_kind

MOST_COORDINATES = 100
PARAMETER = "parameter of a function"
"""The word of a symbol that no statement declares for others."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name that a specification gives: `word` is the first word of the statement that does, `statement` its index."""

    name: str
    word: str
    span: Span
    statement: int

    @property
    def is_label(self) -> bool:
        """Whether it is a label: labels stand apart from the names in expressions."""
        return self.word in LABELLED_WORDS


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a symbol stands. `whole` is the name around it, and `suffix` the coordinates after its
    underscore: for `u` in `u_xx` that is `("x", "x")`."""

    symbol: Symbol
    span: Span
    whole: Span
    suffix: tuple[str, ...] = ()
    declares: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """All symbols in the order of their declarations, and all occurrences in the order of the text."""

    symbols: tuple[Symbol, ...]
    occurrences: tuple[Occurrence, ...]
    coordinates: tuple[str, ...]

    def at(self, offset: int) -> Occurrence | None:
        """The occurrence at an offset, or one that ends there."""
        touching = [item for item in self.occurrences if item.span.start <= offset <= item.span.end]
        return next((item for item in reversed(touching) if offset < item.span.end), touching[-1] if touching else None)

    def of(self, symbol: Symbol) -> tuple[Occurrence, ...]:
        """Every occurrence of a symbol."""
        return tuple(item for item in self.occurrences if item.symbol == symbol)


def index_names(parsed: Sequence[ParsedStatement]) -> Index:
    """The index of parsed statements."""
    builder = _Builder()
    for number, item in enumerate(parsed):
        builder.declare(number, item)
    for number, item in enumerate(parsed):
        builder.refer(number, item)
    occurrences = sorted(set(builder.occurrences), key=lambda item: (item.span, not item.declares))
    return Index(tuple(builder.symbols), tuple(occurrences), tuple(builder.coordinates))


class _Builder:
    """The index in the making. A name that stands for a part of a symbol's own (`x2` of `x[1..3]`) has the length of
    that part beside it."""

    def __init__(self) -> None:
        self.symbols: list[Symbol] = []
        self.names: dict[str, tuple[Symbol, int]] = {}
        self.labels: dict[str, Symbol] = {}
        self.coordinates: list[str] = []
        self.occurrences: list[Occurrence] = []

    # -- declarations --

    def declare(self, number: int, item: ParsedStatement) -> None:
        statement = item.statement
        word = item.tokens[0].text
        if statement is None:
            self._declare_broken(number, word, item)
            return
        if isinstance(statement, ast.ProblemStatement):
            self._new(Symbol(statement.name.text, word, statement.name.span, number))
        elif word in LABELLED_WORDS and (label := getattr(statement, "name", None)) is not None:
            self._label(Symbol(label.text, word, label.span, number))
        elif isinstance(statement, ast.SpaceStatement):
            self._declare_space(number, statement)
        else:
            for name in declared_names(statement):
                self._name(Symbol(name.text, word, name.span, number))
            if isinstance(statement, ast.TimeStatement):
                self.coordinates.append(statement.range.name.text)

    def _declare_space(self, number: int, statement: ast.SpaceStatement) -> None:
        for name in statement.names:
            self._name(Symbol(name.text, "space", name.span, number))
        indexed = {one.name.text: _numbers(one) for one in statement.ranges if one.first is not None}
        for name in statement.names:
            for text in [f"{name.text}{one}" for one in indexed[name.text]] if name.text in indexed else [name.text]:
                self.names.setdefault(text, (self.names[name.text][0], len(name.text)))
                self.coordinates.append(text)

    def _declare_broken(self, number: int, word: str, item: ParsedStatement) -> None:
        tokens = item.tokens
        if len(tokens) < 2 or tokens[1].kind is not Kind.NAME or word not in names_of_kind(WordKind.STATEMENT):
            return
        symbol = Symbol(tokens[1].text, word, tokens[1].span, number)
        if word in LABELLED_WORDS:
            self._label(symbol)
        elif word in DEFINING_WORDS or word in ("space", "time", "field", "function", "part"):
            self._name(symbol)
            self.coordinates.extend((symbol.name,) if word in ("space", "time") else ())

    def _name(self, symbol: Symbol) -> None:
        if symbol.name not in self.names:
            self.names[symbol.name] = (symbol, len(symbol.name))
            self._new(symbol)

    def _label(self, symbol: Symbol) -> None:
        if symbol.name not in self.labels:
            self.labels[symbol.name] = symbol
            self._new(symbol)

    def _new(self, symbol: Symbol) -> None:
        self.symbols.append(symbol)
        self.occurrences.append(Occurrence(symbol, symbol.span, symbol.span, declares=True))

    # -- references --

    def refer(self, number: int, item: ParsedStatement) -> None:
        statement = item.statement
        match statement:
            case None:
                self._refer_broken(item)
            case ast.MethodStatement():
                for target in statement.targets:
                    self._target(target)
            case ast.UnbuiltStatement() | ast.ProblemStatement():
                pass
            case ast.FunctionStatement():
                parameters = {
                    name.text: Symbol(name.text, PARAMETER, name.span, number) for name in statement.parameters
                }
                for symbol in parameters.values():
                    self._new(symbol)
                self._tree(statement.value, parameters)
            case _:
                self._tree(statement, {})

    def _tree(self, root: object, local: Mapping[str, Symbol]) -> None:
        for name in _names(root):
            if name.text in local:
                self.occurrences.append(Occurrence(local[name.text], name.span, name.span))
            else:
                self._name_at(name)

    def _target(self, name: ast.Name) -> None:
        symbol = self.labels.get(name.text)
        if symbol is not None:
            self.occurrences.append(Occurrence(symbol, name.span, name.span))
        else:
            self._name_at(name)

    def _refer_broken(self, item: ParsedStatement) -> None:
        is_method = item.tokens[0].text in names_of_kind(WordKind.FAMILY)
        colons = [index for index, token in enumerate(item.tokens) if token.text == ":"]
        for index, token in enumerate(item.tokens[1:], start=1):
            if token.kind is not Kind.NAME:
                continue
            name = ast.Name(token.text, token.span)
            if is_method:
                if colons and index < colons[0]:
                    self._target(name)
            elif not (index == 1 and token.text in self.labels):
                self._name_at(name)

    def _name_at(self, name: ast.Name) -> None:
        found = self.names.get(name.text)
        if found is not None:
            symbol, length = found
            if name.span != symbol.span:
                self._occurs(symbol, name.span.start, length, name.span)
            return
        base, underscore, suffix = name.text.rpartition("_")
        if not underscore or base not in self.names:
            return
        symbol, length = self.names[base]
        run = cut_suffix(suffix, self.coordinates)
        self._occurs(symbol, name.span.start, length, name.span, run or ())
        offset = name.span.start + len(base) + 1
        for coordinate in run or ():
            along, width = self.names[coordinate]
            self._occurs(along, offset, width, name.span)
            offset += len(coordinate)

    def _occurs(self, symbol: Symbol, start: int, length: int, whole: Span, suffix: tuple[str, ...] = ()) -> None:
        span = Span(start, start + length, whole.origin)
        self.occurrences.append(Occurrence(symbol, span, whole, suffix))


def _numbers(one: ast.Range) -> range:
    """The numbers of an indexed space `x[1..3]`."""
    bounds = [int(number.text) if number and number.text.isdecimal() else 0 for number in (one.first, one.last)]
    return range(bounds[0], min(bounds[1], bounds[0] + MOST_COORDINATES) + 1)


def _names(root: object) -> Iterator[ast.Name]:
    """Every name in a tree that may refer to a symbol: names of options do not."""
    stack: list[object] = [root]
    while stack:
        node = stack.pop()
        match node:
            case ast.Name():
                yield node
            case ast.Argument(value=value):
                stack.append(value)
            case tuple():
                stack.extend(node)
            case _ if is_dataclass(node):
                stack.extend(getattr(node, item.name) for item in fields(node))
