"""The line of `.gitattributes` that says how git and GitHub treat specifications."""

from __future__ import annotations

from pathlib import Path

ATTRIBUTES = "*.pde linguist-language=HCL linguist-detectable diff=pdel text eol=lf"
"""GitHub takes `.pde` for Processing, and knows no language of ours: HCL looks nearest."""


def attributes_are_complete(folder: Path) -> bool:
    """Whether this folder, or one above it within the same repository, has a line for `*.pde`."""
    for place in (folder, *folder.parents):
        file = place / ".gitattributes"
        if file.is_file() and any(line.split()[:1] == ["*.pde"] for line in file.read_text("utf-8").splitlines()):
            return True
        if (place / ".git").exists():
            break
    return False


def complete_attributes(folder: Path) -> bool:
    """Add the line to the folder's `.gitattributes`; whether it was needed."""
    if attributes_are_complete(folder):
        return False
    file = folder / ".gitattributes"
    present = file.read_text("utf-8") if file.is_file() else ""
    separator = "" if not present or present.endswith("\n") else "\n"
    file.write_text(f"{present}{separator}{ATTRIBUTES}\n", encoding="utf-8", newline="\n")
    return True
