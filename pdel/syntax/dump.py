"""The first stages as text, for `pdel inspect --stage tokens|tree`."""

from __future__ import annotations

from pdel.source import Source
from pdel.syntax.lexer import tokenize
from pdel.syntax.parse import parse_statements
from pdel.syntax.tree import Node, Terminal, Tree


def dump_tokens(source: Source) -> str:
    """One token a line with its place and its kind; the texts joined are the source."""
    rows = []
    for token in tokenize(source.text):
        line, column = source.line_column(token.span.start)
        rows.append(f"{line}:{column}".ljust(8) + token.kind.value.ljust(13) + repr(token.text))
    return "".join(row + "\n" for row in rows)


def dump_tree(source: Source) -> str:
    """The parse tree of every statement, two spaces a level; a broken statement is said to be so."""
    rows: list[str] = []
    for parsed in parse_statements(source):
        line = source.line_column(parsed.tokens[0].span.start)[0]
        if parsed.tree is None:
            rows.append(f"{line}: {parsed.tokens[0].text} ({'broken' if parsed.statement is None else 'not parsed'})")
            continue
        rows.append(f"{line}: {parsed.tree.rule}")
        rows.extend(_rows(parsed.tree))
    return "".join(row + "\n" for row in rows)


def _rows(tree: Tree) -> list[str]:
    rows: list[str] = []
    pending: list[tuple[Node, int]] = [(child, 1) for child in reversed(tree.children)]
    while pending:
        node, depth = pending.pop()
        if isinstance(node, Terminal):
            rows.append(f"{'  ' * depth}{node.kind} {str(node)!r}")
        else:
            rows.append(f"{'  ' * depth}{node.rule}")
            pending.extend((child, depth + 1) for child in reversed(node.children))
    return rows
