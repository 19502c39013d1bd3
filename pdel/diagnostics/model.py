"""The one model of diagnostics: values that stages return, never exceptions for users' mistakes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

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
class Edit:
    """A replacement of a span that would mend the mistake."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what is wrong (`message`), where (`primary`), why (`notes`), what to do (`help`)."""

    code: str
    severity: Severity
    message: str
    primary: Label
    secondary: tuple[Label, ...] = ()
    help: str = ""
    notes: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()


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
) -> Diagnostic:
    """An error at a span."""
    return Diagnostic(
        code, Severity.ERROR, message, Label(span, label), tuple(secondary), help, tuple(notes), tuple(edits)
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
) -> Diagnostic:
    """A warning at a span."""
    return Diagnostic(
        code,
        Severity.WARNING,
        message,
        Label(span, label),
        tuple(secondary),
        help,
        tuple(notes),
        tuple(edits),
    )


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """What a stage returns: a value (None where nothing usable was made) and its diagnostics."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any diagnostic is an error."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)
