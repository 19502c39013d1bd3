"""The one model of diagnostics: values that stages return, never exceptions for users' mistakes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from pdel.diagnostics.suggest import Suggestion
from pdel.source import Span

T = TypeVar("T")


class Severity(Enum):
    """How bad it is: an error stops the compilation, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Label:
    """A marked place with a short text beside its carets."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A marked place in a data file that a specification names.

    `path` is as the specification writes it, relative to its folder. `line` counts from 1 and is None in files
    that have no lines; `text` is that line, and columns `start` to `end` (from 0, exclusive) of it are marked.
    """

    path: str
    line: int | None = None
    text: str = ""
    start: int = 0
    end: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of a span that would mend the mistake."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what is wrong (`message`), where (`primary`), why (`notes`), what to do (`help`).

    `files` are the places of data files that it is about.
    """

    code: str
    severity: Severity
    message: str
    primary: Label
    secondary: tuple[Label, ...] = ()
    help: str = ""
    notes: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    files: tuple[FilePlace, ...] = ()


def error(
    code: str,
    message: str,
    span: Span,
    label: str = "",
    *,
    help: str = "",  # noqa: A002  (the field's name in the model)
    secondary: Iterable[Label] = (),
    notes: Iterable[str] = (),
    edits: Iterable[Edit] = (),
    files: Iterable[FilePlace] = (),
) -> Diagnostic:
    """An error at a span. A suggestion as help is the edit, where no other is given."""
    return Diagnostic(
        code,
        Severity.ERROR,
        message,
        Label(span, label),
        tuple(secondary),
        help,
        tuple(notes),
        tuple(edits) or _suggested(span, help),
        tuple(files),
    )


def warning(
    code: str,
    message: str,
    span: Span,
    label: str = "",
    *,
    help: str = "",  # noqa: A002
    secondary: Iterable[Label] = (),
    notes: Iterable[str] = (),
    edits: Iterable[Edit] = (),
    files: Iterable[FilePlace] = (),
) -> Diagnostic:
    """A warning at a span. A suggestion as help is the edit, where no other is given."""
    return Diagnostic(
        code,
        Severity.WARNING,
        message,
        Label(span, label),
        tuple(secondary),
        help,
        tuple(notes),
        tuple(edits) or _suggested(span, help),
        tuple(files),
    )


def _suggested(span: Span, help_text: str) -> tuple[Edit, ...]:
    return (Edit(span, help_text.word),) if isinstance(help_text, Suggestion) else ()


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """What a stage returns: a value (None where nothing usable was made) and its diagnostics."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any diagnostic is an error."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)
