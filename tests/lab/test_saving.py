"""No result for a client reaches a notebook file."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from debtdesk.lab.saving import without_results


def notebook(**about: Any) -> dict[str, Any]:
    cells = [
        {
            "cell_type": "code",
            "execution_count": 7,
            "metadata": {"collapsed": True, "execution": {"iopub.status.busy": "now"}, "debtdesk": {"lang": "zh"}},
            "outputs": [{"output_type": "stream", "name": "stdout", "text": "张三 欠款 48,210.00"}],
            "source": "case",
        },
        {"cell_type": "markdown", "metadata": {}, "source": "# 张"},
    ]
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"value": "13800000000"}}}
    spec = {"display_name": "Python of somebody", "language": "python", "name": "other", "extra": 1}
    metadata = {"widgets": widgets, "language_info": {"version": "3.11.7"}, "kernelspec": spec, **about}
    return {"type": "notebook", "content": {"metadata": metadata, "cells": cells, "nbformat": 4}}


@pytest.mark.parametrize(
    ("path", "about"),
    [
        ("notebooks/03_growth.ipynb", {"debtdesk": {"app": True}}),
        ("notebooks/copy.ipynb", {}),
        ("/notebooks/copy.ipynb", {}),
        ("elsewhere/03_growth-Copy1.ipynb", {"debtdesk": {"app": True}}),
    ],
)
def test_results_stay_on_the_screen(path: str, about: dict[str, Any]) -> None:
    model = notebook(**about)
    without_results(model=model, path=path, contents_manager=None)
    text = str(model)
    assert "48,210.00" not in text
    assert "13800000000" not in text
    code = model["content"]["cells"][0]
    assert code["outputs"] == []
    assert code["execution_count"] is None
    assert code["source"] == "case"
    assert code["metadata"] == {"debtdesk": {"lang": "zh"}}
    assert set(model["content"]["metadata"]) == {"kernelspec", *about}
    assert model["content"]["metadata"]["kernelspec"]["name"] == "python3"


def test_a_second_save_changes_nothing() -> None:
    model = notebook(debtdesk={"app": True})
    without_results(model=model, path="notebooks/a.ipynb")
    once = copy.deepcopy(model)
    without_results(model=model, path="notebooks/a.ipynb")
    assert model == once


@pytest.mark.parametrize(
    "model", [notebook(), {"type": "file", "content": "text"}, {"type": "notebook", "content": None}]
)
def test_what_is_not_ours_is_left_alone(model: dict[str, Any]) -> None:
    before = copy.deepcopy(model)
    without_results(model=model, path="elsewhere/own.ipynb")
    assert model == before
