"""The GOV.UK components, rendered by Jinja macros made from the upstream templates."""

from moothall.core.govuk.rendering import COMPONENTS, render

__all__ = ["COMPONENTS", "render"]
