"""What the fields of a proposal hold, and how a change to some of them changes the whole proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from debtdesk.core.concession import NO_AMOUNTS, Carried, Discount, Portion
from debtdesk.core.days import add_months
from debtdesk.core.debt import Freeze
from debtdesk.core.installing import Grace, GraceKind, InterestOn, Remainder, StepUp
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import NO_DISCOUNT, NOT_CARRIED, NOTHING, Proposal, Role
from debtdesk.core.terms import Part
from debtdesk.locale import Message

USUAL_INSTALLMENTS = 36  # where a size is taken away and nothing says how many instead
USUAL_EVERY = 12  # months between two raises
ONE = Fraction(1)
SEASON = tuple(f"season.{n}" for n in range(1, 13))
RAISE = ("raise", "every")
GRACE = ("grace_months", "grace_kind", "grace_runs")
# the fields that make one thing together: a change to one is told with all of them
TOGETHER: tuple[tuple[str, ...], ...] = (RAISE, GRACE, SEASON)
_PLAIN = tuple(
    f.name
    for f in fields(Proposal)
    if f.name not in ("waiver", "capitalise", "carry", "discount", "step_up", "season", "grace")
)
_P = TypeVar("_P", bound=Portion)


class Given(NamedTuple):
    """A share [1] or an amount [fen] of something; nothing where both are 0."""

    share: Fraction = Fraction(0)
    amount: int = 0


def part_key(portion: str, part: Part) -> str:
    """Return the name of a part's field: of a waiver the part alone, else with what becomes of it before it."""
    return part.value if portion == "waiver" else f"{portion}.{part.value}"


def values_of(draft: Proposal) -> dict[str, Any]:
    """Return what each field of a proposal holds. What only goes with a raise or a grace is left out without one."""
    found: dict[str, Any] = {name: getattr(draft, name) for name in _PLAIN}
    for name in ("waiver", "capitalise", "carry"):
        portion: Portion = getattr(draft, name)
        for part in Part:
            found[part_key(name, part)] = Given(portion.share(part), portion.amounts.part(part))
    del found["capitalise.principal"]  # principal is principal already
    found |= {"time": draft.waiver.time, "carry_end": draft.carry.end, "carry_due": draft.carry.due}
    found["discount"] = Given(draft.discount.share, draft.discount.amount)
    found |= dict(zip(SEASON, draft.season or (ONE,) * 12, strict=True))
    if draft.step_up is None:
        found["raise"] = Given()
    else:
        found |= {"raise": Given(draft.step_up.share, draft.step_up.amount), "every": draft.step_up.every}
    if draft.grace is None:
        found["grace_months"] = 0
    else:
        found |= dict(zip(GRACE, (draft.grace.months, draft.grace.kind, draft.grace.interest_runs), strict=True))
    return found


def amended(draft: Proposal, changes: Mapping[str, Any]) -> Proposal:
    """Return a proposal with some of its fields changed, and with them what has to go along.

    A start moved beyond the first due day takes it along; a number of installments takes the place of a size and the
    other way round; where the last installment always takes the remainder, it does.

    Raises
    ------
    Refused
        If something does not go together; with what is wrong and how to mend it.
    """
    found = {name: changes[name] for name in _PLAIN if name in changes}
    found |= _portions(draft, changes)
    if "discount" in changes:
        found["discount"] = Discount(**changes["discount"]._asdict()) if any(changes["discount"]) else NO_DISCOUNT
    if any(name in changes for name in RAISE):
        found["step_up"] = _step_up(draft, changes)
    if any(name in changes for name in GRACE):
        found["grace"] = _grace(draft, changes)
    if any(name in changes for name in SEASON):
        found["season"] = _season(draft, changes)
    if "freezes" in changes:
        found["freezes"] = tuple(_with_note(f, draft.freezes) for f in changes["freezes"])
    _count(draft, found)
    _days(draft, found)
    if found.get("remainder", draft.remainder) is Remainder.FIRST and last_takes_remainder(draft, found):
        found["remainder"] = Remainder.LAST
    return replace(draft, **found)


def last_takes_remainder(draft: Proposal, changes: Mapping[str, Any] | None = None) -> bool:
    """Return whether the last installment takes the remainder whatever is chosen."""
    size, rate, on = ((changes or {}).get(n, getattr(draft, n)) for n in ("size", "rate", "interest_on"))
    return size is not None or (rate is not None and on is InterestOn.LEFT)


def _portions(draft: Proposal, changes: Mapping[str, Any]) -> dict[str, Portion]:
    found: dict[str, Portion] = {}
    beside = {
        "waiver": {"time": changes["time"]} if "time" in changes else {},
        "capitalise": {},
        "carry": {n: changes[k] for k, n in (("carry_end", "end"), ("carry_due", "due")) if k in changes},
    }
    for name, others in beside.items():
        given = {part: changes[key] for part in Part if (key := part_key(name, part)) in changes}
        if given or others:
            found[name] = _portion(getattr(draft, name), given, others)
    if found.get("capitalise") == NOTHING:
        found["capitalise"] = NOTHING
    if found.get("carry") == NOT_CARRIED:
        found["carry"] = NOT_CARRIED
    return found


def _portion(portion: _P, given: Mapping[Part, Given | Fraction], others: Mapping[str, Any]) -> _P:
    both = {part: x if isinstance(x, Given) else Given(Fraction(x)) for part, x in given.items()}
    amounts = replace(portion.amounts, **{part.value: x.amount for part, x in both.items()})
    shares: dict[str, Any] = {part.value: x.share for part, x in both.items()}
    return replace(portion, amounts=amounts if amounts.total else NO_AMOUNTS, **shares, **others)


def _step_up(draft: Proposal, changes: Mapping[str, Any]) -> StepUp | None:
    old = draft.step_up
    raised = changes.get("raise", Given(old.share, old.amount) if old else Given())
    every = changes.get("every", old.every if old else USUAL_EVERY)
    return StepUp(every=every, share=raised.share, amount=raised.amount) if any(raised) else None


def _grace(draft: Proposal, changes: Mapping[str, Any]) -> Grace | None:
    old = draft.grace or Grace(months=1)
    months = changes.get("grace_months", draft.grace.months if draft.grace else 0)
    kind: GraceKind = changes.get("grace_kind", old.kind)
    runs = changes.get("grace_runs", old.interest_runs)
    return Grace(months=months, kind=kind, interest_runs=runs) if months else None


def _season(draft: Proposal, changes: Mapping[str, Any]) -> tuple[Fraction, ...]:
    old = draft.season or (ONE,) * 12
    new = tuple(changes.get(name, x) for name, x in zip(SEASON, old, strict=True))
    if not any(new):
        raise Refused(
            Message("In none of the months of the plan an installment is due."),
            Message("Give at least one month of the plan a weight above 0."),
        )
    if new == draft.season:
        return draft.season
    return () if all(x == 1 for x in new) else new


def _with_note(freeze: Freeze, known: tuple[Freeze, ...]) -> Freeze:
    """Return the freeze that is known for the same days, with its note, or the freeze as it is."""
    return next((f for f in known if (f.first, f.last) == (freeze.first, freeze.last)), freeze)


def _count(draft: Proposal, found: dict[str, Any]) -> None:
    """Let a number of installments and a size take each other's place."""
    if found.get("size") is not None:
        found["installments"] = 0
    elif found.get("installments"):
        found["size"] = None
    elif "size" in found and not draft.installments:
        found["installments"] = USUAL_INSTALLMENTS
    else:
        found.pop("installments", None)


def _days(draft: Proposal, found: dict[str, Any]) -> None:
    start = found.get("start", draft.start)
    if "first_due" in found and found["first_due"] < start:
        raise Refused(
            Message("The first installment would be due before the start."),
            Message("Write {day} or later.", day=start.isoformat()),
        )
    if "first_due" not in found and draft.first_due < start:
        found["first_due"] = add_months(start, 1)


def renewed(draft: Proposal, day: date) -> Proposal:
    """Return a proposal that begins on a day, its other days as many days later; how long it holds is left alone."""
    late: timedelta = day - draft.start
    carry: Carried = draft.carry
    if carry.due is not None:
        carry = replace(carry, due=carry.due + late)
    freezes = tuple(replace(f, first=f.first + late, last=f.last + late) for f in draft.freezes)
    return replace(draft, start=day, first_due=draft.first_due + late, freezes=freezes, carry=carry)


def in_one_sum(draft: Proposal, name: str) -> Proposal:
    """Return a proposal like a draft that is paid at once: one payment on the first due day, until which it holds."""
    return replace(
        draft,
        name=name,
        role=Role.OTHER,
        deadline=draft.first_due,
        down_payment=0,
        due_day=None,
        installments=1,
        size=None,
        step_up=None,
        season=(),
        grace=None,
        freezes=(),
        rate=None,
        period_fee=Fraction(0),
        remainder=Remainder.LAST,
        rounding_step=1,
    )
