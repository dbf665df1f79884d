"""How an older file becomes a newer one, step by step; run by `debtdesk.store.schema` alone."""
