"""teikit: validate, cross-link, transform and cite texts encoded in TEI-XML.

The names in ``__all__`` are the public interface; everything else may change.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version as _version
from pathlib import Path

from teikit.config import Config, load
from teikit.corpus import Corpus, Document, open_corpus, parse
from teikit.diagnostics import RULES, Diagnostic, Location, Severity
from teikit.errors import ConfigError, OutputError, TeikitError, UnknownDocumentError
from teikit.links import Links, link
from teikit.pipeline import Built, Checked, build, check, cite, records
from teikit.records import Record

__version__ = _version("teikit")

__all__ = [
    "RULES",
    "Built",
    "Checked",
    "Config",
    "ConfigError",
    "Corpus",
    "Diagnostic",
    "Document",
    "Links",
    "Location",
    "OutputError",
    "Record",
    "Severity",
    "TeikitError",
    "UnknownDocumentError",
    "__version__",
    "build",
    "check",
    "cite",
    "is_valid",
    "iter_diagnostics",
    "link",
    "load",
    "open_corpus",
    "parse",
    "records",
    "validate",
]


def iter_diagnostics(path: str | Path, schema: str | Path | None = None) -> Iterator[Diagnostic]:
    """The findings on a TEI file or a folder of them, in reading order.

    ``schema`` is an ``.rng`` or ``.xsd`` file; without it the configuration and the files' own
    ``xml-model`` instructions decide. Raises ConfigError when ``teikit.toml`` or the schema is
    unusable.
    """
    target = Path(path)
    checked = check(load(target), [target], None if schema is None else Path(schema))
    yield from checked.findings


def validate(path: str | Path, schema: str | Path | None = None) -> tuple[Diagnostic, ...]:
    """All findings on a file or folder; see :func:`iter_diagnostics`."""
    return tuple(iter_diagnostics(path, schema))


def is_valid(path: str | Path, schema: str | Path | None = None) -> bool:
    """Whether there is no error among the findings on a file or folder."""
    return all(item.severity is not Severity.ERROR for item in iter_diagnostics(path, schema))
