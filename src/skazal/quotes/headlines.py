"""Headlines that report without marks: who says it stands before a colon or behind a dash at the end of the line."""

from collections.abc import Iterator, Mapping

from skazal import lexicon
from skazal.quotes.bounds import finite, without_stop
from skazal.quotes.constructions import POINTERS, says_something
from skazal.quotes.phrases import Source
from skazal.quotes.scene import CLOSING, DASHES, OPENING, Scene
from skazal.quotes.speakers import who

CONTESTS = lexicon.words("contests")
SPEAKING = frozenset({"office", "profession", "person", "source", "org", "group", "member"})
"""Kinds of roles that a headline may be signed with."""
SIGNED = 10
"""Words that the source behind the dash of a headline may have, with the dash."""
LABEL = 8
"""Words of a line among which the colon of a headline stands."""
SHORTEST = 3
"""Words of what is reported at least, with the colon."""
LONGEST = 40
"""Words of a headline at most."""
Headline = tuple[tuple[int, int], Source, Mapping[str, float]]


def find_headlines(scene: Scene) -> Iterator[Headline]:
    """What is reported, by whom, and the features of lines that are headlines by their form."""
    for first, last in scene.lines:
        colon = next((i for i in range(first + 1, min(last - 1, first + LABEL)) if scene.words[i].text == ":"), None)
        if colon is not None and _may_be_headline(scene, first, colon, last):
            yield _labelled(scene, first, colon, last)
    if len(scene.lines) > 1:
        for first, last in scene.lines:
            yield from _signed(scene, first, last)


def certain_headline(features: Mapping[str, float]) -> bool:
    """`Министр: мост откроют` as the first line or without a full stop, with a predicate; `Мост откроют — министр`."""
    if features.get("signed"):
        return True
    speaks = features.get("label: role") or features.get("label is a name")
    placed = features.get("headline in the first line") or features.get("headline without a stop")
    return bool(speaks and placed and features.get("clause in the content"))


def _may_be_headline(scene: Scene, first: int, colon: int, last: int) -> bool:
    """Whether a label without a verb or preposition stands before the colon, and no mark opens behind it."""
    words = scene.words
    if words[first].pos == "ADP" or last - colon < SHORTEST or last - first > LONGEST or scene.layer[last - 1] >= 0:
        return False
    if any(words[i].text in OPENING for i in range(colon + 1, min(colon + 3, last))):
        return False
    return not any(
        ((site := scene.cue_at[i]) is not None and site.entry.pos in ("VERB", "PRED")) or finite(scene, i)
        for i in range(first, colon)
    )


def _labelled(scene: Scene, first: int, colon: int, last: int) -> Headline:
    """`Иванов: мы победим`, `Иванов о матче: победа близка` on a line of its own."""
    words, stop = scene.words, _label_end(scene, first, colon)
    head = next((i for i in range(first, stop) if words[i].head == i or not first <= words[i].head < stop), first)
    named = scene.named_at[stop - 1]
    features = {
        "headline": 1.0,
        "label is a name": float(named is not None and named.entity.type != "LOC"),
        **who(scene, head),
        "headline in the first line": float(first == 0),
        "headline without a stop": float(words[last - 1].pos != "PUNCT" and not words[colon + 1].capitalized),
        "label: role": float(lexicon.find_role(words[head].lemma) is not None),
        "finite verb in the content": float(any(finite(scene, i) for i in range(colon, last))),
        "clause in the content": float(says_something(scene, colon + 1, last)),
        "capital after the colon": float(words[colon + 1].capitalized),
    }
    return (colon + 1, without_stop(scene, colon + 1, last)), Source(head, first, stop, "label"), features


def _label_end(scene: Scene, first: int, colon: int) -> int:
    """Where a label ends: before the addressee or topic of `Министр — журналистам: мост откроют`, `Министр о мосте:
    откроем`, else at the colon.
    """
    words = scene.words
    for i in range(first + 1, colon - 1):
        if words[i].norm in POINTERS or (words[i].text in DASHES and words[i + 1].case == "Dat"):
            return i - 1 if words[i - 1].text in DASHES else i
    return colon


def _signed(scene: Scene, first: int, last: int) -> Iterator[Headline]:
    """`Мост закроют на ремонт — мэр` on a line of its own, without a full stop."""
    words = scene.words
    dash = next((i for i in range(last - 2, max(first + 1, last - SIGNED), -1) if words[i].text in DASHES), None)
    if dash is None or words[last - 1].pos == "PUNCT" or any(layer >= 0 for layer in scene.layer[first:last]):
        return
    head = next((i for i in range(dash + 1, last) if not dash < words[i].head < last), dash + 1)
    named, role = scene.named_at[head], lexicon.find_role(words[head].lemma)
    speaks = (named is not None and named.entity.type != "LOC") or (role is not None and role.kind in SPEAKING)
    speaks = speaks or (named is None and words[head].pos == "PROPN")
    verb = next((i for i in range(first, dash) if finite(scene, i)), None)
    told = verb is not None and not any(finite(scene, i) for i in range(dash, last))
    somebody = _somebody(scene, verb or first, dash) or _opponents(scene, first, dash)
    if speaks and told and words[head].case in ("Nom", None) and not somebody:
        source = Source(head, dash + 1, last, "label")
        yield (first, dash), source, {"headline": 1.0, "signed": 1.0, **who(scene, head)}


def _somebody(scene: Scene, start: int, stop: int) -> bool:
    """Whether a person is the subject behind the verb: what follows the dash then says who it is (`Умер поэт — …`)."""
    for i in range(start, stop):
        named = scene.named_at[i]
        person = (named is not None and named.entity.type == "PER") or lexicon.find_role(
            scene.words[i].lemma
        ) is not None
        if scene.words[i].case == "Nom" and (person or scene.words[i].feats.get("Animacy") == "Anim"):
            return True
    return False


def _opponents(scene: Scene, first: int, dash: int) -> bool:
    """`о матче «Заря» — ЦСКА`: the dash stands between two who meet."""
    words, i = scene.words, dash - 1
    while i > first and (words[i].text in OPENING | CLOSING or scene.named_at[i] is not None or words[i].capitalized):
        i -= 1
    return i < dash - 1 and words[i].lemma in CONTESTS
