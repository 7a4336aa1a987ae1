"""Outputs: one file and one row each."""

from __future__ import annotations

from teikit.outputs.base import Output
from teikit.outputs.html import HTML
from teikit.outputs.pdf import PDF
from teikit.outputs.txt import TXT

OUTPUTS: dict[str, Output] = {output.name: output for output in (HTML, PDF, TXT)}
