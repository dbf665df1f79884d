"""The room itself: what the extension, the settings and the save hook do to a notebook of ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
PANEL = """\
import ipywidgets as widgets
from pathlib import Path
import os

kept = Path(os.environ["DEBTDESK_DATA"]) / "language"
start = kept.read_text() if kept.exists() else os.environ["LANG"][:2]
mark = widgets.HTML()
answer = widgets.HTML()
months = widgets.IntSlider(24, 1, 60, description="月")
tongue = widgets.Dropdown(options=["zh", "en"], value=start, description="语言")

def show(_=None):
    kept.write_text(tongue.value)
    mark.value = f'<span class="debtdesk-language-{tongue.value}"></span>'
    said = "个月后欠款增加" if tongue.value == "zh" else "months later the debt has grown"
    answer.value = f"<h2>{months.value} {said}</h2>"

months.observe(show, "value")
tongue.observe(show, "value")
show()
widgets.VBox([mark, tongue, months, answer])
"""


def cell(kind: str, number: int, source: str, language: str | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "cell_type": kind,
        "id": f"cell-{number}",
        "metadata": {"debtdesk": {"lang": language}} if language else {},
        "source": source.splitlines(keepends=True),
    }
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    return made


def trial_notebook() -> str:
    """Return a small notebook of the kind the desk has, as it stands on the disk."""
    cells = [
        cell("markdown", 1, "# 谁的个案？\n\n这里是第一屏。", "zh"),
        cell("markdown", 2, "# Whose case?\n\nThis is the first screen.", "en"),
        cell("code", 3, PANEL),
        cell("code", 4, "runs = globals().get('runs', 0) + 1\nprint('runs', runs)"),
        cell("markdown", 5, "向右拖动滑块。", "zh"),
        cell("markdown", 6, "Move the slider to the right.", "en"),
    ]
    about = {"debtdesk": {"app": True, "stage": "00_start"}, "kernelspec": KERNEL}
    notebook = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def put_trial(room: Any) -> None:
    (room.root / "notebooks" / "90_trial.ipynb").write_text(trial_notebook(), "utf-8")
    other = json.loads(trial_notebook())
    del other["metadata"]["debtdesk"]
    (room.root / "notebooks" / "91_other.ipynb").write_text(json.dumps(other), "utf-8")
    (room.root / "notebooks" / "00_start.ipynb").write_text(trial_notebook(), "utf-8")


@pytest.fixture(scope="module")
def chinese(make_room: Callable[..., Any]) -> Any:
    return make_room("zh", prepare=put_trial, spare=True)


@pytest.fixture(scope="module")
def english(make_room: Callable[..., Any]) -> Any:
    return make_room("en", prepare=put_trial)


@pytest.fixture(scope="module")
def trial(chinese: Any, lasting_screen: Callable[..., Any]) -> Any:
    """The trial notebook, open in Chinese."""
    return lasting_screen(chinese, "90_trial.ipynb")


def tongue(page: Any, language: str) -> None:
    page.panel.get_by_label("语言", exact=True).select_option(language)


def turn(page: Any, key: str) -> None:
    page.panel.locator(".noUi-handle").focus()
    page.page.keyboard.press(key)


def test_a_page_runs_by_itself_and_shows_one_language(trial: Any) -> None:
    trial.see("谁的个案")
    trial.see("24 个月后欠款增加")
    trial.see("runs 1")
    trial.not_see("Whose case?")
    assert trial.visible_code() == 0
    assert trial.overflow() <= 0
    assert trial.errors == []
    assert trial.outside == []
    trial.shot("room-zh")


def test_a_page_runs_on_the_kernel_that_was_kept_ready(trial: Any) -> None:
    loaded = "import os, sys; print(os.environ.get('DEBTDESK_SPARE'), 'debtdesk.panels.offers' in sys.modules)"
    assert trial.python(loaded) == "1 True\n"
    assert len(json.loads(trial.room._ask("/api/kernels"))) == 1


def test_one_button_shows_the_code_and_hides_it_again(trial: Any) -> None:
    trial.click("button:has-text('显示代码')")
    trial.panel.locator("button:has-text('隐藏代码')").wait_for()
    assert trial.visible_code() == 2
    trial.shot("room-zh-code")
    trial.click("button:has-text('隐藏代码')")
    assert trial.visible_code() == 0


def test_the_page_follows_the_language_of_its_panel(trial: Any) -> None:
    tongue(trial, "en")
    trial.see("Whose case?")
    trial.see("24 months later")
    trial.not_see("谁的个案")
    assert trial.panel.locator(".debtdesk-toggle").inner_text() == "Show code"
    tongue(trial, "zh")
    trial.see("谁的个案")
    trial.not_see("Whose case?")


def test_keys_and_clicks_change_no_cell_while_the_code_is_hidden(trial: Any) -> None:
    trial.shown("这里是第一屏").click()
    for key in ("Escape", "d", "d", "a", "x", "m", "Shift+Enter"):
        trial.page.keyboard.press(key)
    trial.shown("这里是第一屏").dblclick()
    trial.panel.locator(".noUi-handle").focus()
    for key in ("d", "d", "x"):
        trial.page.keyboard.press(key)
    assert trial.panel.locator(".jp-Cell").count() == 6
    assert trial.visible_code() == 0
    turn(trial, "ArrowRight")
    trial.see("25 个月后欠款增加")
    turn(trial, "ArrowLeft")
    trial.see("24 个月后欠款增加")


def test_a_save_writes_no_result(trial: Any) -> None:
    file: Path = trial.room.root / "notebooks" / "90_trial.ipynb"
    before = file.stat().st_mtime_ns
    trial.command("docmanager:save")
    trial.page.wait_for_timeout(1500)
    assert file.stat().st_mtime_ns > before
    assert file.read_text("utf-8") == trial_notebook()
    trial.see("24 个月后欠款增加")


def test_kernels_keep_no_history_and_their_wires_are_encrypted(trial: Any) -> None:
    assert trial.python("print(get_ipython().history_manager.enabled)").strip() == "False"
    wires = "import ipykernel; print('curve' in open(ipykernel.connect.get_connection_file()).read())"
    assert trial.python(wires).strip() == "True"


def test_a_reload_brings_a_living_page(trial: Any) -> None:
    trial.page.reload(wait_until="domcontentloaded")
    trial.ready()
    trial.see("runs 2")
    turn(trial, "ArrowRight")
    trial.see("25 个月后欠款增加")


def test_a_restarted_kernel_computes_the_page_again_and_says_so(trial: Any) -> None:
    trial.page.evaluate("() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart(); }")
    trial.page.get_by_text("计算程序重新启动了").first.wait_for(timeout=60_000)
    trial.ready()
    trial.see("24 个月后欠款增加")
    trial.see("runs 1")


def test_a_crashed_kernel_comes_back(trial: Any) -> None:
    trial.page.get_by_text("计算程序重新启动了").first.wait_for(state="detached", timeout=30_000)
    trial.page.evaluate(
        """() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
            .requestExecute({ code: 'import os; os._exit(1)' }); }"""
    )
    trial.page.get_by_text("计算程序重新启动了").first.wait_for(timeout=60_000)
    trial.ready()
    trial.see("24 个月后欠款增加")


def test_the_first_screen_opens_in_chinese_with_the_files_folded(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese)
    page.page.wait_for_url("**/notebooks/00_start.ipynb")  # JupyterLab says it a moment after the page is there
    assert page.page.locator(".lm-MenuBar-itemLabel").first.inner_text() == "文件"
    assert not page.page.locator(".jp-FileBrowser").first.is_visible()
    assert page.page.locator(".jp-SideBar.jp-mod-left").is_visible()


def test_another_tab_follows_a_change_of_language(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese, "90_trial.ipynb")
    open_in_tab(page, "notebooks/00_start.ipynb")
    page.ready()
    tongue(page, "en")
    page.see("Whose case?")
    page.page.locator(".lm-TabBar-tabLabel", has_text="90_trial").click()
    page.see("Whose case?")
    page.see("24 months later")
    (chinese.data / "language").unlink()


def test_other_notebooks_are_left_alone(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese, "90_trial.ipynb")
    open_in_tab(page, "notebooks/91_other.ipynb")
    page.page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden):not(.debtdesk-app) .jp-CodeCell .cm-editor")
    assert page.visible_code() == 2


def open_in_tab(page: Any, path: str) -> None:
    page.page.evaluate("path => { window.jupyterapp.commands.execute('docmanager:open', { path }); }", path)
    page.page.locator(".lm-mod-current .lm-TabBar-tabLabel", has_text=path.split("/")[-1]).wait_for()


def test_an_english_system_gets_english(english: Any, screen: Callable[..., Any]) -> None:
    page = screen(english, "90_trial.ipynb")
    page.see("Whose case?")
    page.see("24 months later")
    page.not_see("谁的个案")
    assert page.page.locator(".lm-MenuBar-itemLabel").first.inner_text() == "File"
    page.shot("room-en")
