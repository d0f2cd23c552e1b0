"""From candidates to quotes: which utterances are speech, who said them, what is reported, in the order of the text."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from skazal.document import Cue, Entity, Quote, QuoteKind, Relay, Span, Speaker
from skazal.quotes import logistic
from skazal.quotes.attachments import Attachment, attachments
from skazal.quotes.confidence import confidence, of_report, of_speech
from skazal.quotes.cues import CueSite
from skazal.quotes.fragments import is_term, may_be_instrumental
from skazal.quotes.naming import speaker_of
from skazal.quotes.phrases import Source
from skazal.quotes.relays import governing, relay_of, told_apart, without_asides
from skazal.quotes.reports import Report, extents, find_reports
from skazal.quotes.reports import certain as certain_report
from skazal.quotes.scene import NARRATOR, Scene, set_scene
from skazal.quotes.speakers import Candidate, candidates
from skazal.quotes.speech import HOLDING, STRONG, certain, describe
from skazal.quotes.subjects import agrees_in_gender
from skazal.quotes.utterances import Utterance, find_utterances, kind_of
from skazal.text.sentences import Extent
from skazal.words import Text

CERTAIN = 0.97
"""The probability of constructions that are speech by their form: the share that is right on `quotes-train`."""
CERTAIN_REPORT = 0.9
HEADLINE = 3
"""Lines at the top of a text, and utterances in them, that may be taken from the text below."""
REPEATED = 3
"""Words at least by which an utterance is known again."""
OWN = frozenset({*STRONG, "governs", "in a report", "behind", "signature", "speaks of self"})
"""Places of attribution that belong to one utterance."""
NEAR = 25
"""Words between two utterances up to which the first one's speaker may go on."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose: the least probability that an utterance is speech, that a clause is a report, and the
    kinds wanted.
    """

    speech: float = 0.5
    indirect: float = 0.5
    kinds: tuple[str, ...] = ("direct", "mixed", "indirect")


DEFAULT = Settings()


@dataclass(frozen=True, slots=True)
class Spoken:
    """An utterance that is speech: its kind, its places of attribution, how probable it is, the utterance it goes on
    from and stands in.
    """

    utterance: Utterance
    kind: QuoteKind
    places: Sequence[Attachment]
    probability: float
    earlier: int | None
    around: int | None


@dataclass(frozen=True, slots=True)
class Attributed:
    """Whose words an utterance or a report is taken for, by which candidate, and how probable that is."""

    speaker: Speaker | None
    candidate: Candidate | None
    probability: float


def attribute(text: Text, entities: Sequence[Entity], settings: Settings = DEFAULT) -> list[Quote]:
    """Quotes of a tagged text in order, ids `q1`, `q2`, …."""
    scene = set_scene(text, entities)
    spoken = find_speech(scene, settings.speech)
    found = list(_reports(scene, introducing(spoken), settings.indirect))
    reported = governing(scene, without_asides(scene, found))
    speakers = find_speakers(scene, spoken, [report for report, _ in reported])
    own = {who.candidate.site.word for who in speakers if who.candidate and who.candidate.site}
    reports, relays = told_apart(scene, reported, own)
    quotes = [
        _quote(scene, item, who, relays.get(who.candidate.site.word) if who.candidate and who.candidate.site else None)
        for item, who in zip(spoken, speakers, strict=True)
    ]
    quotes += [
        _indirect(scene, report, probability, relays.get(report.site.word) if report.site else None)
        for report, probability in reports
    ]
    told = [quote for quote in quotes if quote.kind in settings.kinds and quote.spans and _sourced(quote)]
    return _numbered(_uncrossed(told))


def _sourced(quote: Quote) -> bool:
    """Whether a quote has the source it needs: a report without one is no quote."""
    return quote.kind != "indirect" or quote.speaker is not None


def _uncrossed(quotes: Sequence[Quote]) -> list[Quote]:
    """Quotes of which no two cross: a report that begins in other words and ends behind them was misread."""
    dropped: set[int] = set()
    open_: list[tuple[int, int]] = []
    pieces = sorted((span.start, -span.end, number) for number, quote in enumerate(quotes) for span in quote.spans)
    for start, end, number in pieces:
        open_ = [(other, stop) for other, stop in open_ if stop > start and other not in dropped]
        crossed = {other for other, stop in open_ if stop < -end}
        reports = {other for other in crossed if quotes[other].kind == "indirect"}
        if crossed and (quotes[number].kind == "indirect" or reports != crossed):
            dropped.add(number)
        elif number not in dropped:
            dropped |= reports
            open_.append((number, -end))
    return [quote for number, quote in enumerate(quotes) if number not in dropped]


def find_speech(scene: Scene, threshold: float) -> list[Spoken]:
    """Utterances that are speech, outer before inner; writes `scene.layer`."""
    model = logistic.load("speech")
    found = []
    for utterance in find_utterances(scene):
        places = attachments(scene, utterance)
        probability = model.probability(describe(scene, utterance, places))
        if certain(scene, utterance, places):
            probability = max(probability, CERTAIN)
        if probability >= threshold and utterance.pieces and not is_term(scene, utterance):
            found.append((utterance, places, probability))
    return linked(scene, _without_doubles(scene, found))


def _bare_words(scene: Scene, utterance: Utterance) -> tuple[int, ...]:
    """The utterance's words without marks and stops, to tell utterances that differ in nothing else."""
    return tuple(i for first, last in utterance.pieces for i in range(first, last) if scene.words[i].pos != "PUNCT")


def introducing(spoken: Sequence[Spoken]) -> set[int]:
    """Words of the cues that introduce direct speech."""
    return {
        place.site.word
        for item in spoken
        if item.kind == "direct"
        for place in item.places
        if place.site and place.sieve in STRONG
    }


def _without_doubles(
    scene: Scene, found: Sequence[tuple[Utterance, list[Attachment], float]]
) -> list[tuple[Utterance, list[Attachment], float]]:
    """Of two utterances with the same words the more probable."""
    best: dict[tuple[int, ...], tuple[Utterance, list[Attachment], float]] = {}
    for item in found:
        key = _bare_words(scene, item[0])
        if key not in best or item[2] > best[key][2]:
            best[key] = item
    return list(best.values())


def linked(scene: Scene, found: Sequence[tuple[Utterance, list[Attachment], float]]) -> list[Spoken]:
    """Tell each utterance which one it goes on from and which one it stands in; write `scene.layer`, and look for
    places of attribution again, outside the words that others speak.
    """
    spoken: list[Spoken] = []
    open_: list[int] = []
    for number, (utterance, places, probability) in enumerate(found):
        while open_ and found[open_[-1]][0].stop < utterance.stop:
            open_.pop()
        around = open_[-1] if open_ else None
        earlier = _earlier(scene, spoken, utterance, around)
        for first, last in utterance.pieces:
            scene.layer[first:last] = [number] * (last - first)
        spoken.append(Spoken(utterance, kind_of(scene, utterance), places, probability, earlier, around))
        open_.append(number)
    return [
        replace(item, places=attachments(scene, item.utterance, _narrated_by(spoken, item.utterance, item.around)))
        for item in spoken
    ]


def _narrated_by(spoken: Sequence[Spoken], utterance: Utterance, around: int | None) -> int:
    """The layer of the words around an utterance: the number of the one that it stands in, but the narrator's where it
    stands in the author's words between two pieces.
    """
    if around is None:
        return NARRATOR
    inside = any(first <= utterance.start < last for first, last in spoken[around].utterance.pieces)
    return around if inside else NARRATOR


def _earlier(scene: Scene, spoken: Sequence[Spoken], utterance: Utterance, around: int | None) -> int | None:
    """The utterance before this one at the same depth, if it is near; in a dialogue, the one before the last."""
    if utterance.frame == "dialogue":
        return _alternating(scene, spoken, utterance)
    for number in range(len(spoken) - 1, max(-1, len(spoken) - 4), -1):
        other = spoken[number]
        if other.around == around and other.utterance.stop <= utterance.start:
            near = scene.line_at[utterance.start] - scene.line_at[other.utterance.stop - 1] <= 1
            return number if near or utterance.start - other.utterance.stop <= NEAR else None
    return None


def _alternating(scene: Scene, spoken: Sequence[Spoken], utterance: Utterance) -> int | None:
    """Two speakers take turns line by line: the reply before the last one in the same run of replies."""
    line = scene.line_at[utterance.start]
    replies = {
        scene.line_at[item.utterance.start]: number
        for number, item in enumerate(spoken[-4:], max(len(spoken) - 4, 0))
        if item.utterance.frame == "dialogue"
    }
    return replies.get(line - 2) if line - 1 in replies else None


def find_speakers(scene: Scene, spoken: Sequence[Spoken], reports: Sequence[Report]) -> list[Attributed]:
    """The speaker of each utterance, in their order; fragments of a report are whose the report is."""
    chosen: list[Attributed] = []
    for item in spoken:
        chosen.append(_of_report(scene, item, reports) or _choose(scene, item, chosen))
    for number in range(min(HEADLINE, len(spoken))):
        chosen[number] = _said_again(scene, spoken, chosen, number) or chosen[number]
    return chosen


def _said_again(scene: Scene, spoken: Sequence[Spoken], chosen: Sequence[Attributed], number: int) -> Attributed | None:
    """Whose the words of a headline are that has no speaker of its own: the text below has them again."""
    item, who = spoken[number], chosen[number]
    if scene.line_at[item.utterance.start] >= HEADLINE or (who.candidate is not None and who.candidate.where in OWN):
        return None
    words = _folded(scene, item.utterance)
    if len(words.split()) < REPEATED:
        return None
    for later in range(number + 1, len(spoken)):
        speaker, candidate = chosen[later].speaker, chosen[later].candidate
        told = speaker is not None and candidate is not None and candidate.where in OWN
        if speaker is not None and told and words in _folded(scene, spoken[later].utterance):
            again = Candidate("said again", None, None, {}, later)
            return Attributed(replace(speaker, mention=None), again, chosen[later].probability)
    return None


def _folded(scene: Scene, utterance: Utterance) -> str:
    """An utterance's words in small letters, without marks and stops, between spaces."""
    return " ".join(["", *(scene.words[i].norm for i in _bare_words(scene, utterance)), ""])


def _of_report(scene: Scene, item: Spoken, reports: Sequence[Report]) -> Attributed | None:
    """The source of the innermost report that a fragment is built into: `X заявил, что страна «никогда не сдастся»`."""
    utterance = item.utterance
    if item.kind != "mixed":
        return None
    around = [
        (stop - start, number)
        for number, report in enumerate(reports)
        for start, stop in report.pieces
        if start <= utterance.start and utterance.stop <= stop and report.source and not report.features.get("negated")
    ]
    if not around:
        return None
    report = reports[min(around)[1]]
    if _judged_inside(scene, item, report):
        return None
    candidate = Candidate("in a report", report.source, report.site, {})
    speaker = denoted(scene, candidate, ())
    return Attributed(speaker, candidate, CERTAIN) if speaker else None


def _judged_inside(scene: Scene, item: Spoken, report: Report) -> bool:
    """Whether a fragment is a judgement told of in the report: `Тренер назвал гол «подарком», пишет «Заря»`, `Тренер
    считает «спорным» гол, пишет «Заря»`.
    """
    start = report.pieces[0][0]
    return any(
        place.sieve == "governs"
        and place.site is not None
        and (place.site.entry.kind == "evaluate" or _holds(scene, place.site, item.utterance))
        and "m" in place.site.entry.frames
        and start <= place.site.word < item.utterance.start
        for place in item.places
    )


def _holds(scene: Scene, site: CueSite, utterance: Utterance) -> bool:
    """`считает «спорным» гол`: a verb of holding right before a fragment in the instrumental."""
    first = scene.words[utterance.pieces[0][0]]
    return site.entry.lemma in HOLDING and site.stop == utterance.start and may_be_instrumental(first)


def _choose(scene: Scene, item: Spoken, before: Sequence[Attributed]) -> Attributed:
    """The speaker whose candidates have most of the probability together, by the best of them."""
    rated = ranked(candidates(scene, item.utterance, item.places, item.earlier, item.around))
    shares: dict[str, float] = {}
    first: dict[str, tuple[Speaker, Candidate]] = {}
    for candidate, probability in rated:
        speaker = denoted(scene, candidate, before)
        if speaker is not None:
            key = speaker.entity or speaker.name
            shares[key] = shares.get(key, 0.0) + probability
            first.setdefault(key, (speaker, candidate))
    if not shares:
        return Attributed(None, rated[0][0] if rated else None, rated[0][1] if rated else 0.0)
    best = max(shares, key=lambda key: shares[key])
    return Attributed(*first[best], shares[best])


def ranked(found: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Candidates with their share of the probability, best first."""
    model = logistic.load("speakers")
    odds = [model.score(candidate.features) for candidate in found]
    top = max(odds, default=0.0)
    weights = [2.718281828459045 ** (value - top) for value in odds]
    total = sum(weights)
    rated = [(candidate, weight / total) for candidate, weight in zip(found, weights, strict=True)]
    return sorted(rated, key=lambda pair: -pair[1])


def denoted(scene: Scene, candidate: Candidate, before: Sequence[Attributed]) -> Speaker | None:
    """Who a candidate is, given the speakers of the utterances before; None for nobody."""
    if candidate.same_as is not None:
        speaker = before[candidate.same_as].speaker
        verb = scene.words[candidate.site.word] if candidate.site is not None else None
        if speaker is None or (verb is not None and not agrees_in_gender(verb, speaker.gender)):
            return None
        return replace(speaker, mention=None)
    if candidate.source is None:
        return None
    speaker = speaker_of(scene, candidate.source)
    if speaker is not None and candidate.where == "context":
        return replace(speaker, mention=None) if candidate.site is not None else speaker
    return speaker


def _quote(scene: Scene, item: Spoken, who: Attributed, relay: Source | None) -> Quote:
    site = who.candidate.site if who.candidate else None
    passed_on = relay or (relay_of(scene, site) if site else None)
    spans = _spans(scene, item.utterance.extents)
    return Quote(
        id="",
        kind=item.kind,
        spans=spans,
        text=" ".join(span.text for span in spans),
        speaker=who.speaker,
        cue=cue(scene, site),
        relay=_relay(scene, passed_on),
        within=None,
        confidence=confidence(
            of_speech(scene, item.utterance, who.speaker, who.candidate, (item.probability, who.probability))
        ),
        rule=f"{item.kind}: {item.utterance.frame}",
        speaker_rule=who.candidate.where if who.candidate and who.speaker else "",
    )


def _reports(scene: Scene, introducing: Collection[int], threshold: float) -> Iterator[tuple[Report, float]]:
    """Reports that are probable enough; of two with much the same words the one with a source, the more probable."""
    model = logistic.load("indirect")
    rated = [(report, _rated(scene, model, report)) for report in find_reports(scene, introducing) if report.pieces]
    rated.sort(key=lambda pair: (pair[0].source is None, -pair[1]))
    taken: set[tuple[int, int]] = set()
    for report, probability in rated:
        key = report.pieces[0]
        if probability >= threshold and key not in taken:
            taken.add(key)
            yield report, probability


def _relay(scene: Scene, source: Source | None) -> Relay | None:
    speaker = speaker_of(scene, source) if source else None
    return Relay(speaker.name, speaker.mention) if speaker else None


def _rated(scene: Scene, model: logistic.Logistic, report: Report) -> float:
    probability = model.probability(report.features)
    return max(probability, CERTAIN_REPORT) if certain_report(scene, report) else probability


def _indirect(scene: Scene, report: Report, probability: float, relay: Source | None) -> Quote:
    passed_on = relay or (relay_of(scene, report.site) if report.site else None)
    spans = _spans(scene, extents(scene, report))
    speaker = speaker_of(scene, report.source) if report.source else None
    return Quote(
        id="",
        kind="indirect",
        spans=spans,
        text=" ".join(span.text for span in spans),
        speaker=speaker,
        cue=cue(scene, report.site),
        relay=_relay(scene, passed_on),
        within=None,
        confidence=confidence(of_report(scene, report, probability, speaker)),
        rule=f"indirect: {report.construction}",
        speaker_rule=report.source.by if report.source else "",
    )


def _spans(scene: Scene, found: Sequence[Extent]) -> tuple[Span, ...]:
    return tuple(Span(start, end, scene.text.text[start:end]) for start, end in found if end > start)


def cue(scene: Scene, site: CueSite | None) -> Cue | None:
    """The cue as users see it."""
    if site is None:
        return None
    start, end = scene.words[site.start].start, scene.words[site.stop - 1].end
    entry = site.entry
    return Cue(start, end, scene.text.text[start:end], entry.lemma, entry.kind or None, entry.stance or None)


def _numbered(quotes: Sequence[Quote]) -> list[Quote]:
    """In the order of the text, with ids and the id of the quote around each."""
    ordered = sorted(quotes, key=lambda quote: (quote.spans[0].start, -quote.spans[-1].end, quote.kind != "indirect"))
    numbered: list[Quote] = []
    around: list[Quote] = []
    for number, quote in enumerate(ordered, 1):
        while around and around[-1].spans[-1].end < quote.spans[-1].end:
            around.pop()
        outer = next((other for other in reversed(around) if other.spans != quote.spans), None)
        numbered.append(replace(quote, id=f"q{number}", within=outer.id if outer else None))
        around.append(numbered[-1])
    return numbered
