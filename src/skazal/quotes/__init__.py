"""Who said what: direct, mixed and indirect speech, each with its cue and its speaker."""

from skazal.quotes.attribution import Settings, attribute
from skazal.quotes.explanation import Evidence, Explanation, Option, explain

__all__ = ["Evidence", "Explanation", "Option", "Settings", "attribute", "explain"]
