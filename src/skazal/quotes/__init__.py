"""Who said what: direct, mixed and indirect speech, each with its cue and its speaker."""

from skazal.quotes.attribution import Settings, attribute

__all__ = ["Settings", "attribute"]
