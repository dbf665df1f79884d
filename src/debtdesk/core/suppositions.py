"""Suppositions: what was entered beside the proposals to look at them, kept with the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from typing import Any, TypeVar

from debtdesk.core.draws import Chances
from debtdesk.core.rates import Rate
from debtdesk.core.recovery import Assumptions
from debtdesk.core.risk import Measure, Reserve
from debtdesk.core.sharing import Meanwhile, Party, ShareRule, Stance

LEVEL = Fraction(10, 100)

Settings = TypeVar("Settings")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSettings:
    """How offers are compared.

    `value_rate` is the rate at which payments are worth something to a creditor, None for the last one-year LPR;
    `longest` the longest term that is looked at, None for what the rule of the product says [months].
    """

    value_rate: Rate | None = None
    longest: int | None = None

    def __post_init__(self) -> None:
        if self.longest is not None and self.longest < 1:
            raise ValueError(f"longest {self.longest} must be at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSettings:
    """How plans are searched for; None stands for what the budget gives, or what the product's limits say.

    `monthly` is what can be paid each month [fen], `by_month` whether the budget's own months decide; `step` in which
    steps shares are tried [1], `freezes` for how many months interest may rest [months]; `principal` to `fees` the
    most that is asked for of each part [1].
    """

    monthly: int | None = None
    by_month: bool = False
    step: Fraction | None = None
    freezes: tuple[int, ...] | None = None
    principal: Fraction | None = None
    interest: Fraction | None = None
    penalty_interest: Fraction | None = None
    fees: Fraction | None = None

    def __post_init__(self) -> None:
        shares = (self.principal, self.interest, self.penalty_interest, self.fees)
        if any(s is not None and not 0 <= s <= 1 for s in shares) or (self.step is not None and not 0 < self.step <= 1):
            raise ValueError("shares must lie between 0 and 1, and the step above 0 up to 1")
        if self.freezes is not None and (not self.freezes or min(self.freezes) < 0):
            raise ValueError(f"freezes {self.freezes} must not be negative nor empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """How one debt stands to a plan over several creditors, as entered.

    `still` is whether it stands still while it is paid; it counts only where the creditor takes part. `minimum` is
    what it must get each month [fen/month], `weight` its part by weights, `place` its place by priority.
    """

    account: str
    takes_part: bool = True
    still: bool = False
    minimum: int = 0
    weight: Fraction = Fraction(1)
    place: int = 1

    def party(self, aside: Stance) -> Party:
        """Return the same for the plan; `aside` is what becomes of a creditor that does not take part."""
        return Party(
            account=self.account,
            minimum=self.minimum,
            weight=self.weight,
            stance=Stance.TAKES_PART if self.takes_part else aside,
            meanwhile=Meanwhile.STANDS_STILL if self.takes_part and self.still else Meanwhile.OWN_TERMS,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingSettings:
    """How one sum a month goes over several creditors.

    `monthly` is that sum, None for what the budget gives [fen]; `aside` what becomes of a creditor that does not take
    part; `seats` how each debt stands to it, one that is not named as usual: it takes part, in the order listed.
    """

    monthly: int | None = None
    rule: ShareRule = ShareRule.PRO_RATA
    aside: Stance = Stance.WAITS
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSettings:
    """What is supposed of a household's months, where it is from, and what is still borne.

    `level` is the share of years, or of plans by `measure`, that is still borne [1]; `tolerated` how many months
    without cash do not count yet [months]; `reserve` whether what is laid aside helps out.
    """

    chances: Chances = field(default_factory=Chances)
    source: str = ""
    level: Fraction = LEVEL
    measure: Measure = Measure.YEAR
    tolerated: int = 0
    reserve: Reserve = Reserve.USED

    def __post_init__(self) -> None:
        if not 0 <= self.level <= 1 or self.tolerated < 0:
            raise ValueError(f"level {self.level} must lie between 0 and 1, tolerated {self.tolerated} not be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySettings:
    """What is supposed of the creditor's other ways, and where it is from."""

    assumptions: Assumptions = field(default_factory=Assumptions)
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppositions:
    """What was entered beside the proposals; None where nothing was."""

    offers: OfferSettings | None = None
    search: SearchSettings | None = None
    sharing: SharingSettings | None = None
    risk: RiskSettings | None = None
    recovery: RecoverySettings | None = None

    @classmethod
    def of(
        cls,
        offers: OfferSettings,
        search: SearchSettings,
        sharing: SharingSettings,
        risk: RiskSettings,
        recovery: RecoverySettings,
    ) -> Suppositions:
        """Return settings together, None for those in which nothing was entered."""
        given = {"offers": offers, "search": search, "sharing": sharing, "risk": risk, "recovery": recovery}
        return cls(**{name: s for name, s in given.items() if s != type(s)()})  # type: ignore[arg-type]


def merged(ground: Settings, ours: Settings, theirs: Settings) -> Settings:
    """Return what two people made of the same settings: ours where we changed them, theirs everywhere else.

    Chances, assumptions and the seat of a debt are taken figure by figure. Seats must be of the same debts.
    """
    found = {}
    for name in (f.name for f in fields(ours)):  # type: ignore[arg-type]
        was, mine, other = (getattr(x, name) for x in (ground, ours, theirs))
        found[name] = _merged_figure(was, mine, other)
    return replace(theirs, **found)  # type: ignore[type-var]


def _merged_figure(was: Any, mine: Any, other: Any) -> Any:
    if isinstance(mine, (Chances, Assumptions)):
        return merged(was, mine, other)
    if isinstance(mine, tuple) and any(isinstance(s, Seat) for s in mine):
        return tuple(merged(a, b, c) for a, b, c in zip(was, mine, other, strict=True))
    return mine if mine != was else other


def seated(accounts: Iterable[str], seats: Iterable[Seat]) -> tuple[Seat, ...]:
    """Return the seat of every account, one that is not among the seats given as usual, its place as listed."""
    known = {s.account: s for s in seats}
    return tuple(known.get(a, Seat(account=a, place=n)) for n, a in enumerate(accounts, start=1))
