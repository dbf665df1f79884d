"""Read by every kernel of this environment: what is typed about a client is kept in no history."""

get_config().HistoryManager.enabled = False  # noqa: F821 - IPython provides it
