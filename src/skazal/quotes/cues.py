"""Where the text reports speech: occurrences of the lexicon's words and phrases."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from skazal import lexicon
from skazal.morphology import parses
from skazal.words import Text, Word, fold

WINDOW = 5
"""Words within which a verbal phrase's noun must follow its verb: `выразил свою полную уверенность`."""
VERB_ENDINGS = (
    "л",
    "ла",
    "ло",
    "ли",
    "лся",
    "лась",
    "лось",
    "лись",
    "ет",
    "ит",
    "ют",
    "ят",
    "ется",
    "ится",
    "ются",
    "ятся",
)
NEGATIONS = frozenset({"не", "ни"})
MODAL = lexicon.words("modal")
MODIFIERS = frozenset({"ADJ", "DET", "PRON", "NUM", "PROPN"})
MODIFIERS_BETWEEN = 3
"""Modifiers that may stand before the last word of a phrase: `по его собственным словам`."""


@dataclass(frozen=True, slots=True)
class CueSite:
    """An occurrence of a cue: words `start` to `stop` (exclusive); `word` is the one that the source hangs on."""

    start: int
    stop: int
    word: int
    entry: lexicon.Cue
    negated: bool = False


def find_cues(text: Text) -> list[CueSite]:
    """All cues of a text in order, at most one beginning at a word; a noun inside a phrase (`выразил уверенность`) is
    none of its own; O(words).
    """
    sites: list[CueSite] = []
    phrase_end = 0
    for word in text.words:
        if not _can_begin(word.norm, word.lemma, word.pos):
            continue
        site = (
            _preposition(text, word)
            or _verb_phrase(text, word)
            or _verb(text, word)
            or _predicative(text, word)
            or (_noun(text, word) if word.i >= phrase_end else None)
        )
        if site:
            sites.append(site)
            phrase_end = max(phrase_end, site.stop if "c" in site.entry.frames or site.entry.pos == "PREP" else 0)
    return sites


@lru_cache(maxsize=32_768)
def _can_begin(norm: str, lemma: str, pos: str) -> bool:
    """Whether a cue may begin at a word with this form, lemma and part of speech: at most words none can."""
    if norm in _prepositions() or lemma in _by_first_word() or norm in lexicon.predicatives():
        return True
    verb = lemma if pos in ("VERB", "AUX") else _mistagged_verb(norm)
    cues = lexicon.cues()
    return (verb or "", "VERB") in cues or (pos in ("NOUN", "PROPN") and (lemma, "NOUN") in cues)


def _verb(text: Text, word: Word) -> CueSite | None:
    """`сказал`, `отвечает`, `добавив`, `хочу подчеркнуть`."""
    lemma = word.lemma if word.pos in ("VERB", "AUX") else _mistagged_verb(word.norm)
    entry = lexicon.cues().get((lemma, "VERB")) if lemma else None
    return CueSite(word.i, word.i + 1, word.i, entry, negated(text, word.i)) if entry else None


def _mistagged_verb(norm: str) -> str | None:
    """The infinitive of a word that can only be a verb, whatever the tagger says: `возразила`, `отшутился`."""
    if not norm.endswith(VERB_ENDINGS) or len(norm) < 4:
        return None
    readings = parses(norm)
    verbs = all(reading.tag.POS == "VERB" for reading in readings) and readings
    return fold(readings[0].normal_form) if verbs and readings[0].is_known else None


def _predicative(text: Text, word: Word) -> CueSite | None:
    """`уверен`, `не согласна`, `сказано`."""
    entry = lexicon.predicatives().get(word.norm)
    return CueSite(word.i, word.i + 1, word.i, entry, negated(text, word.i)) if entry else None


def _noun(text: Text, word: Word) -> CueSite | None:
    """`слова`, `ответ`, `заявление`."""
    if word.pos not in ("NOUN", "PROPN") or _names_body(text, word):
        return None
    entry = lexicon.cues().get((word.lemma, "NOUN"))
    return CueSite(word.i, word.i + 1, word.i, entry, negated(text, word.i)) if entry else None


def _names_body(text: Text, word: Word) -> bool:
    """Whether a noun names a body of people rather than words: `совет директоров`, not `совет врача`."""
    role = lexicon.find_role(word.lemma)
    members = (text.words[child] for child in word.children)
    return (
        role is not None
        and role.kind == "org"
        and any(member.case == "Gen" and member.number == "Plur" and member.i == word.i + 1 for member in members)
    )


def _verb_phrase(text: Text, word: Word) -> CueSite | None:
    """`выразил уверенность`, `пожал плечами`, `не выдержала`."""
    for entry in _by_first_word().get(word.lemma, ()):
        last, rest = word.i, list(entry.words[2 if entry.words[0] == "не" else 1 :])
        for following in text.words[word.i + 1 : word.i + 1 + WINDOW]:
            if not rest or following.pos == "PUNCT":
                break
            if rest[0] in (following.norm, following.lemma):
                rest.pop(0)
                last = following.i
        before = text.words[word.i - 1].norm if word.i else ""
        if not rest and (entry.words[0] != "не" or before == "не"):
            start = word.i - 1 if entry.words[0] == "не" else word.i
            return CueSite(start, last + 1, word.i, entry, entry.words[0] != "не" and negated(text, word.i))
    return None


@cache
def _by_first_word() -> Mapping[str, Sequence[lexicon.Cue]]:
    """Verbal phrases by the lemma of their verb, longest first."""
    found: dict[str, list[lexicon.Cue]] = defaultdict(list)
    for (_, pos), entry in lexicon.cues().items():
        if pos == "VPHRASE":
            found[entry.words[1] if entry.words[0] == "не" else entry.words[0]].append(entry)
    return {first: sorted(entries, key=lambda entry: -len(entry.words)) for first, entries in found.items()}


def _preposition(text: Text, word: Word) -> CueSite | None:
    """`по словам`, `по его собственным словам`, `согласно`, `как следует из`."""
    entries = _prepositions().get(word.norm)
    if not entries:
        return None
    near = {other.norm for other in text.words[word.i : word.i + len(entries[0].words) + MODIFIERS_BETWEEN]}
    for entry in entries:
        stop = _match_preposition(text, word.i, entry.words) if entry.words[-1] in near else None
        if stop:
            return CueSite(word.i, stop, stop - 1, entry)
    return None


def _match_preposition(text: Text, i: int, pattern: Sequence[str]) -> int | None:
    """The end of the phrase at word `i`; modifiers may stand before its last word."""
    words = text.words
    for expected in pattern[1:]:
        i += 1
        if expected == pattern[-1]:
            end = i + MODIFIERS_BETWEEN
            while i < min(len(words), end) and words[i].norm != expected and words[i].pos in MODIFIERS:
                i += 1
        if i >= len(words) or words[i].norm != expected:
            return None
    return i + 1


@cache
def _prepositions() -> Mapping[str, Sequence[lexicon.Cue]]:
    found: dict[str, list[lexicon.Cue]] = defaultdict(list)
    for (_, pos), entry in lexicon.cues().items():
        if pos == "PREP":
            found[entry.words[0]].append(entry)
    return {first: sorted(entries, key=lambda entry: -len(entry.words)) for first, entries in found.items()}


def negated(text: Text, i: int) -> bool:
    """Whether `не` or `ни` stands right before word `i`, or before the modal of an infinitive (`не смог сказать`)."""
    if i > 0 and text.words[i - 1].norm in NEGATIONS:
        return True
    word = text.words[i]
    modal = word.feats.get("VerbForm") == "Inf" and text.words[word.head].lemma in MODAL
    return modal and word.head < i and text.words[word.head - 1].norm in NEGATIONS


def within(sites: Sequence[CueSite], start: int, stop: int) -> Iterator[CueSite]:
    """Sites whose words lie in `start` to `stop` (exclusive)."""
    return (site for site in sites if start <= site.start and site.stop <= stop)
