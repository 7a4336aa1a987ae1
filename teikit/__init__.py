"""teikit: validate, cross-link, transform and cite texts encoded in TEI-XML.

The names in ``__all__`` are the public interface; everything else may change. They are loaded when
they are first used, so that a command waits only for what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from teikit.version import __version__

if TYPE_CHECKING:
    from teikit.api import expected, is_valid, iter_diagnostics, load_schema, validate
    from teikit.checking import Checked, check
    from teikit.citing import cite, records
    from teikit.config import Config, load
    from teikit.corpus import Corpus, Document, open_corpus, parse
    from teikit.diagnostics import RULES, Diagnostic, Location, Severity
    from teikit.errors import ConfigError, OutputError, TeikitError, UnknownDocumentError
    from teikit.links import Links, link
    from teikit.pipeline import Built, build, export
    from teikit.record import Record
    from teikit.validation.judge import Grammar
    from teikit.validation.relaxng.expectation import Expected
    from teikit.validation.relaxng.schema import Schema
    from teikit.validation.relaxng.tree import SchemaError

__all__ = [
    "RULES",
    "Built",
    "Checked",
    "Config",
    "ConfigError",
    "Corpus",
    "Diagnostic",
    "Document",
    "Expected",
    "Grammar",
    "Links",
    "Location",
    "OutputError",
    "Record",
    "Schema",
    "SchemaError",
    "Severity",
    "TeikitError",
    "UnknownDocumentError",
    "__version__",
    "build",
    "check",
    "cite",
    "expected",
    "export",
    "is_valid",
    "iter_diagnostics",
    "link",
    "load",
    "load_schema",
    "open_corpus",
    "parse",
    "records",
    "validate",
]

_HOMES = {
    name: home
    for home, names in {
        "api": "expected is_valid iter_diagnostics load_schema validate",
        "checking": "Checked check",
        "config": "Config load",
        "corpus": "Corpus Document open_corpus parse",
        "diagnostics": "RULES Diagnostic Location Severity",
        "errors": "ConfigError OutputError TeikitError UnknownDocumentError",
        "links": "Links link",
        "citing": "cite records",
        "pipeline": "Built build export",
        "record": "Record",
        "validation.judge": "Grammar",
        "validation.relaxng.expectation": "Expected",
        "validation.relaxng.schema": "Schema",
        "validation.relaxng.tree": "SchemaError",
    }.items()
    for name in names.split()
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
