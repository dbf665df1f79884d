"""Buttons of the cards: one to press, and one that hands a file over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from debtdesk.locale import Message

Guard = Callable[[Callable[..., None]], Callable[..., None]]


def button(text: Message, handler: Callable[[], object], style: str = "", **options: Any) -> w.Button:
    """Return a button as wide as its words whose handler, guarded already, gets no argument."""
    made = w.Button(description=str(text), button_style=style, layout=_layout(), **options)
    made.on_click(lambda _: handler())
    return made


def file_button(text: Message, accept: str, show: Callable[[str, bytes], None], safely: Guard) -> w.FileUpload:
    """Return a button that hands the name and the bytes of a chosen file to `show`, and is ready for the next one."""
    upload = w.FileUpload(accept=accept, multiple=False, description=str(text), layout=_layout())

    def uploaded(change: Any) -> None:
        if change["new"]:
            given = change["new"][0]
            show(given["name"], bytes(given["content"]))
            upload.value = ()

    upload.observe(safely(uploaded), "value")
    return upload


def _layout() -> w.Layout:
    return w.Layout(width="auto", align_self="flex-start")
