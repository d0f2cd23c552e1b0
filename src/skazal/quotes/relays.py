"""Who passed the words on: `передаёт ТАСС`, `сообщает агентство со ссылкой на мэрию`. A relay is not a speaker."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from skazal import lexicon
from skazal.quotes.bounds import before_relay, without_stop
from skazal.quotes.constructions import opens_insertion
from skazal.quotes.cues import CueSite
from skazal.quotes.phrases import SUBJECTS, Source, speaks_alone
from skazal.quotes.reports import Report
from skazal.quotes.scene import Scene
from skazal.quotes.sources import relay_of as relay_of_verb
from skazal.quotes.sources import source_of

PASSING = ("parenthesis", "pointed at")
KNOWING = lexicon.words("knowing")
INTRODUCING = ("as said", "according to")
HOLDING = ("clause", "as said", "colon")
"""Constructions whose content may hold asides of their own source."""
OWN = ("clause", "according to", "as said", "event", "colon", "pointed at")
PASSING_ON = lexicon.words("passing_on")
PLACE = 3
"""Words between a cue at the end of a sentence and the place or document that reports."""


def relay_of(scene: Scene, site: CueSite) -> Source | None:
    """Who passes on what a cue reports, where the cue itself names somebody else as the source."""
    return relay_of_verb(scene, site.word) if site.entry.pos in ("VERB", "VPHRASE") else None


def governing(scene: Scene, reports: Sequence[tuple[Report, float]]) -> list[tuple[Report, float]]:
    """Reports without those inside a sentence that ends with an attribution to somebody: `Россия рассчитывает, что …,
    заявил Песков` is reported by Песков as a whole. An outlet at the end only passes on.
    """
    outer = [report for report, _ in reports if _governs(scene, report)]
    return [
        (report, probability)
        for report, probability in reports
        if not any(_holds(other, report) for other in outer if other is not report)
    ]


def without_asides(scene: Scene, reports: Sequence[tuple[Report, float]]) -> list[tuple[Report, float]]:
    """Reports without those of `по его словам` or of an attitude inside what the same person is reported to have said:
    `X заявил, что в городе, по его данным, …`, `X отметил, что сожалеет, что …`.
    """
    told = [(start, stop) for report, _ in reports if report.construction in HOLDING for start, stop in report.pieces]
    return [item for item in reports if not (_aside(scene, item[0]) and _within(item[0], told))]


def _within(report: Report, pieces: Sequence[tuple[int, int]]) -> bool:
    return report.site is not None and any(start <= report.site.start < stop for start, stop in pieces)


def _aside(scene: Scene, report: Report) -> bool:
    """`по его словам`; a verb of thought or feeling that is itself the predicate behind `что`, without a subject."""
    site = report.site
    if site is None or report.source is None:
        return False
    if site.entry.pos == "PREP":
        return report.source.by == "possessive"
    verb = scene.words[site.word]
    own = any(scene.words[child].dep in SUBJECTS for child in verb.children)
    opened = any(scene.words[child].norm == "что" and child < site.word for child in verb.children)
    return report.construction == "clause" and site.entry.kind in ("think", "feel") and opened and not own


def _governs(scene: Scene, report: Report) -> bool:
    """`…, заявил X`, `…, подчеркнули в X` at the end of a sentence, where X is no outlet that passes on."""
    site, source = report.site, report.source
    if site is None or source is None or not _closes_sentence(scene, report, site, source):
        return False
    near = source.start - site.stop <= PLACE and source.by in ("place", "issuer")
    passes_on = scene.words[site.word].lemma in PASSING_ON or relay_of(scene, site) is not None
    return not passes_on and (near or speaks_alone(scene, source))


def _closes_sentence(scene: Scene, report: Report, site: CueSite, source: Source) -> bool:
    """Whether nothing but a relay follows an attribution in its sentence."""
    if report.construction != "parenthesis" or len(report.pieces) != 1 or scene.words[site.start - 1].text != ",":
        return False
    last = scene.sentence(site.word)[1]
    return max(source.stop, site.stop) >= without_stop(scene, site.start, before_relay(scene, site.start, last))


def _holds(outer: Report, inner: Report) -> bool:
    """Whether a report is part of what another one reports."""
    site, (start, stop) = inner.site, outer.pieces[0]
    return site is not None and start <= site.word < stop and start <= inner.pieces[0][0] < stop


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
        if _only_known(report, found):
            continue
        passed = _passed_on(scene, report, found, own) if _may_pass_on(scene, report) else []
        if passed and report.source:
            relays.update(dict.fromkeys(passed, report.source))
        else:
            kept.append((report, probability))
    for report, _ in kept:
        inserted = _inserted(scene, report)
        if inserted is not None and report.site is not None:
            relays.setdefault(report.site.word, inserted)
    return kept, relays


def _only_known(report: Report, reports: Sequence[tuple[Report, float]]) -> bool:
    """`По данным следствия, бухгалтер знал, что …`: what somebody knew is told by whose report it stands in."""
    site = report.site
    if site is None or site.entry.lemma not in KNOWING:
        return False
    return any(
        other is not report and start <= site.word < stop for other, _ in reports for start, stop in other.pieces
    )


def _inserted(scene: Scene, report: Report) -> Source | None:
    """The relay with a pointer: `Об этом, сообщает «Заря», заявил X`, `Об этом заявил X, передаёт «Заря»`."""
    if report.construction != "pointed at" or report.site is None:
        return None
    first, last = scene.sentence(report.site.word)
    closing = before_relay(scene, report.site.stop, last)
    for site in scene.cues_in(first, last):
        inserted = site.word < report.site.start or site.start == closing + 1
        if inserted and opens_insertion(scene, site) and "p" in site.entry.frames:
            return source_of(scene, site)
    return None


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
    """Cues inside the content of a report that have a source of their own: `…, заявила мэр, передаёт ТАСС`."""
    site = report.site
    if site is None or not report.pieces:
        return []
    start, stop = report.pieces[0][0], report.pieces[-1][1]
    cues = {
        other.site.word
        for other, _ in reports
        if other.site
        and other.source
        and other is not report
        and start <= other.site.word < stop
        and not _only_known(other, reports)
        and (other.construction in OWN or (other.construction == "parenthesis" and other.site.word < site.word))
    }
    cues |= {word for word in own if start <= word < stop and word != site.word and scene.layer[word] < 0}
    return sorted(cues)
