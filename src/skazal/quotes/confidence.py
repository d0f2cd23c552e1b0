"""How probable it is that a quote is right, words and speaker: a logistic model over how it was found.

The model (`models/quotes/confidence.json`) is trained on out-of-fold predictions, so that its probabilities hold for
texts that none of the models has seen.
"""

from math import log, log1p

from skazal.document import Speaker
from skazal.quotes import logistic
from skazal.quotes.cues import CueSite
from skazal.quotes.phrases import Source
from skazal.quotes.reports import Report
from skazal.quotes.scene import OPENING, Scene
from skazal.quotes.speakers import Candidate
from skazal.quotes.utterances import Utterance

EDGE = 0.005
"""Probabilities are kept this far from 0 and 1 before their odds are taken."""


def of_speech(
    scene: Scene,
    utterance: Utterance,
    speaker: Speaker | None,
    candidate: Candidate | None,
    probabilities: tuple[float, float],
) -> dict[str, float]:
    """Features of an utterance with the speaker chosen for it; `probabilities` are that it is speech, and the part of
    all candidates' that this one has.
    """
    probability, share = probabilities
    return {
        f"frame {utterance.frame}": 1.0,
        "speech odds": _odds(probability),
        "speaker odds": _odds(share),
        "pieces": float(len(utterance.pieces) > 1),
        **_of_choice(speaker, candidate),
        **_of_source(scene, candidate.source if candidate else None, candidate.site if candidate else None),
    }


def of_report(scene: Scene, report: Report, probability: float, speaker: Speaker | None) -> dict[str, float]:
    """Features of an indirect quote."""
    by = report.source.by if report.source else "nobody"
    cue = report.site.entry if report.site else None
    return {
        f"construction {report.construction}": 1.0,
        "report odds": _odds(probability),
        f"{report.construction} by {by}": 1.0,
        **({f"cue class {cue.kind}": 1.0} if cue else {}),
        **_of_speaker(speaker),
        **_of_source(scene, report.source, report.site),
        **_of_content(scene, report),
    }


def _of_source(scene: Scene, source: Source | None, site: CueSite | None) -> dict[str, float]:
    """How the source is named, how often the text names it, how far from its cue it stands."""
    if source is None:
        return {}
    named = scene.named_at[source.head]
    kind = named.mention.kind if named else "unnamed"
    return {
        f"source is {kind}": 1.0,
        "mentions of the source": log1p(len(named.entity.mentions)) if named else 0.0,
        "words to the cue": log1p(abs(source.head - site.word)) if site else 0.0,
        "persons in the text": log1p(scene.persons),
    }


def _of_content(scene: Scene, report: Report) -> dict[str, float]:
    """What makes it hard to tell where a report ends."""
    words = [scene.words[i] for start, stop in report.pieces for i in range(start, stop)]
    return {
        "words of the report": log1p(len(words)),
        "commas in the report": log1p(sum(word.text == "," for word in words)),
        "marks in the report": float(any(word.text in OPENING for word in words)),
        "opens with a relative": float(bool(words) and words[0].lemma == "который"),
        "cues in the report": float(sum(scene.cue_at[word.i] is not None for word in words)),
        "pieces of the report": float(len(report.pieces) > 1),
    }


def confidence(features: dict[str, float]) -> float:
    """From 0 to 1, to three digits."""
    return round(logistic.load("confidence").probability(features), 3)


def _of_choice(speaker: Speaker | None, candidate: Candidate | None) -> dict[str, float]:
    if candidate is None:
        return {"no candidate": 1.0, **_of_speaker(speaker)}
    by = candidate.source.by if candidate.source else "nobody"
    return {f"where {candidate.where}": 1.0, f"{candidate.where} by {by}": 1.0, **_of_speaker(speaker)}


def _of_speaker(speaker: Speaker | None) -> dict[str, float]:
    if speaker is None:
        return {"no speaker": 1.0}
    named = speaker.mention is not None and any(word in speaker.mention.text for word in speaker.name.split())
    return {
        f"speaker {speaker.type}": 1.0,
        f"speaker {speaker.type}, {'entity' if speaker.entity else 'phrase'}": 1.0,
        "named where it speaks": float(named),
        "one word": float(" " not in speaker.name),
    }


def _odds(probability: float) -> float:
    """The log-odds, between -5.3 and 5.3."""
    p = min(max(probability, EDGE), 1.0 - EDGE)
    return log(p / (1.0 - p))
