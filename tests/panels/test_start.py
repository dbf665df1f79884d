from __future__ import annotations

import json
from dataclasses import replace
from html import unescape

import pytest

from debtdesk.core.plain import case_to_plain
from debtdesk.core.problems import Refused
from debtdesk.files.worked import WORKED
from debtdesk.panels.desk import Desk
from debtdesk.panels.next_step import next_step_of
from debtdesk.panels.start import StartPanel
from debtdesk.panels.start_state import StartState, read_client, read_reference
from debtdesk.store import Store

from .conftest import make_case


def as_file(case: object) -> bytes:
    return json.dumps(case_to_plain(case), ensure_ascii=False).encode()  # type: ignore[arg-type]


# -- what the state knows ---------------------------------------------------------------------------------------------


def test_the_worked_case_is_offered_where_nothing_is_kept(store: Store) -> None:
    state = StartState(Desk(store))
    assert [r.reference for r in state.rows] == [WORKED] and state.rows[0].here and state.welcome


def test_rows_say_what_comes_next(desk: Desk) -> None:
    row = StartState(desk).rows[0]
    assert (row.reference, row.debts, row.owed, row.here) == ("2026-0001", 2, 3_960_000, True)
    assert row.next is not None and (str(row.next.text), row.next.stage) == ("choose an offer", "04_proposals")


def test_the_next_step_follows_what_is_there() -> None:
    case = make_case()
    empty = replace(case, debts=(), proposals=())
    steps = [
        next_step_of(x).stage for x in (empty, replace(case, proposals=(), budget=replace(case.budget, items=())), case)
    ]
    assert steps == ["01_debts", "02_budget", "04_proposals"]


def test_a_new_case_is_kept_and_open(store: Store) -> None:
    state = StartState(Desk(store))
    state.create(state.proposed_reference(), "张**")
    assert state.desk.case.client == "张**" and [r.here for r in state.rows] == [True, False]
    assert store.opened_reference() == state.desk.case.reference


def test_a_reference_is_given_once(desk: Desk) -> None:
    with pytest.raises(Refused, match="already"):
        StartState(desk).create("2026-0001", "李**")


@pytest.mark.parametrize(
    "text",
    [
        "110101199003074514",
        "11010119900307451X",
        "110101900307451",
        "1101 0119 9003 0745 14",
        "１３８００００１２３４",
        "张三 13800001234",
    ],
)
def test_numbers_that_name_a_person_are_refused(text: str) -> None:
    for read in (read_client, read_reference):
        with pytest.raises(Refused):
            read(text)


@pytest.mark.parametrize("text", ["张**", "C-17", "Ms Li, flat 3", "老王 2026"])
def test_short_names_are_fine(text: str) -> None:
    assert read_client(text) == text


def test_a_file_is_brought_in_once(store: Store) -> None:
    state = StartState(Desk(store))
    state.bring_in("case.json", as_file(make_case()))
    state.bring_in("case.json", as_file(make_case()))
    assert len(store.cases()) == 1 and state.desk.case.reference == "2026-0001"
    assert "already" in str(state.desk.said)


def test_another_case_of_the_same_number_gets_its_own(desk: Desk) -> None:
    StartState(desk).bring_in("case.json", as_file(make_case(client="李**")))
    assert sorted(line.client for line in desk.store.cases()) == ["张**", "李**"]
    assert desk.store.open("2026-0001").case.client == "张**"


def test_a_file_that_is_no_case_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        StartState(desk).bring_in("photo.json", b'{"a": 1}')


def test_what_is_handed_out_comes_back_the_same(desk: Desk, store: Store) -> None:
    state = StartState(desk)
    handed = state.hand_out(masked=False)
    store.remove("2026-0001")
    state.bring_in(handed.name, handed.content)
    assert desk.case == make_case()


def test_masked_leaves_out_name_and_accounts(desk: Desk) -> None:
    handed = StartState(desk).hand_out(masked=True)
    assert "6222****0001" not in handed.content.decode() and "张" not in handed.content.decode()


def test_removing_wants_the_number_and_is_final(desk: Desk) -> None:
    state = StartState(desk)
    with pytest.raises(Refused):
        state.remove("2026-0001", "2026-0002")
    assert desk.store.cases()
    state.remove("2026-0001", " 2026-0001 ")
    assert not desk.store.cases() and desk.case.reference == WORKED


def test_the_worked_case_can_be_set_back(store: Store) -> None:
    desk = Desk(store)
    desk.change("note", lambda case: replace(case, note="tried"))
    StartState(desk).restore_worked()
    assert desk.case.note != "tried" and desk.version == 0


# -- what the screen shows --------------------------------------------------------------------------------------------


def test_the_list_shows_the_state_and_opens_what_is_clicked(desk: Desk) -> None:
    panel = StartPanel(desk)
    assert [row["reference"] for row in panel.cases.rows] == ["2026-0001", WORKED]
    panel.cases._told(None, {"open": WORKED}, [])
    assert desk.case.reference == WORKED and [row["here"] for row in panel.cases.rows] == [False, True]


def test_typing_and_pressing_begins_a_case(desk: Desk) -> None:
    panel = StartPanel(desk)
    panel.client.text.value = "李**"
    panel._create()
    assert desk.case.client == "李**" and panel.client.text.value == ""
    assert panel.reference.value != desk.case.reference


def test_a_bad_name_is_said_beside_its_field_and_begins_nothing(desk: Desk) -> None:
    panel = StartPanel(desk)
    panel._create()
    assert panel.client.problem
    panel.client.text.value = "110101199003074514"
    panel._create()
    assert panel.client.problem and panel.client.text.value and len(desk.store.cases()) == 1


def test_the_language_changes_at_once_and_what_is_typed_stays(desk: Desk) -> None:
    panel = StartPanel(desk)
    panel.client.text.value = "李**"
    panel.tongue.value = "zh"
    assert "今天为谁工作" in panel.header.value and panel.cases.labels["open"] == "打开"
    assert panel.client.text.value == "李**" and desk.store.language() == "zh"
    panel.tongue.value = "en"
    assert "Whose case?" in panel.header.value


def test_what_a_client_is_called_is_escaped(store: Store) -> None:
    desk = Desk(store)
    panel = StartPanel(desk)
    panel.state.create("2026-0009", "<img src=x>")
    assert "<img" not in panel.header.value + panel.lead.value
    assert "<img src=x>" in unescape(panel.lead.value)


def test_buttons_hand_the_files_over(desk: Desk) -> None:
    panel = StartPanel(desk)
    sent: list[tuple[object, object]] = []
    for button in (*panel.downloads, *panel.templates):
        button.send = lambda content, buffers=None: sent.append((content, buffers))
        button._told(None, {"wanted": True}, [])
    assert [content["name"] for content, _ in sent[:2]] == ["2026-0001.json", "masked-case.json"]  # type: ignore[index]
    assert len(sent) == 5 and all(buffers for _, buffers in sent)


def test_removing_on_the_screen(desk: Desk) -> None:
    panel = StartPanel(desk)
    panel._removed()
    assert "chosen" in panel.typed.problem and desk.store.cases()
    panel.which.value = "2026-0001"
    panel.typed.text.value = "nein"
    panel._removed()
    assert panel.typed.problem and desk.store.cases()
    panel.typed.text.value = "2026-0001"
    panel._removed()
    assert not desk.store.cases() and not panel.state.kept


def test_the_welcome_goes_when_it_was_read(store: Store) -> None:
    panel = StartPanel(Desk(store))
    assert len(panel.welcome.children) == 2
    panel.welcome.children[1].click()
    assert not panel.welcome.children and store.welcome_seen()
