"""Canvas: figures of our own size and font, without pyplot; texts measured, wrapped and never parsed as mathematics."""

from __future__ import annotations

import io
from functools import cache, lru_cache
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from debtdesk.views import fonts
from debtdesk.views.colours import INK, PAPER, QUIET

DPI = 100
TITLE, LABEL, TICK, SMALL = 16.0, 12.0, 11.5, 10.0  # points
MARGIN = 14  # pixels
_NOT_FIRST, _NOT_LAST = "，。；：、！？）》”’%", "（《“‘"


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


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide the widest line of a text is drawn. [pixels]"""
    style, measuring = font(size, bold=bold), _measuring()
    return max(
        (float(measuring.get_text_width_height_descent(x, style, False)[0]) for x in text.split("\n") if x), default=0.0
    )


@cache
def _measuring() -> Any:
    renderer: Any = RendererAgg
    return renderer(1, 1, DPI)


def line_height(size: float) -> float:
    """Return the height of a line of text of a size in points. [pixels]"""
    return size * DPI / 72 * 1.42


def wrapped(text: str, size: float, width: float, *, bold: bool = False, lines: int = 2) -> str:
    """Return a text broken into lines no wider than `width` pixels; what is beyond the last line ends in an ellipsis.

    Lines break at spaces, within Chinese text at any character.
    """
    text = " ".join(text.split())
    if text_width(text, size, bold=bold) <= width:
        return text
    found: list[str] = []
    rest = text
    while rest and len(found) < lines:
        line = _fitting(rest, size, bold, width)
        found.append(line.rstrip())
        rest = rest[len(line) :].lstrip()
    if rest:
        last = found[-1]
        while last and text_width(last + "…", size, bold=bold) > width:
            last = last[:-1]
        found[-1] = last + "…"
    return "\n".join(found)


def _fitting(text: str, size: float, bold: bool, width: float) -> str:
    """Return the longest beginning that fits, broken where a line may break; at least one character."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip(), size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    if low == len(text):
        return text
    return next((text[:end] for end in range(low, low // 2, -1) if _may_break(text, end)), text[:low])


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    return (
        before == " "
        or after == " "
        or (max(before, after) > "\u2e7f" and after not in _NOT_FIRST and before not in _NOT_LAST)
    )


def write(figure: Figure, x: float, y: float, text: str, style: FontProperties, **options: Any) -> Text:
    """Put a text at a place in pixels from the lower left corner and return it."""
    width, height = size_of(figure)
    chosen: dict[str, Any] = {"color": INK, "ha": "left", "va": "baseline", "linespacing": 1.25} | options
    return figure.text(x / width, y / height, text, fontproperties=style, parse_math=False, **chosen)


def head_and_foot(figure: Figure, title: str, source: str) -> tuple[float, float]:
    """Write the title above and the source below; return what they leave: the upper and the lower edge in pixels."""
    width, height = size_of(figure)
    title = wrapped(title, TITLE, width - 2 * MARGIN, bold=True)
    source = wrapped(source, SMALL, width - 2 * MARGIN)
    write(figure, MARGIN, height - 10, title, font(TITLE, bold=True), va="top")
    write(figure, MARGIN, 7, source, font(SMALL), color=QUIET, va="bottom")
    upper = height - 10 - line_height(TITLE) * _lines(title)
    lower = 7 + line_height(SMALL) * _lines(source)
    return upper, lower


def _lines(text: str) -> int:
    return text.count("\n") + 1 if text else 0


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
