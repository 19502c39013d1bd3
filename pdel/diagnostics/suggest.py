"""Did-you-mean: the known word that a misspelt one most probably stands for."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_WORD = 60


class Suggestion(str):
    """A help sentence that names what should stand in the place of what is marked: `word`.

    A diagnostic that has it as its help gets the edit by itself.
    """

    __slots__ = ("word",)
    word: str

    def __new__(cls, sentence: str, word: str) -> Suggestion:
        """The sentence with its word."""
        made = super().__new__(cls, sentence)
        made.word = word
        return made

    def __reduce__(self) -> tuple[type[Suggestion], tuple[str, str]]:
        """What a copy is made of, as pickle asks."""
        return Suggestion, (str(self), self.word)


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` most probably means, or None where none is near.

    Near is: equal but for case; equal but for the order of the parts between underscores; an
    abbreviation or a longer form (`lap`, `gradient`, of three letters at least); or few typing errors
    (insertions, deletions, substitutions, transpositions of neighbours): one in words of up to five
    letters, a third of the letters in longer ones. Ties go to the first candidate.
    """
    if not word or len(word) > LONGEST_WORD:
        return None
    best: tuple[int, str] | None = None
    folded = word.casefold()
    for candidate in candidates:
        if candidate == word or not candidate or len(candidate) > LONGEST_WORD:
            continue
        rank = _rank(folded, candidate.casefold())
        if rank is not None and (best is None or rank < best[0]):
            best = (rank, candidate)
    return None if best is None else best[1]


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """The help sentence ``Did you mean `v`?``, or an empty text where no candidate is near."""
    near = closest(word, candidates)
    return "" if near is None else suggest(near)


def suggest(word: str, replacement: str = "") -> Suggestion:
    """The help sentence for a word that is probably meant; `replacement` where more than it stands in the text."""
    return Suggestion(f"Did you mean `{word}`?", replacement or word)


def enumerate_words(words: Iterable[str], conjunction: str = "and", limit: int = 12) -> str:
    """Words in backticks as a sentence lists them: `a`, `b` and `c`; beyond `limit` they are counted."""
    quoted = [f"`{word}`" for word in words]
    if len(quoted) > limit:
        return ", ".join(quoted[:limit]) + f" {conjunction} {len(quoted) - limit} more"
    if len(quoted) < 2:
        return "".join(quoted)
    return ", ".join(quoted[:-1]) + f" {conjunction} {quoted[-1]}"


def edit_distance(first: str, second: str, limit: int) -> int:
    """The optimal string alignment distance, or `limit` + 1 where it is larger than `limit`.

    Unit costs for insertion, deletion, substitution and the transposition of two neighbours; no
    substring is edited twice.
    """
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(second) + 1))
    for i, left in enumerate(first, start=1):
        current = [i]
        for j, right in enumerate(second, start=1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (left != right))
            if i > 1 and j > 1 and left == second[j - 2] and first[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return min(previous[-1], limit + 1)


def _rank(word: str, candidate: str) -> int | None:
    """How far two words are from each other (smaller is nearer), or None where they are not near."""
    if word == candidate or sorted(word.split("_")) == sorted(candidate.split("_")):
        return 0
    shorter, longer = sorted((word, candidate), key=len)
    limit = 1 if len(longer) <= 5 else len(longer) // 3
    distance = edit_distance(word, candidate, limit)
    # Of two one-letter names, or two words without a common letter, neither is a slip for the other.
    if distance <= limit and distance < len(longer) and any(c in longer for c in shorter):
        return distance
    if len(shorter) >= 3 and longer.startswith(shorter):
        return len(longer)
    return None
