"""Results as tables, figures and sentences for people."""
