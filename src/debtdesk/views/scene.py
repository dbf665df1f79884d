"""Scene: what a chart consists of, as data in pixels, painted fast again and again, or built once as a figure.

While a slider moves, nothing but the picture is wanted: fills and lines keep their artists and get new points,
texts are drawn once and kept as stamps, and the picture is packed without trying what packs best.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from debtdesk.views import canvas
from debtdesk.views.canvas import DPI, font, line_height, new_figure, text_width
from debtdesk.views.colours import INK, PAPER, UNCERTAIN_HATCH

_LEFT, _STAMPS = 4, 600  # pixels left of a stamp's origin; how many stamps are kept


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled shape: its corners [pixels, shape (n, 2)], its colour, and that of its hatch where it is uncertain."""

    corners: Any
    colour: str
    hatch: str | None = None


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: its points [pixels], colour, width [points], and whether it is dashed."""

    xs: Any
    ys: Any
    colour: str = INK
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text from the left end of its base line [pixels]."""

    text: str
    x: float
    y: float
    size: float = canvas.LABEL
    bold: bool = False
    colour: str = INK

    @property
    def width(self) -> float:
        """How wide it is. [pixels]"""
        return text_width(self.text, self.size, bold=self.bold)


@dataclass(slots=True)
class Scene:
    """A chart: lines below, fills, lines above, labels."""

    width: int
    height: int
    below: list[Stroke] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    above: list[Stroke] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def text(self, text: str, x: float, y: float, *, size: float = canvas.LABEL, **options: Any) -> None:
        """Add a text of one or more lines; `y` is the base line of the first."""
        step = line_height(size)
        self.labels += [Label(t, x, y - n * step, size, **options) for n, t in enumerate(text.split("\n")) if t]


@lru_cache(maxsize=_STAMPS)
def _stamp(text: str, size: float, bold: bool) -> tuple[Any, int]:
    """Return how much of each pixel a text covers, 0 to 255, and the row of its base line."""
    high = round(line_height(size))
    base = high
    agg: Any = RendererAgg
    renderer = agg(round(text_width(text, size, bold=bold)) + 3 * _LEFT, base + high // 2, DPI)
    renderer.draw_text(renderer.new_gc(), _LEFT, base, text, font(size, bold=bold), 0)
    return np.asarray(renderer.buffer_rgba())[..., 3].astype(np.uint16), base


class Painter:
    """Paints scenes of one size; keeps its figure and its artists."""

    def __init__(self, width: int, height: int) -> None:
        self.figure = new_figure(width, height)
        self.width, self.height = width, height
        self._fills: list[Any] = []
        self._lines: list[Any] = []
        self._pixels = np.empty((height, width, 3), np.uint8)

    def paint(self, scene: Scene) -> bytes:
        """Return a scene as PNG."""
        renderer: Any = self.figure.canvas.get_renderer()  # type: ignore[attr-defined]
        buffer = np.asarray(renderer.buffer_rgba())
        buffer.fill(255)
        strokes = [*scene.below, *scene.above]
        self._more(len(scene.fills), len(strokes))
        for line, stroke in zip(self._lines, scene.below, strict=False):
            _shape_line(line, stroke, self)
            line.draw(renderer)
        for artist, fill in zip(self._fills, scene.fills, strict=False):
            _shape_fill(artist, fill, self)
            artist.draw(renderer)
        for line, stroke in zip(self._lines[len(scene.below) :], scene.above, strict=False):
            _shape_line(line, stroke, self)
            line.draw(renderer)
        for i in range(3):
            self._pixels[..., i] = buffer[..., i]
        for label in scene.labels:
            self._put(label)
        return packed(self._pixels)

    def _more(self, fills: int, lines: int) -> None:
        while len(self._fills) < fills:
            self._fills.append(_new_fill(self.figure))
        while len(self._lines) < lines:
            self._lines.append(_new_line(self.figure))

    def _put(self, label: Label) -> None:
        """Lay a stamp over the picture in the label's colour; what lies outside is left out."""
        cover, base = _stamp(label.text, label.size, label.bold)
        top, left = self.height - round(label.y) - base, round(label.x) - _LEFT
        y0, x0 = max(top, 0), max(left, 0)
        part = self._pixels[y0 : max(top + cover.shape[0], 0), x0 : max(left + cover.shape[1], 0)]
        share = cover[y0 - top : y0 - top + part.shape[0], x0 - left : x0 - left + part.shape[1], None]
        colour = np.array([round(c * 255) for c in to_rgb(label.colour)], np.uint16)
        part[...] = (part * (255 - share) + colour * share + 127) // 255


def still(scene: Scene) -> Figure:
    """Return a scene as a figure for saving as PNG or SVG."""
    figure = new_figure(scene.width, scene.height)
    size = Painter(scene.width, scene.height)
    for z, strokes in ((1, scene.below), (3, scene.above)):
        for stroke in strokes:
            line = _new_line(figure)
            line.set_zorder(z)
            _shape_line(line, stroke, size)
    for fill in scene.fills:
        artist = _new_fill(figure)
        artist.set_zorder(2)
        _shape_fill(artist, fill, size)
    for label in scene.labels:
        style = font(label.size, bold=label.bold)
        canvas.write(figure, label.x, label.y, label.text, style, color=label.colour)
    return figure


def _new_fill(figure: Figure) -> Any:
    artist = PolyCollection([], transform=figure.transFigure)
    figure.add_artist(artist)
    return artist


def _new_line(figure: Figure) -> Any:
    line = Line2D([], [], transform=figure.transFigure, solid_capstyle="butt", solid_joinstyle="round")
    figure.add_artist(line)
    return line


def _shape_fill(artist: Any, fill: Fill, size: Painter) -> None:
    artist.set_verts([fill.corners / (size.width, size.height)])
    artist.set_facecolor(fill.colour)
    artist.set_edgecolor(PAPER)
    artist.set_linewidth(1.0)
    artist.set_hatch(UNCERTAIN_HATCH if fill.hatch else None)
    artist.set_hatchcolor(fill.hatch or PAPER)


def _shape_line(line: Any, stroke: Stroke, size: Painter) -> None:
    line.set_data(np.asarray(stroke.xs) / size.width, np.asarray(stroke.ys) / size.height)
    line.set_color(stroke.colour)
    line.set_linewidth(stroke.width)
    line.set_linestyle((0, (4, 3)) if stroke.dashed else "-")


def packed(pixels: Any) -> bytes:
    """Return pixels (rows, columns, 3) as PNG: each row as its difference from the one above, packed fast."""
    height, width, _ = pixels.shape
    flat = pixels.reshape(height, width * 3)
    rows = np.empty((height, width * 3 + 1), np.uint8)
    rows[:, 0] = 2  # filter type "up"
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 1)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
