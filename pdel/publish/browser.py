"""A page as a PNG picture, taken by a browser on this machine."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import zlib
from pathlib import Path

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
"""The browsers that take pictures without a window, by the names of their programs."""

WIDTH = 860
SCALE = 2
"""Pixels for each point of the page."""

PATIENCE = 120
"""Seconds that a browser may take."""

PNG_SIGN = b"tEXtSoftware\0pdel"
"""What tells a picture of pdel from other files."""

_MEASURE = "<script>document.documentElement.dataset.height = document.documentElement.scrollHeight</script>"
_HEIGHT = re.compile(r'data-height="(\d+)"')


class BrowserError(Exception):
    """No browser, or one that took no picture; the text says what to do."""


def find_browser() -> str:
    """The program of a browser; BrowserError where there is none."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found is not None:
            return found
    raise BrowserError(
        f"a PNG is taken by a browser, and none of {', '.join(BROWSERS[:3])} is on the path: install Chromium, "
        "or write `--html` and print it from any browser"
    )


def picture(html: str) -> bytes:
    """The page as PNG, as long as it is, in light colours. Raises BrowserError."""
    browser = find_browser()
    with tempfile.TemporaryDirectory(prefix="pdel-") as folder:
        measured, page, image = (Path(folder) / name for name in ("measured.html", "page.html", "page.png"))
        measured.write_text(html + _MEASURE, encoding="utf-8")
        page.write_text(html, encoding="utf-8")
        shown = _run(browser, folder, f"--window-size={WIDTH},600", "--dump-dom", measured.as_uri())
        height = _HEIGHT.search(shown)
        if height is None:
            raise BrowserError(f"{browser} did not show the page")
        size = f"--window-size={WIDTH},{height.group(1)}"
        _run(browser, folder, size, f"--force-device-scale-factor={SCALE}", f"--screenshot={image}", page.as_uri())
        if not image.exists():
            raise BrowserError(f"{browser} took no picture of the page")
        return image.read_bytes()


def signed(png: bytes) -> bytes:
    """A PNG with a note of what wrote it, behind its first chunk."""
    head = 8 + 12 + int.from_bytes(png[8:12], "big")
    note = len(PNG_SIGN[4:]).to_bytes(4, "big") + PNG_SIGN + zlib.crc32(PNG_SIGN).to_bytes(4, "big")
    return png[:head] + note + png[head:]


def _run(browser: str, folder: str, *arguments: str) -> str:
    """What the browser prints; a profile of its own, no network, no window."""
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        f"--user-data-dir={folder}/profile",
        *arguments,
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise BrowserError(f"{browser} failed: {failure}") from failure
    return done.stdout
