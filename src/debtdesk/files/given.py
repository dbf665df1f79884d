"""A file as a person gives it: its name and its bytes, refused in plain words where it is not what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from debtdesk.core.problems import Refused
from debtdesk.locale import Message

LARGEST_FILE = 20 * 1024 * 1024  # bytes; a table of debts has a few thousand

SAVE_AS = Message("Open it in Excel or WPS and save it as .xlsx or as CSV UTF-8, then choose that file.")
_TYPE_IN = Message("Write the figures into the template and choose that file.")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_UTF_8_MARK = b"\xef\xbb\xbf"
_NOTHING = b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Given:
    """A file's name, without its folder, and its bytes."""

    name: str
    content: bytes

    @property
    def is_zip(self) -> bool:
        """Whether the bytes are a zip archive, as every .xlsx is."""
        return self.content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def name_of(path: str | Path) -> str:
    """Return the name of a file without its folder, for either kind of slash."""
    return str(path).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def take(path: str | Path, content: bytes | None = None, *, largest: int = LARGEST_FILE) -> Given:
    """Return a file from the disk, or from bytes at hand with a name; `largest` is how many bytes it may have.

    Raises
    ------
    Refused
        If it is missing, a folder, not readable, empty or too large.
    """
    content = _bytes_on_disk(Path(path), largest) if content is None else bytes(content)
    if len(content) > largest:
        raise too_large(largest)
    if not (content[:1024].strip(_NOTHING) or content.strip(_NOTHING)):  # stripping copies the whole
        raise Refused(Message("The file is empty."), Message("Choose a file with a header and at least one row."))
    return Given(name_of(path), content)


def _bytes_on_disk(path: Path, largest: int) -> bytes:
    try:
        if path.is_dir():
            raise Refused(Message("This is a folder, not a file."), Message("Choose a file inside it."))
        if path.stat().st_size > largest:
            raise too_large(largest)
        return path.read_bytes()
    except Refused:
        raise
    except FileNotFoundError:
        raise Refused(
            Message("There is no file of this name."),
            Message("Check the name and the folder, or choose the file again."),
        ) from None
    except PermissionError:
        raise Refused(
            Message("The file may not be read."),
            Message("Close it in other programs, or copy it into a folder of your own, and choose it again."),
        ) from None
    except (OSError, ValueError):
        raise Refused(
            Message("The file cannot be opened."), Message("Copy it into a folder of your own and choose it again.")
        ) from None


def too_large(largest: int) -> Refused:
    """Return the refusal of a file of more than so many bytes."""
    return Refused(
        Message("The file is larger than {limit} megabytes.", limit=largest // 1024**2),
        Message("Keep only the table of this client in it."),
    )


def refuse_what_is_no_table(given: Given) -> None:
    """Raise for content that is known to be something else than a table in a text file or an .xlsx.

    Raises
    ------
    Refused
        Saying what it is and how a table comes of it.
    """
    content = given.content
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused(
                Message("The workbook is protected by a password."),
                Message("Open it, remove the password, save it and choose it again."),
            )
        raise Refused(Message("The file has the old .xls format, which is not read."), SAVE_AS)
    if content.startswith(b"%PDF"):
        raise Refused(Message("The file is a PDF, not a table."), _TYPE_IN)
    if content.startswith(_PICTURES) or content[4:8] == b"ftyp" or content[8:12] == b"WEBP" or _is_bitmap(content):
        raise Refused(Message("The file is a picture, not a table."), _TYPE_IN)
    if content.startswith(_ARCHIVES):
        raise Refused(Message("The file is an archive."), Message("Unpack it and choose the table inside."))
    if content.startswith(b"{\\rtf"):
        raise Refused(Message("The file is a text document, not a table."), _TYPE_IN)


def _is_bitmap(content: bytes) -> bool:
    return content.startswith(b"BM") and content[6:10] == bytes(4)


def decoded(given: Given) -> tuple[str, str]:
    """Return the text of a text file and its encoding: UTF-8, UTF-16 with its mark, or GB18030.

    Raises
    ------
    Refused
        If it is a page, or no text in any of these.
    """
    if b"\x00" in given.content and not given.content.startswith(_UTF_16):
        raise Refused(Message("The file is not a table."), SAVE_AS)
    text, encoding = _decoded(given.content)
    start = text.lstrip().lower()
    if start.startswith(("<!doctype", "<html", "<table", "<?xml")):
        raise Refused(Message("The file is a web page, not a table."), SAVE_AS)
    if "\x00" in text:
        raise Refused(Message("The file is not a table."), SAVE_AS)
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith(_UTF_16):
        encodings: tuple[str, ...] = ("utf-16",)
    elif content.startswith(_UTF_8_MARK):
        encodings = ("utf-8-sig",)
    else:
        encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError as error:
            if encoding.startswith("utf-8") and error.reason == "unexpected end of data":
                raise Refused(
                    Message("The file is cut off in the middle of a character."),
                    Message("Copy or download it again and choose the new copy."),
                ) from None
    raise Refused(Message("The file is neither a workbook nor a text in UTF-8, UTF-16 or GB18030."), SAVE_AS)
