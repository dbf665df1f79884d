"""Open JupyterLab as the counselor's room: `python -m debtdesk.lab [--root FOLDER] [more for jupyter lab]`."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from debtdesk.lab import prepend, start_folder

ERRORS = 40


def arguments_for_lab(root: Path, rooms: Path, given: list[str]) -> list[str]:
    """Return the arguments of `jupyter lab`: ours first, so that those given win.

    Parameters
    ----------
    root : Path
        Folder that JupyterLab shows; notebooks lie below it.
    rooms : Path
        Folder for the arrangement of tabs; kept only for this sitting.
    given : list of str
        Further arguments of the person.
    """
    ours = [
        f"--ServerApp.root_dir={root}",
        "--ServerApp.answer_yes=True",
        f"--LabApp.workspaces_dir={rooms}",
        f"--Application.log_level={ERRORS}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        ours.append("--allow-root")
    return ours + given


def main(given: list[str] | None = None) -> None:
    """Start the server and stay until it ends."""
    parser = argparse.ArgumentParser(prog="python -m debtdesk.lab", add_help=False, allow_abbrev=False)
    parser.add_argument("--root", type=Path, default=Path())
    known, rest = parser.parse_known_args(given)
    root = known.root.resolve()
    os.chdir(root)
    prepend("JUPYTER_CONFIG_PATH", start_folder())
    from jupyterlab.labapp import LabApp

    with tempfile.TemporaryDirectory(prefix="debtdesk-") as rooms:
        LabApp.launch_instance(arguments_for_lab(root, Path(rooms), rest))


if __name__ == "__main__":
    main()
