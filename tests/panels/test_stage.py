from __future__ import annotations

from importlib import import_module
from types import FunctionType

import pytest

from debtdesk import panels
from debtdesk.locale import Message
from debtdesk.panels.desk import Desk
from debtdesk.panels.method import MethodPanel
from debtdesk.panels.stage import STAGES, Stage, shown
from debtdesk.store import Store, StoreError


@pytest.mark.parametrize("name", panels.__all__)
def test_a_stage_is_called_by_its_name_even_when_its_module_was_imported(name: str) -> None:
    import_module(f"debtdesk.panels.{name}")
    assert isinstance(getattr(panels, name), FunctionType)


def test_an_unknown_name_is_no_stage() -> None:
    with pytest.raises(AttributeError):
        _ = panels.nothing


def test_the_bar_leads_to_every_other_stage_and_marks_this_one(desk: Desk) -> None:
    header = MethodPanel(desk).header.value
    for stage, _ in STAGES:
        assert (f"href='{stage}.ipynb'" in header) is (stage != "09_method")
    assert header.count("aria-current='page'") == 1 and "debtdesk-language-en" in header


def test_a_handler_that_fails_is_said_and_names_no_content(desk: Desk) -> None:
    panel = MethodPanel(desk)

    def fails() -> None:
        raise RuntimeError("张三 110101199003074514")

    panel.safely(fails)()
    assert desk.failed and "RuntimeError" in panel.message.value and "张三" not in panel.message.value


def test_coming_to_the_front_follows_the_other_pages(desk: Desk, second: Desk) -> None:
    panel = MethodPanel(desk)
    second.speak("zh")
    panel.front._told(None, {"seen": True}, [])
    assert "每个数字怎么算出来的" in panel.header.value


def test_a_store_that_cannot_be_opened_is_said_in_plain_words() -> None:
    class Broken(Stage):
        def __init__(self) -> None:
            raise StoreError(Message("The file is <held>."), Message("Close it there."))

    said = shown(Broken).value
    assert "&lt;held&gt;" in said and "Close it there." in said and "debtdesk-language-en" in said


def test_a_first_start_makes_the_store_in_the_data_folder(store: Store) -> None:
    assert "worked case (invented)" in MethodPanel(Desk(store)).header.value
