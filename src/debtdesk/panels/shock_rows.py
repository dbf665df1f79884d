"""The rows of shocks: their columns, and how a typed row becomes a shock and back."""

from __future__ import annotations

from fractions import Fraction

from debtdesk.core.money import parse_amount, yuan
from debtdesk.core.problems import Refused
from debtdesk.core.shock import Hit, Shock, ShockKind
from debtdesk.files.household import parse_share
from debtdesk.files.months import parse_frequency
from debtdesk.locale import Message
from debtdesk.panels.choices import choices, member
from debtdesk.panels.drafts import TypedRow
from debtdesk.panels.offer_editor import percent_text
from debtdesk.panels.sheet import Column, Row

LONGEST = 120  # months
NO_MONTHS: tuple[int, ...] = ()


def columns() -> tuple[Column, ...]:
    """Return the columns of the sheet of shocks; the last two are computed."""
    return (
        Column(
            key="kind",
            label=Message("what happens"),
            kind="choice",
            options=(("", Message("choose …")), *choices(*ShockKind)),
            width=1.2,
        ),
        Column(key="lost", label=Message("income lost"), hint="20%", width=0.8),
        Column(
            key="hit",
            label=Message("of which income"),
            kind="choice",
            options=choices(*Hit),
            default=Hit.ALL.value,
            width=1.1,
        ),
        Column(key="cost", label=Message("more to spend"), kind="amount", hint="0.00", width=0.9),
        Column(
            key="begins",
            label=Message("begins after (months)"),
            width=0.8,
            hint="0",
            help=Message("How many months from now; 0 for at once."),
        ),
        Column(
            key="lasts",
            label=Message("lasts (months)"),
            width=0.8,
            hint="0",
            help=Message("How many months; 0 if it does not pass."),
        ),
        Column(
            key="yearly",
            label=Message("each year in months"),
            width=0.8,
            help=Message("For what comes every year, for instance 2, 9; the two cells before do not count then."),
        ),
        Column(key="level", label=Message("payable each month"), kind="shown", width=1),
        Column(key="survives", label=Message("money and reserve last"), kind="shown", width=1),
    )


def read_shock(typed: TypedRow[Shock]) -> None:
    """Read a row of the sheet as a shock."""
    kind = typed.need("kind", member(ShockKind), failing=ShockKind.LESS_INCOME)
    lost = typed.take("lost", parse_share, empty=Fraction(0))
    hit = typed.take("hit", member(Hit), empty=Hit.ALL)
    cost = typed.take("cost", parse_amount, empty=0)
    begins, lasts = (typed.take(k, _count, empty=0) for k in ("begins", "lasts"))
    yearly = typed.take("yearly", _months, empty=NO_MONTHS)
    if not typed.errors and not lost and not cost:
        typed.refuse(
            "lost",
            Message("Nothing is lost and nothing is to be spent."),
            Message("Write a share of income in percent, or an amount."),
        )
    if typed.usable:
        typed.record = Shock(kind=kind, lost=lost, hit=hit, cost=cost, begins=begins, lasts=lasts, yearly=yearly)


def write_shock(shock: Shock) -> Row:
    """Return the row that shows a shock."""
    return {
        "kind": shock.kind.value,
        "lost": f"{percent_text(shock.lost)}%" if shock.lost else "",
        "hit": shock.hit.value,
        "cost": f"{yuan(shock.cost):,.2f}" if shock.cost else "",
        "begins": str(shock.begins) if shock.begins else "",
        "lasts": str(shock.lasts) if shock.lasts else "",
        "yearly": ", ".join(map(str, shock.yearly)),
    }


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= LONGEST):
        raise Refused(
            Message("“{given}” is not a number of months.", given=text[:20]),
            Message("Write a whole number from 0 to {most}.", most=LONGEST),
        )
    return int(text)


def _months(text: str) -> tuple[int, ...]:
    return parse_frequency(f"months {text}")[1]
