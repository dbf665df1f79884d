"""Files that people exchange: tables of debts, budgets and payments, bills, a case as one file."""
