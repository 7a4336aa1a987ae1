"""Files that ship with teikit: stylesheets and schemas."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, e.g. ``resource("xslt", "html", "main.xsl")``.

    In an installed wheel the folders lie inside the package, in a checkout beside it.

    Raises FileNotFoundError when teikit does not ship it.
    """
    for base in (_PACKAGE, _PACKAGE.parent):
        path = base.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"teikit ships no {'/'.join(parts)}")
