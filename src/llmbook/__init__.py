"""The code that *Introduction to Large Language Models* explains, chapter by chapter."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from llmbook.hub import load, save

__version__ = "0.1.0"
__all__ = ["__version__", "load", "save"]


def __getattr__(name: str) -> Any:
    """Import what reads models when it is first asked for: most modules do not need it."""
    if name in ("load", "save"):
        from llmbook import hub

        return getattr(hub, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
