"""The one model of diagnostics: values that stages return, never exceptions for users' mistakes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypedDict, TypeVar, Unpack

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


class Beside(TypedDict, total=False):
    """What a diagnostic may say beside its message and its label."""

    help: str
    secondary: Iterable[Label]
    notes: Iterable[str]
    edits: Iterable[Edit]
    files: Iterable[FilePlace]


def error(code: str, message: str, span: Span, label: str = "", **beside: Unpack[Beside]) -> Diagnostic:
    """An error at a span. A suggestion as help is the edit, where no other is given."""
    return _diagnostic(Severity.ERROR, code, message, Label(span, label), beside)


def warning(code: str, message: str, span: Span, label: str = "", **beside: Unpack[Beside]) -> Diagnostic:
    """A warning at a span. A suggestion as help is the edit, where no other is given."""
    return _diagnostic(Severity.WARNING, code, message, Label(span, label), beside)


def _diagnostic(severity: Severity, code: str, message: str, primary: Label, beside: Beside) -> Diagnostic:
    """A diagnostic with what stands beside its message."""
    remedy = beside.get("help", "")
    return Diagnostic(
        code,
        severity,
        message,
        primary,
        tuple(beside.get("secondary", ())),
        remedy,
        tuple(beside.get("notes", ())),
        tuple(beside.get("edits", ())) or _suggested(primary.span, remedy),
        tuple(beside.get("files", ())),
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
