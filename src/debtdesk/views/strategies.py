"""Strategies: who gets what of one sum a month, which rule costs what, and what a hold-out changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from debtdesk.core.days import add_months
from debtdesk.core.optimal_split import OptimalSplit
from debtdesk.core.sharing import Meanwhile, SharedPlan, ShareRule, Stance
from debtdesk.core.strategies import HoldOut
from debtdesk.locale import Message
from debtdesk.views.canvas import TICK
from debtdesk.views.colours import LINES, PAPER, QUIET
from debtdesk.views.names import MEANWHILE as _MEANWHILE
from debtdesk.views.names import SHARE_RULES as _RULES
from debtdesk.views.names import STANCES as _STANCES
from debtdesk.views.placing import Box
from debtdesk.views.plot import FOOT, STRIP, Plot
from debtdesk.views.words import NONE, day, debt_name, money, months, name_of

if TYPE_CHECKING:
    import pandas as pd


def rule_name(rule: ShareRule) -> Message:
    """Return what a rule of sharing is called."""
    return _RULES[rule]


def stance_name(stance: Stance) -> Message:
    """Return how a creditor stands to the plan, in words."""
    return _STANCES[stance]


def meanwhile_name(meanwhile: Meanwhile) -> Message:
    """Return what a debt does until it is paid, in words."""
    return _MEANWHILE[meanwhile]


def shares_table(plan: SharedPlan, language: str) -> pd.DataFrame:
    """Return a row a month: the day, what each debt gets, what is paid in all, what is left. [yuan]"""
    import pandas as pd

    names = [debt_name(d, language) for d in plan.debts]
    heads = [
        Message("due").in_language(language),
        *names,
        Message("paid in all").in_language(language),
        Message("still owed").in_language(language),
    ]
    rows = []
    for due, shares, left in zip(plan.days, zip(*plan.shares, strict=True), zip(*plan.left, strict=True), strict=True):
        amounts = (*shares, sum(shares), sum(left))
        rows.append([day(due, language), *(money(x, language, unit=False) if x else NONE for x in amounts)])
    return pd.DataFrame(rows, columns=heads, dtype="object")


def debts_of_plan_table(plan: SharedPlan, language: str) -> pd.DataFrame:
    """Return a row a debt: owed now, paid, charges meanwhile, when it is paid, how it stands to the plan. [yuan]"""
    import pandas as pd

    heads = (
        Message("debt"),
        Message("owed now"),
        Message("paid in all"),
        Message("charges meanwhile"),
        Message("paid off on"),
        Message("in the plan"),
    )
    rows = [
        [
            debt_name(d, language),
            *(money(x, language, unit=False) for x in (owed, paid, charges)),
            Message("not by then").in_language(language) if end is None else day(end, language),
            Message(
                "{stance}, {meanwhile}", stance=stance_name(p.stance), meanwhile=meanwhile_name(p.meanwhile)
            ).in_language(language),
        ]
        for d, p, owed, paid, charges, end in zip(
            plan.debts, plan.parties, plan.opening, plan.paid, plan.charges, plan.ends, strict=True
        )
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def rules_table(plans: Sequence[SharedPlan], language: str) -> pd.DataFrame:
    """Return a row a rule: paid in all, charges, how long; what is still owed then, where something is. [yuan]"""
    import pandas as pd

    owing = any(sum(p.left_over) for p in plans)
    heads = (
        Message("rule"),
        Message("paid in all"),
        Message("charges meanwhile"),
        *((Message("still owed then"),) if owing else ()),
        Message("how long"),
        Message("paid off on"),
    )
    rows = [
        [
            rule_name(p.rule).in_language(language),
            money(p.total, language, unit=False),
            money(sum(p.charges), language, unit=False),
            *((_still_owed(p, language),) if owing else ()),
            months(p.months, language),
            Message("not by then").in_language(language) if p.cleared is None else day(p.cleared, language),
        ]
        for p in plans
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def _still_owed(plan: SharedPlan, language: str) -> str:
    left = sum(plan.left_over)
    return money(left, language, unit=False) if left else Message("nothing").in_language(language)


def owing_sentence(plans: Sequence[SharedPlan], language: str) -> str:
    """Return what is still owed by which rule and how to compare them then; empty where all of them pay everything."""
    owing = [p for p in plans if sum(p.left_over)]
    if not owing:
        return ""
    comma = "、" if language == "zh" else ", "
    said = [
        Message(
            "“{rule}” {amount} after {months}",
            rule=rule_name(p.rule),
            amount=money(sum(p.left_over), language, whole=True),
            months=months(p.months, language),
        ).in_language(language)
        for p in owing
    ]
    text = Message(
        "Not everything is paid by every rule; still owed are: {rules}. Charges go on from there, so fewer charges "
        "until then do not mean that a rule costs less: look at what is paid and what is still owed together.",
        rules=comma.join(said),
    )
    return text.in_language(language)


def plan_sentence(plan: SharedPlan, language: str) -> str:
    """Return until when a plan pays what, and what the debts grow by meanwhile."""
    rule, total = rule_name(plan.rule), money(plan.total, language, whole=True)
    charges = money(sum(plan.charges), language, whole=True)
    if plan.cleared is None:
        text = Message(
            "By the rule “{rule}” {total} are paid in {months}, and {left} are still owed: the debts grow by {charges} "
            "meanwhile.",
            rule=rule,
            total=total,
            months=months(plan.months, language),
            left=money(sum(plan.left_over), language, whole=True),
            charges=charges,
        )
    else:
        text = Message(
            "By the rule “{rule}” all is paid on {day}: {total} in all, {charges} of it charges that arise meanwhile.",
            rule=rule,
            day=day(plan.cleared, language),
            total=total,
            charges=charges,
        )
    return text.in_language(language)


def optimal_sentence(found: OptimalSplit, language: str) -> str:
    """Return what the reckoned split gains over the best simple rule, and how far it is known to be the best."""
    simple = rule_name(found.best_simple.rule)
    if found.gain > 0:
        said = [
            Message(
                "The split reckoned to cost least saves {gain} against the best simple rule, {rule}.",
                gain=money(found.gain, language),
                rule=simple,
            )
        ]
    else:
        said = [Message("No split was found that is better than the best simple rule, {rule}.", rule=simple)]
    if not found.proven:
        said.append(Message("It is not proven that nothing better exists."))
    if found.approximated:
        names = ("、" if language == "zh" else ", ").join(
            debt_name(d, language) for d in found.plan.debts if d.account in found.approximated
        )
        said.append(Message("The search simplifies the terms of {names}; the figures are played exactly.", names=names))
    return ("" if language == "zh" else " ").join(m.in_language(language) for m in said)


def hold_out_sentence(found: HoldOut, language: str) -> str:
    """Return what it changes that one creditor does not take part."""
    place = [p.account for p in found.without.parties].index(found.account)
    name, party = debt_name(found.without.debts[place], language), found.without.parties[place]
    dearer, until = money(abs(found.dearer), language, whole=True), day(found.until, language)
    if found.dearer > 0:
        change = Message(
            "all debts together cost {amount} more until {day}", amount=dearer, day=found.until.isoformat()
        )
    elif found.dearer < 0:
        change = Message(
            "all debts together cost {amount} less until {day}", amount=dearer, day=found.until.isoformat()
        )
    else:
        change = Message("nothing more is to be paid until {day}", day=until)
    if party.stance is Stance.STAYS_OUT:
        text = Message(
            "If {name} stays out and {meanwhile}, the others get its share; {change}. {apart} are owed to it then.",
            name=name,
            meanwhile=meanwhile_name(party.meanwhile),
            change=change,
            apart=money(found.apart, language, whole=True),
        )
    else:
        text = Message(
            "If {name} is paid only after the others and {meanwhile}, the others get its share; {change}.",
            name=name,
            meanwhile=meanwhile_name(party.meanwhile),
            change=change,
        )
    return text.in_language(language)


def shares_chart(
    plan: SharedPlan,
    language: str,
    *,
    title: str = "",
    source: str = "",
    width_px: int = 760,
    height_px: int = 420,
) -> Figure:
    """Return who gets what of each month's sum over time, one debt on top of the other, in the order of the plan."""
    plot = Plot(language, title or _message(plan, language), source, width_px, height_px)
    names = [f"{name_of(d.product).in_language(language)} …{d.account[-4:]}" for d in plan.debts]
    shown = list(range(min(len(names), len(LINES))))
    rows = [list(plan.shares[i]) for i in shown]
    if len(names) > len(LINES):  # the last colour stands for all that have none of their own
        rows[-1] = [sum(x) for x in zip(*plan.shares[len(LINES) - 1 :], strict=True)]
        names = [*names[: len(LINES) - 1], Message("the others").in_language(language)]
    each = [plot.wrapped(n, width_px * 0.3, size=TICK, lines=1) for n in names[: len(shown)]]
    lines = _key_lines(plot, each, width_px)
    top = max((sum(x) for x in zip(*plan.shares, strict=True)), default=0)
    up = plot.amounts([0, top])
    room = plot.room
    for n, line in enumerate(lines):
        plot.key(room.upper - 16 - 20 * n, [(LINES[i], each[i]) for i in line])
    box = Box(room.left + up.width + 8, room.lower + FOOT, room.right - 8, room.upper - STRIP - 20 * max(1, len(lines)))
    axes = plot.axes(box)
    plot.up(axes, up, box, name=Message("paid each month").in_language(language))
    begin = plan.days[0] if plan.days else plan.start
    last = add_months(plan.days[-1] if plan.days else plan.start, 1)
    plot.days(axes, begin, last, box)
    edges = [d.toordinal() for d in (*plan.days, last)] if plan.days else []
    base = [0] * len(plan.days)
    for i, row in enumerate(rows):
        if not plan.days:
            break
        above = [b + x for b, x in zip(base, row, strict=True)]
        axes.stairs(above, edges, baseline=base, fill=True, color=LINES[i], linewidth=0)
        axes.stairs(above, edges, baseline=None, color=PAPER, linewidth=1)
        base = above
    if not plan.days:
        text = Message("Nothing is to be paid.").in_language(language)
        plot.write((box.left + box.right) / 2, (box.lower + box.upper) / 2, text, color=QUIET, ha="center")
    return plot.figure


def _key_lines(plot: Plot, names: Sequence[str], width_px: int) -> list[list[int]]:
    """Return which names stand on which line of the key."""
    lines: list[list[int]] = [[]]
    used = 0.0
    for i, name in enumerate(names):
        wide = plot.width_of(name, size=TICK) + 36
        if lines[-1] and used + wide > width_px - 60:
            lines.append([])
            used = 0.0
        lines[-1].append(i)
        used += wide
    return lines


def _message(plan: SharedPlan, language: str) -> str:
    if plan.cleared is None:
        return Message("Who gets what each month, {rule}", rule=rule_name(plan.rule)).in_language(language)
    return Message(
        "Who gets what each month, {rule}: all is paid on {day}",
        rule=rule_name(plan.rule),
        day=day(plan.cleared, language),
    ).in_language(language)
