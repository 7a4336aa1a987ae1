"""Grammars: which schema judges a file, and what it has to say."""
