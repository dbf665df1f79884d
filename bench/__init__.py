"""Speed against what a user could pick today; `python -m bench` prints one table of ratios."""
