"""The first stage: from a path or a text to a `Source` that is safe to show, compare and put into comments.

Text is UTF-8 with LF or CRLF. What people who review a specification cannot see is refused: control and
format characters (a lone carriage return ends a comment of a generated module, bidirectional controls
reorder what is read). Letters and signs beyond ASCII are left to the syntax, which knows comments and titles.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from pdel.diagnostics.model import Diagnostic, Label, Result, error
from pdel.source import Source, Span

LARGEST_SOURCE = 1_000_000
"""The largest specification, in bytes of UTF-8."""

_MOST_PLACES = 8
_BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PRINTABLE = re.compile(r"[\n\t\x20-\x7e\xa0-\xac\xae-\u036f]*")


def load_source(path: Path) -> Result[Source]:
    """Reads a specification; the name of the source is the file's base name.

    Where the bytes are not usable, the value still shows what can be shown, beside the error.
    Raises OSError where the file cannot be read: that is no mistake in a specification.
    """
    with path.open("rb") as file:
        return load_bytes(path.name, file.read(LARGEST_SOURCE + 1))


def load_bytes(name: str, data: bytes) -> Result[Source]:
    """The same for the bytes of a specification."""
    if len(data) > LARGEST_SOURCE:
        return Result(Source(name, ""), (_too_large(),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return _not_utf8(name, data, fault)
    return check_text(name, text)


def check_text(name: str, text: str) -> Result[Source]:
    """Makes a source of a text: line ends become LF, a leading byte order mark goes, unseen characters are errors.

    In the source that comes with errors each refused character is replaced by a space or a line end, so
    that positions stay true and nothing harmful reaches a terminal.
    """
    if len(text) > LARGEST_SOURCE or len(text.encode("utf-8", "surrogatepass")) > LARGEST_SOURCE:
        return Result(Source(name, ""), (_too_large(),))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if _PRINTABLE.fullmatch(text):
        return Result(Source(name, text))
    found: dict[str, list[int]] = {}
    for index, char in enumerate(text):
        code = _refusal(char)
        if code:
            found.setdefault(code, []).append(index)
    clean = list(text)
    for places in found.values():
        for index in places:
            clean[index] = "\n" if text[index] == "\r" else " "
    diagnostics = tuple(_refused(code, text, places) for code, places in sorted(found.items()))
    return Result(Source(name, "".join(clean)), diagnostics)


def _refusal(char: str) -> str:
    """The diagnostic code of a character that no specification may hold, or an empty text."""
    if char == "\r":
        return "E103"
    if char in _BIDIRECTIONAL:
        return "E104"
    category = unicodedata.category(char)
    if char in "\n\t" or category not in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return ""
    return "E102"


def _refused(code: str, text: str, places: list[int]) -> Diagnostic:
    first = places[0]
    name = _character_name(text[first])
    message, label, remedy = {
        "E102": (
            f"control character {name} in the specification",
            "this character cannot be seen",
            "Delete it; besides printable characters only spaces, tabs and line ends may stand in a specification.",
        ),
        "E103": (
            "carriage return without a line feed",
            "some programs end the line here, others do not",
            "Save the file with line ends LF or CRLF.",
        ),
        "E104": (
            f"bidirectional control {name} in the specification",
            "this character reorders the text around it for the reader",
            "Delete it: a specification must read as it is compiled.",
        ),
    }[code]
    others = [Label(Span(index, index + 1), "and here") for index in places[1:_MOST_PLACES]]
    notes = [f"There are {len(places)} such characters."] if len(places) > _MOST_PLACES else []
    return error(code, message, Span(first, first + 1), label, help=remedy, secondary=others, notes=notes)


def _character_name(char: str) -> str:
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X}" + (f" ({name.lower()})" if name else "")


def _not_utf8(name: str, data: bytes, fault: UnicodeDecodeError) -> Result[Source]:
    start = len(data[: fault.start].decode("utf-8-sig").replace("\r\n", "\n"))
    shown = check_text(name, data.decode("utf-8-sig", errors="replace")).value
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    remedy = "Save the file in the encoding UTF-8" + ("; it seems to be UTF-16 now." if utf16 else ".")
    byte = data[fault.start]
    diagnostic = error("E101", "the file is not UTF-8", Span(start, start + 1), f"byte 0x{byte:02x}", help=remedy)
    return Result(shown or Source(name, ""), (diagnostic,))


def _too_large() -> Diagnostic:
    return error(
        "E105",
        f"the specification is larger than {LARGEST_SOURCE:_} bytes",
        Span(0, 0),
        help="Keep tables and observations in data files, and generate long sums with `sum(…)`.",
    )
