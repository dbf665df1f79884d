"""Bills: exports of Alipay and WeChat Pay of every era, and statements of banks by a mapping of their columns."""

from debtdesk.files.bills.mapping import ColumnMapping, Sign
from debtdesk.files.bills.packed import Lock
from debtdesk.files.bills.read import headers_of, read_bill, suggest_mapping
from debtdesk.files.bills.reading import BillReading
from debtdesk.files.bills.said import Said, Total

__all__ = [
    "BillReading",
    "ColumnMapping",
    "Lock",
    "Said",
    "Sign",
    "Total",
    "headers_of",
    "read_bill",
    "suggest_mapping",
]
