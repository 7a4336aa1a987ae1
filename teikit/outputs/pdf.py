"""PDF: a file for each document, and a book of all of them."""

from __future__ import annotations
