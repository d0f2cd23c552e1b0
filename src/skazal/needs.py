"""What each stage needs of a Doc, told clearly when it is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skazal.errors import PipelineError

if TYPE_CHECKING:
    from spacy.tokens import Doc

# By stage: attributes as `Doc.has_annotation` names them, with who writes them in this library.
NEEDS = {
    "skazal_tagger": {"SENT_START": "skazal_sentences"},
    "skazal_lemmatizer": {"POS": "skazal_tagger"},
    "skazal_entities": {"SENT_START": "skazal_sentences", "POS": "skazal_tagger", "MORPH": "skazal_tagger",
                        "DEP": "skazal_tagger", "LEMMA": "skazal_lemmatizer"},
    "skazal_quotes": {"SENT_START": "skazal_sentences", "POS": "skazal_tagger", "MORPH": "skazal_tagger",
                      "DEP": "skazal_tagger", "LEMMA": "skazal_lemmatizer"},
}  # fmt: skip
WRITTEN = {"SENT_START": "sentence boundaries (token.is_sent_start)", "POS": "parts of speech (token.pos)",
           "MORPH": "morphology (token.morph)", "DEP": "a dependency tree (token.head, token.dep)",
           "LEMMA": "lemmas (token.lemma)"}  # fmt: skip
# Words that have features in every Russian tag set; a text without them may have no morphology at all.
INFLECTED = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})


def check_needs(doc: Doc, stage: str) -> None:
    """Raise PipelineError when the Doc lacks what `stage` reads; Docs without words lack nothing.

    Raises:
        PipelineError: naming all that is missing and the components that write it.
    """
    if all(token.is_space for token in doc):
        return
    missing = [name for name in NEEDS[stage] if not is_there(doc, name)]
    if not missing:
        return
    wanted = ", ".join(WRITTEN[name] for name in missing)
    writers = ", ".join(dict.fromkeys(NEEDS[stage][name] for name in missing))
    raise PipelineError(
        f"{stage} needs {wanted}, which no earlier component wrote to the Doc; "
        f"put {writers}, or components of your own that write the same, before {stage}"
    )


def is_there(doc: Doc, name: str) -> bool:
    """Whether any token has the annotation; morphology is missed only where words would have it."""
    if name == "MORPH" and doc.has_annotation("POS") and not any(token.pos_ in INFLECTED for token in doc):
        return True
    return doc.has_annotation(name)
