"""Links: the steps by which a claim came from the lender to the one who claims today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LinkKind(StrEnum):
    """How somebody came to hold the claim: gave the money from the start, took it over, or paid as a guarantor."""

    FUNDED = "funded"
    ASSIGNED = "assigned"
    GUARANTOR_PAID = "guarantor_paid"


class LinkProof(StrEnum):
    """Where a link of the chain can be seen; nowhere, where it was only said."""

    NONE = "none"
    NOTICE = "notice"
    CREDIT_REPORT = "credit_report"
    STATEMENT = "statement"
    CONTRACT = "contract"
    PAYMENT = "payment"


class NoticeState(StrEnum):
    """Whether a notice of the assignment reached the debtor."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the chain of creditors: from a day on, by what, who holds the claim, and where that can be seen.

    `day` is None where it is not known; `seen_at` says in words where the proof lies; `amount` the part it is for,
    0 for the whole. [fen]
    """

    kind: LinkKind
    holder: str
    day: date | None = None
    proof: LinkProof = LinkProof.NONE
    seen_at: str = ""
    notice: NoticeState = NoticeState.UNKNOWN
    amount: int = 0

    def __post_init__(self) -> None:
        if not self.holder.strip():
            raise ValueError("holder must not be empty")
        if self.amount < 0:
            raise ValueError(f"amount {self.amount} is below zero")
