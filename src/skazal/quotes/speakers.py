"""Candidates for the speaker of an utterance, each with the place it was found at and features that a person can read.

The sieves (`skazal.quotes.attachments`) propose phrases near the utterance; discourse proposes whoever spoke before
and whom the paragraph is about. A trained ranker (`models/speakers`) weighs them against each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from skazal import lexicon
from skazal.quotes.attachments import Attachment
from skazal.quotes.cues import CueSite
from skazal.quotes.owners import by_whom
from skazal.quotes.phrases import NOMINAL, Source, phrase, speaks_alone
from skazal.quotes.scene import DASHES, Scene
from skazal.quotes.sources import of_verb, source_of
from skazal.quotes.subjects import agrees_in_gender, fits
from skazal.quotes.utterances import Utterance, kind_of, tells

BACK = 60
"""Words before an utterance within which discourse looks for whom the text is about."""
ABOUT = frozenset({"о", "об", "про"})
INTERVIEW = 100
"""Lines above an answer within which the interviewee is introduced."""
NEIGHBOURS = frozenset({"sentence before", "line before", "sentence behind", "line behind"})
"""Sieves whose sentence tells of a speaker only where no cue stands nearer."""
TOLD_BY_NOUN = frozenset({"before colon", "before colon, no verb", "behind dash", "behind dash, no verb"})
"""Places where a noun for what was said introduces it: `Ответ мэра:`, `— таков ответ мэра`."""
VERBLESS = frozenset({"behind dash, no verb", "before colon, no verb"})
OWN_CLAUSE = 12
"""Words between a quote and the subject of the clause that touches it."""
TOPICS = 4
"""Persons of the context that are considered."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible speaker: the phrase that denotes it (`source`), or an earlier utterance whose speaker goes on
    (`same_as`), or nobody. `site` is the cue, `where` the sieve that proposed it."""

    where: str
    source: Source | None
    site: CueSite | None
    features: Mapping[str, float]
    same_as: int | None = None


def candidates(
    scene: Scene, utterance: Utterance, places: Sequence[Attachment], earlier: int | None, around: int | None
) -> list[Candidate]:
    """Who may have said an utterance, in the order found.

    `earlier` is the number of the utterance before this one that may go on here, `around` that of the one it stands in.
    """
    if utterance.frame == "question":
        return []
    if utterance.frame == "answer" and not utterance.authors:
        return list(_interviewee(scene, utterance.start))
    if utterance.frame == "dialogue" and not utterance.authors and earlier is not None:
        return [Candidate("takes turns", None, None, {"takes turns": 1.0}, earlier)]
    found = attached(scene, utterance, places)
    if any(map(_governs, found)):
        found = [candidate for candidate in found if candidate.where != "pointed at"]
    if kind_of(scene, utterance) == "mixed" and any(_of_its_clause(scene, candidate) for candidate in found):
        found = [candidate for candidate in found if candidate.where not in NEIGHBOURS]
    settled = next((candidate for candidate in found if _decisive(scene, utterance, candidate)), None)
    if settled is not None:
        return [settled]
    own = next((candidate for candidate in found if _introduces(scene, utterance, candidate)), None)
    if own is not None and around is not None and _speaks_of_self(scene, own):
        return [Candidate("speaks of self", None, own.site, {"speaks of self": 1.0}, around)]
    if own is not None and own.source is None:
        found = [own]
    site = next((candidate.site for candidate in found if candidate.source is None and candidate.site), None)
    return [*found, *_discourse(scene, utterance, site, earlier, around)]


def _of_its_clause(scene: Scene, candidate: Candidate) -> bool:
    """`Лось увидел в этом «шанс»`: the person who is the subject of the verb that a fragment hangs on."""
    source = candidate.source
    if candidate.where not in ("governs", "governs, no cue") or source is None:
        return False
    return _is_one_subject(scene, source)


def _is_one_subject(scene: Scene, source: Source) -> bool:
    """Whether a source is one person and the subject of a verb."""
    return source.by in ("subject", "nearest") and speaks_alone(scene, source)


def _governs(candidate: Candidate) -> bool:
    """`Мэр назвал съезд «базаром». Об этом говорится в письме`: the fragment's own cue, which has its source."""
    return candidate.where == "governs" and candidate.source is not None and bool(candidate.features["cue tells"])


def _speaks_of_self(scene: Scene, candidate: Candidate) -> bool:
    """`«Я сказал: „Не поеду“», — вспоминает лётчик`: the inner quote is of whoever speaks the outer one."""
    return candidate.source is not None and scene.words[candidate.source.head].norm in SPEAKING_SELF


def _discourse(
    scene: Scene, utterance: Utterance, site: CueSite | None, earlier: int | None, around: int | None
) -> Iterator[Candidate]:
    """Speakers from outside the sentence; `site` is a cue that has left out its subject."""
    verb = site.word if site else None
    yield from _context(scene, utterance, verb)
    if earlier is not None:
        features = {"goes on": 1.0, "goes on: dropped subject": float(verb is not None), **_gap(scene, utterance)}
        yield Candidate("goes on", None, site, features, earlier)
    if around is not None:
        yield Candidate("inside", None, None, {"speaker of the outer quote": 1.0}, around)


def _interviewee(scene: Scene, answer: int) -> Iterator[Candidate]:
    """Who is interviewed: the first person in the nearest line above an answer in which the narrator names any."""
    above = scene.line_at[answer] - 1
    for line in range(above, max(-1, above - INTERVIEW), -1):
        for i in range(*scene.lines[line]):
            if scene.layer[i] < 0 and _is_named(scene, i):
                yield Candidate("interviewee", phrase(scene, i, "interviewee"), None, {"interviewee": 1.0})
                return


def _decisive(scene: Scene, utterance: Utterance, candidate: Candidate) -> bool:
    """Whether a candidate needs no comparison: the cue stands where it introduces just this utterance, and its
    source agrees.
    """
    site, source = candidate.site, candidate.source
    if source is None:
        return False
    if _placed_alone(scene, utterance, candidate) or _in_own_clause(scene, utterance, candidate):
        return True
    if site is None or _speaks_of_self(scene, candidate):
        return False
    if not fits(scene.words[site.word], scene.words[source.head]) and source.by in ("subject", "nearest"):
        return False
    return (
        _introduces(scene, utterance, candidate)
        or _hangs_on(scene, utterance, candidate)
        or _above_block(scene, utterance, candidate)
        or _equated(scene, utterance, candidate)
    )


def _placed_alone(scene: Scene, utterance: Utterance, candidate: Candidate) -> bool:
    """Whether a source stands where nobody else can: as a label, a signature, a name beside the marks without any verb,
    in a sentence that takes the words up, above a block.
    """
    if candidate.where in ("label", "pointed at", "signature"):
        return True
    if candidate.where in VERBLESS and candidate.source is not None and _is_named(scene, candidate.source.head):
        return True
    return candidate.site is None and _above_block(scene, utterance, candidate)


def _in_own_clause(scene: Scene, utterance: Utterance, candidate: Candidate) -> bool:
    """`«…», — поправился Лось`, `Лось не скрывает радости: «…»`: the person who is the subject of the clause that
    touches direct speech, whatever its verb is.
    """
    source = candidate.source
    if source is None or candidate.where not in ("behind dash", "before colon"):
        return False
    if candidate.site is not None and tells(scene, candidate.site):
        return False
    near = abs(source.head - utterance.start) <= OWN_CLAUSE or abs(source.head - utterance.stop) <= OWN_CLAUSE
    return near and _is_one_subject(scene, source) and kind_of(scene, utterance) == "direct"


def _equated(scene: Scene, utterance: Utterance, candidate: Candidate) -> bool:
    """`Реакцией мэра было «полное недоумение»`: the words of somebody, a copula, and what they were."""
    site, source = candidate.site, candidate.source
    if source is None or site is None or site.entry.pos != "NOUN" or source.by not in ("genitive", "possessive"):
        return False
    between = scene.words[max(source.stop, site.stop) : utterance.start]
    copula = any(word.lemma in ("быть", "стать", "являться") or word.text in DASHES for word in between)
    return copula and all(word.pos in ("VERB", "AUX", "PUNCT") for word in between)


def _above_block(scene: Scene, utterance: Utterance, candidate: Candidate) -> bool:
    """`Певица присоединилась к поздравлениям:` and her words on a line of their own: the subject of the line above."""
    source = candidate.source
    if utterance.frame != "block" or candidate.where != "before colon" or source is None:
        return False
    return source.by == "agent" or _is_one_subject(scene, source)


def _hangs_on(scene: Scene, utterance: Utterance, candidate: Candidate) -> bool:
    """`X назвал план «сырой затеей»`: a judgement in the instrumental that hangs on the verb before it."""
    site = candidate.site
    if candidate.where != "governs" or site is None or site.word > utterance.start:
        return False
    if site.entry.pos != "VERB" or site.entry.kind not in JUDGING:
        return False
    inside = scene.words[utterance.start : utterance.stop]
    return any(word.head == site.word and word.case == "Ins" for word in inside)


JUDGING = frozenset({"evaluate", "think"})


def _is_named(scene: Scene, i: int) -> bool:
    named = scene.named_at[i]
    return named is not None and named.entity.type == "PER" and named.mention.kind == "name"


def _introduces(scene: Scene, utterance: Utterance, candidate: Candidate) -> bool:
    """Whether a candidate's cue stands at a place where it can introduce no other utterance."""
    site = candidate.site
    if site is not None and site.entry.pos == "NOUN" and candidate.where in TOLD_BY_NOUN:
        return (
            ("d" in site.entry.frames or candidate.where == "behind dash")
            and candidate.source is not None
            and candidate.source.by in ("genitive", "possessive", "document")
        )
    if site is None or not tells(scene, site) or site.entry.pos == "PREP":
        return False
    if candidate.where in ("inside", "behind dash"):
        return True
    return (
        candidate.where == "before colon"
        and site.entry.pos in ("VERB", "VPHRASE", "PRED")
        and utterance.start - site.stop <= NEAR_COLON
    )


SPEAKING_SELF = lexicon.words("speaking_self")
NEAR_COLON = 9
"""Words between the cue and the utterance behind its colon up to which the cue introduces it."""


def _gap(scene: Scene, utterance: Utterance) -> dict[str, float]:
    """What stands between an utterance and the marks before it."""
    words, i = scene.words, utterance.start - 1
    while i >= 0 and (words[i].text in ",;и" or words[i].text in "'"):
        i -= 1
    listed = i >= 0 and words[i].text in '»”“"' and i < utterance.start - 1
    return {
        "goes on: listed": float(listed),
        "goes on: next to it": float(i == utterance.start - 1 and i >= 0 and words[i].text in '»”“".'),
        "goes on: opens the paragraph": float(i >= 0 and scene.line_at[i] != scene.line_at[utterance.start]),
    }


def attached(scene: Scene, utterance: Utterance, places: Sequence[Attachment]) -> list[Candidate]:
    """What the sieves propose, best place first; a cue counts at the best of its places only."""
    return list(_attached(scene, utterance, places))


def _attached(scene: Scene, utterance: Utterance, places: Sequence[Attachment]) -> Iterator[Candidate]:
    seen: set[str] = set()
    cues: set[int] = set()
    for place in places:
        if place.site is not None and place.site.word in cues:
            continue
        if place.site is None and place.sieve in NEIGHBOURS and cues:
            continue
        if place.site is not None:
            cues.add(place.site.word)
        source = _source(scene, place)
        rank = "" if place.sieve not in seen else " again"
        seen.add(place.sieve)
        features = {f"{place.sieve}{rank}": 1.0}
        features.update(_of_cue(utterance, place, scene))
        features.update(_of_source(scene, place, source))
        yield Candidate(place.sieve, source, place.site, features)


def _source(scene: Scene, place: Attachment) -> Source | None:
    if place.site is not None:
        return source_of(scene, place.site) or _subject_above(scene, place)
    if place.sieve in ("label", "signature", "behind dash, no verb", "before colon, no verb"):
        return _first_phrase(scene, place.start, place.stop)
    return _subject(scene, place)


def _subject_above(scene: Scene, place: Attachment) -> Source | None:
    """`присоединилась к поздравлениям: «…»`: the subject of the clause whose noun introduces the words."""
    noun = place.sieve == "before colon" and place.site is not None and place.site.entry.pos == "NOUN"
    return _subject(scene, place) if noun else None


def _subject(scene: Scene, place: Attachment) -> Source | None:
    """The source of the first finite verb at a place; before a colon, of the last."""
    verbs = [i for i in range(place.start, place.stop) if scene.words[i].feats.get("VerbForm") == "Fin"]
    verbs = [i for i in verbs if scene.words[i].pos in ("VERB", "AUX")]
    if not verbs:
        return None
    verb = verbs[-1] if place.sieve == "before colon" else verbs[0]
    return by_whom(scene, verb) or of_verb(scene, verb)


def _first_phrase(scene: Scene, start: int, stop: int) -> Source | None:
    """A label or caption (`И. Вельская: …`, `Врач о прививках: …`): the first person named in it, else its first
    nominal phrase, up to what it is about.
    """
    words = scene.words
    stop = next((i for i in range(start + 1, stop) if words[i].norm in ABOUT), stop)
    for i in range(start, stop):
        named = scene.named_at[i]
        if named is not None and named.entity.type == "PER" and named.mention.kind == "name":
            first, last = scene.word_range(named.mention.start, named.mention.end)
            return Source(last - 1, max(first, start), min(last, stop), "label")
    for i in range(start, stop):
        if words[i].pos in NOMINAL and (
            words[i].head == i or not start <= words[i].head < stop or words[words[i].head].pos not in NOMINAL
        ):
            found = phrase(scene, i, "label")
            return Source(found.head, max(found.start, start), min(found.stop, stop), "label")
    return None


def _of_cue(utterance: Utterance, place: Attachment, scene: Scene) -> dict[str, float]:
    site = place.site
    if site is None:
        return {f"{place.sieve}, no cue": 1.0}
    distance = max(utterance.start - site.word, site.word - utterance.stop, 0)
    found = {
        f"cue is {site.entry.pos}": 1.0,
        f"{place.sieve}: cue is {site.entry.pos}": 1.0,
        "cue's distance": log1p(distance),
        "cue negated": float(site.negated),
        "cue tells": float(tells(scene, site)),
    }
    if site.entry.kind == "relay":
        found["cue relays"] = 1.0
    frames = "".join(sorted(site.entry.frames & {"c", "d", "m"}))
    found[f"{place.sieve}: frames {frames}"] = 1.0
    return found


def _of_source(scene: Scene, place: Attachment, source: Source | None) -> dict[str, float]:
    if source is None:
        return {"no source": 1.0, f"{place.sieve}: no source": 1.0}
    found = {f"source by {source.by}": 1.0}
    found.update(who(scene, source.head))
    if (
        place.site is not None
        and not fits(scene.words[place.site.word], scene.words[source.head])
        and place.site.entry.pos in ("VERB", "PRED")
    ):
        found["disagrees with the cue"] = 1.0
    return found


def who(scene: Scene, head: int) -> dict[str, float]:
    """What kind of source a word denotes."""
    named, word = scene.named_at[head], scene.words[head]
    found = {}
    if named is not None:
        found[f"{named.entity.type} {named.mention.kind}"] = 1.0
    elif word.pos == "PRON":
        found["pronoun of nobody"] = 1.0
    else:
        role = lexicon.find_role(word.lemma)
        found[f"role: {role.kind}" if role else "no role"] = 1.0
    if word.case not in (None, "Nom"):
        found["not nominative"] = 1.0
    return found


def _context(scene: Scene, utterance: Utterance, verb: int | None) -> Iterator[Candidate]:
    """Persons and organisations named before the utterance, nearest first, each once; where a verb has left out its
    subject, those of its gender.
    """
    seen: set[str] = set()
    line = scene.line_at[utterance.start]
    for i in range(utterance.start - 1, max(-1, utterance.start - BACK), -1):
        named, word = scene.named_at[i], scene.words[i]
        if (
            named is None
            or named.entity.type == "LOC"
            or named.entity.id in seen
            or word.pos not in NOMINAL
            or scene.layer[i] != scene.layer[utterance.start - 1]
        ):
            continue
        if scene.named_at[i - 1] == named and i:
            continue
        left_out = verb is not None and scene.words[verb].feats.get("VerbForm") == "Fin"
        if verb is not None and left_out and not agrees_in_gender(scene.words[verb], named.entity.gender):
            continue
        seen.add(named.entity.id)
        head = next(
            (
                j
                for j in range(i, min(i + 6, len(scene.words)))
                if scene.named_at[j] == named and scene.words[j].head not in range(i, i + 6)
            ),
            i,
        )
        subject = scene.words[head].dep in ("nsubj", "nsubj:pass")
        features = {
            "context": 1.0,
            f"context {len(seen)}": 1.0,
            "context: subject": float(subject),
            "context: same paragraph": float(scene.line_at[i] == line),
            "context: words away": log1p(utterance.start - i),
            "context: topic": log1p(len(named.entity.mentions)),
            "context with a dropped subject": float(verb is not None),
            **who(scene, head),
        }
        if verb is not None and not _may_continue(scene, verb, named.entity.gender):
            features["context: wrong gender"] = 1.0
        yield Candidate(
            "context", phrase(scene, head, "context"), scene.cue_at[verb] if verb is not None else None, features
        )
        if len(seen) >= TOPICS:
            return


def _may_continue(scene: Scene, verb: int, gender: str | None) -> bool:
    wanted = scene.words[verb].gender
    if scene.words[verb].number == "Plur":
        return False
    return wanted is None or gender is None or (wanted == "Masc") == (gender == "masc")
