"""What shows of a fragment in marks that it is somebody's words, or that it cannot be: a term, a charge, a verse."""

from skazal import lexicon
from skazal.morphology import known_tags
from skazal.quotes.cues import CueSite
from skazal.quotes.scene import OPENING, Scene
from skazal.quotes.utterances import Utterance, is_predicate
from skazal.words import Word

CHARGED = lexicon.words("charged")
CALLED = lexicon.words("so_called")
CASES = frozenset({"дело", "закон"})
"""What is named after somebody in small letters: `«дело Иванова»`, `«закон Петрова»`."""
GIVING_TITLES = frozenset({"назвать", "называть", "называться", "назваться", "озаглавить", "наречь", "именоваться"})
SUPPORTING = frozenset({"выступать", "голосовать", "бороться", "ратовать", "агитировать"})
JUDGING_THINGS = frozenset({"критиковать", "раскритиковать", "покритиковать"})
PREDICATES = frozenset({"быть", "являться", "стать", "становиться", "оказаться", "оказываться"})
PREDICATE = 3
"""Words between `является` and the fragment: `является настоящим «хищником»`."""


def is_term(scene: Scene, utterance: Utterance) -> bool:
    """Whether a fragment cannot be words of the source: `так называемый «список»`, `приговор, вынесенный «за кражу»`,
    `«дело Иванова»`, `выступал за «жёсткий развод»`, `критикует «лагеря»`.
    """
    words, start = scene.words, utterance.pieces[0][0]
    if utterance.frame != "marks" or utterance.authors or not utterance.start:
        return False
    if words[start].capitalized:
        return _title_given(scene, utterance)
    if len(utterance.pieces) == 1 and utterance.pieces[0][1] - start == 1 and len(words[start].text) == 1:
        return True
    if _of_outer(scene, utterance):
        return True
    if any(is_predicate(words[i]) for first, last in utterance.pieces for i in range(first, last)):
        return False
    before = words[utterance.start - 1]
    length = utterance.pieces[-1][1] - start
    named_after = words[start].lemma in CASES and length > 1 and words[start + 1].case == "Gen"
    return named_after or before.lemma in CALLED or _charge(scene, utterance, start) or _object(scene, before)


def _title_given(scene: Scene, utterance: Utterance) -> bool:
    """`сборник назвали «Летние песни»`: a noun phrase in the nominative behind a verb of naming."""
    words, (start, stop) = scene.words, utterance.pieces[0]
    named = words[utterance.start - 1].lemma in GIVING_TITLES
    first = next((word for word in words[start:stop] if word.pos in ("NOUN", "PROPN")), None)
    clause = any(is_predicate(word) for word in words[start:stop]) or words[stop - 1].text[-1] in "!?"
    return named and first is not None and first.case == "Nom" and not clause


def _of_outer(scene: Scene, utterance: Utterance) -> bool:
    """`«Он жил с ним, „как с братом“»`: small letters in marks inside other marks, and nobody speaks there."""
    parent = scene.regions[utterance.region].parent if utterance.region is not None else None
    if parent is None:
        return False
    first = max(scene.word_range(0, scene.regions[parent].start)[1], scene.sentence(utterance.start)[0])
    return not any(site.entry.pos in ("VERB", "PREP", "VPHRASE") for site in scene.cues_in(first, utterance.start))


def _charge(scene: Scene, utterance: Utterance, start: int) -> bool:
    """`приговор, вынесенный ткачу «за колдовство»`."""
    words, first = scene.words, scene.sentence(start)[0]
    if words[start].norm != "за":
        return False
    return any(words[i].lemma in CHARGED for i in range(max(first, utterance.start - PREDICATE), utterance.start))


def _object(scene: Scene, before: Word) -> bool:
    """`выступали за «термин»`, `раскритиковал «термин»`: what somebody supports or blames bears its name already."""
    if before.norm in ("за", "против"):
        return scene.words[max(before.i - 1, 0)].lemma in SUPPORTING
    return before.lemma in JUDGING_THINGS


def is_told(scene: Scene, utterance: Utterance) -> bool:
    """Whether a fragment in a reported clause is said by its form: a verb or an adverb (`заявил, что мост «рухнет»`,
    `…, что суд «намеренно» тянет`), the predicate of `является`. Terms are nouns.
    """
    words, (start, stop) = scene.words, utterance.pieces[0]
    if utterance.frame != "marks" or utterance.authors or words[start].capitalized or len(utterance.pieces) > 1:
        return False
    inside = [word for word in words[start:stop] if word.pos != "PUNCT"]
    nested = utterance.region is not None and scene.regions[utterance.region].parent is not None
    if nested or not inside or words[utterance.start - 1].text in (*OPENING, ":") or not _in_report(scene, utterance):
        return False
    verbal = any(is_predicate(word) for word in inside)
    adverbial = all(word.pos == "ADV" for word in inside)
    return verbal or adverbial or _predicate_of_being(scene, utterance, inside[-1])


def _predicate_of_being(scene: Scene, utterance: Utterance, last: Word) -> bool:
    """`является «атакующим хищником»`, `будет первым «умником»`."""
    near = scene.words[max(0, utterance.start - PREDICATE) : utterance.start]
    return any(word.lemma in PREDICATES for word in near) and may_be_instrumental(last)


def may_be_instrumental(word: Word) -> bool:
    """Whether a word can stand in the instrumental: by its tag, or by the dictionary where a form has several cases."""
    return word.case == "Ins" or any("ablt" in tag for tag in known_tags(word.norm))


def _in_report(scene: Scene, utterance: Utterance) -> bool:
    """Whether the fragment stands in what a cue reports: behind `что` or `по словам`, before `считает`."""
    first, last = scene.sentence(utterance.start)
    return any(_reports(scene, site, utterance) for site in scene.cues_in(first, last))


def _reports(scene: Scene, site: CueSite, utterance: Utterance) -> bool:
    words, frames = scene.words, site.entry.frames
    if site.start >= utterance.stop:
        inserted = words[site.start - 1].text == "," or words[site.start - 1].norm == "как"
        return inserted and "p" in frames and site.entry.pos in ("VERB", "PRED", "VPHRASE", "PREP")
    if site.stop > utterance.start:
        return False
    if site.entry.pos == "PREP":
        return "p" in frames
    opened = (i for i in range(site.stop, utterance.start) if words[i].norm == "что" and words[i - 1].text == ",")
    return "c" in frames and any(opened)
