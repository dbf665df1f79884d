"""The notebooks: what they are made of, and that each runs from its first cell to its last in both languages."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import warnings
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]
STAGES = ["00_start", "01_debts", "02_budget", "03_growth", "04_proposals", "06_outcome", "09_method"]
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LONGEST = 20  # seconds of work, however busy the machine is with other things


def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def busy() -> float:
    """Return how long the kernels that have ended were at work. [s]"""
    spent = os.times()
    return spent.children_user + spent.children_system


@pytest.fixture(params=NOTEBOOKS, ids=NAMES)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_every_stage_has_its_notebook() -> None:
    assert set(STAGES) <= set(NAMES)


def test_it_says_that_it_is_a_page_of_the_desk(path: Path) -> None:
    notebook = read(path)
    assert notebook["metadata"] == {"debtdesk": {"app": True, "stage": path.stem}, "kernelspec": KERNEL}
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)


def test_it_carries_no_results_and_every_cell_has_its_name(path: Path) -> None:
    cells = read(path)["cells"]
    names = [cell["id"] for cell in cells]
    assert len(set(names)) == len(names)
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None


def test_prose_comes_in_pairs_of_both_languages(path: Path) -> None:
    spoken = [cell["metadata"]["debtdesk"]["lang"] for cell in read(path)["cells"] if cell["cell_type"] == "markdown"]
    assert spoken and spoken == ["zh", "en"] * (len(spoken) // 2)
    for cell in read(path)["cells"]:
        if cell["cell_type"] == "markdown":
            chinese = re.search(r"[\u4e00-\u9fff]", source(cell)) is not None
            assert chinese is (cell["metadata"]["debtdesk"]["lang"] == "zh")


def test_a_cell_of_code_is_one_call(path: Path) -> None:
    for cell in read(path)["cells"]:
        if cell["cell_type"] == "code":
            *imports, last = ast.parse(source(cell)).body
            assert all(isinstance(line, ast.ImportFrom | ast.Import) for line in imports)
            assert isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)


def test_links_lead_to_notebooks_that_are_there(path: Path) -> None:
    targets = [t for cell in read(path)["cells"] for t in re.findall(r"\]\(([^)]+)\)", source(cell))]
    assert targets and all((FOLDER / target).is_file() for target in targets)


def test_both_languages_link_to_the_same_pages(path: Path) -> None:
    prose = [cell for cell in read(path)["cells"] if cell["cell_type"] == "markdown"]
    for chinese, english in zip(prose[::2], prose[1::2], strict=True):
        pages = [re.findall(r"\]\(([^)]+)\)", source(cell)) for cell in (chinese, english)]
        assert pages[0] == pages[1]


@pytest.mark.notebook
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_runs_from_its_first_cell_to_its_last(
    path: Path, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the notebook programs themselves
        import nbformat
        from nbclient import NotebookClient

        monkeypatch.setenv("DEBTDESK_DATA", str(tmp_path / "data"))
        monkeypatch.setenv("DEBTDESK_LANGUAGE", language)
        monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
        monkeypatch.delenv("DEBTDESK_DATABASE", raising=False)
        copy = tmp_path / "notebooks" / path.name
        copy.parent.mkdir()
        shutil.copy(path, copy)
        notebook = nbformat.read(copy, as_version=4)
        began = busy()
        client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(copy.parent)}})
        client.execute()
    assert busy() - began < LONGEST
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [o for o in outputs if o["output_type"] in ("error", "stream")]
    shown = json.dumps(notebook.metadata.get("widgets", {}), ensure_ascii=False)
    assert f"debtdesk-language-{language}" in shown and "debtdesk-stage" in shown
    assert {p.name for p in copy.parent.iterdir()} == {path.name}  # nothing of a client beside the notebook
