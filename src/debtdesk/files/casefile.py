"""A case as one file, whole or masked, to be handed over or kept aside."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from debtdesk.core.case import Case, Outcome
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.ladder import Choice, Ladder, Rung
from debtdesk.core.plain import NewerFormat, case_from_plain, case_to_plain
from debtdesk.core.problems import Problem, Refused
from debtdesk.core.proposal import Proposal
from debtdesk.core.suppositions import Suppositions
from debtdesk.files.given import Given, take
from debtdesk.files.masked_bills import masked_bills, masked_rules, masked_splits
from debtdesk.files.tables import refusal
from debtdesk.locale import Message

_ANEW = Message("Choose a file that this program wrote, or ask for it to be written again.")
_KIND = "debtdesk case"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReading:
    """What came out of a case file: the case, or None and why."""

    source: str
    case: Case | None = None
    problems: tuple[Problem, ...] = ()


def write_case(case: Case, path: str | Path, *, masked: bool = False) -> Path:
    """Write a case into one JSON file and return its path; the file is there whole or not at all.

    Masked means that the client, accounts, names of budget items and all notes and sources are replaced; amounts,
    days, creditors and conventions stay.
    """
    path = Path(path)
    plain = {"kind": _KIND, **case_to_plain(mask(case) if masked else case)}
    text = json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    content = text.encode("utf-8", "replace")
    handle, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return path


def read_case(path: str | Path, content: bytes | None = None) -> CaseReading:
    """Return the case of a file; what is wrong with the file comes as a problem, not as an error.

    Parameters
    ----------
    path : str or Path
        The file; only its name counts if `content` is given.
    content : bytes or None
        The bytes of the file, as an upload gives them.
    """
    try:
        given = take(path, content)
        return CaseReading(source=given.name, case=_case(given))
    except Refused as refused:
        problem = refusal(path, refused)
        return CaseReading(source=problem.source, problems=(problem,))


def _case(given: Given) -> Case:
    try:
        plain = json.loads(given.content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Refused(Message("The file is not a case, or it is damaged."), _ANEW) from None
    if not isinstance(plain, Mapping) or "format" not in plain:
        raise Refused(Message("The file is not a case."), _ANEW)
    try:
        return case_from_plain({k: v for k, v in plain.items() if k != "kind"})
    except NewerFormat:
        raise Refused(
            Message("The file was written by a newer version of the program."),
            Message("Update the program and choose the file again."),
        ) from None
    except (ValueError, RecursionError, OverflowError) as error:
        raise Refused(Message("The case in the file is damaged: {where}.", where=str(error)[:300]), _ANEW) from None


def mask(case: Case) -> Case:
    """Return a case without what names the client: accounts become A1, A2, …, notes and sources are dropped.

    Bills keep days, amounts, kinds and statuses; see `masked_bills`.
    """
    names = {debt.account: f"A{number}" for number, debt in enumerate(case.debts, start=1)}
    items = tuple(
        replace(item, name=f"{item.kind.value} {number}", note="")
        for number, item in enumerate(case.budget.items, start=1)
    )
    return replace(
        case,
        reference="masked",
        client="**",
        note="",
        debts=tuple(_masked_debt(debt, names) for debt in case.debts),
        budget=replace(case.budget, items=items, protected_source="", reasons=()),
        proposals=tuple(_masked_proposal(p, names, n) for n, p in enumerate(case.proposals, start=1)),
        consultations=tuple(
            replace(c, who="", what="", accounts=_masked_accounts(c.accounts, names)) for c in case.consultations
        ),
        outcomes=tuple(_masked_outcome(o, names, n) for n, o in enumerate(case.outcomes, start=1)),
        bills=masked_bills(case.bills),
        bill_rules=masked_rules(case.bill_rules, case.bills),
        bill_splits=masked_splits(case.bill_splits, case.bills),
        overrides=tuple(
            replace(o, proposal=f"proposal {n}", reason="masked") for n, o in enumerate(case.overrides, start=1)
        ),
        ladders=tuple(_masked_ladder(x, names) for x in case.ladders),
        choices=tuple(_masked_choice(c, names, n) for n, c in enumerate(case.choices, start=1)),
        suppositions=_masked_suppositions(case.suppositions, names),
    )


def _masked_debt(debt: Debt, names: Mapping[str, str]) -> Debt:
    balance: Balance = replace(debt.balance, source="")
    payments = tuple(replace(p, note="") for p in debt.payments)
    acts = tuple(replace(a, proof="masked" if a.proven else "", note="") for a in debt.acts)
    return replace(
        debt,
        account=names[debt.account],
        balance=balance,
        payments=payments,
        acts=acts,
        chain=tuple(replace(link, seen_at="") for link in debt.chain),
        court=debt.court and replace(debt.court, number=""),
        origin=debt.origin and replace(debt.origin, source=""),
        entries=tuple(replace(e, note="") for e in debt.entries),
        freezes=tuple(replace(f, note="") for f in debt.freezes),
        statement=debt.statement and replace(debt.statement, source=""),
        note="",
    )


def _masked_proposal(proposal: Proposal, names: Mapping[str, str], number: int) -> Proposal:
    accounts = _masked_accounts(proposal.accounts, names)
    freezes = tuple(replace(f, note="") for f in proposal.freezes)
    return replace(proposal, name=f"{proposal.role.value} {number}", accounts=accounts, freezes=freezes, note="")


def _masked_ladder(ladder: Ladder, names: Mapping[str, str]) -> Ladder:
    rungs = [Rung(proposal=_masked_proposal(r.proposal, names, n), why="") for n, r in enumerate(ladder.rungs, start=1)]
    opening, target, walk_away = rungs
    return replace(ladder, opening=opening, target=target, walk_away=walk_away, trades=(), note="")


def _masked_choice(choice: Choice, names: Mapping[str, str], number: int) -> Choice:
    compared = tuple(replace(row, name=f"offer {n}") for n, row in enumerate(choice.compared, start=1))
    proposal = _masked_proposal(choice.proposal, names, number)
    return replace(choice, proposal=proposal, reason="masked", compared=compared)


def _masked_outcome(outcome: Outcome, names: Mapping[str, str], number: int) -> Outcome:
    return replace(
        outcome,
        proposal=_masked_proposal(outcome.proposal, names, number),
        accounts=_masked_accounts(outcome.accounts, names),
        reason="",
        evidence="",
    )


def _masked_suppositions(given: Suppositions, names: Mapping[str, str]) -> Suppositions:
    sharing, risk, recovery = given.sharing, given.risk, given.recovery
    if sharing is not None:  # the seat of a debt that is no longer there says nothing
        seats = tuple(replace(s, account=names[s.account]) for s in sharing.seats if s.account in names)
        sharing = replace(sharing, seats=seats)
    return replace(
        given,
        sharing=sharing,
        risk=risk and replace(risk, source=""),
        recovery=recovery and replace(recovery, source=""),
    )


def _masked_accounts(accounts: tuple[str, ...], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(account, "A0") for account in accounts)
