from __future__ import annotations

from dataclasses import replace

from debtdesk.files.worked import WORKED
from debtdesk.panels.desk import Desk
from debtdesk.store import Store


def test_a_first_desk_shows_the_worked_case(store: Store) -> None:
    desk = Desk(store)
    assert desk.case.reference == WORKED and desk.version == 0


def test_a_change_is_kept_and_said(desk: Desk) -> None:
    assert desk.change("note", lambda case: replace(case, note="neu"))
    assert desk.version == 2 and not desk.failed and "Saved" in str(desk.said)
    assert desk.store.open("2026-0001").case.note == "neu"


def test_a_conflict_shows_the_newer_case_and_keeps_the_other_change(desk: Desk, second: Desk) -> None:
    assert second.change("note", lambda case: replace(case, note="theirs"))
    assert not desk.change("note", lambda case: replace(case, note="ours"))
    assert desk.failed and desk.case.note == "theirs" and desk.version == 2


def test_a_conflict_stays_with_the_client_when_another_case_was_opened(desk: Desk, second: Desk) -> None:
    second.change("note", lambda case: replace(case, note="theirs"))
    second.open(WORKED)
    assert not desk.change("note", lambda case: replace(case, note="ours"))
    assert desk.case.reference == "2026-0001"


def test_a_case_removed_elsewhere_is_said_and_left(desk: Desk, second: Desk) -> None:
    second.store.remove("2026-0001")
    assert not desk.change("note", lambda case: replace(case, note="ours"))
    assert desk.failed and "removed" in str(desk.said) and desk.case.reference == WORKED


def test_following_takes_over_case_version_and_language(desk: Desk, second: Desk) -> None:
    second.change("note", lambda case: replace(case, note="theirs"))
    desk.follow()
    assert desk.case.note == "theirs" and desk.version == 2
    second.open(WORKED)
    second.speak("zh")
    desk.follow()
    assert desk.case.reference == WORKED and desk.language == "zh"


def test_following_leaves_alone_what_did_not_change(desk: Desk) -> None:
    seen: list[object] = []
    desk.observe(seen.append, "case")
    desk.follow()
    assert not seen
