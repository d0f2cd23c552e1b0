"""Indirect speech: what is reported in the narrator's grammar, by whom, and where it begins and ends.

Each function finds one construction and is named after it; whether a candidate reports speech is weighed afterwards by a
logistic model (`models/quotes`).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import log1p

from skazal import lexicon
from skazal.quotes.cues import CueSite
from skazal.quotes.scene import CLOSING, DASHES, OPENING, Scene
from skazal.quotes.sources import Source, passive, phrase, source_of
from skazal.quotes.speakers import who
from skazal.text.sentences import Extent

CONJUNCTIONS = frozenset({"что", "чтобы", "будто", "якобы", "дескать", "мол"})
QUESTIONS = frozenset(
    "как почему зачем когда где куда откуда кто какой какая какие каким какую каково сколько насколько ли чей который чем кого кому".split()
)
OFFICE = 14
"""Words that an office behind a name may have."""
LINK = 60
"""Words that an unresolved wiki link (`[http://… сообщает]`) may put before its text."""
COMPOUND = frozenset({"того", "тем", "так", "тому", "после", "прежде", "перед"})
"""`после того, как …` is a clause of time."""
CLAUSE_REACH = 9
"""Words between a cue and the conjunction of its clause: `заявил журналистам в кулуарах форума, что`."""
HYPOTHETICAL = frozenset({"если", "бы", "можно", "нельзя", "нужно", "надо", "стоит", "следует", "чтобы", "хотеть", "мочь"})
POINTERS = frozenset({"об", "о", "про"})
REFERENCES = frozenset({"со ссылкой на", "ссылаясь на"})
EVENTS = ("ние", "тие", "ция", "сть", "ство", "ель", "аза", "уск", "езд", "ход", "рт", "ыв", "ор", "ие", "ва", "да", "ка", "ча", "ело", "од", "ст")
EVENT_WORDS = 3
"""Words from which on `о` and a noun with its dependents state an event, not a topic."""


@dataclass(frozen=True, slots=True)
class Report:
    """A candidate: content as word ranges and character extents, its cue, its source, the construction and its features."""

    construction: str
    pieces: tuple[tuple[int, int], ...]
    site: CueSite | None
    source: Source | None
    features: Mapping[str, float]


def find_reports(scene: Scene, introducing: Collection[int] = ()) -> list[Report]:
    """All candidates, at most one for a cue, in the order of their cues; words in `introducing` are cues of direct speech."""
    found = []
    for site in scene.cues:
        report = (
            _according_to(scene, site)
            or _as_said(scene, site)
            or _clause(scene, site)
            or (None if site.word in introducing else _parenthesis(scene, site) or _colon(scene, site))
            or _pointed_at(scene, site)
            or _event(scene, site)
        )
        if report is not None:
            found.append(_described(scene, *report, site))
    return [*found, *_headlines(scene)]


Found = tuple[str, list[tuple[int, int]]]


def _according_to(scene: Scene, site: CueSite) -> Found | None:
    """`По словам X, …`, `…, по данным X, …`, `…, по мнению X.`"""
    if site.entry.pos != "PREP" or site.entry.lemma in REFERENCES:
        return None
    source = source_of(scene, site)
    if source is None:
        return None
    first, last = _sentence(scene, site.start)
    stop = max(source.stop, site.stop)
    while stop < last and scene.words[stop].text != "," and not _ends(scene, stop):
        if scene.words[stop].pos in ("VERB", "AUX") or stop - source.stop > 12:
            stop = source.stop
            break
        stop += 1
    return "according to", _around(scene, first, site.start, stop, last)


def _as_said(scene: Scene, site: CueSite) -> Found | None:
    """`Как отметил X, …`, `…, как пояснили в МВД, …`."""
    if site.entry.pos not in ("VERB", "PRED", "VPHRASE") or not _parenthetical(site):
        return None
    first, last = _sentence(scene, site.start)
    start = next((i for i in range(site.start, max(first - 1, site.start - 8), -1) if scene.words[i].norm == "как"), None)
    if start is None or start > first and scene.words[start - 1].text not in (",", *DASHES, "(", "«", "\""):
        return None
    if any(scene.words[i].text == "," for i in range(start, site.start)) or start > first + 1 and scene.words[start - 2].norm in COMPOUND:
        return None
    stop = site.stop
    while stop < last and scene.words[stop].text not in (",", *DASHES, ":", ")") and not _ends(scene, stop):
        stop += 1
    stop = _past_source(scene, site, stop, last)
    return "as said", _around(scene, first, start, stop, last)


def _past_source(scene: Scene, site: CueSite, stop: int, last: int) -> int:
    """A source in apposition between commas belongs to the insertion: `Как сообщил глава района, Иван Петров, …`."""
    source = source_of(scene, site)
    if source is None:
        return stop
    stop = max(stop, min(source.stop, last))
    return _past_office(scene, source, stop, last) if source.stop == stop else stop


def _past_office(scene: Scene, source: Source, stop: int, last: int) -> int:
    """`Как отметил Сергей Ким, председатель совета директоров, …`: the office behind the name belongs to the insertion."""
    words = scene.words
    if stop + 1 >= last or words[stop].text != "," or words[stop + 1].case != words[source.head].case or words[stop + 1].pos != "NOUN":
        return stop
    if words[stop + 1].lemma not in lexicon.roles():
        return stop
    comma = next((i for i in range(stop + 1, min(last, stop + OFFICE)) if words[i].text == ","), None)
    return stop if comma is None else comma


def _clause(scene: Scene, site: CueSite) -> Found | None:
    """`X заявил, что …`, `спросил, когда …`, `слова X о том, что …`."""
    if "c" not in site.entry.frames:
        return None
    first, last = _sentence(scene, site.start)
    conjunction = _conjunction(scene, site, last)
    if conjunction is None:
        return None
    start = conjunction + 1 if scene.words[conjunction].norm in CONJUNCTIONS else conjunction
    return "clause", [_bare(scene, start, _clause_end(scene, site, start, last))]


def _conjunction(scene: Scene, site: CueSite, last: int) -> int | None:
    """The word that opens the clause of a cue: after a comma, hung on the cue or near it."""
    words = scene.words
    for i in range(site.stop, min(last, site.stop + CLAUSE_REACH + 8)):
        bare = words[i].norm == "что" and words[i].pos == "SCONJ" and i - site.stop <= CLAUSE_REACH
        if bare or words[i - 1].text == "," and (words[i].norm in CONJUNCTIONS or words[i].norm in QUESTIONS or _asks(scene, i, last)):
            near = i - site.stop <= CLAUSE_REACH
            clause = words[words[i].head]
            hangs = clause.head in (site.word, site.start) or words[clause.head].norm in ("том", "то", "этом", "тому", "тем")
            return i if near or hangs else None
        if words[i].text in (";", ":", *DASHES) or i > site.stop and scene.cue_at[i] is not None and words[i].pos == "VERB" and _finite(scene, i):
            return None
    return None


def _asks(scene: Scene, i: int, last: int) -> bool:
    """`спросил, будет ли …`."""
    return i + 1 < last and scene.words[i + 1].norm == "ли"


def _finite(scene: Scene, i: int) -> bool:
    return scene.words[i].feats.get("VerbForm") == "Fin"


def _predicate(scene: Scene, i: int) -> bool:
    """A finite verb, a short participle or a short adjective."""
    return _finite(scene, i) or scene.words[i].feats.get("Variant") == "Short"


def _clause_end(scene: Scene, site: CueSite, start: int, last: int) -> int:
    """The clause goes on to the end of the sentence, unless the narrator takes over: with a verb joined to the cue, with a
    report of its own, with `после чего`, or with a parenthesis (`…, передаёт X`)."""
    words = scene.words
    stop = _without_stop(scene, start, _before_relay(scene, start, last))
    for i in range(start + 2, stop):
        verb = words[i]
        if verb.norm == "чего" and words[i - 1].norm == "после" and words[i - 2].text == ",":
            return i - 2
        if not _predicate(scene, i):
            continue
        if verb.dep == "conj" and verb.head == site.word and verb.pos in ("VERB", "ADJ"):
            return _joint(scene, start, i)
        if scene.cue_at[i] is None or scene.layer[i] != scene.layer[site.word]:
            continue
        comma = _after_comma(scene, i)
        if comma is not None and comma > start and words[i].dep in ("parataxis", "root", "conj"):
            return comma
        if verb.head != start - 1 and not _under(scene, i, start, stop) and (turn := _turn(scene, start, i)) is not None:
            return turn
    return stop


def _under(scene: Scene, i: int, start: int, stop: int) -> bool:
    """Whether word `i` opens a clause of the content itself: it hangs on it by another relation than a conjunct's."""
    word = scene.words[i]
    return word.dep not in ("conj", "parataxis", "root") and start <= word.head < stop


def _turn(scene: Scene, start: int, i: int) -> int | None:
    """The comma before `а`, `но`, `однако` with which the narrator turns to another speaker."""
    for j in range(i - 1, max(start, i - 12), -1):
        if scene.words[j].text == "," and scene.words[j + 1].norm in ("а", "но", "однако", "тогда", "в"):
            return j
    return None


def _joint(scene: Scene, start: int, i: int) -> int:
    """Where the narrator takes over again before verb `i`: at the conjunction or comma before it."""
    for j in range(i - 1, max(start, i - 6), -1):
        if scene.words[j].text == "," or scene.words[j].norm in ("и", "а", "но"):
            return j - 1 if scene.words[j - 1].text == "," else j
    return i


def _after_comma(scene: Scene, i: int) -> int | None:
    """The comma that opens a parenthesis whose verb is word `i`."""
    return next((j for j in range(i - 1, max(-1, i - 4), -1) if scene.words[j].text == ","), None)


def _parenthetical(site: CueSite) -> bool:
    return "p" in site.entry.frames


def _parenthesis(scene: Scene, site: CueSite) -> Found | None:
    """`…, считает X.`, `…, сообщает РИА`, `Пешеходам, добавил мэр, оставят проход`."""
    if site.entry.pos not in ("VERB", "PRED", "VPHRASE") or not _parenthetical(site):
        return None
    words = scene.words
    first, last = _sentence(scene, site.start)
    comma = _opening_comma(scene, site, first)
    if comma is None:
        return None
    stop = site.stop
    while stop < last and words[stop].text != "," and not _ends(scene, stop) and words[stop].text not in DASHES:
        stop += 1
    stop = _past_source(scene, site, stop, last)
    inside = stop < last - 2 and words[stop].text == "," and _goes_on(scene, first, comma, stop, last)
    return "parenthesis", _around(scene, first, comma, stop, last) if inside else [(first, comma)]


def _opening_comma(scene: Scene, site: CueSite, first: int) -> int | None:
    """The comma or dash before the cue, with at most the source in front of the cue."""
    words = scene.words
    bracket = next((i for i in range(site.start - 1, max(first, site.start - LINK), -1) if words[i].text == "["), None)
    if bracket is not None and bracket > first and words[bracket - 1].text == "," and words[bracket + 1].norm.startswith("http"):
        return bracket - 1
    for i in range(site.start - 1, max(first, site.start - 8), -1):
        if words[i].text == "," or words[i].text in DASHES and words[i - 1].text in (",", *CLOSING):
            between = words[i + 1 : site.start]
            if words[i].text in DASHES:
                i -= 1
            free = all(word.pos in ("NOUN", "PROPN", "ADJ", "ADV", "PRON", "DET", "ADP", "PART", "PUNCT") for word in between)
            clause = between and between[0].norm in CONJUNCTIONS | QUESTIONS | {"который", "которая", "которые", "и", "а", "но"}
            return i if free and not clause else None
        if words[i].pos == "VERB" or words[i].text in (";", ":"):
            return None
    return None


def _goes_on(scene: Scene, first: int, comma: int, stop: int, last: int) -> bool:
    """Whether the reported sentence goes on behind the parenthesis: there is a predicate that belongs to it."""
    left = any(_predicate(scene, i) for i in range(first, comma))
    right = any(_predicate(scene, i) for i in range(stop, last))
    if not left:
        return True
    return right and scene.words[stop + 1].norm not in ("который", "которая", "которые", "добавив", "отметив", "ссылаясь", "передает")


def _pointed_at(scene: Scene, site: CueSite) -> Found | None:
    """`Об этом сообщил X.`, `Адвокат рассказал об этом газете.`, `Эту информацию подтвердили в МВД.`: the sentence before."""
    if not site.entry.frames & {"c", "o"} or site.entry.pos != "VERB":
        return None
    first, last = _sentence(scene, site.start)
    if first == 0 or site.start - first > 12:
        return None
    pointer = next((i for i in range(first, min(last - 1, site.stop + 4)) if _points_back(scene, i)), None)
    if pointer is None or pointer > first + 3 and pointer < site.start:
        return None
    start, stop = scene.sentence(first - 1)
    if any(layer >= 0 for layer in scene.layer[start:stop]):
        return None
    return "pointed at", [(start, _without_stop(scene, start, stop))]


def _points_back(scene: Scene, i: int) -> bool:
    word, following = scene.words[i], scene.words[i + 1]
    about = word.norm in POINTERS and following.norm in ("этом", "это", "том", "случившемся", "произошедшем")
    relative = i + 2 < len(scene.words) and scene.words[i + 2].text == "," and following.norm == "том"
    information = word.lemma in ("этот", "такой", "данный") and following.lemma in ("информация", "сведение", "данные")
    return (about and not relative) or (information and following.case in ("Acc", "Nom"))


def _colon(scene: Scene, site: CueSite) -> Found | None:
    """`Тренер уверен: команда не подведёт.`"""
    if not site.entry.frames & {"c", "d"} or site.entry.pos == "PREP":
        return None
    first, last = _sentence(scene, site.start)
    words = scene.words
    colon = next((i for i in range(site.stop, min(last, site.stop + CLAUSE_REACH)) if words[i].text == ":"), None)
    if colon is None or colon + 2 >= last or words[colon + 1].text in OPENING or words[colon + 1].text in DASHES or words[colon + 1].text == "'":
        return None
    if scene.line_at[colon] != scene.line_at[colon + 1]:
        return None
    return "colon", [(colon + 1, _without_stop(scene, colon + 1, last))]


def _event(scene: Scene, site: CueSite) -> Found | None:
    """`сообщил о гибели двух рыбаков в устье реки`: a noun of action that states a whole event with its participants."""
    words = scene.words
    if "o" not in site.entry.frames or site.entry.pos != "VERB":
        return None
    _, last = _sentence(scene, site.start)
    preposition = next((i for i in range(site.stop, min(last - 1, site.stop + CLAUSE_REACH)) if words[i].norm in ("о", "об")), None)
    if preposition is None or any(words[i].text == "," or words[i].pos == "VERB" for i in range(site.stop, preposition)):
        return None
    noun = next((i for i in range(preposition + 1, min(last, preposition + 5)) if words[i].pos == "NOUN"), None)
    if noun is None or not words[noun].lemma.endswith(EVENTS):
        return None
    stop = noun + 1
    while stop < last and words[stop].text not in CLOSERS and not _ends(scene, stop) and not (words[stop].text == "," and _closes_event(scene, noun, stop)):
        stop += 1
    return ("event", [(preposition + 1, stop)]) if stop - preposition > EVENT_WORDS else None


CLOSERS = frozenset({":", ";", ")"})


def _closes_event(scene: Scene, noun: int, comma: int) -> bool:
    """Whether the narrator goes on behind a comma: what follows does not hang on the event."""
    words = scene.words
    following = next((i for i in range(comma + 1, min(comma + 6, len(words))) if words[i].pos not in ("PUNCT", "ADP", "ADV")), None)
    while following is not None and words[following].head != following:
        if noun <= words[following].head < comma:
            return False
        following = words[following].head
    return True


def _headlines(scene: Scene) -> Iterator[Report]:
    """`Иванов: мы победим` on a line of its own, without marks."""
    words = scene.words
    for first, last in scene.lines:
        colon = next((i for i in range(first + 1, min(last - 1, first + 8)) if words[i].text == ":"), None)
        if colon is None or last - colon < 4 or scene.layer[last - 1] >= 0 or last - first > 40 or any(words[i].text in OPENING for i in range(colon + 1, min(colon + 3, last))):
            continue
        if any(scene.cue_at[i] is not None and words[i].pos == "VERB" or _finite(scene, i) for i in range(first, colon)):
            continue
        named = scene.named_at[colon - 1]
        head = next((i for i in range(first, colon) if not first <= words[i].head < colon), first)
        source = Source(head, first, colon, "label")
        features = {"headline": 1.0, "label is a name": float(named is not None and named.entity.type != "LOC"), **who(scene, head)}
        features["headline in the first line"] = float(first == 0)
        features["label: role"] = float(words[head].lemma in lexicon.roles())
        features["finite verb in the content"] = float(any(_finite(scene, i) for i in range(colon, last)))
        features["capital after the colon"] = float(words[colon + 1].capitalized)
        yield Report("headline", ((colon + 1, _without_stop(scene, colon + 1, last)),), None, source, features)


def _sentence(scene: Scene, i: int) -> tuple[int, int]:
    """The sentence of word `i` as far as it is in the same layer of speech, without dashes and marks at its ends."""
    first, last = scene.sentence(i)
    last = _whole_marks(scene, first, last)
    layer = scene.layer[i]
    start, stop = i, i + 1
    while start > first and (scene.layer[start - 1] == layer or layer == -1):
        start -= 1
    while stop < last and (scene.layer[stop] == layer or layer == -1):
        stop += 1
    while start < i and (scene.words[start].text in DASHES or scene.words[start].text in ("'", "…")):
        start += 1
    return start, stop


def _whole_marks(scene: Scene, first: int, last: int) -> int:
    """A sentence that ends inside marks opened in it goes on to their end: `мужчина «вышел из машины. Он молчал»`."""
    if not any(scene.words[i].text in OPENING for i in range(first, last)):
        return last
    end = scene.words[last - 1].end
    for region in scene.regions_near(scene.words[first].start, end):
        if region.start > scene.words[first].end and region.start < end < region.end:
            return scene.sentence(scene.word_range(0, region.stop)[1] - 1)[1]
    return last


def _around(scene: Scene, first: int, start: int, stop: int, last: int) -> list[tuple[int, int]]:
    """What stands before and behind an insertion, without the commas and stops at its edges.

    A conjunction right before the insertion opens a clause of its own: `…, потому что, по словам X, кончился газ`.
    """
    before, behind = _bare(scene, first, start), _bare(scene, stop, _before_relay(scene, stop, last))
    if before[1] > before[0] and behind[1] > behind[0] and _opens_clause(scene, before[1] - 1):
        before = (before[1], before[1])
    return [piece for piece in (before, behind) if piece[1] - piece[0] >= 1]


def _opens_clause(scene: Scene, i: int) -> bool:
    word = scene.words[i]
    return word.norm in CONJUNCTIONS or word.lemma in ("который", "где", "и", "а", "но", "как", "поскольку", "хотя", "однако") and word.pos != "NOUN"


def _before_relay(scene: Scene, start: int, last: int) -> int:
    """Where `…, передаёт ТАСС` begins at the end of a sentence; the sentence's end if there is none."""
    words = scene.words
    for i in range(last - 1, max(start + 1, last - 9), -1):
        site = scene.cue_at[i]
        if site is not None and site.start == i and words[i - 1].text == "," and "p" in site.entry.frames and site.entry.pos == "VERB":
            source = source_of(scene, site)
            if source is not None and source.start > i and source.stop >= last - 1:
                return i - 1
    return last


def _bare(scene: Scene, start: int, stop: int) -> tuple[int, int]:
    words = scene.words
    while start < stop and (words[start].text in (",", ":", ".", ")") or words[start].text in DASHES):
        start += 1
    while stop > start and (words[stop - 1].text in (",", ":", "(", ".", ";") or words[stop - 1].text in DASHES):
        stop -= 1
    return start, stop


def _without_stop(scene: Scene, start: int, stop: int) -> int:
    return max(_bare(scene, start, stop)[1], start)


def _ends(scene: Scene, i: int) -> bool:
    return scene.words[i].text in (".", "!", "?", "…", ";")


def _described(scene: Scene, construction: str, pieces: list[tuple[int, int]], site: CueSite) -> Report:
    """The candidate with its features."""
    words, verb = scene.words, scene.words[site.word]
    source = source_of(scene, site) or _dropped(scene, site)
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
        "finite verb in the content": float(any(_finite(scene, i) for start, stop in pieces for i in range(start, stop))),
        "first person": float(verb.feats.get("Person") == "1"),
        "second person": float(verb.feats.get("Person") == "2" or verb.feats.get("Mood") == "Imp"),
        f"form {verb.feats.get('VerbForm')}": 1.0,
        f"tense {verb.feats.get('Tense')}": 1.0,
        "passive": float(passive(verb)),
        "hypothetical": float(any(words[i].norm in HYPOTHETICAL or words[i].lemma in HYPOTHETICAL for i in range(max(first, site.word - 4), site.word))),
        "inside speech": float(scene.layer[site.word] >= 0),
        "no source": float(source is None),
        f"{construction}: no source": float(source is None),
        "question": float(words[last - 1].text == "?"),
    }
    features[f"{construction}: {_order(scene, site, source)}"] = 1.0
    features[f"{construction}: opens the sentence"] = float(site.start - first <= 1)
    if pieces and construction == "clause":
        opener = words[pieces[0][0] - 1] if words[pieces[0][0] - 1].norm in CONJUNCTIONS else words[pieces[0][0]]
        features[f"conjunction {opener.norm if opener.norm in CONJUNCTIONS else 'question'}"] = 1.0
        features[f"{site.entry.kind}: conjunction {opener.norm if opener.norm in CONJUNCTIONS else 'question'}"] = 1.0
    if source is not None:
        features[f"source by {source.by}"] = 1.0
        features.update(who(scene, source.head))
    return Report(construction, tuple(pieces), site, source, features)


def _dropped(scene: Scene, site: CueSite) -> Source | None:
    """`Мэр отменила парад. Пояснила, что …`: a past form at the start of its sentence has the subject of the sentence before."""
    verb = scene.words[site.word]
    first = scene.sentence(site.word)[0]
    if verb.feats.get("Tense") != "Past" or verb.number != "Sing" or site.start - first > 2 or not first or passive(verb):
        return None
    before = scene.sentence(first - 1)[0]
    for i in range(before, first):
        word, named = scene.words[i], scene.named_at[i]
        if word.dep == "nsubj" and named is not None and named.entity.type == "PER" and scene.layer[i] < 0:
            masculine = named.entity.gender == "masc"
            if named.entity.gender is None or (verb.gender == "Masc") == masculine:
                return phrase(scene, i, "dropped")
    return None


def _order(scene: Scene, site: CueSite, source: Source | None) -> str:
    """How cue, source and the sentence's end stand to each other, in words."""
    last = scene.sentence(site.word)[1]
    if source is None:
        order = "no source"
    elif source.start == site.stop:
        order = "source behind"
    else:
        order = "source before" if source.stop <= site.start else "source further on"
    comma = "comma, " if site.start and scene.words[site.start - 1].text == "," else ""
    ends = ", end" if (source.stop if source else site.stop) >= last - 1 else ""
    return f"{comma}{order}{ends}"


def certain(scene: Scene, report: Report) -> bool:
    """Whether a report is one by its form: somebody's finite verb of speech with a clause of its own, `по словам X`, `…, сообщил X.`"""
    site, features = report.site, report.features
    if site is None or report.source is None or any(features.get(name) for name in DOUBTS):
        return False
    if scene.words[site.word].feats.get("VerbForm") not in ("Fin", "Conv", None) or site.entry.kind not in SPEECH and "p" not in site.entry.frames:
        return False
    if report.construction == "clause":
        return any(features.get(f"conjunction {word}") for word in ("что", "будто"))
    if report.construction == "colon":
        return site.stop == report.pieces[0][0] - 1 and site.entry.kind == "say" and not scene.words[report.pieces[0][0]].capitalized
    if report.construction == "parenthesis":
        return bool(features.get("parenthesis: comma, source behind, end"))
    return report.construction == "as said" or site.entry.words[-1] in ("словам", "слов", "мнению", "из")


DOUBTS = ("negated", "first person", "second person", "hypothetical", "inside speech", "question", "passive")
SPEECH = frozenset({"say", "write", "answer"})


def extents(scene: Scene, report: Report) -> tuple[Extent, ...]:
    """The content as character offsets, without marks around all of it."""
    bare = [_inside_marks(scene, start, stop) for start, stop in report.pieces]
    return tuple(Extent(scene.words[start].start, scene.words[stop - 1].end) for start, stop in bare if stop > start)


def _inside_marks(scene: Scene, start: int, stop: int) -> tuple[int, int]:
    words = scene.words
    if stop - start > 2 and words[start].text in OPENING and words[stop - 1].text in CLOSING:
        if not any(words[i].text in OPENING or words[i].text in CLOSING for i in range(start + 1, stop - 1)):
            return start + 1, stop - 1
    return start, stop
