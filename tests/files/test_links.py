"""Chains of creditors as a table, and what a table of debts says of the claim."""

from __future__ import annotations

from datetime import date

import pytest

from debtdesk.core.claim_stage import ClaimStage
from debtdesk.core.debt import Debt, LenderType
from debtdesk.core.links import Link, LinkKind, LinkProof, NoticeState
from debtdesk.files.debts import read_debts
from debtdesk.files.links import AccountLink, read_links, with_links
from debtdesk.files.reading import Fate
from debtdesk.files.templates import template

ON = date(2026, 11, 24)
HEAD = "账号,日期,方式,持有人,凭证种类,通知,凭证所在"
DEBT = (
    "债权人,账号,本金,利率,首次逾期日,截至日,出借方类型,债权人类型,合同日期,进展,最后一期到期日\n"
    "甲公司,A-1,100,0.05%/日,2023-11-24,2026-11-23,{}\n"
)


def debts(rest: str = ",,,,") -> tuple[Debt, ...]:
    return read_debts("debts.csv", DEBT.format(rest).encode(), on=ON).records


def test_a_step_is_read_with_its_proof_and_notice() -> None:
    found = read_links(
        "links.csv", f"{HEAD}\na1,2025-03-01,债权转让,某某资产,转让通知,已收到,柜子\n".encode(), debts=debts(), on=ON
    )
    link = Link(LinkKind.ASSIGNED, "某某资产", date(2025, 3, 1), LinkProof.NOTICE, "柜子", NoticeState.REACHED)
    assert found.records == (AccountLink("A-1", link),) and not found.problems


def test_a_transfer_without_notice_is_kept_and_said() -> None:
    found = read_links("links.csv", f"{HEAD}\nA-1,,转让,某某资产,,,\n".encode(), debts=debts(), on=ON)
    assert found.records[0].link == Link(LinkKind.ASSIGNED, "某某资产")
    assert [p.field for p in found.problems] == ["通知"] and "546" in str(found.problems[0].text)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("A-9,2025-03-01,转让,某某资产,,已收到,", "账号"),
        ("A-1,2027-03-01,转让,某某资产,,已收到,", "日期"),
        ("A-1,2025-02-30,转让,某某资产,,已收到,", "日期"),
        ("A-1,2025-03-01,,某某资产,,已收到,", "方式"),
        ("A-1,2025-03-01,继承,某某资产,,已收到,", "方式"),
        ("A-1,2025-03-01,转让,,,已收到,", "持有人"),
        ("A-1,2025-03-01,转让,某某资产,梦见,已收到,", "凭证种类"),
    ],
)
def test_a_wrong_step_is_refused_with_its_field(row: str, field: str) -> None:
    found = read_links("links.csv", f"{HEAD}\n{row}\n".encode(), debts=debts(), on=ON)
    assert not found.records and [r.fate for r in found.rows] == [Fate.REFUSED]
    assert field in {p.field for p in found.errors}


def test_links_are_added_once_and_in_order() -> None:
    late, early = (
        AccountLink("a 1", Link(LinkKind.ASSIGNED, h, d)) for h, d in (("乙", date(2025, 1, 1)), ("甲", None))
    )
    once = with_links(debts(), [late, early])
    assert [step.holder for step in once[0].chain] == ["甲", "乙"]
    assert with_links(once, [late]) == once
    with pytest.raises(ValueError, match="A-9"):
        with_links(debts(), [AccountLink("A-9", Link(LinkKind.FUNDED, "甲"))])


def test_the_template_of_links_is_read_back_empty() -> None:
    found = read_links("links.xlsx", template("links.xlsx"), debts=debts(), on=ON)
    assert not found.records and {r.fate for r in found.rows} <= {Fate.SKIPPED_EXAMPLE, Fate.SKIPPED_EMPTY}


def test_a_table_of_debts_says_who_lent_when_and_how_far_it_has_gone() -> None:
    (debt,) = debts("消费金融公司,资产管理公司,2022-05-01,起诉,2024-05-01")
    assert (debt.lender_type, debt.creditor_type) == (LenderType.CONSUMER_FINANCE, LenderType.ASSET_MANAGER)
    assert (debt.contract_date, debt.stage, debt.last_due) == (date(2022, 5, 1), ClaimStage.SUED, date(2024, 5, 1))


def test_what_a_table_of_debts_leaves_open_stays_open() -> None:
    (debt,) = debts()
    assert (debt.lender_type, debt.contract_date, debt.stage) == (LenderType.UNKNOWN, None, ClaimStage.REMINDER)


@pytest.mark.parametrize("rest", ["火星人,,,,", ",,2027-01-01,,", ",,,快了,", ",,,,2024-02-30"])
def test_a_claim_that_is_not_understood_is_refused(rest: str) -> None:
    found = read_debts("debts.csv", DEBT.format(rest).encode(), on=ON)
    assert not found.records and len(found.errors) == 1
