"""Canvas: figures of our own size and font, without pyplot; texts measured, wrapped and never parsed as mathematics."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from PIL import Image

from debtdesk.views import fonts
from debtdesk.views.colours import INK, PAPER, QUIET

DPI = 100
TITLE, LABEL, TICK, SMALL = 16.0, 12.0, 11.5, 10.0  # points
MARGIN = 14  # pixels


@cache
def font(size: float, *, bold: bool = False) -> FontProperties:
    """Return our font at a size in points."""
    fonts.register()
    return FontProperties(family=fonts.FAMILY, size=size, weight="bold" if bold else "regular")


def new_figure(width_px: int, height_px: int) -> Figure:
    """Return an empty figure of a size in pixels on a canvas of its own."""
    figure = Figure(figsize=(width_px / DPI, height_px / DPI), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    return figure


def size_of(figure: Figure) -> tuple[float, float]:
    """Return width and height in pixels."""
    width, height = figure.get_size_inches() * figure.dpi
    return float(width), float(height)


def width_of(figure: Figure, text: str, style: FontProperties) -> float:
    """Return how wide the widest line of a text is drawn, in pixels."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    return max(
        (float(renderer.get_text_width_height_descent(x, style, False)[0]) for x in text.split("\n") if x), default=0.0
    )


def line_height(style: FontProperties) -> float:
    """Return the height of a line of text, in pixels."""
    return float(style.get_size_in_points()) * DPI / 72 * 1.42


def wrapped(figure: Figure, text: str, style: FontProperties, width: float, *, lines: int = 2) -> str:
    """Return a text broken into lines no wider than `width` pixels; what is beyond the last line ends in an ellipsis.

    Lines break at spaces, within Chinese text at any character.
    """
    text = " ".join(text.split())
    if width_of(figure, text, style) <= width:
        return text
    found: list[str] = []
    rest = text
    while rest and len(found) < lines:
        line = _fitting(figure, rest, style, width)
        found.append(line.rstrip())
        rest = rest[len(line) :].lstrip()
    if rest:
        last = found[-1]
        while last and width_of(figure, last + "…", style) > width:
            last = last[:-1]
        found[-1] = last + "…"
    return "\n".join(found)


def _fitting(figure: Figure, text: str, style: FontProperties, width: float) -> str:
    """Return the longest beginning that fits, broken where a line may break."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(figure, text[:middle].rstrip(), style) <= width:
            low = middle
        else:
            high = middle - 1
    if low == len(text):
        return text
    for end in range(low, low // 2, -1):
        if text[end - 1] == " " or (
            ord(text[end - 1]) > 0x2E7F and ord(text[end]) > 0x2E7F and text[end] not in "，。；：、）”"
        ):
            return text[:end]
    return text[:low]


def write(figure: Figure, x: float, y: float, text: str, style: FontProperties, **options: Any) -> Text:
    """Put a text at a place in pixels from the lower left corner and return it."""
    width, height = size_of(figure)
    options = {"color": INK, "ha": "left", "va": "baseline", "linespacing": 1.25} | options
    return figure.text(x / width, y / height, text, fontproperties=style, parse_math=False, **options)


def move(figure: Figure, text: Text, x: float, y: float) -> None:
    """Move a text to a place in pixels."""
    width, height = size_of(figure)
    text.set_position((x / width, y / height))


def head_and_foot(figure: Figure, title: str, source: str) -> tuple[float, float]:
    """Write the title above and the source below; return what they leave: the upper and the lower edge in pixels."""
    width, height = size_of(figure)
    bold, small = font(TITLE, bold=True), font(SMALL)
    title, source = (wrapped(figure, t, s, width - 2 * MARGIN) for t, s in ((title, bold), (source, small)))
    write(figure, MARGIN, height - 10, title, bold, va="top")
    write(figure, MARGIN, 7, source, small, color=QUIET, va="bottom")
    upper = height - 10 - line_height(bold) * _lines(title)
    lower = 7 + line_height(small) * _lines(source)
    return upper, lower


def _lines(text: str) -> int:
    return text.count("\n") + 1 if text else 0


def picture(figure: Figure) -> bytes:
    """Return what stands on the canvas now as PNG, packed fast."""
    pixels = np.asarray(figure.canvas.buffer_rgba())[..., :3]  # type: ignore[attr-defined]
    stream = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def to_png(figure: Figure, *, scale: float = 2.0) -> bytes:
    """Return a figure drawn as PNG, `scale` times its size in pixels."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=DPI * scale)
    return stream.getvalue()


def to_svg(figure: Figure) -> bytes:
    """Return a figure drawn as SVG, texts as outlines, so that no font is needed to see it."""
    stream = io.BytesIO()
    figure.savefig(stream, format="svg", metadata={"Date": None})
    return stream.getvalue()
