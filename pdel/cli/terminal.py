"""Where colour is wanted."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def colored(stream: TextIO | None = None) -> bool:
    """Whether to write colour to a stream (standard error where none is given).

    `NO_COLOR` with any text forbids it, `FORCE_COLOR` with any text asks for it; otherwise terminals get
    it unless they are dumb.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return (sys.stderr if stream is None else stream).isatty() and os.environ.get("TERM") != "dumb"
