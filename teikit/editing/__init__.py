"""Edits of a corpus that keep all that they need not change: rename an id, merge, sort.

Each verb is a function of the linked corpus that returns a :class:`~teikit.editing.plan.Plan`; to
show it or to write it is the business of ``teikit.edits``.
"""

from __future__ import annotations

from teikit.editing.merge import merge
from teikit.editing.plan import Plan
from teikit.editing.rename import rename
from teikit.editing.sort import sort

__all__ = ["Plan", "merge", "rename", "sort"]
