"""The version of teikit, where the package and the build read it."""

__version__ = "0.1.0"
