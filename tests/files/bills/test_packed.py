"""Archives: a bill locked with a password opens with it, says so without it, and never floods the memory."""

import io
import struct
import sys
import zipfile
import zlib

import pytest

from debtdesk.files.bills import BillReading, Lock, read_bill
from debtdesk.files.bills import packed as packed_module

from .written import APP, wechat_workbook

CONTENT = APP.encode("gb18030")


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def locked(name: bytes, content: bytes, password: bytes, flags: int = 1) -> bytes:
    """Return an archive with the lock of old (PKWARE APPNOTE 6.1), which the standard library reads but not writes."""
    keys = [0x12345678, 0x23456789, 0x34567890]
    table = [_crc_of(n) for n in range(256)]

    def feed(byte: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 0xFF]

    for byte in password:
        feed(byte)
    crc = zlib.crc32(content)
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = b"abcdefghijk" + bytes([crc >> 24]) + squeeze.compress(content) + squeeze.flush()
    sealed = bytearray()
    for byte in plain:
        mask = keys[2] | 2
        sealed.append(byte ^ ((mask * (mask ^ 1) >> 8) & 0xFF))
        feed(byte)
    sizes = struct.pack("<IIIHH", crc, len(sealed), len(content), len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, flags, 8, 0, 0x5821) + sizes + name
    central = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, flags, 8, 0, 0x5821) + sizes
    central += struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(sealed), 0)
    return local + bytes(sealed) + central + end


def _crc_of(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ (0xEDB88320 if byte & 1 else 0)
    return byte


LOCKED = locked("账单.csv".encode("gb18030"), CONTENT, b"123456")


def read(content: bytes, password: str | None = None) -> BillReading:
    return read_bill("bill.zip", content=content, password=password)


def texts(reading: BillReading) -> list[str]:
    return [p.text.in_language("en") for p in reading.problems]


def test_an_archive_without_a_lock_reads_as_the_bill_inside() -> None:
    reading = read(archive({"x/账单.csv": CONTENT, "__MACOSX/._账单.csv": b"\0", "x/": b""}))
    assert (reading.source, reading.lock, len(reading.records)) == ("账单.csv", Lock.OPEN, 6)
    assert reading.digest == read_bill("账单.csv", content=CONTENT).digest


def test_a_workbook_may_be_packed() -> None:
    assert len(read(archive({"账单.xlsx": wechat_workbook(2026)})).records) == 4


def test_a_locked_archive_asks_for_its_password() -> None:
    reading = read(LOCKED)
    assert reading.lock is Lock.PASSWORD_NEEDED and reading.refused
    assert texts(reading) == ["The archive is locked with a password."]
    assert read(LOCKED, "  ").lock is Lock.PASSWORD_NEEDED


@pytest.mark.parametrize("password", ["123456", " 123456\n"])
def test_the_password_opens_it(password: str) -> None:
    reading = read(LOCKED, password)
    assert (reading.lock, reading.source, len(reading.records)) == (Lock.OPEN, "账单.csv", 6)


def test_a_wrong_password_is_said() -> None:
    passwords = ["12345", "654321", "密码", *map(str, range(600))]  # two or three of them pass the check of one byte
    assert {read(LOCKED, password).lock for password in passwords} == {Lock.PASSWORD_WRONG}


def test_a_password_that_is_not_needed_does_no_harm() -> None:
    assert len(read(archive({"a.csv": CONTENT}), "123456").records) == 6
    assert len(read(CONTENT, "123456").records) == 6


@pytest.mark.parametrize(("members", "count"), [({"a.csv": CONTENT, "b.csv": CONTENT}, 2), ({"readme.md": b"x"}, 0)])
def test_one_bill_at_a_time(members: dict[str, bytes], count: int) -> None:
    assert texts(read(archive(members))) == [f"The archive holds {count} tables; one is read at a time."]


def test_an_archive_in_an_archive_is_not_followed() -> None:
    reading = read(archive({"a.csv": archive({"b.csv": CONTENT})}))
    assert reading.refused and texts(reading)


def test_what_unpacks_to_a_flood_is_refused() -> None:
    bomb = archive({"a.csv": b"0" * (packed_module.LARGEST_BILL + 1)})
    assert len(bomb) < 1_000_000
    assert texts(read(bomb)) == ["The archive unpacks to far more than a bill of one client."]


def test_a_size_that_lies_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = archive({"a.csv": CONTENT * 3})
    lying = content.replace(struct.pack("<I", 3 * len(CONTENT)), struct.pack("<I", 10))
    assert read(lying).refused
    monkeypatch.setattr(packed_module, "LARGEST_BILL", len(CONTENT))
    assert texts(read(lying))


@pytest.mark.parametrize("cut", [30, 100, -10, -30])
def test_a_damaged_archive_is_said(cut: int) -> None:
    reading = read(archive({"a.csv": CONTENT})[:cut])
    assert texts(reading) == ["The archive is damaged, or packed in a way that is not read."]


def test_an_empty_bill_inside_is_said() -> None:
    assert texts(read(archive({"a.csv": b""}))) == ["The file is empty."]


def aes(content: bytes) -> bytes:
    """Return an archive that claims WinZip's lock: packing method 99 in both headers."""
    made = bytearray(locked(b"a.csv", content, b"1"))
    made[8:10] = struct.pack("<H", 99)
    at = made.index(b"PK\x01\x02")
    made[at + 10 : at + 12] = struct.pack("<H", 99)
    return bytes(made)


def test_a_lock_that_cannot_be_opened_here_says_how_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyzipper", None)
    reading = read(aes(CONTENT), "1")
    assert texts(reading) == ["The archive has a lock (AES) that is not opened here."]
    assert "7-Zip" in reading.problems[0].remedy.in_language("zh")


def test_a_damaged_lock_of_winzip_is_said() -> None:
    pyzipper = pytest.importorskip("pyzipper")
    stream = io.BytesIO()
    with pyzipper.AESZipFile(stream, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as made:
        made.setpassword(b"123456")
        made.writestr("a.csv", CONTENT)
    whole = stream.getvalue()
    for at in range(0, len(whole), 37):
        reading = read(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :], "123456")
        assert len(reading.records) == 6 or reading.problems


@pytest.mark.parametrize(
    ("password", "lock"), [("123456", Lock.OPEN), ("1", Lock.PASSWORD_WRONG), (None, Lock.PASSWORD_NEEDED)]
)
def test_the_lock_of_winzip_opens_with_pyzipper(password: str | None, lock: Lock) -> None:
    pyzipper = pytest.importorskip("pyzipper")
    stream = io.BytesIO()
    with pyzipper.AESZipFile(stream, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as made:
        made.setpassword(b"123456")
        made.writestr("账单.csv", CONTENT)
    reading = read(stream.getvalue(), password)
    assert reading.lock is lock
    assert len(reading.records) == (6 if lock is Lock.OPEN else 0)
