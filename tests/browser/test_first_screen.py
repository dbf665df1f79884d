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
    return make_room("zh", prepare=put_trial)


@pytest.fixture(scope="module")
def english(make_room: Callable[..., Any]) -> Any:
    return make_room("en", prepare=put_trial)


@pytest.fixture(autouse=True)
def forget_the_language(chinese: Any, english: Any) -> None:
    for room in (chinese, english):
        (room.data / "language").unlink(missing_ok=True)


def test_one_command_opens_the_first_screen_in_chinese(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese)
    assert page.page.url.endswith("/notebooks/00_start.ipynb")
    assert page.visible_code() == 0
    assert page.page.locator(".lm-MenuBar-itemLabel").first.inner_text() == "文件"
    page.shot("room-zh-first")


def test_a_page_runs_by_itself_and_shows_one_language(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese, "90_trial.ipynb")
    page.see("谁的个案")
    page.see("24 个月后欠款增加")
    page.not_see("Whose case?")
    assert page.visible_code() == 0
    assert page.overflow() <= 0
    assert page.errors == []
    assert page.outside == []
    page.shot("room-zh")


def test_an_english_system_gets_english(english: Any, screen: Callable[..., Any]) -> None:
    page = screen(english, "90_trial.ipynb")
    page.see("Whose case?")
    page.see("24 months later")
    page.not_see("谁的个案")
    assert page.page.locator(".lm-MenuBar-itemLabel").first.inner_text() == "File"
    page.shot("room-en")


def test_one_button_shows_the_code_and_hides_it_again(english: Any, screen: Callable[..., Any]) -> None:
    page = screen(english, "90_trial.ipynb")
    page.click("button:has-text('Show code')")
    page.panel.locator("button:has-text('Hide code')").wait_for()
    assert page.visible_code() == 2
    page.shot("room-en-code")
    page.click("button:has-text('Hide code')")
    assert page.visible_code() == 0


def test_the_page_follows_the_language_of_its_panel(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese, "90_trial.ipynb")
    page.panel.get_by_label("语言", exact=True).select_option("en")
    page.see("Whose case?")
    page.see("24 months later")
    page.not_see("谁的个案")
    page.click("button:has-text('Show code')")
    page.click("button:has-text('Hide code')")
    page.panel.get_by_label("语言", exact=True).select_option("zh")
    page.see("谁的个案")


def test_keys_and_clicks_change_no_cell_while_the_code_is_hidden(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese, "90_trial.ipynb")
    page.shown("这里是第一屏").click()
    for key in ("Escape", "d", "d", "a", "x", "m", "Shift+Enter"):
        page.page.keyboard.press(key)
    page.shown("这里是第一屏").dblclick()
    assert page.panel.locator(".jp-Cell").count() == 6
    assert page.visible_code() == 0
    page.panel.locator(".noUi-handle").focus()
    page.page.keyboard.press("ArrowRight")
    page.see("25 个月后欠款增加")


def test_a_save_writes_no_result(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese, "90_trial.ipynb")
    file: Path = chinese.root / "notebooks" / "90_trial.ipynb"
    before = file.stat().st_mtime_ns
    page.command("docmanager:save")
    page.page.wait_for_timeout(1500)
    assert file.stat().st_mtime_ns > before
    assert file.read_text("utf-8") == trial_notebook()
    page.see("24 个月后欠款增加")


def test_a_reload_brings_a_living_page(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese, "90_trial.ipynb")
    page.page.reload(wait_until="domcontentloaded")
    page.ready()
    page.see("runs 2")
    page.panel.locator(".noUi-handle").focus()
    page.page.keyboard.press("ArrowRight")
    page.see("25 个月后欠款增加")


def test_a_restarted_kernel_computes_the_page_again_and_says_so(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese, "90_trial.ipynb")
    page.python("answer.value = 'stale'")
    page.see("stale")
    page.page.evaluate("() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart(); }")
    page.page.get_by_text("计算程序重新启动了").first.wait_for(timeout=30_000)
    page.ready()
    page.see("24 个月后欠款增加")
    page.see("runs 1")


def test_a_crashed_kernel_comes_back(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese, "90_trial.ipynb")
    page.page.evaluate(
        """() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
            .requestExecute({ code: 'import os; os._exit(1)' }); }"""
    )
    page.page.get_by_text("计算程序重新启动了").first.wait_for(timeout=60_000)
    page.ready()
    page.see("24 个月后欠款增加")


def test_kernels_keep_no_history_and_speak_to_nobody(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese, "90_trial.ipynb")
    assert page.python("print(get_ipython().history_manager.enabled)").strip() == "False"
    policy = "import json, ipykernel; print('curve' in open(ipykernel.connect.get_connection_file()).read())"
    assert page.python(policy).strip() == "True"


def test_other_notebooks_are_left_alone(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese)
    page.page.evaluate(
        """() => window.jupyterapp.commands.execute('docmanager:open', {path: 'notebooks/91_other.ipynb'})"""
    )
    page.page.wait_for_function(
        "() => document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden):not(.debtdesk-app) .jp-CodeCell')"
    )
    assert page.visible_code() == 2


def test_the_file_browser_is_folded_and_can_be_reached(chinese: Any, screen: Callable[..., Any]) -> None:
    page = screen(chinese)
    assert not page.page.locator("#filebrowser, .jp-FileBrowser").first.is_visible()
    assert page.page.locator(".jp-SideBar.jp-mod-left").is_visible()
