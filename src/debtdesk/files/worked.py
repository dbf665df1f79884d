"""The worked case: invented, at hand at once, and read through the same readers as every client's files."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import debtdesk
from debtdesk.core.case import Case
from debtdesk.core.claim_stage import ClaimStage
from debtdesk.core.debt import Debt
from debtdesk.core.links import Link
from debtdesk.core.plain import from_plain
from debtdesk.core.problems import Problem, Severity
from debtdesk.core.proposal import Proposal
from debtdesk.files.acts import read_acts, with_acts
from debtdesk.files.budget import read_budget
from debtdesk.files.debts import read_debts
from debtdesk.files.payments import read_payments, with_payments

WORKED = "worked-case"
CLIENT = "张**"
DAY = date(2026, 11, 24)


@cache
def sample_case() -> Case:
    """Return the worked case: four debts of an invented household on a fixed day, with three proposals.

    Raises
    ------
    RuntimeError
        If its files are missing or have an error, which is a fault of the installation.
    """
    folder = worked_folder()
    debts = read_debts(folder / "debts.xlsx", on=DAY)
    budget = read_budget(folder / "budget.csv")
    payments = read_payments(folder / "payments.csv", debts=debts.records, on=DAY)
    acts = read_acts(folder / "acts.csv", debts=debts.records, on=DAY)
    _refuse_errors((*debts.problems, *budget.problems, *payments.problems, *acts.problems))
    paid = with_acts(with_payments(debts.records, payments.records), acts.records)
    return Case(
        reference=WORKED,
        client=CLIENT,
        debts=with_claims(paid, folder / "claims.json"),
        budget=budget.budget,
        proposals=read_proposals(folder / "proposals.json"),
        day=DAY,
    )


def worked_folder() -> Path:
    """Return the folder of the worked case: beside the package when installed, else in the repository.

    Raises
    ------
    RuntimeError
        If it is in neither place.
    """
    package = Path(debtdesk.__file__).parent
    for folder in (package / "examples" / "worked", package.parents[1] / "examples" / "worked"):
        if (folder / "debts.xlsx").is_file():
            return folder
    raise RuntimeError("the worked case is missing from this installation of debtdesk")


def read_proposals(path: Path) -> tuple[Proposal, ...]:
    """Return the proposals of a JSON file of the program.

    Raises
    ------
    ValueError
        If the file is none, with each wrong place.
    """
    plain = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(plain, dict) or plain.get("format") != 1 or not isinstance(plain.get("proposals"), list):
        raise ValueError(f"{path.name} is not a list of proposals in format 1")
    return tuple(from_plain(Proposal, p) for p in plain["proposals"])


def with_claims(debts: tuple[Debt, ...], path: Path) -> tuple[Debt, ...]:
    """Return debts with the chains of creditors and the stages of a JSON file of the program.

    Raises
    ------
    ValueError
        If the file is none, with each wrong place.
    """
    plain = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(plain, dict) or plain.get("format") != 1 or not isinstance(plain.get("claims"), list):
        raise ValueError(f"{path.name} is not a list of claims in format 1")
    claims = {c["account"]: c for c in plain["claims"]}
    return tuple(
        replace(d, chain=tuple(from_plain(Link, x) for x in c["chain"]), stage=ClaimStage(c["stage"]))
        if (c := claims.get(d.account))
        else d
        for d in debts
    )


def _refuse_errors(problems: tuple[Problem, ...]) -> None:
    errors = [p for p in problems if p.severity is Severity.ERROR]
    if errors:
        said = "; ".join(f"{p.source}, line {p.row}, {p.field}: {p.text.in_language('en')}" for p in errors)
        raise RuntimeError(f"the worked case has errors: {said}")
