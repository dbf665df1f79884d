"""Plain data: a case as text, numbers, lists and dictionaries that JSON can hold exactly, and back.

Fractions become "n/d", days "2026-11-24", choices their value, tuples lists; amounts stay whole fen; a line of a
bill is one text. Nothing is guessed on the way back: an unknown name, a missing one or a wrong type is an error that
names its place.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from types import GenericAlias
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from debtdesk.core.bill_text import line_of, lines_of, text_of
from debtdesk.core.bills import BillLine
from debtdesk.core.case import Case

if TYPE_CHECKING:
    from cattrs import Converter

FORMAT = 1

Record = TypeVar("Record")

_FRACTION = re.compile(r"(-?\d{1,200})/([1-9]\d{0,199})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class NewerFormat(ValueError):
    """The plain data were written by a newer version of the program."""


def case_to_plain(case: Case) -> dict[str, Any]:
    """Return a case as plain data, with the number of the format under "format"."""
    return {"format": FORMAT, **to_plain(case)}


def case_from_plain(plain: object) -> Case:
    """Return the case that plain data describe.

    Raises
    ------
    NewerFormat
        If the data are of a format this version does not know yet.
    ValueError
        If they are not a case; the message names each wrong place, for instance `debts[0].balance.principal`.
    """
    if not isinstance(plain, Mapping):
        raise ValueError(f"a case is a dictionary, not {type(plain).__name__}")
    given = plain.get("format")
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise ValueError(f"format {given!r} must be a whole number from 1 on")
    if given > FORMAT:
        raise NewerFormat(f"format {given} is newer than {FORMAT}")
    return from_plain(Case, {k: v for k, v in plain.items() if k != "format"})


def to_plain(record: object) -> Any:
    """Return any record of the core as plain data, without a format number."""
    return _converter().unstructure(record)


def from_plain(kind: type[Record], plain: object) -> Record:
    """Return the record of a kind that plain data describe.

    Raises
    ------
    ValueError
        With each wrong place and what is wrong there.
    """
    from cattrs import BaseValidationError, transform_error

    try:
        return _converter().structure(plain, kind)
    except BaseValidationError as error:
        found = transform_error(error, path="", format_exception=_reason)
        raise ValueError("; ".join(line.removeprefix(".") for line in map(_place_first, found))) from None
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(_reason(error, kind)) from None


def _place_first(line: str) -> str:
    what, _, place = line.rpartition(" @ ")
    return f"{place.removeprefix('.')}: {what}" if place else what


def _reason(error: BaseException, kind: type[Any] | None) -> str:
    from cattrs import ForbiddenExtraKeysError

    if isinstance(error, ForbiddenExtraKeysError):
        return f"unknown names {', '.join(sorted(map(repr, error.extra_fields)))}"
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    return str(error)


def _exactly(kind: type[Any]) -> Callable[[object, Any], Any]:
    def taken(given: object, _: Any) -> Any:
        if type(given) is not kind:
            raise ValueError(f"{_shown(given)} is not {_NAMES[kind]}")
        return given

    return taken


def _text_or_choice(given: object, kind: Any) -> Any:
    if not isinstance(given, str):
        raise ValueError(f"{_shown(given)} is not a text")
    if kind is str:
        return given
    if given not in list(kind):
        raise ValueError(f"{_shown(given)} is not one of {', '.join(kind)}")
    return kind(given)


_NAMES: Mapping[type[Any], str] = {int: "a whole number", bool: "true or false"}


def _shown(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 60 else text[:59] + "…"


def _fraction(given: object, _: Any) -> Fraction:
    found = _FRACTION.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise ValueError(f"{_shown(given)} is not a fraction like '1/2000'")
    return Fraction(int(found[1]), int(found[2]))


def _day(given: object, _: Any) -> date:
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        raise ValueError(f"{_shown(given)} is not a day like '2026-11-24'")
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ValueError(f"the day {given!r} does not exist") from None


def _bill_line(given: object, _: Any) -> BillLine:
    if not isinstance(given, str):
        raise ValueError(f"{_shown(given)} is not a line of a bill")
    return line_of(given)


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _tuple_of(kind: Any, converter: Converter) -> Callable[[object, Any], Any]:
    as_list: Any = GenericAlias(list, get_args(kind)[:1])

    def taken(given: object, _: Any) -> Any:
        if not isinstance(given, (list, tuple)):
            raise ValueError(f"{_shown(given)} is not a list")
        if get_args(kind)[0] is BillLine and all(isinstance(text, str) for text in given):
            with contextlib.suppress(ValueError):  # below one by one, which names the place
                return lines_of(given)
        return tuple(converter.structure(given, as_list))

    return taken


def _list_of(_: Any, converter: Converter) -> Callable[[object], list[Any]]:
    def given_back(given: Any) -> list[Any]:
        return [converter.unstructure(item) for item in given]

    return given_back


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and hasattr(kind, "__dataclass_fields__")


def _record_of(kind: Any, converter: Converter) -> Callable[[object, Any], Any]:
    from cattrs.gen import make_dict_structure_fn

    inner = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True)

    def taken(given: object, _: Any) -> Any:
        if not isinstance(given, Mapping):
            raise ValueError(f"{_shown(given)} is not a {kind.__name__.lower()} written as a dictionary")
        return inner(given, kind)

    return taken


@cache
def _converter() -> Converter:
    """Return the converter; cattrs is loaded here, not with the package, for it costs a tenth of a second."""
    from cattrs import Converter

    made = Converter(detailed_validation=True)
    made.register_structure_hook(str, _text_or_choice)
    made.register_structure_hook(int, _exactly(int))
    made.register_structure_hook(bool, _exactly(bool))
    made.register_structure_hook(Fraction, _fraction)
    made.register_structure_hook(date, _day)
    made.register_unstructure_hook(Fraction, lambda f: f"{f.numerator}/{f.denominator}")
    made.register_unstructure_hook(date, date.isoformat)
    made.register_structure_hook_factory(_is_tuple, _tuple_of)
    made.register_structure_hook_factory(_is_record, _record_of)
    made.register_structure_hook(BillLine, _bill_line)
    made.register_unstructure_hook(BillLine, text_of)
    made.register_unstructure_hook_factory(_is_tuple, _list_of)
    return made
