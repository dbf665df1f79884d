"""The Chinese font of the charts and letters: Noto Sans SC in two weights, under the OFL."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FAMILY = ["Noto Sans SC", "DejaVu Sans"]
FOLDER = Path(__file__).parent


def files() -> tuple[Path, ...]:
    """Return the font files, regular first."""
    return (FOLDER / "NotoSansSC-Regular.ttf", FOLDER / "NotoSansSC-Bold.ttf")


@cache
def register() -> None:
    """Make the font known to matplotlib; a second call does nothing."""
    from matplotlib.font_manager import fontManager

    for file in files():
        fontManager.addfont(file)
