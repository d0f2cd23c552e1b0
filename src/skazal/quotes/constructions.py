"""The constructions of indirect speech, one function each: from a cue to the words that are reported.

A function answers with the name of its construction and the content as word ranges, or with None.
"""

from skazal import lexicon
from skazal.quotes.bounds import (
    CONJUNCTIONS,
    around,
    bare,
    ends,
    finite,
    predicate,
    sentence_of,
    without_stop,
)
from skazal.quotes.clause_ends import clause_end, spliced, turned
from skazal.quotes.cues import CueSite
from skazal.quotes.phrases import INFORMATION, SUBJECTS, Source, can_be_source
from skazal.quotes.scene import CLOSING, DASHES, OPENING, Scene
from skazal.quotes.sources import source_of
from skazal.quotes.subjects import fits

RUMOURS = lexicon.words("rumours")
QUESTIONS = lexicon.words("questions")
MODIFIED = 4
"""Words behind a comma among which the noun of an apposition stands: `крупнейшая частная газета края`."""
OFFICE = 14
"""Words that an office behind a name may have."""
LINK = 60
"""Words that an unresolved wiki link (`[http://… сообщает]`) may put before its text."""
BESIDES = frozenset({"кроме", "помимо", "более", "между", "вместе"})
COMPOUND = lexicon.words("before_as")
"""`после того, как …` is a clause of time."""
CLAUSE_REACH = 9
"""Words between a cue and the conjunction of its clause: `заявил журналистам в кулуарах форума, что`."""
DOCUMENT = 4
"""Words behind `следует из` among which the document stands."""
POINTERS = frozenset({"об", "о", "про"})
THESE = lexicon.words("these")
TAKEN_UP = lexicon.words("taken_up")
RULES = lexicon.words("rules")
PREPOSITIONAL = frozenset({"судя", "несмотря", "начиная", "включая", "исходя", "учитывая", "благодаря"})
"""Converbs that are prepositions: what they open is part of what is said."""
ANTECEDENTS = frozenset({"тот", "то", "весь", "каждый", "любой", "там", "туда"})
"""Words whose relative clause says who or what they are."""
REFERENCES = frozenset({"со ссылкой на", "ссылаясь на"})
EVENTS = tuple(sorted(lexicon.words("event_endings")))
EVENT_WORDS = 3
"""Words from which on `о` and a noun with its dependents state an event, not a topic."""
Found = tuple[str, list[tuple[int, int]]]
CLOSERS = frozenset({":", ";", ")"})


def according_to(scene: Scene, site: CueSite) -> Found | None:
    """`По словам X, …`, `…, по данным X, …`, `…, по мнению X`; `прогноз X, согласно которому …`."""
    if site.entry.pos != "PREP" or site.entry.lemma in REFERENCES or not _follows_from(scene, site):
        return None
    if _by_date(scene, site) or _by_rule(scene, site) or (site.start and scene.words[site.start - 1].lemma in THESE):
        return None
    source = source_of(scene, site)
    if source is None or (site.entry.lemma == "словами" and not _speaks(scene, source)):
        return None
    first, last = sentence_of(scene, site.start)
    if site.stop < last and scene.words[site.stop].lemma == "который":
        return "according to", around(scene, site.start, site.start, site.stop + 1, last)
    first = _behind_splice(scene, site, first)
    stop = _past_qualities(scene, source, _insertion_end(scene, source, max(source.stop, site.stop), last), last)
    return "according to", around(scene, first, site.start, stop, turned(scene, site, stop, last))


def _behind_splice(scene: Scene, site: CueSite, first: int) -> int:
    """Where the sentence of `X заявил, что …, по его словам, речь идёт о …` begins that `по его словам` reports."""
    for conjunction in range(first, site.start):
        if scene.words[conjunction].norm == "что" and spliced(scene, site, conjunction + 1, site.start) is not None:
            return site.start
    return first


def _by_rule(scene: Scene, site: CueSite) -> bool:
    """`согласно закону`, `согласно расписанию`: what is so by a rule, an agreement or a plan; nobody tells it."""
    behind = scene.words[site.stop : site.stop + MODIFIED]
    noun = next((word for word in behind if word.pos not in ("ADJ", "DET", "PRON", "NUM")), None)
    return site.entry.lemma == "согласно" and noun is not None and noun.lemma in RULES


def _by_date(scene: Scene, site: CueSite) -> bool:
    """`по данным на утро среды`: what was known when, not from whom."""
    behind = scene.words[site.stop : site.stop + 2]
    return len(behind) > 1 and behind[0].norm == "на" and behind[1].case != "Loc"


def _follows_from(scene: Scene, site: CueSite) -> bool:
    """`Вода чиста, следует из отчёта завода`: without `как`, what `следует из` a document and stands behind a comma."""
    if site.entry.words[-1] != "из" or site.entry.words[0] == "как":
        return True
    behind = (scene.words[i].lemma for i in range(site.stop, min(site.stop + DOCUMENT, len(scene.words))))
    known = any(lemma in INFORMATION or _is_document(lemma) for lemma in behind)
    return known and site.start > 0 and scene.words[site.start - 1].text == ","


def _is_document(lemma: str) -> bool:
    role = lexicon.roles().get(lemma)
    return role is not None and role.kind == "document"


def _speaks(scene: Scene, source: Source) -> bool:
    """Whether words can be a source's: `словами мэра`, not `словами благодарности`."""
    return source.by == "possessive" or can_be_source(scene, source.head)


def _insertion_end(scene: Scene, source: Source, start: int, last: int) -> int:
    """The comma that closes `по словам X`; where the author left it out, the end of the source."""
    words = scene.words
    for stop in range(start, last):
        if words[stop].text in (",", ")") or ends(scene, stop):
            return stop
        if words[stop].text in DASHES and stop + 1 < last and words[stop + 1].norm == "это":
            return stop
        subject = words[stop].dep in ("nsubj", "nsubj:pass") and words[stop].case == "Nom"
        if subject or words[stop].pos in ("VERB", "AUX") or stop - source.stop > OFFICE:
            return start
    return last


def as_said(scene: Scene, site: CueSite) -> Found | None:
    """`Как отметил X, …`, `…, как пояснили в МВД, …`."""
    if site.entry.pos not in ("VERB", "PRED", "VPHRASE") or not _parenthetical(site):
        return None
    first, last = sentence_of(scene, site.start)
    start = next(
        (i for i in range(site.start, max(first - 1, site.start - 8), -1) if scene.words[i].norm == "как"), None
    )
    if start is None or (start > first and scene.words[start - 1].text not in (",", *DASHES, "(", "«", '"')):
        return None
    if any(scene.words[i].text == "," for i in range(start, site.start)) or (
        start > first + 1 and (_compound(scene, start - 2) or _is_asked(scene, start - 2))
    ):
        return None
    stop = _past_name(scene, site, last)
    while stop < last and scene.words[stop].text not in (",", *DASHES, ":", ")") and not ends(scene, stop):
        stop += 1
    stop = _past_source(scene, site, stop, last)
    return "as said", around(scene, first, start, stop, turned(scene, site, stop, last))


def _past_name(scene: Scene, site: CueSite, last: int) -> int:
    """Past a name in marks right behind a cue, whatever stands in it: `сообщает «Край — север»`, `пишет «Лента.ру»`."""
    words = scene.words
    if site.stop + 1 >= last or words[site.stop].text not in OPENING:
        return site.stop
    named = scene.named_at[site.stop + 1]
    stop = scene.word_range(0, named.mention.end)[1] if named is not None else site.stop
    return min(stop, last)


def _compound(scene: Scene, i: int) -> bool:
    """`после того, как …`, but not `кроме того, как …`."""
    return scene.words[i].norm in COMPOUND and scene.words[i - 1].norm not in BESIDES


def _is_asked(scene: Scene, i: int) -> bool:
    """`рассказал, как …`, `на вопрос, как …`: what follows is an indirect question."""
    site = scene.cue_at[i]
    return site is not None and "c" in site.entry.frames and (site.entry.pos == "VERB" or site.entry.kind == "ask")


def _past_source(scene: Scene, site: CueSite, stop: int, last: int) -> int:
    """A source in apposition between commas belongs to the insertion: `Как сообщил глава района, Иван Петров, …`."""
    source = source_of(scene, site)
    if source is None:
        return stop
    if source.start < stop:
        stop = max(stop, min(source.stop, last))
    return _past_qualities(scene, source, stop, last)


def _past_qualities(scene: Scene, source: Source, stop: int, last: int) -> int:
    """What is said of the source behind it between commas: its office, then a relative or participial clause, then in
    which act it speaks.
    """
    adjoins = all(word.text in CLOSING for word in scene.words[source.stop : stop]) and source.stop <= stop
    past = _past_office(scene, source, stop, last) if adjoins else stop
    past = _past_relative(scene, source, past, last)
    return _past_act(scene, past, last)


def _past_act(scene: Scene, stop: int, last: int) -> int:
    """`Как сообщает «Заря», ссылаясь на мэрию, …`, `Как заявил мэр, выступая в порту, …`: a converb behind it."""
    words = scene.words
    if stop + 2 >= last or words[stop].text != ",":
        return stop
    reference = [word.norm for word in words[stop + 1 : stop + 4]] == ["со", "ссылкой", "на"]
    act = words[stop + 1].feats.get("VerbForm") == "Conv" and words[stop + 1].norm not in PREPOSITIONAL
    if not reference and not act:
        return stop
    comma = next((i for i in range(stop + 2, last) if words[i].text == ","), None)
    if comma is None or words[min(comma + 1, last - 1)].norm in CONJUNCTIONS:
        return stop
    return comma if any(predicate(scene, i) for i in range(comma, last)) else stop


def _past_relative(scene: Scene, source: Source, stop: int, last: int) -> int:
    """`По словам мэра, который вернулся из отпуска, …`, `Согласно отчёту, посвящённому рекам, …`, `По словам
    источника, знакомого с делом, …`; not `Как сообщают газеты, потерпевший крушение паром затонул`.
    """
    words = scene.words
    opener = stop + 2 if stop + 2 < last and words[stop + 1].pos == "ADP" else stop + 1
    if opener + 1 >= last or words[stop].text != ",":
        return stop
    relative = words[opener].lemma == "который"
    behind = words[opener].head < stop and words[opener].dep in ("acl", "amod")
    adjective = words[opener].pos == "ADJ" and words[opener + 1].pos == "ADP"
    participle = behind and (adjective or words[opener].feats.get("VerbForm") == "Part")
    if not relative and not participle:
        return stop
    told = participle
    for i in range(opener + 1, last):
        told = told or predicate(scene, i)
        if words[i].text == "," and told:
            return i if any(predicate(scene, j) for j in range(i + 1, last)) else stop
    return stop


def _past_office(scene: Scene, source: Source, stop: int, last: int) -> int:
    """`Как отметил Сергей Ким, председатель совета директоров, …`, `Как передаёт «Заря», крупнейшая газета края, …`:
    who or what the source is stands behind the name; not `Как передаёт «Заря», водитель, сбивший лося, задержан`.
    """
    words = scene.words
    noun = next((i for i in range(stop + 1, min(stop + MODIFIED, last)) if words[i].pos != "ADJ"), None)
    if noun is None or words[stop].text != "," or words[noun].pos != "NOUN":
        return stop
    role, above = lexicon.find_role(words[noun].lemma), words[words[noun].head]
    subject = words[noun].dep in SUBJECTS and above.i > noun and fits(above, words[noun])
    if role is None or words[noun].case != words[source.head].case or subject:
        return stop
    if (role.kind == "org") != _is_body(scene, source):
        return stop
    comma = next((i for i in range(noun + 1, min(last, stop + OFFICE)) if words[i].text == ","), None)
    if comma is None or any(predicate(scene, i) for i in range(stop + 1, comma)):
        return stop
    return comma if any(predicate(scene, i) for i in range(comma, last)) else stop


def _is_body(scene: Scene, source: Source) -> bool:
    """Whether a source is an outlet, an authority or a company, not a person."""
    named, role = scene.named_at[source.head], lexicon.find_role(scene.words[source.head].lemma)
    return named.entity.type == "ORG" if named is not None else role is not None and role.kind == "org"


def clause(scene: Scene, site: CueSite) -> Found | None:
    """`X заявил, что …`, `спросил, когда …`, `слова X о том, что …`."""
    if "c" not in site.entry.frames:
        return None
    _, last = sentence_of(scene, site.start)
    conjunction = _conjunction(scene, site, last)
    if conjunction is None:
        return None
    start = conjunction + 1 if scene.words[conjunction].norm in CONJUNCTIONS else conjunction
    return "clause", [bare(scene, start, clause_end(scene, site, start, last))]


def _conjunction(scene: Scene, site: CueSite, last: int) -> int | None:
    """The word that opens the clause of a cue: after a comma, hung on the cue or near it."""
    words = scene.words
    for i in range(site.stop, min(last, site.stop + CLAUSE_REACH + 8)):
        if words[i].norm == "что" and words[i - 1].norm in ("и", "а", "но") and _in_content(scene, site):
            return None
        bare = words[i].norm == "что" and words[i].pos == "SCONJ" and i - site.stop <= CLAUSE_REACH
        if bare or (
            words[i - 1].text == ","
            and (words[i].norm in CONJUNCTIONS or words[i].norm in QUESTIONS or _asks(scene, i, last))
        ):
            if any(words[j].lemma in RUMOURS for j in range(site.stop, i)) or _relative(scene, i):
                return None
            if _denied(scene, site, i) or _left_open(scene, site, i):
                return None
            near = i - site.stop <= CLAUSE_REACH
            clause = words[words[i].head]
            hangs = clause.head in (site.word, site.start) or words[clause.head].norm in (
                "том",
                "то",
                "этом",
                "тому",
                "тем",
            )
            return i if near or hangs else None
        if words[i].text in (";", ":", *DASHES) or (
            i > site.stop and scene.cue_at[i] is not None and words[i].pos == "VERB" and _takes_over(scene, i)
        ):
            return None
    return None


def _relative(scene: Scene, i: int) -> bool:
    """`всем тем, кто приходит`, `тех, чей дом сгорел`, `повторил то, что говорил раньше`: a relative clause."""
    words = scene.words
    antecedent = words[i - 2] if i > 1 and words[i - 1].text == "," else None
    if antecedent is None or words[i].pos not in ("PRON", "DET", "ADV") or antecedent.lemma not in ANTECEDENTS:
        return False
    about = i > 2 and words[i - 3].pos == "ADP" and antecedent.number == "Sing"
    return not about


def _denied(scene: Scene, site: CueSite, i: int) -> bool:
    """`опроверг сообщения о том, что …`: who denies what others tell is not who tells it, and they are not named."""
    words = scene.words
    if site.entry.pos == "NOUN":
        above = scene.cue_at[words[site.word].head]
        return above is not None and above.entry.stance == "denying" and words[site.word].head < site.word
    return site.entry.stance == "denying" and any(words[j].lemma in INFORMATION for j in range(site.stop, i))


def _left_open(scene: Scene, site: CueSite, i: int) -> bool:
    """`не пояснил, что имеет в виду`, `не уточнил, когда вернётся`: a question that was not answered."""
    asks = scene.words[i].norm in QUESTIONS or (scene.words[i].norm == "что" and scene.words[i].pos == "PRON")
    return site.negated and asks and "negated" not in site.entry.note


def _takes_over(scene: Scene, i: int) -> bool:
    """Whether a cue behind another one has the clause for itself: `отверг слова мэра, заявив, что …`."""
    return finite(scene, i) or scene.words[i].feats.get("VerbForm") == "Conv"


def _in_content(scene: Scene, site: CueSite) -> bool:
    """Whether a `что` stands before the cue: `и что` behind it then goes on with that clause."""
    return any(scene.words[i].norm == "что" for i in range(scene.sentence(site.word)[0], site.start))


def _asks(scene: Scene, i: int, last: int) -> bool:
    """`спросил, будет ли …`, `уточнил, не жалко ли …`."""
    asked = i + 2 if scene.words[i].norm == "не" else i + 1
    return asked < last and scene.words[asked].norm == "ли"


def _parenthetical(site: CueSite) -> bool:
    return "p" in site.entry.frames


def parenthesis(scene: Scene, site: CueSite) -> Found | None:
    """`…, считает X.`, `…, сообщает РИА`, `Пешеходам, добавил мэр, оставят проход`."""
    if site.entry.pos not in ("VERB", "PRED", "VPHRASE") or not _parenthetical(site):
        return None
    words = scene.words
    first, last = sentence_of(scene, site.start)
    comma = None if _done_to_something(scene, site) else _opening_comma(scene, site, first)
    if comma is None or _takes_pointer(scene, site, first, last):
        return None
    stop = _past_name(scene, site, last)
    while stop < last and words[stop].text != "," and not ends(scene, stop) and words[stop].text not in DASHES:
        stop += 1
    stop = _past_source(scene, site, stop, last)
    inside = stop < last - 2 and words[stop].text == "," and _goes_on(scene, first, comma, stop, last)
    pieces = around(scene, first, comma, stop, last) if inside else [(_past_subject(scene, first, comma), comma)]
    return ("parenthesis", pieces) if any(says_something(scene, *piece) for piece in pieces) else None


def _past_subject(scene: Scene, first: int, comma: int) -> int:
    """`О том, что мост закроют, сообщил X`, `Слова о том, что …, подтвердил X`: the clause is what is reported."""
    words = scene.words
    for i in range(first, min(first + 4, comma - 3)):
        if [word.norm for word in words[i : i + 4]] == ["о", "том", ",", "что"]:
            return i + 4
    return first


def says_something(scene: Scene, start: int, stop: int) -> bool:
    """Whether words are more than a noun phrase: a predicate, an infinitive, a dash, a denial, a word like `нужно`."""
    words = scene.words[start:stop]
    if any(predicate(scene, i) for i in range(start, stop)):
        return True
    return any(
        word.feats.get("VerbForm") == "Inf"
        or word.text in DASHES
        or word.norm in ("нет", "не", "это")
        or word.pos in ("VERB", "AUX", "ADV")
        for word in words
    )


def before_speech(scene: Scene, site: CueSite) -> Found | None:
    """`Мост закроют осенью, считает мэр: «Опоры стары»`: the clause before the cue that introduces direct speech."""
    words, source = scene.words, source_of(scene, site)
    if source is None or source.start < site.stop or not site.start or words[site.start - 1].text != ",":
        return None
    first = sentence_of(scene, site.start)[0]
    speech = next((i for i in range(source.stop, len(words)) if words[i].text in (":", ",", *DASHES)), None)
    clause = first < site.start - 1 and any(predicate(scene, i) for i in range(first, site.start - 1))
    if not clause or speech is None or words[speech].text != ":":
        return None
    return parenthesis(scene, site)


def _opening_comma(scene: Scene, site: CueSite, first: int) -> int | None:
    """The comma or dash before the cue, with at most the source in front of the cue."""
    words = scene.words
    bracket = next((i for i in range(site.start - 1, max(first, site.start - LINK), -1) if words[i].text == "["), None)
    if (
        bracket is not None
        and bracket > first
        and words[bracket - 1].text == ","
        and words[bracket + 1].norm.startswith("http")
    ):
        return bracket - 1
    dash = site.start - 1
    if dash > first + 1 and words[dash].text in DASHES and words[dash - 1].pos != "PUNCT" and _says(scene, site):
        return dash
    if (pointer := _points_beside(scene, site, first)) is not None:
        return pointer
    for i in range(site.start - 1, max(first, site.start - 8), -1):
        if words[i].text == "," or (words[i].text in DASHES and words[i - 1].text in (",", *CLOSING)):
            between = words[i + 1 : site.start]
            free = all(
                word.pos in ("NOUN", "PROPN", "ADJ", "ADV", "PRON", "DET", "ADP", "PART", "PUNCT") for word in between
            )
            relative = any(word.lemma == "который" for word in between)
            joined = relative or (between and between[0].norm in CONJUNCTIONS | QUESTIONS | {"и", "а", "но"})
            comma = i - 1 if words[i].text in DASHES else i
            return comma if free and not joined else None
        if words[i].pos == "VERB" or words[i].text in (";", ":"):
            return None
    return None


def _points_beside(scene: Scene, site: CueSite, first: int) -> int | None:
    """The comma, colon or dash of `Завод закроют, об этом со ссылкой на мэрию сообщила газета`."""
    words = scene.words
    for i in range(site.start - 2, max(first, site.start - OFFICE), -1):
        if predicate(scene, i):
            return None
        if words[i].norm == "об" and words[i + 1].norm == "этом":
            return i - 1 if i > first and words[i - 1].text in (",", ":", *DASHES) else None
    return None


def _says(scene: Scene, site: CueSite) -> bool:
    """A finite verb of saying that comes before its subject: `Паром застрял — сообщил капитан`."""
    source = (
        source_of(scene, site) if finite(scene, site.word) and site.entry.kind in ("say", "write", "relay") else None
    )
    return source is not None and source.start >= site.stop


def _done_to_something(scene: Scene, site: CueSite) -> bool:
    """`Дело, начатое зимой, передано в суд`: a short participle with a subject tells what was done, not said."""
    verb = scene.words[site.word]
    done = verb.feats.get("VerbForm") == "Part"
    return done and any(scene.words[child].dep in SUBJECTS for child in verb.children)


def _takes_pointer(scene: Scene, site: CueSite, first: int, last: int) -> bool:
    """`Об этом, сообщает «Заря», заявил X`, `Об этом в среду, 3 мая, заявил X`: whether the cue is the verb of the
    pointer that opens its sentence, or what stands before it says nothing but who said it.
    """
    if not _points_back(scene, first):
        return False
    verbs = [other for other in scene.cues_in(first, last) if other.entry.pos == "VERB"]
    own = [other for other in verbs if not opens_insertion(scene, other)]
    governed = [other for other in verbs if scene.words[first + 1].head == other.word]
    nothing_else = not any(predicate(scene, i) for i in range(first, site.start))
    if _takes_up(scene, first):
        return any(_opens_with(scene, first, other) for other in verbs)
    return site == (own or governed or verbs)[0] or nothing_else


def opens_insertion(scene: Scene, site: CueSite) -> bool:
    """Whether a comma or `как` stands right before a cue: `, сообщает «Заря»`, `, как сообщает «Заря»`."""
    before = scene.words[site.start - 1] if site.start else None
    return before is not None and (before.text == "," or before.norm == "как")


def _goes_on(scene: Scene, first: int, comma: int, stop: int, last: int) -> bool:
    """Whether the reported sentence goes on behind the parenthesis: there is a predicate that belongs to it."""
    left = any(predicate(scene, i) for i in range(first, comma))
    right = any(predicate(scene, i) for i in range(stop, last))
    if not left:
        return True
    following = scene.words[stop + 1]
    taken = following.lemma == "который" or following.feats.get("VerbForm") == "Conv" or following.norm == "передает"
    return right and not taken


def pointed_at(scene: Scene, site: CueSite) -> Found | None:
    """`Об этом сообщил X.`, `Адвокат рассказал об этом газете.`, `Эту информацию подтвердили в МВД.`: the sentence
    before.
    """
    first, last = sentence_of(scene, site.start)
    if site.entry.pos not in ("VERB", "VPHRASE") or first == 0 or site.start - first > 12:
        return None
    taken_up = site.word < last - 1 and _takes_up(scene, first)
    if not (site.entry.frames & {"c", "o"} if not taken_up else _opens_with(scene, first, site)):
        return None
    pointer = next((i for i in range(first, min(last - 1, site.stop + 4)) if _points_back(scene, i)), None)
    if pointer is None or (pointer > first + 3 and pointer < site.start):
        return None
    start, stop = scene.sentence(first - 1)
    told = any(predicate(scene, i) for i in range(start, stop))
    if site.entry.stance == "denying" or not told or any(layer >= 0 for layer in scene.layer[start:stop]):
        return None
    return "pointed at", [(start, without_stop(scene, start, stop))]


def _opens_with(scene: Scene, first: int, site: CueSite) -> bool:
    """Whether a cue is the verb of the object that opens its sentence."""
    noun = first + 2 if scene.words[first].norm == "с" else first + 1
    return scene.words[noun].head == site.word


def _points_back(scene: Scene, i: int) -> bool:
    word, following = scene.words[i], scene.words[i + 1]
    about = word.norm in POINTERS and following.norm in ("этом", "это", "том", "случившемся", "произошедшем")
    relative = i + 2 < len(scene.words) and scene.words[i + 2].text == "," and following.norm == "том"
    information = word.lemma in THESE and following.lemma in ("информация", "сведение", "данные")
    return (about and not relative) or (information and following.case in ("Acc", "Nom")) or _takes_up(scene, i)


def _takes_up(scene: Scene, i: int) -> bool:
    """`Такое мнение высказал X`, `Соответствующие меры назвала X`, `С таким предложением выступил X`: an object that
    takes up the sentence before.
    """
    words = scene.words
    noun = i + 2 if words[i].norm == "с" else i + 1
    if noun >= len(words) or words[noun - 1].lemma not in THESE or words[noun].pos != "NOUN":
        return False
    told = words[noun].lemma in INFORMATION | TAKEN_UP or words[noun - 1].lemma == "соответствующий"
    governed = words[noun].dep in ("obj", "obl", "iobj") and words[noun].head > noun
    return told and governed and scene.sentence(i)[0] == i


def colon(scene: Scene, site: CueSite) -> Found | None:
    """`Тренер уверен: команда не подведёт`."""
    if not site.entry.frames & {"c", "d"} or site.entry.pos == "PREP":
        return None
    _, last = sentence_of(scene, site.start)
    words = scene.words
    colon = next((i for i in range(site.stop, min(last, site.stop + CLAUSE_REACH)) if words[i].text == ":"), None)
    if (
        colon is None
        or colon + 2 >= last
        or words[colon + 1].text in OPENING
        or words[colon + 1].text in DASHES
        or words[colon + 1].text == "'"
    ):
        return None
    if scene.line_at[colon] != scene.line_at[colon + 1]:
        return None
    return "colon", [(colon + 1, without_stop(scene, colon + 1, last))]


def event(scene: Scene, site: CueSite) -> Found | None:
    """`сообщил о гибели двух рыбаков в устье реки`: a noun of action that states a whole event with its
    participants.
    """
    words = scene.words
    if "o" not in site.entry.frames or site.entry.pos != "VERB":
        return None
    _, last = sentence_of(scene, site.start)
    held = any(scene.words[child].dep == "obj" for child in scene.words[site.word].children)
    if held and site.entry.kind in ("relay", "publish"):
        return None
    preposition = next(
        (i for i in range(site.stop, min(last - 1, site.stop + CLAUSE_REACH)) if words[i].norm in ("о", "об")), None
    )
    if preposition is None or any(
        words[i].text == "," or words[i].pos == "VERB" for i in range(site.stop, preposition)
    ):
        return None
    noun = next((i for i in range(preposition + 1, min(last, preposition + 5)) if words[i].pos == "NOUN"), None)
    if noun is None or not words[noun].lemma.endswith(EVENTS):
        return None
    if any(words[i].text == "," for i in range(preposition + 1, noun)):
        return None
    stop = noun + 1
    while (
        stop < last
        and words[stop].text not in CLOSERS
        and not ends(scene, stop)
        and not (words[stop].text == "," and _closes_event(scene, noun, stop))
    ):
        stop += 1
    stop = _before_next_verb(scene, site, noun, stop)
    return ("event", [(preposition + 1, stop)]) if stop - preposition > EVENT_WORDS else None


def _before_next_verb(scene: Scene, site: CueSite, noun: int, stop: int) -> int:
    """`объявил об уходе с поста и улетел`: the event ends where another verb is joined to the cue."""
    words = scene.words
    for i in range(noun + 1, stop):
        if finite(scene, i) and words[i].dep == "conj" and words[i].head == site.word:
            return next((j for j in range(i - 1, noun, -1) if words[j].norm in ("и", "а", "но")), stop)
    return stop


def _closes_event(scene: Scene, noun: int, comma: int) -> bool:
    """Whether the narrator goes on behind a comma: what follows does not hang on the event."""
    words = scene.words
    following = next(
        (i for i in range(comma + 1, min(comma + 6, len(words))) if words[i].pos not in ("PUNCT", "ADP", "ADV")), None
    )
    while following is not None and words[following].head != following:
        if noun <= words[following].head < comma:
            return False
        following = words[following].head
    return True
