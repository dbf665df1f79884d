"""Budget from bills: what whole months show the household to spend, earn and pay on debts, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from debtdesk.core.bill_fates import BillFate, LineRef, SortedBills, SortedLine
from debtdesk.core.bill_gaps import missing
from debtdesk.core.bill_items import (
    ProposedItem,
    Source,
    items_of_debts,
    items_of_income,
    items_of_recurring,
    items_of_rest,
)
from debtdesk.core.bill_months import Coverage, coverage
from debtdesk.core.budget import CONSUMPTION, Category
from debtdesk.core.presets import presets
from debtdesk.core.recurring import Recurring, median, recurring_payments, value_of
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.data.bills import thresholds
from debtdesk.locale import Message

_COUNTED = (BillFate.SPENDING, BillFate.INCOME, BillFate.DEBT_SERVICE, BillFate.TRANSFER)
_SPENT = (BillFate.SPENDING, BillFate.TRANSFER)


@dataclass(frozen=True, slots=True)
class Spike:
    """A single payment set aside because it would distort the month: `usual` is its category's median month. [fen]"""

    ref: LineRef
    day: date
    party: str
    category: Category
    amount: int
    usual: int


@dataclass(frozen=True, slots=True)
class ServicePaid:
    """What was paid on one credit product or to one creditor: month by month, and in the median month. [fen]"""

    product: str
    tail: str
    party: str
    by_month: tuple[int, ...]
    median: int

    @property
    def name(self) -> str:
        """The product as it is called in China, or the party."""
        preset = presets().get(self.product)
        return preset.names["zh"] if preset else self.product or self.party


@dataclass(frozen=True, slots=True, kw_only=True)
class BillBudget(Tabular):
    """What the bills show of the household's month; tuples of amounts have one place a whole month. [fen]

    Parameters
    ----------
    coverage : Coverage
        Which months are whole and were used, and which were left out.
    by_category : mapping
        All spending by category, recurring payments and spikes included, refunds taken off.
    rest : mapping
        The same without recurring payments and spikes, by category and whether it is essential; `items`
        take its medians.
    spikes : tuple of Spike
    recurring : tuple of Recurring
        Of spending and income; those that lapsed are shown but not proposed.
    income, irregular_income : tuple of int
        All income, and the part of it that no rhythm was found in.
    debt_service : tuple of ServicePaid
        What was paid on debts, by creditor.
    items : tuple of ProposedItem
        Proposed for the budget, all seen on the bills.
    debt_items : tuple of ProposedItem
        The median months of debt service; to be taken only for debts that go on beside the plan.
    missing : tuple of Message
        What the bills do not show and the client has to be asked.
    """

    coverage: Coverage
    by_category: Mapping[Category, tuple[int, ...]]
    rest: Mapping[tuple[Category, bool], tuple[int, ...]]
    spikes: tuple[Spike, ...]
    recurring: tuple[Recurring, ...]
    income: tuple[int, ...]
    irregular_income: tuple[int, ...]
    debt_service: tuple[ServicePaid, ...]
    items: tuple[ProposedItem, ...]
    debt_items: tuple[ProposedItem, ...]
    missing: tuple[Message, ...]

    @property
    def months(self) -> tuple[date, ...]:
        """The whole months, each by its first day."""
        return self.coverage.whole

    @property
    def medians(self) -> Mapping[Category, int]:
        """The median month of each category, all its spending counted. [fen]"""
        return {c: median(a) if a else 0 for c, a in self.by_category.items()}

    def columns(self) -> dict[str, list[object]]:
        """Return month by month: each category, debt service, income. [yuan]"""
        service = [sum(s.by_month[n] for s in self.debt_service) for n in range(len(self.months))]
        found: dict[str, list[object]] = {"month": list(self.months)}
        found |= {c.value: [in_yuan(x) for x in a] for c, a in self.by_category.items()}
        return found | {
            "debt_service": [in_yuan(x) for x in service],
            "income": [in_yuan(x) for x in self.income],
        }


def budget_from_bills(found: SortedBills, *, on: date) -> BillBudget:
    """Return what sorted bills show of the household's month.

    Only months count that every wallet and bank covers whole and that are over on the day; a month without spending in
    a category counts as 0. Payments in a steady rhythm are taken out and proposed by themselves (see
    `recurring_payments`). Of the rest a single payment is a spike and set aside where it is above the stated floor and
    above the stated multiple of its category's median month (bill_thresholds.csv: 500 yuan and twice), or where a rule
    says it is not ordinary; such a one is in no rhythm either. What remains is
    proposed by its median month. Nothing of the budget is changed; see `merge_items`.

    Parameters
    ----------
    found : SortedBills
    on : date
        The day of the sitting.
    """
    covered = coverage(found.bills, on=on)
    lines = [x for x in found.of(*_COUNTED) if x.category and value_of(x) > 0]
    regular = [x for x in lines if x.ordinary is not False or x.fate not in _SPENT]
    recurring = recurring_payments(regular, until=covered.until or on) if covered.whole else ()
    steady = {ref for r in recurring for ref in r.places}
    spending = [x for x in lines if x.fate in _SPENT]
    plain = [x for x in spending if x.ref not in steady]
    spikes = _spikes(plain, covered)
    apart = {s.ref for s in spikes}
    rest = _by_kind([x for x in plain if x.ref not in apart], covered)
    income = [x for x in lines if x.fate is BillFate.INCOME]
    irregular = _by_month([x for x in income if x.ref not in steady], covered)
    service = _service([x for x in lines if x.fate is BillFate.DEBT_SERVICE], covered)
    shown = tuple(r for r in recurring if r.fate is not BillFate.DEBT_SERVICE)
    by_category: dict[Category, tuple[int, ...]] = {
        c: _by_month([x for x in spending if x.category is c], covered) for c in CONSUMPTION
    }
    source = Source(tuple(b.source for b in found.bills), covered.whole)
    return BillBudget(
        coverage=covered,
        by_category=by_category,
        rest=rest,
        spikes=spikes,
        recurring=shown,
        income=_by_month(income, covered),
        irregular_income=irregular,
        debt_service=service,
        items=(*items_of_recurring(shown, source), *items_of_rest(rest, source), *items_of_income(irregular, source)),
        debt_items=items_of_debts(((s.name, s.tail, s.by_month) for s in service), source),
        missing=missing(found, covered, by_category, shown),
    )


def _by_month(lines: Iterable[SortedLine], covered: Coverage) -> tuple[int, ...]:
    """Add what lines count in each whole month. [fen]"""
    sums = dict.fromkeys(covered.whole, 0)
    for x in lines:
        month = x.line.day.replace(day=1)
        if month in sums:
            sums[month] += value_of(x)
    return tuple(sums.values())


def _by_kind(lines: Sequence[SortedLine], covered: Coverage) -> dict[tuple[Category, bool], tuple[int, ...]]:
    kinds: dict[tuple[Category, bool], list[SortedLine]] = defaultdict(list)
    for x in lines:
        if x.category:
            kinds[x.category, x.essential].append(x)
    found = {(c, e): _by_month(kinds[c, e], covered) for c in CONSUMPTION for e in (True, False) if (c, e) in kinds}
    return {kind: sums for kind, sums in found.items() if any(sums)}


def _spikes(lines: Sequence[SortedLine], covered: Coverage) -> tuple[Spike, ...]:
    """Return the single payments above the floor and above the multiple of their category's median month."""
    floor, multiple = int(thresholds()["spike_floor"]), Fraction(thresholds()["spike_multiple"])
    of: dict[Category, list[SortedLine]] = defaultdict(list)
    for x in lines:
        if x.category and covered.counts(x.line.day):
            of[x.category].append(x)
    found = []
    for category, xs in of.items():
        usual = median(_by_month(xs, covered))
        limit = max(usual * multiple, Fraction(floor))
        apart = [x for x in xs if (x.spent > limit if x.ordinary is None else not x.ordinary)]
        found += [Spike(x.ref, x.line.day, x.line.party, category, x.spent, usual) for x in apart]
    return tuple(sorted(found, key=lambda s: (-s.amount, s.day, s.party)))


def _service(lines: Sequence[SortedLine], covered: Coverage) -> tuple[ServicePaid, ...]:
    of: dict[tuple[str, str, str], list[SortedLine]] = defaultdict(list)
    for x in lines:
        of[x.debt, x.tail, "" if x.debt else x.line.party].append(x)
    found = [(key, _by_month(xs, covered)) for key, xs in of.items()]
    made = [ServicePaid(*key, sums, median(sums)) for key, sums in found if any(sums)]
    return tuple(sorted(made, key=lambda s: (-s.median, s.product, s.tail, s.party)))
