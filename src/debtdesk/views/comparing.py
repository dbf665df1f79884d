"""The comparison as HTML: offers side by side, or one below the other where they are many; everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from debtdesk.core.comparison import Comparison, Offer
from debtdesk.core.legal_notes import LegalNote
from debtdesk.core.proposal import Role
from debtdesk.locale import Message
from debtdesk.views.offer_figures import NAMED, UPRIGHT, Figure, Group, groups, ordered, reasons_of
from debtdesk.views.rules import confidence_words
from debtdesk.views.words import NONE, name_of

WHOLE = 24  # characters of a cell that stay on one line


def comparison_html(
    comparison: Comparison, language: str, *, by: str = "", downwards: bool = False, whole: bool = False
) -> str:
    """Return the comparison: up to five offers are columns, more of them are rows.

    Parameters
    ----------
    comparison : Comparison
    language : str
        "zh" or "en".
    by : str
        The key of the figure that puts the offers in order; empty for the order in which they were entered.
    downwards : bool
        Whether the largest comes first.
    whole : bool
        Whether every figure is shown, not only those that are read first.
    """
    offers = ordered(comparison.offers, by, downwards=downwards)
    table = _Table(comparison, language, tuple(offers), by, downwards, _Notes(comparison.offers, language))
    shown = groups() if whole else groups()[:1]
    if len(offers) <= UPRIGHT:
        html = table.upright(shown)
    else:
        html = table.turned(shown[:1]) + (table.turned(shown[1:]) if whole else "")
    return html + (table.notes.html() if whole else "")


@dataclass(frozen=True, slots=True)
class _Table:
    comparison: Comparison
    language: str
    offers: tuple[tuple[int, Offer], ...]
    by: str
    downwards: bool
    notes: _Notes

    def upright(self, shown: Sequence[Group]) -> str:
        """Return a table with a column an offer."""
        heads = "".join(self._name(n, o, "col") for n, o in self.offers)
        first = _say(Message("what is compared"), self.language)
        nothing = _say(Message("nothing is done"), self.language)
        head = f"<tr><th scope='col'>{first}</th><th scope='col' class='number'>{nothing}</th>{heads}</tr>"
        rows = "".join(self._group(g) for g in shown)
        return f"<table class='debtdesk-table debtdesk-offers'><thead>{head}</thead>{rows}</table>"

    def _group(self, group: Group) -> str:
        rows = "".join(
            f"<tr>{self._head(f, 'row')}<td class='number'>{self._nothing(f)}</td>"
            + "".join(self._cell(f, o, True) for _, o in self.offers)
            + "</tr>"
            for f in group.figures
        )
        if self.notes.belong_to(group):
            cells = "".join(self.notes.cell(o, f"number{_css(o)}") for _, o in self.offers)
            rows += f"<tr>{self.notes.head('row')}<td class='number'>{NONE}</td>{cells}</tr>"
        span = len(self.offers) + 2
        head = "" if group.head is None else _say(group.head, self.language)
        title = f"<tr class='debtdesk-head'><th scope='rowgroup' colspan='{span}'>{head}</th></tr>" if head else ""
        return f"<tbody>{title}{rows}</tbody>"

    def turned(self, shown: Sequence[Group]) -> str:
        """Return a table of groups with a row an offer."""
        figures = [f for g in shown for f in g.figures]
        heads = "".join(self._head(f, "col") for f in figures)
        nothing = "".join(f"<td class='number'>{self._nothing(f)}</td>" for f in figures)
        noted = self.notes.belong_to(shown[-1])
        if noted:
            heads, nothing = heads + self.notes.head("col"), f"{nothing}<td>{NONE}</td>"
        rows = "".join(
            f"<tr{_grey(o)}>{self._name(n, o, 'row', role=shown[0].head is None)}"
            + "".join(self._cell(f, o, False) for f in figures)
            + (self.notes.cell(o, "day") if noted else "")
            + "</tr>"
            for n, o in self.offers
        )
        return (
            f"<table class='debtdesk-table debtdesk-offers debtdesk-many'><thead>{self._group_heads(shown)}"
            f"<tr><th scope='col'>{_say(Message('offer'), self.language)}</th>{heads}</tr></thead><tbody>"
            f"<tr><th scope='row'>{_say(Message('nothing is done'), self.language)}</th>{nothing}</tr>"
            f"{rows}</tbody></table>"
        )

    def _group_heads(self, shown: Sequence[Group]) -> str:
        if shown[0].head is None:
            return ""
        heads = "".join(
            f"<th scope='colgroup' colspan='{len(g.figures) + self.notes.belong_to(g)}'>"
            f"{_say(g.head, self.language)}</th>"
            for g in shown
            if g.head is not None
        )
        return f"<tr class='debtdesk-head'><td></td>{heads}</tr>"

    def _nothing(self, figure: Figure) -> str:
        return escape(figure.nothing(self.comparison, self.language))

    def _head(self, figure: Figure, scope: str) -> str:
        name = escape(figure.title(self.language, unit=scope == "col"))
        meaning = escape(figure.meaning.in_language(self.language), quote=True)
        sorted_by = mark = ""
        if figure.key == self.by:
            sorted_by = f" aria-sort='{'descending' if self.downwards else 'ascending'}'"
            mark = f" <span aria-hidden='true'>{'▼' if self.downwards else '▲'}</span>"
        css = " class='number'" if scope == "col" and figure.key != "dominated_by" else ""
        return f"<th scope='{scope}'{css}{sorted_by} title='{meaning}'>{name}{mark}</th>"

    def _name(self, n: int, offer: Offer, scope: str, *, role: bool = True) -> str:
        number = f"{n} · " if len(self.offers) > NAMED else ""
        name = offer.proposal.name
        purpose = name_of(offer.proposal.role).in_language(self.language)
        told = role and offer.proposal.role is not Role.OTHER and purpose.casefold() != name.casefold()
        small = f" <small>{escape(purpose)}</small>" if told else ""
        css = f" class='number{_css(offer)}'" if scope == "col" else ""
        return f"<th scope='{scope}'{css}{self._why(offer)}>{number}{escape(name)}{small}</th>"

    def _cell(self, figure: Figure, offer: Offer, upright: bool) -> str:
        text = figure.text(offer, self.language, upright)
        if figure.key == "dominated_by":
            css = f" class='number{_css(offer)}'" if upright else ""
            return f"<td{css}{self._why(offer)}>{escape(text)}</td>"
        whole = " day" if len(text) <= WHOLE and not (upright and " · " in text) else ""
        return f"<td class='number{whole}{_css(offer) if upright else ''}'>{escape(text)}</td>"

    def _why(self, offer: Offer) -> str:
        reasons = reasons_of(offer, self.comparison, self.language)
        return f" title='{escape(' '.join(reasons), quote=True)}'" if reasons else ""


def _css(offer: Offer) -> str:
    return " debtdesk-dominated" if offer.dominated_by else ""


def _grey(offer: Offer) -> str:
    return f" class='{_css(offer).strip()}'" if offer.dominated_by else ""


def _say(text: Message, language: str) -> str:
    return escape(text.in_language(language))


class _Notes:
    """What the law says about offers, each said once and numbered; where only a number differs, all numbers in it."""

    meaning = Message("What the law says about the offer: the numbers stand in the list below the table.")
    name = Message("legal notes")

    def __init__(self, offers: Sequence[Offer], language: str) -> None:
        self.language = language
        self._found: dict[tuple[str, str], list[LegalNote]] = {}
        for offer in offers:
            for note in offer.notes:
                self._found.setdefault((note.text.text, note.rule.id), []).append(note)
        self._places = {key: n for n, key in enumerate(self._found, start=1)}

    def belong_to(self, group: Group) -> bool:
        """Return whether they stand in a group: the last one."""
        return group is groups()[-1]

    def head(self, scope: str) -> str:
        """Return their head in a table."""
        meaning = escape(self.meaning.in_language(self.language), quote=True)
        return f"<th scope='{scope}' title='{meaning}'>{_say(self.name, self.language)}</th>"

    def cell(self, offer: Offer, css: str) -> str:
        """Return the numbers of an offer's notes, their texts on hover."""
        numbers = ", ".join(map(str, sorted(self._places[n.text.text, n.rule.id] for n in offer.notes)))
        said = escape(" ".join(n.text.in_language(self.language) for n in offer.notes), quote=True)
        return f"<td class='{css}' title='{said}'>{numbers or NONE}</td>"

    def html(self) -> str:
        """Return the notes as a numbered list, each with the rule behind it and how sure that is."""
        items = "".join(f"<li>{self._item(notes)}</li>" for notes in self._found.values())
        title = _say(self.name, self.language)
        return f"<p class='debtdesk-legal'><b>{title}</b></p><ol class='debtdesk-legal'>{items}</ol>" if items else ""

    def _item(self, notes: Sequence[LegalNote]) -> str:
        first, comma = notes[0], "、" if self.language == "zh" else ", "
        values = {
            name: comma.join(map(str, _distinct(n.text.values[name] for n in notes))) for name in first.text.values
        }
        text = first.text.saying(**values).in_language(self.language)
        sure = confidence_words(first.rule.confidence, short=True).in_language(self.language)
        rule = f"{first.rule.name[self.language]} · {first.rule.source} · {sure}"
        return f"{escape(text)} <small>({escape(rule)})</small>"


def _distinct(values: Iterable[object]) -> list[object]:
    """Return values without those that come again, numbers in their order."""
    found = list(dict.fromkeys(values))
    return sorted(found) if all(isinstance(v, int) for v in found) else found  # type: ignore[type-var]


def meanings_html(comparison: Comparison, language: str) -> str:
    """Return what each figure means, group by group, and why offers are grey, in words."""
    found = []
    for group in groups():
        if group.head is not None:
            found.append(f"<h3 class='debtdesk-group'>{_say(group.head, language)}</h3>")
        lines = [(f.name, f.meaning) for f in group.figures]
        if group is groups()[-1]:
            lines.append((_Notes.name, _Notes.meaning))
        found.append(f"<dl class='debtdesk-meanings' lang='{escape(language, quote=True)}'>")
        found += [f"<dt>{_say(name, language)}</dt><dd>{_say(meaning, language)}</dd>" for name, meaning in lines]
        found.append("</dl>")
    reasons = [r for o in comparison.offers for r in reasons_of(o, comparison, language, most=1)]
    if reasons:
        title = Message("Why some offers are grey")
        items = "".join(f"<li>{escape(r)}</li>" for r in reasons)
        found.append(f"<h3 class='debtdesk-group'>{_say(title, language)}</h3><ul>{items}</ul>")
    return "".join(found)
