"""Read by every kernel of this environment: what is typed about a client is kept in no history, no message is lost."""

config = get_config()  # noqa: F821 - IPython provides it
config.HistoryManager.enabled = False
config.InteractiveShellApp.extensions.extend(["debtdesk.lab.keeping", "debtdesk.lab.ahead"])
