"""Empty templates to fill in, handed to the person's own computer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from debtdesk.files.templates import write_templates
from debtdesk.locale import Message
from debtdesk.panels.download import Download, Handed


def template(table: str, safely: Callable[[Callable[..., None]], Callable[..., None]]) -> Download:
    """Return a button that hands out the empty template of a table ("debts", "payments", "budget")."""

    def make() -> Handed | None:
        with TemporaryDirectory() as folder:
            write_templates(Path(folder))
            found = next((p for p in sorted(Path(folder).rglob("*.xlsx")) if p.stem.startswith(table)), None)
            return Handed(found.name, found.read_bytes()) if found else None

    return Download(Message("Empty template"), make, guard=safely)
