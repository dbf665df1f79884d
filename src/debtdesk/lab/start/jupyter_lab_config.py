"""Read by every JupyterLab of this environment: the package sets its room up itself."""

from debtdesk.lab import configure

configure(get_config())  # noqa: F821 - JupyterLab provides it
