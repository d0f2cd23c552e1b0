"""The author's words around an utterance and the cues in them: the places where an attribution can stand.

From certain to bold: inside the utterance, behind its dash, before its colon, in the clause that the utterance is
built into, in the neighbouring sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from skazal import lexicon
from skazal.quotes.cues import CueSite
from skazal.quotes.scene import CLOSING, DASHES, NARRATOR, OPENING, Scene
from skazal.quotes.utterances import Utterance, is_predicate, kind_of, tells

BEHIND = 9
"""Words behind a dash within which the cue of the author's words must come."""
SKIPPED = 20
"""Words from an utterance within which the words of its author must begin; a row of marks has no end."""
APOSTROPHES = frozenset("'`")
SUCH = frozenset({"таков", "таковой", "такой", "вот"})
"""Words before a noun for what was said: `— таков был ответ мэра`, `— вот мнение врача`."""
PUT = frozenset({"вопрос", "реплика", "возглас", "замечание", "выкрик", "упрек", "просьба"})
"""Nouns for what is said to somebody who answers it: `на вопрос рыбака «…»`."""
WHOSE = 7
"""Words from such a noun to the marks."""
STOPS = frozenset(",.!?…")
PASSED_ON = frozenset({"relay", "write", "publish"})
"""Classes of cues by which an outlet passes on what somebody said."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """Author's words `start` to `stop` (exclusive) at a place named by `sieve`; `site` is the cue among them, if
    there is one.
    """

    sieve: str
    start: int
    stop: int
    site: CueSite | None


def attachments(scene: Scene, utterance: Utterance, layer: int = NARRATOR) -> list[Attachment]:
    """Where the attribution of an utterance can stand, best place first.

    `layer` is the number of the utterance around it, whose words its author's words are among; cues within other
    utterances are none of theirs, as far as `scene.layer` is known.
    """
    nested = utterance.region is not None and scene.regions[utterance.region].parent is not None
    beside = (_before, _behind) if nested or cried(scene, utterance) else (_behind, _before)
    if kind_of(scene, utterance) == "mixed" and _led_into(scene, utterance):
        places = [*_before(scene, utterance, layer), *_around(scene, utterance, layer)]
        return [*places, *_neighbours(scene, utterance, layer)]
    return [
        *_label(utterance),
        *_caption(scene, utterance),
        *_inside(scene, utterance, layer),
        *beside[0](scene, utterance, layer),
        *beside[1](scene, utterance, layer),
        *_signature(scene, utterance),
        *_around(scene, utterance, layer),
        *_neighbours(scene, utterance, layer),
    ]


def _led_into(scene: Scene, utterance: Utterance) -> bool:
    """Whether a cue stands before a fragment in its sentence: what follows the marks is no attribution then."""
    first = scene.sentence(utterance.start)[0]
    return any(site.entry.pos in ("VERB", "VPHRASE", "PREP", "PRED") for site in scene.cues_in(first, utterance.start))


def _label(utterance: Utterance) -> Iterator[Attachment]:
    """`Корреспондент: …`."""
    if utterance.label:
        yield Attachment("label", *utterance.label, None)


def _caption(scene: Scene, utterance: Utterance) -> Iterator[Attachment]:
    """`«Мы не сдадимся». Анна Лужина — о суде и музыке`: a name between stop and dash, and what it is about."""
    words, start = scene.words, utterance.stop
    stops = [i for i in range(start, min(start + 2, len(words))) if words[i].text in (*STOPS, *CLOSING)]
    start += len(stops)
    last = min(scene.line(utterance.stop - 1)[1], start + SIGNATURE)
    dash = next((i for i in range(start, last) if words[i].text in DASHES), None)
    if not stops or dash is None or dash + 1 >= last or words[dash + 1].norm not in ("о", "об", "про"):
        return
    if dash > start and words[start].capitalized and not _finite(scene, start, dash):
        yield Attachment("signature", start, dash, None)


def _inside(scene: Scene, utterance: Utterance, layer: int) -> Iterator[Attachment]:
    """`«…, — сказал X. — …»`."""
    for start, stop in utterance.authors:
        site = next((site for site in scene.cues_in(start, stop, layer) if tells(scene, site)), None)
        yield Attachment("inside", start, stop, site)


def _behind(scene: Scene, utterance: Utterance, layer: int) -> Iterator[Attachment]:
    """`«…», — сказал X`, `«…», сказал X`, `«…» — X`."""
    words, start = scene.words, utterance.stop
    if utterance.region is None or _shares_mark(scene, utterance.region) or _in_reply(scene, utterance):
        return
    comma = dash = False
    last = _limit(scene, utterance)
    far = min(last, start + SKIPPED)
    while start < far and _skipped(scene, start):
        if (
            words[start].text == "."
            and start + 1 < last
            and words[start + 1].text not in DASHES
            and words[start + 1].text not in APOSTROPHES
        ):
            return
        dash = dash or words[start].text in DASHES or words[start].norm in DASH_NAMES
        comma = comma or words[start].text == ","
        start += 1
    if start >= far:
        return
    stop = _until_speech(scene, start, min(scene.sentence(start)[1], last))
    if stop <= start:
        return
    near = scene.cues_in(start, min(stop, start + BEHIND), layer)
    such = words[start].lemma in SUCH
    site = next((site for site in near if tells(scene, site) or (such and site.entry.pos == "NOUN")), None)
    if dash:
        verb = site is not None or _finite(scene, start, stop)
        yield Attachment("behind dash" if verb else "behind dash, no verb", start, stop, site)
    elif site is not None:
        yield Attachment("behind comma" if comma else "behind", start, stop, site)


def _in_reply(scene: Scene, utterance: Utterance) -> bool:
    """`— Мы живём у завода «Сокол», — сказал Лось`: marks within a reply that a dash opens, whose author it is."""
    first = scene.line(utterance.start)[0]
    return scene.words[first].text in DASHES and utterance.start > first + 1


def _limit(scene: Scene, utterance: Utterance) -> int:
    """Where the author of an utterance must have spoken: in its paragraph, and inside the marks around it."""
    last = scene.line(utterance.stop - 1)[1]
    parent = scene.regions[utterance.region].parent if utterance.region is not None else None
    return last if parent is None else min(last, scene.word_range(0, scene.regions[parent].end)[1])


def _skipped(scene: Scene, i: int) -> bool:
    """What can stand between an utterance and its author: stops, dashes, a mark too many, an emoji, `&mdash;`."""
    word = scene.words[i]
    if word.norm in DASH_NAMES or (word.text in ("&", ";") and _written_out(scene, i)):
        return True
    return (
        not any(ch.isalnum() for ch in word.text)
        and (word.text not in OPENING or (word.text in CLOSING and word.text != '"'))
        and word.text not in "([:;&"
    )


def _written_out(scene: Scene, i: int) -> bool:
    return any(scene.words[j].norm in DASH_NAMES for j in range(max(i - 1, 0), min(i + 2, len(scene.words))))


DASH_NAMES = frozenset({"mdash", "ndash", "minus"})


def _shares_mark(scene: Scene, number: int) -> bool:
    """Whether the region's closing mark also closes the one around it: what follows then belongs to the outer one."""
    region = scene.regions[number]
    return region.parent is not None and region.closed >= 0 and scene.regions[region.parent].closed == region.closed


def _until_speech(scene: Scene, start: int, last: int) -> int:
    """The author's words end where the next pair of marks with a sentence in it opens."""
    for i in range(start, last):
        if (
            scene.words[i].text in OPENING
            and scene.words[i].text not in CLOSING
            and i + 1 < last
            and scene.words[i - 1].text in (".", ":")
        ):
            return i
    return last


def _finite(scene: Scene, start: int, stop: int) -> bool:
    return any(word.feats.get("VerbForm") == "Fin" for word in scene.words[start:stop])


def cried(scene: Scene, utterance: Utterance) -> bool:
    """`крикнул «Огонь!»`: a verb of voice right before marks with a capital inside, without a colon."""
    site = scene.cue_at[utterance.start - 1] if utterance.start and utterance.frame == "marks" else None
    voice = site is not None and site.entry.kind == "voice" and site.entry.pos == "VERB" and tells(scene, site)
    return voice and scene.words[utterance.pieces[0][0]].capitalized


def put_to(scene: Scene, utterance: Utterance) -> CueSite | None:
    """`На вопрос рыбака «Где мост?» …`, `в ответ на реплику мэра «Хватит!»`: a noun for what was said, and whose it is,
    right before marks with a capital inside, without a colon.
    """
    words, stop = scene.words, utterance.start
    said = [words[i] for first, last in utterance.pieces for i in range(first, last)]
    clause = said[-1].text[-1] in "!?" or any(is_predicate(word) for word in said)
    if utterance.frame != "marks" or not said[0].capitalized or not clause:
        return None
    sites = scene.cues_in(max(scene.sentence(stop)[0], stop - WHOSE), stop)
    site = next((site for site in sites if words[site.word].lemma in PUT), None)
    if site is None or site.stop == stop or words[site.start - 1].norm != "на":
        return None
    return site if all(words[i].pos in ("NOUN", "PROPN", "ADJ") for i in range(site.stop, stop)) else None


def _before(scene: Scene, utterance: Utterance, layer: int) -> Iterator[Attachment]:
    """`X сказал: «…»`, `X: «…»`, a colon at the end of the line above; `X крикнул «…»`."""
    words, stop = scene.words, utterance.start
    noun = put_to(scene, utterance)
    if noun is not None or cried(scene, utterance):
        yield Attachment("before colon", scene.sentence(stop - 1)[0], stop, noun or scene.cue_at[stop - 1])
        return
    while stop > 0 and (
        words[stop - 1].text in APOSTROPHES or (utterance.frame == "marks" and words[stop - 1].text in DASHES)
    ):
        stop -= 1
    if not stop or words[stop - 1].text != ":":
        return
    stop -= 1
    while stop > 0 and words[stop - 1].text in APOSTROPHES:
        stop -= 1
    if not stop:
        return
    start = scene.sentence(stop - 1)[0]
    site = _main(scene, start, _last_cue(scene, start, stop, layer), layer)
    sieve = "before colon" if site or _finite(scene, start, stop) else "before colon, no verb"
    yield Attachment(sieve, start, stop, site)


def _signature(scene: Scene, utterance: Utterance) -> Iterator[Attachment]:
    """The author's name on the line below, behind a dash."""
    words, i = scene.words, utterance.stop
    while i < len(words) and (words[i].text in STOPS or words[i].text in APOSTROPHES):
        i += 1
    if i + 1 < len(words) and words[i].text in DASHES and scene.line_at[i] == scene.line_at[utterance.stop - 1] + 1:
        stop = scene.line(i)[1]
        if words[i + 1].capitalized and not _finite(scene, i, stop) and stop - i <= SIGNATURE:
            yield Attachment("signature", i + 1, stop, None)


SIGNATURE = 20
"""Words that a line with the author's name and office may have."""


def _main(scene: Scene, start: int, last: CueSite | None, layer: int) -> CueSite | None:
    """The last cue before a colon, or the one before it where the last is only that of who passes it on: `О пожаре
    рассказал Лось, пишет «Заря»:`.
    """
    if last is None or scene.words[last.start - 1].text != "," or last.entry.kind not in PASSED_ON:
        return last
    return _last_cue(scene, start, last.start, layer) or last


def _last_cue(scene: Scene, start: int, stop: int, layer: int) -> CueSite | None:
    """The last verb that can introduce speech; failing that another cue that can; failing that any cue."""
    sites = [site for site in scene.cues_in(start, stop, layer) if not _said_of(scene, site)]
    telling = [site for site in sites if tells(scene, site)]
    verbs = [site for site in telling if site.entry.pos in ("VERB", "VPHRASE", "PRED")]
    return (verbs or telling or sites)[-1] if sites else None


def _said_of(scene: Scene, site: CueSite) -> bool:
    """Whether a cue only describes something: `письмо, о котором говорил мэр`, `заметка, которую написала Лужина`."""
    words = scene.words
    return any(
        words[child].lemma == "который" and words[child].dep not in ("nsubj", "nsubj:pass")
        for child in words[site.word].children
    )


LEFT, RIGHT = 8, 3
"""Cues before and behind a fragment in its sentence that may be its own, from the nearest on."""


def _around(scene: Scene, utterance: Utterance, layer: int) -> Iterator[Attachment]:
    """The clause that a fragment is built into: `назвал план «безумным»`, `По словам X, город «не расплатится»`."""
    if utterance.frame != "marks":
        return
    first, last = _clause(scene, utterance)
    governing = set(_ancestors(scene, utterance))
    left = list(scene.cues_in(first, utterance.start, layer))
    right = list(scene.cues_in(utterance.stop, last, layer))
    for site in reversed(left[-LEFT:]):
        yield Attachment("governs" if site.word in governing else "left", first, utterance.start, site)
    for site in right[:RIGHT]:
        yield Attachment("governs" if site.word in governing else "right", utterance.stop, last, site)
    if not left and not right:
        verbs = [i for i in governing if scene.words[i].pos == "VERB"]
        if verbs:
            yield Attachment("governs, no cue", first, last, None)


def _clause(scene: Scene, utterance: Utterance) -> tuple[int, int]:
    """The sentences that the utterance begins and ends in."""
    return scene.sentence(utterance.start)[0], scene.sentence(utterance.stop - 1)[1]


def _ancestors(scene: Scene, utterance: Utterance) -> Iterator[int]:
    """Words outside the utterance that its words hang on, nearest first."""
    seen = set()
    for first, last in utterance.pieces:
        for i in range(first, last):
            head = scene.words[i].head
            while not (utterance.start <= head < utterance.stop) and head not in seen:
                seen.add(head)
                yield head
                head = scene.words[head].head


def _neighbours(scene: Scene, utterance: Utterance, layer: int) -> Iterator[Attachment]:
    """The sentence before and the one after, for utterances that stand alone."""
    first = scene.sentence(utterance.start)[0]
    if first > 0:
        start = scene.sentence(first - 1)[0]
        near = scene.line_at[first - 1] == scene.line_at[utterance.start]
        yield Attachment(
            "sentence before" if near else "line before", start, first, _last_cue(scene, start, first, layer)
        )
    last = scene.sentence(utterance.stop - 1)[1]
    if last < len(scene.words):
        stop = scene.sentence(last)[1]
        site = next((site for site in scene.cues_in(last, stop, layer) if tells(scene, site)), None)
        near = scene.line_at[last] == scene.line_at[utterance.stop - 1]
        sieve = "sentence behind" if near else "line behind"
        if _points_back(scene, last):
            site, sieve = site or next(scene.cues_in(last, stop, layer), None), "pointed at"
        yield Attachment(sieve, last, stop, site)


def _points_back(scene: Scene, i: int) -> bool:
    """`Об этом заявил …`, `С этими словами …`, `Так …`, `Это строки из письма …`: the sentence says what the utterance
    before it was.
    """
    words = scene.words[i : i + 3]
    if len(words) < 3:
        return False
    first, second = words[0].norm, words[1].norm
    if first == "так" and words[1].pos in ("NOUN", "PROPN", "VERB") and second != "называемый":
        sentence = scene.sentence(i)
        return any(tells(scene, site) for site in scene.cues_in(i + 1, min(sentence[1], i + POINTED)))
    if first in ("это", "эти") and words[1].lemma in WORDING and words[1].case in ("Nom", "Acc"):
        return True
    noun = words[2] if first == "с" else words[1]
    if (
        noun.lemma in WORDING
        and words[noun.i - words[0].i - 1].lemma in ("этот", "такой")
        and noun.case in ("Ins", "Gen")
    ):
        return True
    return (first, second) in POINTERS or (first in ("об", "о", "про") and second in ("этом", "это"))


WORDING = lexicon.words("wording")
POINTED = 6
"""Words behind `так` among which the cue must come: `Так вратарь объяснил поражение`."""
POINTERS = frozenset(
    {("с", "этими"), ("с", "таким"), ("с", "такими"), ("такими", "словами"), ("этими", "словами"), ("такое", "мнение")}
)
