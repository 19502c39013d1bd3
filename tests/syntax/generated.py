"""Statements by random walks through the parser's automaton: whatever the grammar has is among them."""

from __future__ import annotations

import itertools
from random import Random

from pdel.source import Source
from pdel.syntax.lexer import tokenize
from pdel.syntax.parse import parse
from pdel.syntax.table import advance, table
from pdel.syntax.words import END, SYMBOL_TERMINALS, WORD_TERMINALS

LONGEST = 40
_SPELLINGS = {
    "NAME": ("u", "u_xx", "walls", "x1", "steps", "a_rather_long_name"),
    "NUMBER": ("0", "0.01", "1e-3", "10_000", ".5", "2."),
    "TEXT": ('"data.csv"', '"a  b"'),
    "UNIT": ("[kg/m^3]", "[K]"),
    "METHOD": ("network", "seed", "train", "a_family_of_methods"),
    "_LANGUAGE": ("language",),
}
_CLOSING = frozenset(("_RPAR", "_RSQB"))


def spellings(terminal: str) -> tuple[str, ...]:
    """Texts that are a terminal."""
    words = [word for word, name in {**WORD_TERMINALS, **SYMBOL_TERMINALS}.items() if name == terminal]
    return _SPELLINGS.get(terminal) or tuple(words) or (terminal.lower(),)


def random_words(rng: Random) -> list[str]:
    """The words of a statement that the grammar accepts; the longer it gets the sooner it ends."""
    states = [table().starts["statement"]]
    words: list[str] = []
    while True:
        accepted = [name for name in table().states[states[-1]] if name.isupper() or name == END]
        fitting = sorted(name for name in accepted if advance(states, name)[0])
        if fitting == [END] or (END in fitting and (len(words) > LONGEST or rng.random() < 0.25)):
            return words
        fitting = [name for name in fitting if name != END]
        if len(words) > LONGEST // 2:
            short = [name for name in fitting if name in _CLOSING] or [name for name in fitting if name == "NUMBER"]
            fitting = short or fitting
        terminal = rng.choice(fitting)
        words.append(rng.choice(spellings(terminal)))
        states = advance(states, terminal)[1]


def sound_words(rng: Random, attempts: int = 30) -> list[str]:
    """The words of a statement without diagnostics of the syntax."""
    for _ in range(attempts):
        words = random_words(rng)
        if not parse(Source("generated.pde", " ".join(words))).diagnostics:
            return words
    return ["problem", "generated"]


def joined(words: list[str], rng: Random, *, breaks: bool) -> str:
    """The words with spaces at random between them, which leave them the words they are; with line breaks and
    comments as well where `breaks`."""
    wide = ("", " ", "   ", "\t")
    gaps = (*wide, "\n  ", "\n\n\n\t", "  # why\n ", "\n# aside  \n    ", "\n") if breaks else wide
    text = words[0]
    for before, word in itertools.pairwise(words):
        gap = rng.choice(gaps)
        if gap == "\n" and word not in (")", "]"):
            gap = "\n "
        if gap == "" and not _stand_alone(before, word):
            gap = " "
        text += gap + word
    return text


def _stand_alone(first: str, second: str) -> bool:
    """Whether two words without a space between them are still read as two; numbers are kept off others."""
    apart = [token.text for word in (first, second) for token in tokenize(word)]
    return [token.text for token in tokenize(first + second)] == apart and first[-1] not in ".0123456789"
