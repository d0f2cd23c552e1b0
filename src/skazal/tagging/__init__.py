"""Slovnet's three heads over tokens: morphological tags, a dependency tree, names."""

from skazal.tagging.names import NameSpan
from skazal.tagging.tagger import Tagger
from skazal.tagging.trees import Tree
from skazal.tagging.typography import plain_marks

__all__ = ["NameSpan", "Tagger", "Tree", "plain_marks"]
