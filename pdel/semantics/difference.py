"""What changed in meaning between two specifications: statements by their addresses, and within them terms, places
and options.

In: two specifications as parsed. Out: changes in words. Nothing is looked up, so names may be undeclared and methods
unknown. What `canonical.py` spells alike is the same: layout, comments, the order of statements, numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pdel.semantics.canonical import (
    spell,
    spelled_relation,
    spelled_selected,
    spelled_statement,
)
from pdel.source import Sources, Span
from pdel.syntax import ast

NOT_STATED = "not stated"
"""What an option is that one of two specifications does not give."""

Node: TypeAlias = ast.Statement | ast.FieldDeclaration | ast.Relation


@dataclass(frozen=True, slots=True)
class Change:
    """One change in meaning.

    `kind` is `added`, `removed`, `changed` or `renamed`. `part` says which part of the statement it concerns (an
    option, a side, a place) and is empty for the statement as a whole; `before` and `after` are what was written,
    None where there was nothing. `text` is the change in words.
    """

    address: str
    kind: str
    part: str
    before: str | None
    after: str | None
    text: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """What has an address: a statement, a declared field or one relation of `exact`."""

    address: str
    spelled: str
    node: Node
    sources: Sources

    @property
    def title(self) -> str:
        """The address in words: `equation momentum`, `enforce start, walls`."""
        word, _, names = self.address.partition(".")
        return f"{word} {', '.join(names.replace(',', '.').split('.'))}".strip()

    def text(self, span: Span) -> str:
        """What stands at a place, on one line."""
        return " ".join(self.sources.text(span).split())

    @property
    def body(self) -> str:
        """The statement without its first word and its name."""
        text = self.text(self.node.span)
        if isinstance(self.node, ast.FieldDeclaration):
            return text
        if isinstance(self.node, ast.Relation):
            return self.text(self.node.right.span)
        text = text[len(self.text(self.node.keyword)) :].strip()
        names = _names(self.node)
        if names:
            end = max(name.span.end for name in names)
            text = " ".join(self.sources.of(self.node.span).text[end : self.node.span.end].split())
        return text.removeprefix(":").removeprefix("=").strip()


def _names(statement: ast.Statement) -> tuple[ast.Name, ...]:
    """The names in a statement's address."""
    match statement:
        case ast.ProblemStatement() | ast.SpaceStatement() | ast.TimeStatement() | ast.UnbuiltStatement():
            return ()
        case ast.FieldStatement() | ast.ExactStatement() | ast.ManufactureStatement():
            return ()
        case ast.MethodStatement(targets=names) | ast.ReferenceStatement(names=names):
            return names
        case _:
            return (statement.name,)


def difference(old: ast.Specification, new: ast.Specification) -> tuple[Change, ...]:
    """The changes from one specification to another, in the order of the first; what is new comes last."""
    before, after = _remaining(_entries(old), _entries(new)), _remaining(_entries(new), _entries(old))
    pairs, before, after = _paired(before, after)
    renamed, before, after = _renamed(before, after)
    changes = [change for first, second in pairs for change in _compared(first, second)]
    changes += [
        Change(first.address, "renamed", "", first.address, second.address, f"{first.title} renamed to {second.title}")
        for first, second in renamed
    ]
    changes += [
        Change(one.address, "removed", "", one.body, None, f"{one.title} removed: {one.body}") for one in before
    ]
    changes += [Change(one.address, "added", "", None, one.body, f"{one.title} added: {one.body}") for one in after]
    return tuple(changes)


def _entries(specification: ast.Specification) -> list[_Entry]:
    entries = []
    for statement in specification.statements:
        nodes: Sequence[Node] = (statement,)
        if isinstance(statement, ast.FieldStatement):
            nodes = statement.declarations
        elif isinstance(statement, ast.ExactStatement | ast.ManufactureStatement):
            nodes = statement.relations
        for node, (address, spelled) in zip(nodes, spelled_statement(statement), strict=True):
            entry = _Entry(address, spelled, node, specification.sources)
            if isinstance(node, ast.UnbuiltStatement):
                entry = _Entry(address, entry.body, node, specification.sources)
            entries.append(entry)
    return entries


def _remaining(entries: Sequence[_Entry], others: Sequence[_Entry]) -> list[_Entry]:
    """The entries without those that the other specification has alike."""
    alike = Counter((entry.address, entry.spelled) for entry in others)
    kept = []
    for entry in entries:
        key = (entry.address, entry.spelled)
        alike[key] -= 1
        if alike[key] < 0:
            kept.append(entry)
    return kept


Pairs: TypeAlias = tuple[list[tuple[_Entry, _Entry]], list[_Entry], list[_Entry]]


def _paired(before: Sequence[_Entry], after: Sequence[_Entry]) -> Pairs:
    """Entries of one address, and those that have no partner."""
    pairs = []
    waiting = list(after)
    alone = []
    for entry in before:
        partner = next((other for other in waiting if other.address == entry.address), None)
        if partner is None:
            alone.append(entry)
        else:
            waiting.remove(partner)
            pairs.append((entry, partner))
    return pairs, alone, waiting


def _renamed(before: Sequence[_Entry], after: Sequence[_Entry]) -> Pairs:
    """Entries that say the same under another name."""
    pairs = []
    waiting = list(after)
    alone = []
    for entry in before:
        same = [other for other in waiting if _word(other) == _word(entry) and other.spelled == entry.spelled]
        if len(same) == 1 and not isinstance(entry.node, ast.MethodStatement):
            waiting.remove(same[0])
            pairs.append((entry, same[0]))
        else:
            alone.append(entry)
    return pairs, alone, waiting


def _word(entry: _Entry) -> str:
    return entry.address.partition(".")[0]


# ---------------------------------------------------------------------------------------------------------
# Two statements of one address
# ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two entries of one address; makes the changes of their parts."""

    old: _Entry
    new: _Entry

    def changed(self, part: str, before: str, after: str, text: str) -> Change:
        return Change(self.old.address, "changed", part, before, after, f"{self.old.title}: {text}")

    def added(self, part: str, after: str, text: str) -> Change:
        return Change(self.old.address, "added", part, None, after, f"{self.old.title}: {text}")

    def removed(self, part: str, before: str, text: str) -> Change:
        return Change(self.old.address, "removed", part, before, None, f"{self.old.title}: {text}")

    def whole(self) -> Change:
        return self.changed("", self.old.body, self.new.body, f"{self.old.body} -> {self.new.body}")


def _compared(old: _Entry, new: _Entry) -> list[Change]:
    """The changes between two entries of one address, as a whole where their parts say nothing."""
    pair = _Pair(old, new)
    return list(_parts(pair)) or [pair.whole()]


def _parts(pair: _Pair) -> Iterator[Change]:
    match pair.old.node, pair.new.node:
        case ast.EquationStatement() as first, ast.EquationStatement() as second:
            yield from _relations(pair, first.relation, second.relation)
            yield from _optional(pair, "in", first.region, second.region)
            yield from _optional(pair, "where", first.where, second.where)
        case ast.BoundaryStatement() as first, ast.BoundaryStatement() as second:
            yield from _conditions(pair, first.relations, second.relations)
            yield from _places(pair, "place", first.selector.included, second.selector.included)
            yield from _places(pair, "exception", first.selector.excluded, second.selector.excluded)
            yield from _optional(pair, "where", first.where, second.where)
        case ast.InitialStatement() as first, ast.InitialStatement() as second:
            yield from _conditions(pair, first.relations, second.relations)
        case ast.SpaceStatement() as first, ast.SpaceStatement() as second:
            yield from _ranges(pair, first, second)
        case ast.MethodStatement() as first, ast.MethodStatement() as second:
            yield from _calls(pair, first.calls, second.calls)
        case ast.DataStatement() as first, ast.DataStatement() as second:
            yield from _data(pair, first, second)


def _relations(pair: _Pair, old: ast.Relation, new: ast.Relation) -> Iterator[Change]:
    if old.operator != new.operator:
        return
    yield from _terms(pair, "left side", old.left, new.left)
    yield from _terms(pair, "right side", old.right, new.right)


def _terms(pair: _Pair, side: str, old: ast.Expression, new: ast.Expression) -> Iterator[Change]:
    """The terms that came and went on one side of an equation."""
    before, after = _terms_of(pair.old, old), _terms_of(pair.new, new)
    kept = Counter(name for name, _ in before) & Counter(name for name, _ in after)
    gone, come = _less(before, kept), _less(after, kept)
    if len(gone) == len(come) == 1:
        yield pair.changed(side, gone[0], come[0], f"{gone[0]} -> {come[0]} on the {side}")
        return
    if not gone and not come and spell(old) != spell(new):
        first, second = pair.old.text(old.span), pair.new.text(new.span)
        yield pair.changed(side, first, second, f"{side} reordered: {first} -> {second}")
    for text in gone:
        yield pair.removed(side, text, f"term {text} removed from the {side}")
    for text in come:
        yield pair.added(side, text, f"term {text} added to the {side}")


def _terms_of(entry: _Entry, side: ast.Expression) -> list[tuple[str, str]]:
    """The terms of one side, each spelt canonically and as written with its sign; none for a mere 0."""
    if isinstance(side, ast.Number) and spell(side) == "0":
        return []
    if not isinstance(side, ast.Sum):
        return [(_signed(side, negative=False), entry.text(side.span))]
    terms = []
    for term in side.terms:
        text = entry.text(term.span).lstrip("+- ") if term.negative else entry.text(term.span).lstrip("+ ")
        terms.append((_signed(term.expression, negative=term.negative), f"{'-' * term.negative}{text}"))
    return terms


def _signed(expression: ast.Expression, *, negative: bool) -> str:
    """A term with its sign: `a - b` and `a + -b` have the same second one."""
    while isinstance(expression, ast.Negate):
        expression, negative = expression.operand, not negative
    return f"{'-' if negative else '+'}{spell(expression)}"


def _less(terms: Sequence[tuple[str, str]], kept: Counter[str]) -> list[str]:
    """The texts of the terms beyond those that both sides have."""
    left = Counter(kept)
    rest = []
    for name, text in terms:
        left[name] -= 1
        if left[name] < 0:
            rest.append(text)
    return rest


def _conditions(pair: _Pair, old: Sequence[ast.Relation], new: Sequence[ast.Relation]) -> Iterator[Change]:
    """The relations of a condition, told apart by their left sides."""
    before = {spell(item.left): item for item in old}
    after = {spell(item.left): item for item in new}
    for left, item in before.items():
        first = pair.old.text(item.span)
        if left not in after:
            yield pair.removed("condition", first, f"condition {first} removed")
        elif spelled_relation(item) != spelled_relation(after[left]):
            second = pair.new.text(after[left].span)
            yield pair.changed("condition", first, second, f"{first} -> {second}")
    for left, item in after.items():
        if left not in before:
            text = pair.new.text(item.span)
            yield pair.added("condition", text, f"condition {text} added")


def _places(
    pair: _Pair, part: str, old: Sequence[ast.Side | ast.Name], new: Sequence[ast.Side | ast.Name]
) -> Iterator[Change]:
    before = {spelled_selected(item): pair.old.text(item.span) for item in old}
    after = {spelled_selected(item): pair.new.text(item.span) for item in new}
    for name, text in before.items():
        if name not in after:
            yield pair.removed(part, text, f"{part} {text} removed")
    for name, text in after.items():
        if name not in before:
            yield pair.added(part, text, f"{part} {text} added")


def _optional(pair: _Pair, word: str, old: ast.Expression | None, new: ast.Expression | None) -> Iterator[Change]:
    """A part that a statement may have after a word, as `where`."""
    if spell(old) == spell(new):
        return
    before = None if old is None else pair.old.text(old.span)
    after = None if new is None else pair.new.text(new.span)
    if before is None and after is not None:
        yield pair.added(word, after, f"{word} {after} added")
    elif before is not None and after is None:
        yield pair.removed(word, before, f"{word} {before} removed")
    elif before is not None and after is not None:
        yield pair.changed(word, before, after, f"{word} {before} -> {after}")


def _ranges(pair: _Pair, old: ast.SpaceStatement, new: ast.SpaceStatement) -> Iterator[Change]:
    """Coordinates whose interval changed, where the coordinates are the same ones."""
    if old.shape or new.shape or old.system or new.system:
        return
    if [item.name.text for item in old.ranges] != [item.name.text for item in new.ranges]:
        return
    for first, second in zip(old.ranges, new.ranges, strict=True):
        before, after = pair.old.text(first.span), pair.new.text(second.span)
        if before != after:
            yield pair.changed(first.name.text, before, after, f"{before} -> {after}")


Called: TypeAlias = ast.Call | ast.Name | ast.Number


def _calls(pair: _Pair, old: Sequence[Called], new: Sequence[Called]) -> Iterator[Change]:
    """The options of methods, where the methods are the same ones."""
    if [_called(item) for item in old] != [_called(item) for item in new]:
        return
    for first, second in zip(old, new, strict=True):
        prefix = f"{_called(first)} " if len(old) > 1 else ""
        yield from _options(pair, prefix, _arguments(first), _arguments(second))


def _called(item: Called) -> str:
    """The name of a method; for `seed 7` there is none, so that its number is compared as a whole."""
    return item.function.text if isinstance(item, ast.Call) else spell(item)


def _arguments(item: Called) -> Sequence[ast.Argument]:
    return item.arguments if isinstance(item, ast.Call) else ()


def _options(pair: _Pair, prefix: str, old: Sequence[ast.Argument], new: Sequence[ast.Argument]) -> Iterator[Change]:
    before = {item.name.text: item.value for item in old if item.name}
    after = {item.name.text: item.value for item in new if item.name}
    for name in dict.fromkeys((*before, *after)):
        if spell(before.get(name)) == spell(after.get(name)):
            continue
        first = pair.old.text(before[name].span) if name in before else None
        second = pair.new.text(after[name].span) if name in after else None
        kind = "added" if first is None else "removed" if second is None else "changed"
        text = f"{pair.old.title} {prefix}{name}: {first or NOT_STATED} -> {second or NOT_STATED}"
        yield Change(pair.old.address, kind, f"{prefix}{name}", first, second, text)


def _data(pair: _Pair, old: ast.DataStatement, new: ast.DataStatement) -> Iterator[Change]:
    """The file and the options of data, where the observed quantities are the same ones."""
    if [name.text for name in old.observed] != [name.text for name in new.observed]:
        return
    if (old.relation is None) != (new.relation is None) or (
        old.relation and new.relation and spelled_relation(old.relation) != spelled_relation(new.relation)
    ):
        return
    if old.file.text != new.file.text:
        first, second = pair.old.text(old.file.span), pair.new.text(new.file.span)
        yield pair.changed("file", first, second, f"{first} -> {second}")
    yield from _options(pair, "", old.options, new.options)
