"""Dated facts: each row with its source and confidence."""
