"""Packed bills: an archive with one bill in it, as wallets send it, locked with a password."""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from debtdesk.core.problems import Refused
from debtdesk.files.given import Given, name_of
from debtdesk.locale import Message

LARGEST_BILL = 120 * 1024 * 1024  # bytes, packed or not: some 500,000 rows
LARGEST_LOCKED = 12 * 1024 * 1024  # bytes, packed: the old lock is opened byte by byte, about a second for each million
_CHUNK = 1 << 20
_AES = 99  # the packing method that stands for WinZip's lock
_BILLS = (".csv", ".xlsx", ".xls", ".txt", ".tsv")
_BY_HAND = Message(
    "Unpack it with the password by hand (7-Zip, Bandizip, or a double click on macOS) and choose the file inside."
)


class Lock(StrEnum):
    """Whether a bill is locked: what a screen has to ask for."""

    OPEN = "open"
    PASSWORD_NEEDED = "password_needed"
    PASSWORD_WRONG = "password_wrong"


class Locked(Refused):
    """A bill that a password locks; `lock` says whether one is needed or the one given is wrong."""

    def __init__(self, lock: Lock) -> None:
        if lock is Lock.PASSWORD_WRONG:
            super().__init__(
                Message("The password does not open the archive."),
                Message(
                    "Type it again as the wallet sent it for this one file; if it is right, download the file again."
                ),
            )
        else:
            super().__init__(
                Message("The archive is locked with a password."),
                Message("Type the password that the wallet sent by message or shows in its app."),
            )
        self.lock = lock


def unpacked(given: Given, password: str | None) -> Given:
    """Return the bill inside an archive; a file that is no archive, or is a workbook, as it is.

    Raises
    ------
    Locked
        If a password is needed or wrong.
    Refused
        If the archive is damaged, holds not one bill, or unpacks to more than a bill has.
    """
    if not given.is_zip:
        return given
    try:
        with _opened(given) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not _is_litter(m.filename)]
            if any(m.filename in ("[Content_Types].xml", "content.xml", "mimetype") for m in members):
                return given
            member = _bill(members)
            return Given(name_of(_name(member)), _content(archive, member, password))
    except Refused:
        raise
    except Exception:  # damaged archives fail with errors of many kinds, pyzipper's its own
        raise Refused(
            Message("The archive is damaged, or packed in a way that is not read."),
            Message("Download it again, or unpack it by hand and choose the file inside."),
        ) from None


def _opened(given: Given) -> Any:
    """Return the archive; by pyzipper where a member has WinZip's lock and the package is there."""
    archive = zipfile.ZipFile(io.BytesIO(given.content))
    if not any(m.compress_type == _AES for m in archive.infolist()):
        return archive
    try:
        pyzipper = importlib.import_module("pyzipper")
    except ImportError:
        archive.close()
        raise Refused(Message("The archive has a lock (AES) that is not opened here."), _BY_HAND) from None
    archive.close()
    return pyzipper.AESZipFile(io.BytesIO(given.content))


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or name_of(name).startswith(".") or name_of(name) == "desktop.ini"


def _bill(members: list[Any]) -> Any:
    bills = [m for m in members if _name(m).lower().endswith(_BILLS)]
    if len(bills) != 1:
        raise Refused(
            Message("The archive holds {count} tables; one is read at a time.", count=len(bills)),
            Message("Unpack it by hand and choose the bill inside."),
        )
    return bills[0]


def _name(member: Any) -> str:
    """Return the name of a member; Chinese names without the mark of UTF-8 are in GB18030."""
    name = str(member.filename)
    if member.flag_bits & 0x800:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def _content(archive: Any, member: Any, password: str | None) -> bytes:
    locked = bool(member.flag_bits & 1)
    if member.file_size > LARGEST_BILL or (locked and member.compress_size > LARGEST_LOCKED):
        raise _unpacks_to_too_much()
    if not locked:
        return _read(archive, member, None)
    if password is None or not password.strip():
        raise Locked(Lock.PASSWORD_NEEDED)
    for key in _keys(password):
        try:
            return _read(archive, member, key)
        except (Refused, NotImplementedError):
            raise
        except Exception:  # a wrong password shows at once, or as data that do not unpack
            continue
    raise Locked(Lock.PASSWORD_WRONG)


def _keys(password: str) -> Iterator[bytes]:
    """Yield the password as typed and without the blanks that copying from a message leaves."""
    seen = set()
    for text in (password.strip(), password):
        for encoding in ("utf-8", "gb18030"):
            key = text.encode(encoding, "replace")
            if key not in seen:
                seen.add(key)
                yield key


def _read(archive: Any, member: Any, key: bytes | None) -> bytes:
    parts, size = [], 0
    with archive.open(member, pwd=key) as stream:
        while part := stream.read(_CHUNK):
            size += len(part)
            if size > LARGEST_BILL:
                raise _unpacks_to_too_much()
            parts.append(part)
    return b"".join(parts)


def _unpacks_to_too_much() -> Refused:
    return Refused(
        Message("The archive unpacks to far more than a bill of one client."),
        Message("Export the bill for a shorter span, for instance half a year, and choose each of the files."),
    )
