"""What a parser was reading when it stopped, in words of the grammar instead of numbers of states.

A situation is the innermost open piece of a statement and what had been read of it: `equation NAME : value`
is an equation of which label, colon and left side stand there. Lists and formulas are one piece, however long
they are. Every stopped parse has a situation, and `messages.py` has a text for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

OPERATOR = "operator"
"""The situation after an operator whose right operand is missing."""

START = "start"
"""The situation before anything was read."""

_OPERATORS = frozenset((
    "PLUS", "MINUS", "STAR", "SLASH", "CARET", "_AMPERSAND", "COMPARE", "_AND", "_OR", "_NOT", "EQUAL",
))  # fmt: skip
_VALUES = frozenset((
    "NAME", "NUMBER", "TEXT", "UNIT", "IF", "condition", "conjunction", "negation", "comparison", "expression", "sum",
    "signed_term", "product", "signed_power", "power", "exponent", "postfix", "atom", "call", "argument",
))  # fmt: skip
_LISTS = {
    "names": "NAME", "targets": "NAME", "relations": "relation", "selector": "selected", "space": "range",
    "field": "declaration", "method": "call",
}  # fmt: skip
_SHOWN = {
    "_RPAR": ")", "_RSQB": "]", "_COMMA": ",", "_COLON": ":", "_DOTS": "..", "EQUAL": "=", "COMPARE": "=",
    "_IN": "in", "_ON": "on", "_AT": "at", "_WHERE": "where", "_FROM": "from", "_THEN": "then", "_EXCEPT": "except",
    "_LANGUAGE": "language", "METHOD": "method", "bound": "relation", "method_call": "call", "components": "components",
    **_LISTS,
}  # fmt: skip
_BRACKETS = {"_LPAR": "(", "_LSQB": "["}
_FORMULA_FRAMES = frozenset(("call", "group", "component", "interval", "options"))
_LABELLED = frozenset(("EQUATION", "BOUNDARY", "INITIAL", "CONSTRAINT", "DATA"))
_RELATING = _LABELLED | {"EXACT", "MANUFACTURE"}
_SEPARATORS = frozenset((",", "then"))
_SELECTING = frozenset(("on", "where"))
"""Words that begin a part that is the same in every statement: what came before is left out."""


_PASSED_OVER = frozenset(("complex", "system", "UNIT"))
"""Words after which the same may follow as before them."""


@dataclass(slots=True)
class _Frame:
    """An open bracket, or the statement itself: what was read of it, and what may be read next."""

    name: str
    words: list[str] = field(default_factory=list)
    expects: str = "structure"
    """`structure` (names, words), `value` (a formula of the statement), `condition` or `selector`."""


def situation(symbols: Sequence[str]) -> str:
    """The situation after the grammar symbols on a parser's stack."""
    return open_pieces(symbols)[-1]


def open_pieces(symbols: Sequence[str]) -> tuple[str, ...]:
    """The statement and the open brackets in it, outermost first; the last one is the situation."""
    frames = [_Frame("condition", expects="condition")]
    waits = False
    for index, symbol in enumerate(symbols):
        frame = frames[-1]
        waits = False
        if index == 0 and _begins_statement(symbol):
            frames = [_Frame(symbol, [_SHOWN.get(symbol, symbol.lower())], _first_expected(symbol))]
        elif symbol in _BRACKETS:
            name = _bracket(symbols, index, frames)
            expects = "condition" if name in _FORMULA_FRAMES else "structure"
            frames.append(_Frame(name, [name, _BRACKETS[symbol]], expects))
        elif symbol in ("_RPAR", "_RSQB") and len(frames) > 1:
            closed = frames.pop()
            _append(frames[-1], _closed_word(closed, frames[-1]))
        elif symbol in _OPERATORS and not _is_structural(symbol, frame):
            waits = True
        else:
            _read(frame, symbol)
    pieces = [" ".join(frame.words) or START for frame in frames]
    if waits:
        pieces[-1] = OPERATOR
    elif symbols and symbols[-1] == "IF":
        pieces[-1] = "if"
    return tuple(pieces)


def _begins_statement(symbol: str) -> bool:
    return symbol.isupper() and symbol not in _VALUES | _OPERATORS | _BRACKETS.keys()


def _first_expected(keyword: str) -> str:
    return "value" if keyword in ("EXACT", "MANUFACTURE") else "structure"


def _bracket(symbols: Sequence[str], index: int, frames: list[_Frame]) -> str:
    """The name of the bracket that opens at `index`."""
    frame = frames[-1]
    before = symbols[index - 1] if index else ""
    if symbols[index] == "_LSQB":
        if before == "_IN":
            return "interval"
        return "indices" if frame.name in ("SPACE", "TIME") and frame.words[-1] == "NAME" else "component"
    if len(frames) == 1 and frame.name == "FIELD":
        return "arguments" if before == "components" else "names"
    if len(frames) == 1 and frame.name == "FUNCTION" and index == 2:
        return "parameters"
    if len(frames) == 1 and frame.name == "UNKNOWN" and frame.expects == "structure":
        return "inferred"
    if len(frames) == 1 and frame.name == "TABLE" and index == 2:
        return "tabulated"
    if len(frames) == 1 and frame.name in ("DATA", "TABLE") and before == "TEXT":
        return "options"
    if len(frames) == 1 and frame.name == "SPACE" and before in ("SPACE", "SYSTEM"):
        return "names"
    return "call" if before in ("NAME", "IF") else "group"


def _closed_word(closed: _Frame, around: _Frame) -> str:
    """What a bracket is for the piece around it, once it is closed."""
    if around.name == "METHOD":
        del around.words[-1]
        return "call"
    return "value" if closed.name in ("call", "group", "component") else closed.name


def _is_structural(symbol: str, frame: _Frame) -> bool:
    """Whether this is the `=` of a statement or of a selector, and not an operator of a formula."""
    if symbol == "COMPARE":
        return frame.name == "CONSTRAINT" and frame.expects == "value"
    return symbol == "EQUAL" and frame.expects != "condition"


def _read(frame: _Frame, symbol: str) -> None:
    """Adds a symbol to what was read of a piece, and notes what may follow."""
    _append(frame, _word(frame, symbol))
    match symbol:
        case "_ON" | "_EXCEPT":
            frame.expects = "selector"
        case "_WHERE":
            frame.expects = "condition"
        case "_AT":
            frame.expects = "value"
        case "_COLON" if frame.name in _LABELLED:
            frame.expects = "value"
        case "_IN" if frame.name == "SPACE" and frame.words[-2:] == ["names", "in"]:
            frame.expects = "value"
        case "_IN" if frame.name in ("EQUATION", "FIELD", "UNKNOWN"):
            frame.expects = "structure"
        case "_FROM":
            frame.expects = "structure"
        case "EQUAL" if frame.name != "FIELD" and frame.expects == "structure":
            frame.expects = "value"


def _word(frame: _Frame, symbol: str) -> str:
    """The word that stands for a symbol in a piece."""
    listed = symbol[2:].rsplit("_", 2)[0] if symbol.startswith("__") else ""
    if frame.name == "DATA" and frame.expects == "value" and "names" in (symbol, listed):
        return "value"  # a list of names may yet turn out to be a formula
    if listed:
        return _LISTS.get(listed, "value")
    if frame.name == "METHOD" and symbol == "NUMBER":
        return "call"
    if frame.expects == "structure":
        return symbol if symbol in ("NAME", "NUMBER", "TEXT", "UNIT") else _SHOWN.get(symbol, symbol.lower())
    if frame.expects == "selector" and symbol in ("NAME", "BOUNDARY", "selected") and frame.words[-1] != "=":
        return "selected"
    return "value" if symbol in _VALUES else _SHOWN.get(symbol, symbol.lower())


def _append(frame: _Frame, word: str) -> None:
    """Adds a word to a piece; what makes a formula or a list longer changes nothing."""
    words = frame.words
    if word in _PASSED_OVER:
        return
    if words and (words[-1] == word or (word == "value" and words[-1] in ("relation", "selected"))):
        return
    if len(words) > 1 and words[-1] in _SEPARATORS and frame.name != "interval":
        del words[-2:]
    if word in _SELECTING and frame.name not in _FORMULA_FRAMES:
        words.clear()
    words.append(word)
    if words[-2:] == ["components", "arguments"]:
        words[-2:] = ["declaration"]
    if words[-3:] == ["selected", "=", "value"]:
        words[-2:] = []
    if words[-3:] == ["value", "=", "value"] and frame.name in _RELATING:
        words[-3:] = ["relation"]
