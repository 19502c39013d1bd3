"""Pictures of numbers as PNG with a palette, by the standard library: a byte for each value."""

from __future__ import annotations

import base64
import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

LEVELS = 255
"""Colours of a map; one more entry of the palette is transparent, for what is not a number."""

_SEQUENTIAL = ((0.25, -0.02, -0.09), (0.45, -0.06, -0.09), (0.62, -0.10, -0.01), (0.78, -0.08, 0.09), (0.93, 0.0, 0.11))
_DIVERGING = ((0.40, -0.04, -0.13), (0.66, -0.05, -0.09), (0.95, 0.0, 0.01), (0.66, 0.11, 0.08), (0.42, 0.13, 0.07))
"""Anchors of the two maps in OKLab: lightness, green to red, blue to yellow. Lightness runs evenly between them."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Which values the colours of a map stand for; a `diverging` map is pale at zero."""

    low: float
    high: float
    diverging: bool

    @classmethod
    def of(cls, values: Sequence[float], *, diverging: bool = False) -> Scale:
        """The scale of all finite values: for a diverging map even about zero."""
        finite = [value for value in values if math.isfinite(value)]
        low, high = (min(finite), max(finite)) if finite else (0.0, 1.0)
        if diverging:
            reach = max(abs(low), abs(high)) or 1.0
            return cls(-reach, reach, True)
        return cls(low, high if high > low else low + 1.0, False)

    def level(self, value: float) -> int:
        """The entry of the palette for a value."""
        if not math.isfinite(value):
            return LEVELS
        return min(LEVELS - 1, max(0, int((value - self.low) / (self.high - self.low) * LEVELS)))


def palette(*, diverging: bool) -> tuple[tuple[int, int, int], ...]:
    """The colours of a map from its lowest to its highest value, in sRGB."""
    anchors = _DIVERGING if diverging else _SEQUENTIAL
    found = []
    for index in range(LEVELS):
        at = index / (LEVELS - 1) * (len(anchors) - 1)
        left = min(int(at), len(anchors) - 2)
        share = at - left
        first, second = anchors[left], anchors[left + 1]
        lightness, green, blue = (a + share * (b - a) for a, b in zip(first, second, strict=True))
        found.append(_srgb(lightness, green, blue))
    return tuple(found)


def _srgb(lightness: float, a: float, b: float) -> tuple[int, int, int]:
    """A colour of OKLab (Ottosson, 2020) in sRGB, cut where it leaves the range."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (round(255 * _gamma(min(1.0, max(0.0, part)))) for part in linear)
    return red, green, blue


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def heat_map(rows: Sequence[Sequence[float]], scale: Scale) -> Markup:
    """Rows of values from top to bottom as a picture, a pixel for each: a `data:` address."""
    lines = [bytes(map(scale.level, values)) for values in rows]
    colours = [*palette(diverging=scale.diverging), (0, 0, 0)]
    return picture(lines, colours, [255] * LEVELS + [0])


def colour_bar(*, diverging: bool) -> Markup:
    """The colours of a map side by side."""
    return picture([bytes(range(LEVELS))], list(palette(diverging=diverging)), [])


def picture(lines: Sequence[bytes], colours: Sequence[tuple[int, int, int]], opacity: Sequence[int]) -> Markup:
    """A PNG of palette entries as a `data:` address."""
    width, height = len(lines[0]), len(lines)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    chunks = [(b"IHDR", head), (b"PLTE", b"".join(map(bytes, colours)))]
    chunks += [(b"tRNS", bytes(opacity))] if opacity else []
    chunks += [(b"IDAT", body), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")
        for name, content in chunks
    )
    return embedded(data)


def embedded(png: bytes) -> Markup:
    """The bytes of a PNG file as a `data:` address."""
    return Markup("data:image/png;base64,{}").format(base64.b64encode(png).decode("ascii"))
