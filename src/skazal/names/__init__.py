"""Person names: their parts, gender and nominative, from a string, from tagged words or from all mentions together."""

from skazal.names.merging import MentionForm, canonical, compatible
from skazal.names.parsing import parse_name
from skazal.names.person import PersonName

__all__ = ["MentionForm", "PersonName", "canonical", "compatible", "parse_name"]
