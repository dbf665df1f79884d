"""The room comes up in the language chosen last time, else in the system's."""

from __future__ import annotations

from pathlib import Path

import pytest

from debtdesk.lab.language import keep, language


@pytest.mark.parametrize(
    ("kept", "system", "expected"),
    [
        (None, "zh_CN.UTF-8", "zh"),
        (None, "zh_TW.UTF-8", "zh"),
        (None, "en_US.UTF-8", "en"),
        (None, "de_DE.UTF-8", "en"),
        ("en", "zh_CN.UTF-8", "en"),
        ("zh\n", "en_US.UTF-8", "zh"),
        ("fr", "zh_CN.UTF-8", "zh"),
        ("", "en_US.UTF-8", "en"),
    ],
)
def test_language(
    kept: str | None, system: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DEBTDESK_LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", system)
    monkeypatch.setenv("DEBTDESK_DATA", str(tmp_path))
    if kept is not None:
        (tmp_path / "language").write_text(kept, "utf-8")
    assert language() == expected


def test_a_file_that_is_no_text_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBTDESK_DATA", str(tmp_path))
    monkeypatch.setenv("DEBTDESK_LANGUAGE", "en")
    (tmp_path / "language").write_bytes(b"\xff\xfe\x00")
    assert language() == "en"


def test_the_kept_language_comes_up_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBTDESK_DATA", str(tmp_path / "new"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    keep("zh")
    assert language() == "zh"
