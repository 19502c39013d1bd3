"""One statement from its tokens to its AST, with at most one diagnostic for what the parser could not read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pdel.diagnostics.model import Diagnostic, Edit, error
from pdel.diagnostics.suggest import edit_distance
from pdel.source import Span
from pdel.syntax.ast import Expression, Name, Statement, UnbuiltStatement
from pdel.syntax.build import build_condition, build_statement
from pdel.syntax.faults import inspect_tokens
from pdel.syntax.grammar import CONDITION_START, STATEMENT_START, Stop, make_terminals, parse_terminals
from pdel.syntax.lexer import StatementTokens, Token
from pdel.syntax.messages import explain_stop
from pdel.syntax.scene import Scene
from pdel.syntax.tree import Node, Terminal, Tree
from pdel.syntax.words import OTHER_WORDS, STATEMENT_WORDS, UNBUILT_WORDS

DEEPEST_NESTING = 100
_UNIT = re.compile(r"\[ ?[A-Za-z1(][A-Za-z0-9 ^*/().-]*\]")


@dataclass(frozen=True, slots=True)
class ParsedStatement:
    """What became of one statement: its tree and AST where it is sound, and its diagnostics."""

    tokens: tuple[Token, ...]
    tree: Tree | None
    statement: Statement | None
    diagnostics: tuple[Diagnostic, ...]


def parse_statement(statement: StatementTokens) -> ParsedStatement:
    """One statement: checks its tokens, parses them, builds the AST."""
    inspection = inspect_tokens(statement)
    tokens, diagnostics = inspection.tokens, inspection.diagnostics
    if not inspection.sound:
        return ParsedStatement(statement.tokens, None, None, diagnostics)
    if tokens[0].text in UNBUILT_WORDS:
        word, span = tokens[0], tokens[0].span.to(tokens[-1].span)
        unbuilt = UnbuiltStatement(Name(word.text, word.span), word.span, span)
        return ParsedStatement(statement.tokens, None, unbuilt, diagnostics)
    misspelt = _misspelt(tokens)
    if misspelt is not None:
        diagnostics += (misspelt[0],)
        tokens = misspelt[1]
    origin = tokens[0].span.origin
    tree = _tree(tokens, STATEMENT_START, statement)
    if isinstance(tree, Diagnostic):
        return ParsedStatement(statement.tokens, None, None, diagnostics or (tree,))
    assert isinstance(tree, Tree)
    built = build_statement(tree, origin)
    sound = not built.diagnostics
    return ParsedStatement(
        statement.tokens, tree, built.statement if sound else None, diagnostics + built.diagnostics
    )  # fmt: skip


def parse_value(tokens: Sequence[Token]) -> Expression | tuple[Diagnostic, ...]:
    """A value on its own, as `--set train.adam.steps=100` gives it, or what is wrong with it."""
    statement = StatementTokens(tuple(tokens), {})
    inspection = inspect_tokens(statement, CONDITION_START)
    if not inspection.sound:
        return inspection.diagnostics
    tree = _tree(inspection.tokens, CONDITION_START, statement)
    if isinstance(tree, Diagnostic):
        return inspection.diagnostics or (tree,)
    expression, diagnostics = build_condition(tree, tokens[0].span.origin)
    return (inspection.diagnostics + diagnostics) or expression


def _tree(tokens: Sequence[Token], start: str, statement: StatementTokens) -> Node | Diagnostic:
    """The tree of a statement or a value, or the one diagnostic for it."""
    terminals = make_terminals(tokens, start)
    origin = tokens[0].span.origin
    tree = parse_terminals(terminals, start)
    if isinstance(tree, Stop):
        firsts = {statement.tokens[index].span.start: indent for index, indent in statement.indents.items()}
        indents = {
            index: firsts[item.start] for index, item in enumerate(terminals) if item.start in firsts
        }  # fmt: skip
        return explain_stop(Scene(tree, terminals, indents, origin, start))
    for terminal in terminals:
        if terminal.kind == "UNIT" and not _UNIT.fullmatch(str(terminal)):
            return _no_unit(terminal, origin)
    return _too_deep(tree, origin) or tree


def _misspelt(tokens: tuple[Token, ...]) -> tuple[Diagnostic, tuple[Token, ...]] | None:
    """The first word mended, where it is nearly the first word of a physics statement.

    Such a word may be a family of methods that is yet to come: where the statement parses as it is, it has to
    parse as the physics statement too.
    """
    word = tokens[0]
    if word.text in STATEMENT_WORDS:
        return None
    candidate = near_statement_word(word.text)
    if candidate is None or candidate in UNBUILT_WORDS:
        return None
    mended = (replace(word, text=candidate), *tokens[1:])
    is_method = not isinstance(parse_terminals(make_terminals(tokens), STATEMENT_START), Stop)
    if is_method and isinstance(parse_terminals(make_terminals(mended), STATEMENT_START), Stop):
        return None
    diagnostic = error(
        "E133", f"no statement begins with `{word.text}`", word.span, f"did you mean `{candidate}`?",
        help=f"Write `{candidate}`.", edits=[Edit(word.span, candidate)],
    )  # fmt: skip
    return diagnostic, mended


def near_statement_word(word: str) -> str | None:
    """The first word of a physics statement that a word is a typing error of, or another word for."""
    if word in OTHER_WORDS:
        return OTHER_WORDS[word]
    for candidate in sorted(STATEMENT_WORDS):
        limit = 2 if len(candidate) >= 7 else 1
        if word.casefold() == candidate or edit_distance(word, candidate, limit) <= limit:
            return candidate
    return None


def _too_deep(tree: Node, origin: int) -> Diagnostic | None:
    """Refuses trees that later stages could not walk through by recursion."""
    pending: list[tuple[Node, int]] = [(tree, 1)]
    while pending:
        node, depth = pending.pop()
        if isinstance(node, Terminal):
            continue
        if depth > DEEPEST_NESTING:
            span = Span(node.start, node.end, origin)
            return error(
                "E117", f"the formula is nested more than {DEEPEST_NESTING} levels deep", span, "too deep here",
                help="Name an inner part with `let`.",
            )  # fmt: skip
        pending.extend((child, depth + 1) for child in reversed(node.children))
    return None


def _no_unit(terminal: Terminal, origin: int) -> Diagnostic:
    span = Span(terminal.start, terminal.end, origin)
    return error(
        "E132", f"`{terminal}` is no unit", span, "expected a unit such as `[kg/m^3]`",
        help="A unit is made of names and whole powers with `*`, `/` and `^`.",
    )  # fmt: skip
