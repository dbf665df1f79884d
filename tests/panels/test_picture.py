"""Charts on the screen."""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure

import debtdesk.panels
from debtdesk.panels.picture import Picture

PNG = b"\x89PNG"


def test_a_chart_takes_room_only_while_there_is_one_and_is_told_in_words() -> None:
    picture = Picture(400)
    assert picture.layout.display == "none" and picture.layout.max_width == "400px"
    picture.draw(Figure(figsize=(1, 1)), "what it says")
    assert bytes(picture.value).startswith(PNG) and picture.tooltip == "what it says" and not picture.layout.display
    picture.clear()
    assert not picture.value and not picture.tooltip and picture.layout.display == "none"


def test_the_page_can_show_its_tooltip() -> None:
    # The page's script reads the length of a description before it sets a tooltip; an Image of ipywidgets has none,
    # so that a chart with a tooltip breaks there when the page draws it after the words were set.
    assert Picture(400).get_state()["description"] == ""


def test_every_chart_of_the_panels_is_such_a_picture() -> None:
    folder = Path(debtdesk.panels.__file__).parent
    own = [path.name for path in folder.glob("*.py") if "w.Image(" in path.read_text("utf-8")]
    assert own == []
