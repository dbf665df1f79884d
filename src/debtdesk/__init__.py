"""debtdesk: prepare a repayment that a creditor can accept and a household can keep.

The names below are what a notebook needs, in the order of the stages. They are loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    # whose case?
    "sample_case": "debtdesk.files.worked",
    "open_case": "debtdesk.store",
    # what is owed?
    "read_acts": "debtdesk.files.acts",
    "read_links": "debtdesk.files.links",
    "read_debts": "debtdesk.files.debts",
    "read_budget": "debtdesk.files.budget",
    "read_payments": "debtdesk.files.payments",
    "write_templates": "debtdesk.files.templates",
    "Balance": "debtdesk.core.debt",
    "Case": "debtdesk.core.case",
    "Debt": "debtdesk.core.debt",
    "Freeze": "debtdesk.core.debt",
    "Payment": "debtdesk.core.debt",
    "Act": "debtdesk.core.acts",
    "Rate": "debtdesk.core.rates",
    "Terms": "debtdesk.core.terms",
    "audit": "debtdesk.core.audit",
    "diff": "debtdesk.core.replay",
    "ledger": "debtdesk.core.ledger",
    "Entry": "debtdesk.core.entries",
    "parse_amount": "debtdesk.core.money",
    "parse_day": "debtdesk.core.days",
    "parse_rate": "debtdesk.core.rates",
    "entitlement": "debtdesk.core.chain",
    "fit_for_letters": "debtdesk.core.confidence",
    "limitation": "debtdesk.core.limitation",
    "pass_gate": "debtdesk.core.gate",
    # what can the household pay?
    "Budget": "debtdesk.core.budget",
    "BudgetItem": "debtdesk.core.budget",
    "capacity": "debtdesk.core.capacity",
    "read_bill": "debtdesk.files.bills",
    "suggest_mapping": "debtdesk.files.bills",
    "ColumnMapping": "debtdesk.files.bills",
    "sort_bills": "debtdesk.core.bill_sorting",
    "BillRule": "debtdesk.core.bill_rules",
    "budget_from_bills": "debtdesk.core.bill_budget",
    "payments_seen": "debtdesk.core.bill_payments",
    "Shock": "debtdesk.core.shock",
    "under_shock": "debtdesk.core.stress",
    "compare_with_guide": "debtdesk.core.guide",
    "statement_of_means": "debtdesk.documents.means",
    # what if nothing is done?
    "accrued_interest": "debtdesk.core.interest",
    "charges_overtake_principal": "debtdesk.core.projection",
    "project": "debtdesk.core.projection",
    # what do we ask for?
    "Proposal": "debtdesk.core.proposal",
    "Waiver": "debtdesk.core.proposal",
    "compare": "debtdesk.core.comparison",
    "schedule": "debtdesk.core.schedule",
    "solve": "debtdesk.core.frontier",
    "effects": "debtdesk.core.effects",
    "limits_of": "debtdesk.core.limits",
    "bank_standard": "debtdesk.core.limits",
    "problems_of": "debtdesk.core.proposal_check",
    "on_breach": "debtdesk.core.breach",
    "respread": "debtdesk.core.breach",
    "share_out": "debtdesk.core.strategies",
    "hold_out": "debtdesk.core.strategies",
    "least_charges": "debtdesk.core.optimal_split",
    "risks": "debtdesk.core.risk",
    "recoveries": "debtdesk.core.recovery",
    "split": "debtdesk.core.money",
    "xirr": "debtdesk.core.returns",
    # what was agreed?
    "Outcome": "debtdesk.core.case",
    "working_day_after": "debtdesk.core.days",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'debtdesk' has no attribute {name!r}")
    found = getattr(import_module(home), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})


if TYPE_CHECKING:
    from debtdesk.core.budget import Budget as Budget
    from debtdesk.core.case import Case as Case
    from debtdesk.core.comparison import compare as compare
    from debtdesk.core.debt import Debt as Debt
    from debtdesk.core.gate import pass_gate as pass_gate
    from debtdesk.core.limitation import limitation as limitation
    from debtdesk.core.projection import project as project
    from debtdesk.core.schedule import schedule as schedule
