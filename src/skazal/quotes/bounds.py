"""Where reported content begins and ends: sentences, clauses, insertions, what stands at their edges."""

from collections.abc import Sequence

from skazal import lexicon
from skazal.quotes.scene import CLOSING, DASHES, OPENING, Scene
from skazal.quotes.sources import source_of

RELAY = 12
"""Words at the end of a sentence among which the cue of a relay may stand."""
CONJUNCTIONS = lexicon.words("conjunctions")
CONNECTIVES = lexicon.words("connectives")
SUBORDINATE = lexicon.words("subordinate")
TURNS = frozenset({"и", "а", "но", "однако", "хотя", "зато"})
OPENERS = frozenset({"который", "где", "и", "а", "но", "или", "как", "поскольку", "хотя", "однако"})
PLACE_OF_MARKS = 3
"""Words after a colon among which the mark of direct speech must open."""
DATELINE = 9
"""Words that a dateline may have."""
INNER_CUE = 4
"""Words before a colon among which a cue of the content's own may stand (`X сообщил, что Y крикнул: «…»`)."""


def finite(scene: Scene, i: int) -> bool:
    """A finite verb."""
    return scene.words[i].feats.get("VerbForm") == "Fin"


def predicate(scene: Scene, i: int) -> bool:
    """A finite verb, a short participle or a short adjective."""
    return finite(scene, i) or scene.words[i].feats.get("Variant") == "Short"


def ends(scene: Scene, i: int) -> bool:
    """A mark that ends a sentence or a main clause."""
    return scene.words[i].text in (".", "!", "?", "…", ";")


def bare(scene: Scene, start: int, stop: int) -> tuple[int, int]:
    """The words without commas, dashes, colons and stops at their edges."""
    words = scene.words
    while start < stop and (words[start].text in (",", ":", ".", ")") or words[start].text in DASHES):
        start += 1
    while stop > start and (words[stop - 1].text in (",", ":", "(", ".", ";") or words[stop - 1].text in DASHES):
        stop -= 1
    return start, stop


def without_stop(scene: Scene, start: int, stop: int) -> int:
    """The end of the words without the stop."""
    return max(bare(scene, start, stop)[1], start)


def sentence_of(scene: Scene, i: int) -> tuple[int, int]:
    """The sentence of word `i` as far as it is in the same layer of speech, without dashes and marks at its ends."""
    first, last = scene.sentence(i)
    last = _whole_marks(scene, first, last)
    first, last = _in_brackets(scene, i, first, last)
    last = _before_speech(scene, i, last)
    start, stop = _same_layer(scene.layer, i, first, last)
    start = _past_dateline(scene, start, i)
    while start < i and (scene.words[start].text in DASHES or scene.words[start].text in ("'", "…")):
        start += 1
    return start, stop


def _same_layer(layers: Sequence[int], i: int, first: int, last: int) -> tuple[int, int]:
    """The words around word `i` that are spoken in the same utterance; of the narrator's all from `first` to `last`."""
    layer = layers[i]
    if layer == -1:
        return min(first, i), max(last, i + 1)
    start, stop = i, i + 1
    while start > first and layers[start - 1] == layer:
        start -= 1
    while stop < last and layers[stop] == layer:
        stop += 1
    return start, stop


def _past_dateline(scene: Scene, start: int, i: int) -> int:
    """`МИНСК, 3 мая — БелТА. …`, `ТАСС — Суд …`: place, day and agency at the head of a wire item are not reported."""
    words = scene.words
    dash = next((j for j in range(start + 1, min(i, start + DATELINE)) if words[j].text in DASHES), None)
    if dash is None or (start != scene.line(start)[0] and words[start - 1].text != "."):
        return start
    outlet = any(words[j].norm in lexicon.outlets() or words[j].text.isupper() for j in range(start, dash))
    sentence = words[dash + 1].capitalized and not any(predicate(scene, j) for j in range(start, dash))
    return dash + 1 if outlet and sentence and len(words[start].text) > 1 else start


def _whole_marks(scene: Scene, first: int, last: int) -> int:
    """A sentence that ends inside marks opened in it goes on to their end: `мужчина «вышел из машины. Он молчал»`."""
    end = scene.words[last - 1].end
    near = scene.regions_near(scene.words[first].start, end)
    if not near or not any(word.text in OPENING for word in scene.words[first:last]):
        return last
    for region in near:
        if region.start > scene.words[first].end and region.start < end < region.end:
            return scene.sentence(scene.word_range(0, region.stop)[1] - 1)[1]
    return last


def _in_brackets(scene: Scene, i: int, first: int, last: int) -> tuple[int, int]:
    """A cue in brackets reports what stands there with it: `Завод (по словам мэра, он старый) закрыт`."""
    words = scene.words
    opening = next((j for j in range(i - 1, first - 1, -1) if words[j].text in ("(", ")")), None)
    closing = next((j for j in range(i + 1, last) if words[j].text in ("(", ")")), None)
    if opening is None or closing is None or words[opening].text != "(" or words[closing].text != ")":
        return first, last
    return opening + 1, closing


def _before_speech(scene: Scene, i: int, last: int) -> int:
    """Where the sentence of word `i` turns to direct speech behind a colon: `По словам X, мост цел: «Видел сам»`."""
    words = scene.words
    for j in range(i + 1, last - 2):
        if words[j].text != ":" or words[j - 1].norm in CONJUNCTIONS or scene.layer[j] != scene.layer[i]:
            continue
        opens = next((k for k in range(j + 1, min(j + PLACE_OF_MARKS, last)) if words[k].text not in "'`"), j + 1)
        speech = words[opens].text in OPENING and opens + 1 < last and scene.layer[opens + 1] > scene.layer[i]
        if speech and not any(_of_another(scene, site.word) for site in scene.cues_in(max(i + 1, j - INNER_CUE), j)):
            return j
    return last


def _of_another(scene: Scene, i: int) -> bool:
    """Whether a cue is a verb with a subject of its own: `что сосед крикнул: «…»`, not `что плакала: «…»`."""
    words = scene.words
    own = any(words[child].dep == "nsubj" for child in words[i].children)
    return words[i].pos == "VERB" and (own or words[i].feats.get("VerbForm") in ("Inf", "Conv"))


def around(scene: Scene, first: int, start: int, stop: int, last: int) -> list[tuple[int, int]]:
    """What stands before and behind an insertion, without the commas and stops at its edges.

    A conjunction right before the insertion opens a clause of its own: `…, потому что, по словам X, кончился газ`.
    """
    before, behind = bare(scene, first, start), bare(scene, stop, before_relay(scene, stop, last))
    if before[1] > before[0] and behind[1] > behind[0]:
        before = _reported_before(scene, before, behind)
    return [piece for piece in (before, behind) if piece[1] - piece[0] >= 1]


def _reported_before(scene: Scene, before: tuple[int, int], behind: tuple[int, int]) -> tuple[int, int]:
    """What of the words before an insertion belongs to the clause that goes on behind it.

    None of them when they are a connective (`При этом, по словам X, …`), end in a conjunction, or are a clause of their
    own (`Приехали врачи, по их словам, он здоров`); behind `, а` and the like those of the last clause
    (`Мост открыт, а паром, по словам X, ещё стоит`).
    """
    start, stop = before
    words = scene.words
    if _opens_clause(scene, stop - 1) or "_".join(word.norm for word in words[start:stop]) in CONNECTIVES:
        return stop, stop
    if not any(predicate(scene, i) for i in range(*behind)):
        return before
    turn = next((i for i in range(stop - 1, start, -1) if words[i].norm in TURNS and words[i - 1].text == ","), None)
    if turn is not None and not any(predicate(scene, i) for i in range(turn, stop)):
        return (turn + 1, stop) if words[turn].norm != "хотя" else (turn, stop)
    return (stop, stop) if _clauses_apart(scene, before, behind) else before


def _clauses_apart(scene: Scene, before: tuple[int, int], behind: tuple[int, int]) -> bool:
    """Whether there is a main clause before an insertion and another one, with its own subject, behind it."""
    words = scene.words
    subordinate = any(words[i].norm in SUBORDINATE or words[i].lemma == "который" for i in range(*before))
    joined = words[behind[0]].norm in SUBORDINATE | TURNS | CONJUNCTIONS or words[behind[0]].lemma == "который"
    if subordinate or joined or not any(predicate(scene, i) for i in range(*before)):
        return False
    return any(
        words[i].dep in ("nsubj", "nsubj:pass")
        and behind[0] <= words[i].head < behind[1]
        and predicate(scene, words[i].head)
        for i in range(*behind)
    )


def _opens_clause(scene: Scene, i: int) -> bool:
    word = scene.words[i]
    return word.norm in CONJUNCTIONS or (word.lemma in OPENERS and word.pos != "NOUN")


def before_relay(scene: Scene, start: int, last: int) -> int:
    """Where `…, передаёт ТАСС` begins at the end of a sentence; the sentence's end if there is none."""
    words, end = scene.words, last
    while end > start and not any(ch.isalnum() for ch in words[end - 1].text):
        end -= 1
    for i in range(end - 1, max(start + 1, end - RELAY), -1):
        site = scene.cue_at[i]
        if site is None or site.start != i or words[i - 1].text != "," or site.entry.pos != "VERB":
            continue
        source = source_of(scene, site) if "p" in site.entry.frames else None
        if source is not None and source.start > i and source.stop >= end:
            return i - 1
    return last


def inside_marks(scene: Scene, start: int, stop: int) -> tuple[int, int]:
    """The words between a pair of marks that encloses all of them; else the words as they are."""
    words = scene.words
    enclosed = stop - start > 2 and words[start].text in OPENING and words[stop - 1].text in CLOSING
    if enclosed and not any(words[i].text in OPENING or words[i].text in CLOSING for i in range(start + 1, stop - 1)):
        return start + 1, stop - 1
    return start, stop
