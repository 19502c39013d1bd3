"""What a diagnostic code is: its title, its explanation, and the smallest specifications with and without it."""

from __future__ import annotations

from dataclasses import dataclass

from pdel.diagnostics.model import Severity

FAMILIES: dict[str, str] = {
    "E1": "Text and syntax",
    "E2": "Names",
    "E3": "Kinds, shapes and arguments",
    "E4": "The mathematics of the problem",
    "E5": "Methods and options",
    "E6": "Files",
    "W7": "Advice",
    "E9": "Internal errors",
}
"""The families of codes by their first two characters, in the order of the stages."""


@dataclass(frozen=True, slots=True)
class CodeInfo:
    """One diagnostic code.

    `explanation` is the text of `pdel explain`: why it is a mistake and how it is mended. `bad` and
    `good` are complete specifications: the first diagnostic of `bad` has this code, `good` has none
    with it. Both are empty only for codes that no specification can cause. `files` are the names and
    contents of data files that lie beside them. `pedantic` advice is given with `--pedantic` only.
    """

    code: str
    title: str
    explanation: str
    bad: str
    good: str
    files: tuple[tuple[str, str | bytes], ...] = ()
    pedantic: bool = False

    @property
    def family(self) -> str:
        """The name of the family that the code belongs to."""
        return FAMILIES[self.code[:2]]

    @property
    def severity(self) -> Severity:
        """What the code's letter says: `W` is a warning, `E` an error."""
        return Severity.WARNING if self.code.startswith("W") else Severity.ERROR
