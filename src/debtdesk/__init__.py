"""debtdesk: prepare a repayment that a creditor can accept and a household can keep."""

__version__ = "0.1.0"
