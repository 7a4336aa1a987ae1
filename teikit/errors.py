"""What stops teikit: exceptions for "cannot continue". Findings about a text are Diagnostics."""

from __future__ import annotations

from collections.abc import Sequence

from teikit.diagnostics import Diagnostic


class TeikitError(Exception):
    """Base of every exception that teikit raises on purpose.

    ``diagnostics`` says what happened, where, and what to do next; ``str()`` gives the messages.
    """

    def __init__(self, diagnostics: Diagnostic | Sequence[Diagnostic]) -> None:
        """Carry one finding or several."""
        self.diagnostics: tuple[Diagnostic, ...] = (
            (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        )
        super().__init__("; ".join(item.message for item in self.diagnostics))


class ConfigError(TeikitError):
    """The configuration or the command line cannot be used (exit code 2)."""


class OutputError(TeikitError):
    """An output could not be made; nothing was written (exit code 1)."""


class UnknownDocumentError(TeikitError):
    """No document or passage of the corpus has the name that was asked for (exit code 1)."""


class EditError(TeikitError):
    """An edit of the sources was refused or could not be written; all is as it was (exit 1)."""
