"""Why a quote was found and why it has its speaker: the same functions as in attribution, with what they weighed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skazal.document import Entity, Quote
from skazal.quotes import logistic
from skazal.quotes.attribution import (
    DEFAULT,
    Attributed,
    Settings,
    Spoken,
    attribute,
    denoted,
    find_speakers,
    find_speech,
    introducing,
    ranked,
)
from skazal.quotes.reports import certain as certain_report
from skazal.quotes.reports import extents, find_reports
from skazal.quotes.scene import Scene, set_scene
from skazal.quotes.speakers import Candidate, attached, candidates
from skazal.quotes.speech import certain, describe
from skazal.words import Text

MOST = 6
"""Features that are told of one decision: those that weigh most."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A feature and what it adds to the log-odds."""

    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class Option:
    """A candidate for the speaker.

    Attributes:
        where: the sieve that proposed it, as in `Quote.speaker_rule`.
        phrase: the words that denote it; empty for one who goes on speaking or whose name the sentence leaves out.
        speaker: who that is; None for nobody.
        cue: the words of the cue; empty where there is none.
        probability: its share among the candidates; None when a certain construction settled the choice before.
        evidence: what weighed most for and against it.
    """

    where: str
    phrase: str
    speaker: str | None
    cue: str
    probability: float | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why `quote` is one, and who else could have said it.

    Attributes:
        certain: whether its form alone decides that it is speech.
        probability: that it is speech, by the model.
        evidence: what weighed most in that.
        options: the candidates for its speaker, best first; the reports of indirect speech have none but their source.
    """

    quote: Quote
    certain: bool
    probability: float
    evidence: tuple[Evidence, ...]
    options: tuple[Option, ...]


def explain(text: Text, entities: Sequence[Entity], settings: Settings = DEFAULT) -> list[Explanation]:
    """An explanation of each quote that `attribute` finds, in the same order."""
    scene = set_scene(text, entities)
    spoken = find_speech(scene, settings.speech)
    reports = find_reports(scene, introducing(spoken))
    speakers = find_speakers(scene, spoken, reports)
    found: dict[tuple[object, ...], Explanation] = {}
    quotes = {_key(quote): quote for quote in attribute(text, entities, settings)}
    for number, item in enumerate(spoken):
        key: tuple[object, ...] = ("own", *item.utterance.extents)
        if key in quotes:
            found[key] = _speech(scene, item, speakers[:number], quotes[key])
    model = logistic.load("indirect")
    for report in reports:
        key = ("indirect", *extents(scene, report))
        if key in quotes and key not in found:
            evidence = weighed(model, report.features)
            probability = model.probability(report.features)
            found[key] = Explanation(quotes[key], certain_report(scene, report), probability, evidence, ())
    return [found[key] for key in quotes if key in found]


def _key(quote: Quote) -> tuple[object, ...]:
    layer = "indirect" if quote.kind == "indirect" else "own"
    return (layer, *((span.start, span.end) for span in quote.spans))


def _speech(scene: Scene, item: Spoken, before: Sequence[Attributed], quote: Quote) -> Explanation:
    model = logistic.load("speech")
    features = describe(scene, item.utterance, item.places)
    asked = ranked(candidates(scene, item.utterance, item.places, item.earlier, item.around))
    options = [_option(scene, candidate, before, probability) for candidate, probability in asked]
    weighed_already = {(option.where, option.phrase) for option in options}
    for candidate in attached(scene, item.utterance, item.places):
        option = _option(scene, candidate, before, None)
        if (option.where, option.phrase) not in weighed_already and option.speaker is not None:
            options.append(option)
    is_certain = certain(scene, item.utterance, item.places)
    return Explanation(quote, is_certain, model.probability(features), weighed(model, features), tuple(options))


def _option(scene: Scene, candidate: Candidate, before: Sequence[Attributed], probability: float | None) -> Option:
    source, site = candidate.source, candidate.site
    speaker = denoted(scene, candidate, before)
    return Option(
        where=candidate.where,
        phrase=scene.text.slice(source.start, source.stop) if source else "",
        speaker=speaker.name if speaker else None,
        cue=scene.text.slice(site.start, site.stop) if site else "",
        probability=probability,
        evidence=weighed(logistic.load("speakers"), candidate.features),
    )


def weighed(model: logistic.Logistic, features: Mapping[str, float]) -> tuple[Evidence, ...]:
    """The features that add or take most, the weightiest first."""
    found = [
        Evidence(name, round(model.weights[name] * value, 2))
        for name, value in features.items()
        if value and name in model.weights
    ]
    return tuple(sorted(found, key=lambda evidence: (-abs(evidence.weight), evidence.feature))[:MOST])
