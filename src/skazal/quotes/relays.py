"""Who passed the words on: `передаёт ТАСС`, `сообщает агентство со ссылкой на мэрию`. A relay is not a speaker."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from skazal import lexicon
from skazal.quotes.cues import CueSite
from skazal.quotes.reports import Report
from skazal.quotes.scene import Scene
from skazal.quotes.sources import Source
from skazal.quotes.sources import relay_of as relay_of_verb

PASSING = ("parenthesis", "pointed at")
INTRODUCING = ("as said", "according to")
OWN = ("clause", "according to", "as said", "event", "colon")


def relay_of(scene: Scene, site: CueSite) -> Source | None:
    """Who passes on what a cue reports, where the cue itself names somebody else as the source."""
    return relay_of_verb(scene, site.word) if site.entry.pos in ("VERB", "VPHRASE") else None


def told_apart(
    scene: Scene, reports: Iterable[tuple[Report, float]], own: Collection[int]
) -> tuple[list[tuple[Report, float]], Mapping[int, Source]]:
    """Reports without those that only pass on what somebody else is reported to have said in the same sentence.

    `own` are the cues of direct speech. Returns the reports that remain and, by the word of the cue passed on, who
    passed it on: `Иванов заявил, что …, передаёт ТАСС.` is a report of Иванов with the relay ТАСС.
    """
    found = list(reports)
    kept, relays = [], {}
    for report, probability in found:
        passed = _passed_on(scene, report, found, own) if _may_pass_on(scene, report) else []
        if passed and report.source:
            relays.update(dict.fromkeys(passed, report.source))
        else:
            kept.append((report, probability))
    return kept, relays


def _may_pass_on(scene: Scene, report: Report) -> bool:
    """`…, передаёт X`, or `Как сообщает X, …` and `По данным X, …` where X is an outlet or an authority."""
    if report.source is None or report.construction in PASSING:
        return report.source is not None
    named = scene.named_at[report.source.head]
    role = lexicon.find_role(scene.words[report.source.head].lemma)
    organisation = (named is not None and named.entity.type == "ORG") or (role is not None and role.kind == "org")
    return organisation and report.construction in INTRODUCING


def _passed_on(
    scene: Scene,
    report: Report,
    reports: Sequence[tuple[Report, float]],
    own: Collection[int],
) -> list[int]:
    """Cues inside the content of a report that have a source of their own."""
    site = report.site
    if site is None or not report.pieces:
        return []
    start, stop = report.pieces[0][0], report.pieces[-1][1]
    cues = {
        other.site.word
        for other, _ in reports
        if other.site
        and other.source
        and other.construction in OWN
        and other is not report
        and start <= other.site.word < stop
    }
    cues |= {word for word in own if start <= word < stop and word != site.word and scene.layer[word] < 0}
    return sorted(cues)
