"""What a notebook of ours may carry to the disk: its cells, never what was computed for a client."""

from __future__ import annotations

from typing import Any

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
DROPPED_FROM_NOTEBOOK = ("widgets", "language_info", "signature")
DROPPED_FROM_CELLS = ("execution", "collapsed", "scrolled", "trusted", "ExecuteTime")


def is_ours(content: dict[str, Any], path: str) -> bool:
    """Tell whether a notebook belongs to the desk: it says so, or it lies among the others."""
    return "debtdesk" in content.get("metadata", {}) or path.strip("/").startswith("notebooks/")


def without_results(*, model: dict[str, Any], path: str = "", **_: Any) -> None:
    """Take outputs, counts and widget states out of a notebook that is about to be saved.

    JupyterLab calls it before each save, and keeps what is on the screen. Notebooks of others are left alone.

    Parameters
    ----------
    model : dict
        The document as the Jupyter server holds it; changed in place.
    path : str
        Where it will be saved, below the root of the server.
    """
    content = model.get("content")
    if model.get("type") != "notebook" or not isinstance(content, dict) or not is_ours(content, path):
        return
    about = content.get("metadata", {})
    for name in DROPPED_FROM_NOTEBOOK:
        about.pop(name, None)
    about["kernelspec"] = dict(KERNEL)
    for cell in content.get("cells", []):
        for name in DROPPED_FROM_CELLS:
            cell.get("metadata", {}).pop(name, None)
        if cell.get("cell_type") == "code":
            cell["outputs"] = []
            cell["execution_count"] = None
