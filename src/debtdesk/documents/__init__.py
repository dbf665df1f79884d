"""Documents: pages that are handed out, from results and the words of views."""
