"""The one seam through which every sentence for students passes, so that it can be translated."""

from __future__ import annotations


def _(message: str) -> str:
    """The message in the language of this run. Placeholders are filled by the caller with ``str.format``."""
    return message
