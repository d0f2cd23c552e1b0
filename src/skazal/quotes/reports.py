"""Indirect speech: what is reported in the narrator's grammar, by whom.

The constructions propose candidates; whether a candidate reports speech is certain by its form or weighed by a logistic
model (`models/quotes/indirect.json`).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from skazal import lexicon
from skazal.quotes.bounds import CONJUNCTIONS, finite, inside_marks, predicate
from skazal.quotes.constructions import (
    according_to,
    as_said,
    before_speech,
    clause,
    colon,
    event,
    parenthesis,
    pointed_at,
)
from skazal.quotes.cues import CueSite
from skazal.quotes.headlines import certain_headline, find_headlines
from skazal.quotes.owners import UTTERANCES
from skazal.quotes.phrases import REACH, Source, can_be_source, phrase, speaks_alone
from skazal.quotes.scene import CLOSING, DASHES, OPENING, Scene
from skazal.quotes.sources import of_verb, passive, source_of
from skazal.quotes.speakers import who
from skazal.quotes.subjects import QUANTITIES, fits
from skazal.text.sentences import Extent

ADDING = lexicon.words("adding")
EXPLAINING = lexicon.words("explaining")
PARTIES = lexicon.words("parties")
HYPOTHETICAL = lexicon.words("hypothetical")
STANCE = 4
"""Words between a verb or adjective of stance and its colon: `советует не спешить с подписью:`."""
DOUBTFUL = 6
"""Words before a cue, without a comma, among which a word makes it a mere possibility."""


@dataclass(frozen=True, slots=True)
class Report:
    """A candidate: content as word ranges and character extents, its cue, its source, the construction and its
    features.
    """

    construction: str
    pieces: tuple[tuple[int, int], ...]
    site: CueSite | None
    source: Source | None
    features: Mapping[str, float]


def find_reports(scene: Scene, introducing: Collection[int] = ()) -> list[Report]:
    """All candidates, at most one for a cue, in the order of their cues; words in `introducing` are cues of direct
    speech.
    """
    found = []
    for site in scene.cues:
        report = (
            according_to(scene, site)
            or as_said(scene, site)
            or clause(scene, site)
            or (None if site.word in introducing else parenthesis(scene, site) or colon(scene, site))
            or (before_speech(scene, site) if site.word in introducing else None)
            or pointed_at(scene, site)
            or event(scene, site)
        )
        if report is not None and not _is_speech(scene, *report, site) and not _unsaid(scene, report[0], site):
            found.append(_described(scene, *report, site))
    headlines = find_headlines(scene)
    return [*found, *(Report("headline", (piece,), None, source, features) for piece, source, features in headlines)]


def _is_speech(scene: Scene, construction: str, pieces: list[tuple[int, int]], site: CueSite) -> bool:
    """Whether the content is somebody's own words as a whole (`Как сказал X, «…»`); only behind `что` is it both."""
    layers = {scene.layer[i] for start, stop in pieces for i in range(start, stop) if scene.words[i].pos != "PUNCT"}
    return construction != "clause" and len(layers) == 1 and layers != {scene.layer[site.word]} and -1 not in layers


def _unsaid(scene: Scene, construction: str, site: CueSite) -> bool:
    """Whether nothing was said: `мог заявить, что`, `сказал бы, что`, `сообщил ли X, что …?`, `X скажет, что`,
    `не пояснил, что имеет в виду`."""
    if construction in ("according to", "as said", "parenthesis", "headline"):
        return False
    words, verb = scene.words, scene.words[site.word].feats
    if verb.get("Tense") == "Fut" and verb.get("Person") != "1":
        return True
    if site.stop < len(words) and words[site.stop].norm in ("бы", "ли"):
        return True
    if site.negated and site.entry.lemma in EXPLAINING and construction == "clause":
        return True
    doubt = _doubt(scene, site)
    if doubt is not None and words[doubt].norm == "если":
        return words[doubt + 1].norm == "бы" or verb.get("Tense") != "Past"
    return doubt is not None


def _hypothetical(scene: Scene, site: CueSite) -> bool:
    """Whether a word of wish or possibility stands before a cue, in its clause: not in `Мост могут снять, сказал X`."""
    words = scene.words
    for i in range(site.word - 1, max(scene.sentence(site.word)[0], site.word - 4) - 1, -1):
        if words[i].text == ",":
            return False
        if words[i].norm in HYPOTHETICAL or words[i].lemma in HYPOTHETICAL or words[i].norm == "чтобы":
            return True
    return False


def _doubt(scene: Scene, site: CueSite) -> int | None:
    """The word before a cue, in its clause, that makes it a mere possibility."""
    words = scene.words
    for i in range(site.word - 1, max(scene.sentence(site.word)[0], site.word - DOUBTFUL) - 1, -1):
        if words[i].text in (",", ";", ":"):
            return None
        if words[i].norm in HYPOTHETICAL or words[i].lemma in HYPOTHETICAL:
            return i
    return None


def _described(scene: Scene, construction: str, pieces: list[tuple[int, int]], site: CueSite) -> Report:
    """The candidate with its features."""
    words, verb = scene.words, scene.words[site.word]
    source = (
        _adding(scene, site)
        or _of_words_between(scene, site, pieces)
        or source_of(scene, site)
        or _subject_beside(scene, site)
        or _dropped(scene, site)
    )
    length = sum(stop - start for start, stop in pieces)
    first, last = scene.sentence(site.word)
    features = {
        construction: 1.0,
        f"{construction}: {site.entry.pos}": 1.0,
        f"class {site.entry.kind}": 1.0,
        f"{construction}: class {site.entry.kind}": 1.0,
        f"cue {site.entry.lemma}": 1.0,
        "negated": float(site.negated and "negated" not in site.entry.note),
        "length": log1p(length),
        "short": float(length < 3),
        "finite verb in the content": float(
            any(finite(scene, i) for start, stop in pieces for i in range(start, stop))
        ),
        "first person": float(verb.feats.get("Person") == "1"),
        "second person": float(verb.feats.get("Person") == "2" or verb.feats.get("Mood") == "Imp"),
        f"form {verb.feats.get('VerbForm')}": 1.0,
        f"tense {verb.feats.get('Tense')}": 1.0,
        "passive": float(passive(verb)),
        "hypothetical": float(_hypothetical(scene, site)),
        "inside speech": float(scene.layer[site.word] >= 0),
        "no source": float(source is None),
        f"{construction}: no source": float(source is None),
        "question": float(words[last - 1].text == "?"),
    }
    features[f"{construction}: {_order(scene, site, source)}"] = 1.0
    features[f"{construction}: opens the sentence"] = float(site.start - first <= 1)
    if pieces and construction == "clause":
        opener = _opener(scene, pieces[0][0])
        features[f"conjunction {opener}"] = 1.0
        features[f"{site.entry.kind}: conjunction {opener}"] = 1.0
    if source is not None:
        features[f"source by {source.by}"] = 1.0
        features.update(who(scene, source.head))
    return Report(construction, tuple(pieces), site, source, features)


def _of_words_between(scene: Scene, site: CueSite, pieces: Sequence[tuple[int, int]]) -> Source | None:
    """`напомнил о словах мэра о том, что …`: who spoke the words that the clause belongs to."""
    start = pieces[0][0] if pieces else 0
    told = [scene.words[i].norm for i in range(start - ABOUT_THAT, start) if i > 0 and scene.words[i].pos != "PUNCT"]
    if site.entry.pos != "VERB" or "том" not in told:
        return None
    nouns = (one for one in scene.cues_in(site.stop, start) if one.entry.pos == "NOUN")
    return next((source_of(scene, one) for one in nouns if scene.words[one.word].lemma in UTTERANCES), None)


def _opener(scene: Scene, start: int) -> str:
    """The conjunction before the content (`что, если пойдёт дождь, …`), or `question`."""
    words, i = scene.words, start - 1
    while words[i].pos == "PUNCT" and words[i].text not in ".!?" and i > start - 3:
        i -= 1
    return words[i].norm if words[i].norm in CONJUNCTIONS else "question"


def _order(scene: Scene, site: CueSite, source: Source | None) -> str:
    """How cue, source and the sentence's end stand to each other, in words."""
    last = scene.sentence(site.word)[1]
    if source is None:
        order = "no source"
    elif source.start == site.stop:
        order = "source behind"
    else:
        order = "source before" if source.stop <= site.start else "source further on"
    mark = scene.words[site.start - 1].text if site.start else ""
    comma = "comma, " if mark == "," else "dash, " if mark in DASHES and site.entry.pos != "PREP" else ""
    behind = source.stop if source else site.stop
    ends = "" if any(scene.words[i].pos != "PUNCT" for i in range(behind, last)) else ", end"
    return f"{comma}{order}{ends}"


def _subject_beside(scene: Scene, site: CueSite) -> Source | None:
    """Subjects that the tree hangs elsewhere: a name in the nominative right before the verb (`На заседании кабинета
    Орлов заявил`), a noun with a numeral (`Несколько членов совета выразили`).
    """
    words, verb = scene.words, scene.words[site.word]
    if verb.feats.get("VerbForm") == "Conv":
        return _of_main_verb(scene, site)
    if verb.feats.get("VerbForm") != "Fin" or verb.feats.get("Person") in ("1", "2") or passive(verb):
        return None
    i = site.start - 1
    named = scene.named_at[i] if i >= 0 else None
    speaks = named is not None and named.mention.kind == "name" and named.entity.type != "LOC"
    if named is not None and speaks and words[i].case == "Nom" and fits(verb, words[i]):
        start, stop = scene.word_range(named.mention.start, named.mention.end)
        return Source(i, start, stop, "nearest")
    for child in verb.children:
        counted = any(words[j].dep in ("nummod", "nummod:gov") for j in words[child].children)
        if words[child].dep == "nsubj" and counted and child < site.start and verb.number == "Plur":
            return phrase(scene, child, "subject")
    return None


def _adding(scene: Scene, site: CueSite) -> Source | None:
    """`X заявил, что завод устоял, добавив, что …`: the converb goes on with what X says, not what the завод does."""
    words = scene.words
    if words[site.word].feats.get("VerbForm") != "Conv" or words[site.word].lemma not in ADDING:
        return None
    content = words[words[site.word].head]
    reports = content.dep == "ccomp" and any(words[child].norm == "что" for child in content.children)
    return of_verb(scene, content.head) if reports and scene.cue_at[content.head] is not None else None


def _of_main_verb(scene: Scene, site: CueSite) -> Source | None:
    """The subject of the finite verb before a converb: `Хозяин прогнал гостя, назвав его «вором» и заявив, что …`."""
    for i in range(site.start - 1, max(scene.sentence(site.start)[0], site.start - REACH), -1):
        if scene.layer[i] == scene.layer[site.start] and finite(scene, i):
            return of_verb(scene, i)
    return None


def _dropped(scene: Scene, site: CueSite) -> Source | None:
    """`Мэр отменила парад. Пояснила, что …`: a past form at the start of its sentence has the subject of the
    sentence before.
    """
    verb = scene.words[site.word]
    first = scene.sentence(site.word)[0]
    if (
        verb.feats.get("Tense") != "Past"
        or verb.number != "Sing"
        or site.start - first > 2
        or not first
        or passive(verb)
    ):
        return None
    before = scene.sentence(first - 1)[0]
    for i in range(before, first):
        word, named = scene.words[i], scene.named_at[i]
        if word.dep == "nsubj" and named is not None and named.entity.type == "PER" and scene.layer[i] < 0:
            masculine = named.entity.gender == "masc"
            if named.entity.gender is None or (verb.gender == "Masc") == masculine:
                return phrase(scene, i, "dropped")
    return None


def certain(scene: Scene, report: Report) -> bool:
    """Whether a report is one by its form: a finite verb of speech with its subject and a clause, `…, сообщил X`."""
    site, source = report.site, report.source
    if report.construction == "headline":
        return certain_headline(report.features)
    if site is None or source is None or any(report.features.get(name) for name in DOUBTS):
        return False
    verb = scene.words[site.word].feats
    predicative = verb.get("VerbForm") in ("Fin", "Conv", None) or site.entry.pos == "PRED"
    if not predicative or verb.get("Tense") == "Fut":
        return False
    if site.entry.kind not in SPEECH and "p" not in site.entry.frames and report.construction != "colon":
        return False
    form = FORMS.get(report.construction)
    return form is not None and form(scene, report, site, source)


def _certain_clause(scene: Scene, report: Report, site: CueSite, source: Source) -> bool:
    """`X сообщил, что …`, `X спросил, будет ли …`, `X потребовал, чтобы …` where X can speak."""
    speaks = _can_speak(scene, source)
    start = report.pieces[0][0]
    if site.entry.kind == "ask":
        return speaks and site.entry.pos == "VERB" and bool(report.features.get("conjunction question"))
    if site.entry.kind == "order" and not report.features.get("conjunction что"):
        demanded = report.features.get("conjunction чтобы") and report.features.get("finite verb in the content")
        return speaks and bool(demanded) and start - site.stop <= DEMAND
    return speaks and any(report.features.get(f"conjunction {word}") for word in ("что", "будто", "мол", "дескать"))


def _can_speak(scene: Scene, source: Source) -> bool:
    head = scene.words[source.head]
    speaking = head.pos == "PRON" or head.lemma in QUANTITIES | PARTIES or head.feats.get("Animacy") == "Anim"
    return speaking or can_be_source(scene, source.head)


def _certain_colon(scene: Scene, report: Report, site: CueSite, source: Source) -> bool:
    """`X сказал: мы готовы`, `Врачи предупреждают: вирус опасен`."""
    start = report.pieces[0][0]
    if scene.words[start].capitalized:
        return False
    if site.stop < start - 1 or site.entry.pos == "PRED":
        return _stance(scene, site, source, start)
    return site.entry.kind == "say" or (
        site.entry.pos == "VERB" and bool(report.features["finite verb in the content"])
    )


def _stance(scene: Scene, site: CueSite, source: Source, start: int) -> bool:
    """`Мастер удивлён: печь цела`, `Врач советует не спешить: рано`: one person's stance, then a clause that is his."""
    between = scene.words[site.stop : start - 1]
    plain = all(word.text != "," and word.feats.get("VerbForm") != "Fin" for word in between)
    last = scene.sentence(start)[1]
    clause = any(predicate(scene, i) for i in range(start, last))
    return plain and len(between) <= STANCE and clause and speaks_alone(scene, source)


def _certain_parenthesis(scene: Scene, report: Report, site: CueSite, source: Source) -> bool:
    """`…, сообщил X`, `… — сообщил X`, `…, передаёт Z со ссылкой на X` at the end of a sentence; `…, уверен X, …`;
    `О том, что …, сообщил X`.
    """
    words, first, last = scene.words, source.start, source.stop
    while first > site.stop and words[first - 1].text in OPENING:
        first -= 1
    while last < len(words) - 1 and words[last].text in CLOSING:
        last += 1
    if words[report.pieces[0][0] - 1].norm == "что" and report.pieces[0][0]:
        return True
    if first == site.stop and words[site.start - 1].text == words[min(last, len(words) - 1)].text == ",":
        return True
    return any(
        report.features.get(f"parenthesis: {mark}, {order}, end")
        for mark in ("comma", "dash")
        for order in ("source behind", "source further on")
    )


def _certain_as_said(scene: Scene, report: Report, site: CueSite, source: Source) -> bool:
    """`Как отметил X, …`."""
    return True


def _certain_according_to(scene: Scene, report: Report, site: CueSite, source: Source) -> bool:
    """`По словам X, …`, `Как следует из X, …`; `По оценке X, …`, `По данным X, …` where X can speak."""
    if site.entry.words[-1] in ("словам", "слов", "мнению", "из"):
        return True
    return site.entry.words[-1] in KNOWN_FROM and _can_speak(scene, source)


def _certain_pointed_at(scene: Scene, report: Report, site: CueSite, source: Source) -> bool:
    """`Об этом сообщил X`, `Такое мнение высказала Y`: a past verb behind the pointer, somebody who speaks."""
    first = scene.sentence(site.word)[0]
    pointer = scene.words[first + 1].head == site.word or site.start - first <= POINTER
    return pointer and scene.words[site.word].feats.get("Tense") == "Past" and speaks_alone(scene, source)


POINTER = 3
"""Words from the beginning of a sentence to the verb of its pointer: `Об этом сегодня сообщил X`."""
FORMS: dict[str, Callable[[Scene, Report, CueSite, Source], bool]] = {
    "clause": _certain_clause,
    "colon": _certain_colon,
    "parenthesis": _certain_parenthesis,
    "as said": _certain_as_said,
    "according to": _certain_according_to,
    "pointed at": _certain_pointed_at,
}
DOUBTS = ("negated", "first person", "second person", "hypothetical", "inside speech", "question", "passive")
SPEECH = frozenset({"say", "write", "answer", "ask", "order", "publish"})
ABOUT_THAT = 4
"""Words before a clause among which `о том, что` stands."""
KNOWN_FROM = lexicon.words("known_from")
DEMAND = 4
"""Words between a demand and its content: `потребовал от мэра, чтобы …`."""


def extents(scene: Scene, report: Report) -> tuple[Extent, ...]:
    """The content as character offsets, without marks around all of it."""
    bare = [inside_marks(scene, start, stop) for start, stop in report.pieces]
    return tuple(Extent(scene.words[start].start, scene.words[stop - 1].end) for start, stop in bare if stop > start)
