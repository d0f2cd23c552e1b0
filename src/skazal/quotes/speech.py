"""Speech or not: features that a person can read, weighed by a logistic model (`models/speech`)."""

from collections.abc import Sequence

from skazal import lexicon
from skazal.quotes.attachments import SUCH, Attachment, cried, put_to
from skazal.quotes.cues import CueSite
from skazal.quotes.fragments import is_told, may_be_instrumental
from skazal.quotes.scene import CLOSING, DASHES, OPENING, Scene
from skazal.quotes.utterances import Utterance, is_predicate, tells
from skazal.words import Word

LENGTHS = (1, 2, 3, 5, 8, 13)
FIRST_PERSON = lexicon.words("first_person") | lexicon.words("second_person")
CONJUNCTIONS = frozenset({"что", "как", "чтобы", "будто"})
FRAGMENT, VERY_NEAR = 6, 3
"""Words between a cue and the fragment it may govern."""
JUDGED = 9
"""The same where the form shows that the fragment is the judgement: `назвал итоги встречи в столице «провальными»`."""
HOLDING = frozenset({"считать", "посчитать", "счесть"})
"""Verbs that judge by an instrumental: `посчитал спор «неуместным»`."""
CLOSE = 4
"""Words between a dash or colon and its cue in the constructions that are speech by their form."""
NAMING = lexicon.words("naming")
"""Verbs that give a name or a nickname."""
CAPTION = 15
"""Words that the speaker's name and office may have behind a dash without a verb."""
SPEAKING = frozenset({"office", "profession", "member", "source"})
"""Kinds of roles whose bearers a headline quotes."""
OUTCRIES = lexicon.words("outcries")
NAMED = lexicon.words("named")
NAMED_NEAR = 4
"""Words before the marks among which a word of naming or meaning stands."""
LISTED = 12
"""Words that one of several in marks, or the brackets behind it, may have."""
LISTS = 300
"""Words of a list of several in marks at most: a text may be one list without an end."""
STRONG = ("inside", "behind dash", "behind comma", "before colon", "label")


def describe(scene: Scene, utterance: Utterance, places: Sequence[Attachment]) -> dict[str, float]:
    """Features of an utterance by name; absent ones are 0."""
    found = {f"frame {utterance.frame}": 1.0}
    found.update(_inside(scene, utterance))
    found.update(_outside(scene, utterance))
    found.update(_cues(scene, utterance, places))
    return found


def certain(scene: Scene, utterance: Utterance, places: Sequence[Attachment]) -> bool:
    """Whether an utterance is speech by its form: replies, transcripts, and marks with a cue at the place made for
    it.
    """
    if utterance.frame in ("dialogue", "transcript", "question", "answer"):
        return True
    if any(form(scene, utterance) for form in ALONE):
        return True
    return any(_placed(scene, utterance, place) for place in places)


def _placed(scene: Scene, utterance: Utterance, place: Attachment) -> bool:
    """Whether the words at a place of attribution make an utterance speech."""
    if place.sieve == "pointed at" and place.site and _fills_sentence(scene, utterance):
        return True
    if place.sieve == "inside" and place.site is None:
        return True
    if place.sieve == "behind dash" and place.site is not None and scene.words[place.start].lemma in SUCH:
        return True
    if place.sieve == "behind dash, no verb" and _captioned(scene, utterance, place):
        return True
    if place.site is not None and tells(scene, place.site) and _made_for_it(scene, utterance, place):
        return True
    return any(form(scene, utterance, place) for form in (_headlined, _heading, _judged, _deed))


def _goes_on(scene: Scene, utterance: Utterance) -> bool:
    """`«A», — говорит X. «B».`: a second pair of marks that is a sentence of its own behind the author's words."""
    first = scene.sentence(utterance.start)[0]
    if utterance.frame != "marks" or not first or not _fills_sentence(scene, utterance):
        return False
    before = scene.sentence(first - 1)
    near = scene.regions_near(scene.words[before[0]].start, scene.words[before[1] - 1].end)
    closed = [scene.word_range(0, region.stop)[1] for region in near if region.stop <= scene.words[first - 1].end]
    own_line = scene.line_at[before[0]] == scene.line_at[utterance.start]
    said = closed and scene.words[closed[-1]].text in (",", *DASHES, "!", "?", "…")
    told = any(tells(scene, site) for site in scene.cues_in(closed[-1], first)) if closed else False
    return own_line and bool(said) and told and scene.words[utterance.pieces[0][0]].capitalized


def _deed(scene: Scene, utterance: Utterance, place: Attachment) -> bool:
    """`«Посмотрим!» — не сдаётся X`, `X в долгу не осталась: «Пой молча».`: a person does something beside a sentence
    in marks.
    """
    words = scene.words
    if place.site is not None or utterance.frame != "marks" or not words[utterance.pieces[0][0]].capitalized:
        return False
    if place.sieve == "behind dash":
        verb = next((i for i in range(place.start, min(place.start + 2, place.stop)) if _acts(words[i])), None)
        return verb is not None and _clause_of_its_own(scene, utterance) and _by_person(scene, verb, place)
    if place.sieve != "before colon" or scene.line_at[place.stop - 1] != scene.line_at[utterance.start]:
        return False
    verb = next((i for i in range(place.stop - 1, place.start, -1) if _acts(words[i])), None)
    ends = all(words[i].text in "'.!?…" for i in range(utterance.stop, scene.sentence(utterance.stop - 1)[1]))
    titled = words[place.stop - 1].lemma in lexicon.title_nouns()
    return (
        verb is not None and ends and not titled and _alone_inside(scene, utterance) and _by_person(scene, verb, place)
    )


def _acts(word: Word) -> bool:
    return word.feats.get("VerbForm") == "Fin" and word.feats.get("Person") not in ("1", "2")


def _clause_of_its_own(scene: Scene, utterance: Utterance) -> bool:
    """Whether the utterance opens its sentence and is a clause."""
    first = scene.sentence(utterance.start)[0]
    return utterance.start - first <= 1 and _alone_inside(scene, utterance)


def _alone_inside(scene: Scene, utterance: Utterance) -> bool:
    """Whether there is a predicate in the utterance, or a mark of exclamation or question ends it."""
    words = [scene.words[i] for first, last in utterance.pieces for i in range(first, last)]
    return words[-1].text[-1] in "!?" or any(is_predicate(word) for word in words)


def _by_person(scene: Scene, verb: int, place: Attachment) -> bool:
    """Whether a person is the subject of the verb at word `verb`."""
    for child in scene.words[verb].children:
        named = scene.named_at[child]
        person = named.entity.type == "PER" if named is not None else scene.words[child].feats.get("Animacy") == "Anim"
        who = person or scene.words[child].norm in ("он", "она")
        if scene.words[child].dep == "nsubj" and who and place.start <= child < place.stop:
            return True
    return False


def _alone(scene: Scene, utterance: Utterance) -> bool:
    """Marks around a whole sentence with a finite verb: `«Железо надо слышать»`."""
    said = [scene.words[i] for first, last in utterance.pieces for i in range(first, last)]
    predicate = any(is_predicate(word) for word in said)
    whole = len(said) > 1 or said[0].feats.get("Person") in ("1", "2")
    follows = scene.sentence(utterance.start)[0] > 0
    return follows and whole and said[0].capitalized and predicate and _fills_sentence(scene, utterance)


def _fills_sentence(scene: Scene, utterance: Utterance) -> bool:
    """Whether nothing but dashes and stops stands in the utterance's sentence beside it."""
    first, last = scene.sentence(utterance.start)[0], scene.sentence(utterance.stop - 1)[1]
    opens = all(scene.words[i].text in "'—–-" for i in range(first, utterance.start))
    return opens and all(scene.words[i].text in "'.!?…" for i in range(utterance.stop, last))


def _headlined(scene: Scene, utterance: Utterance, place: Attachment) -> bool:
    """`Врач о прививках: «Хуже не будет»`: somebody who can speak at the beginning of the line, a colon, a clause; in
    the first line of the text any words.
    """
    first, last = scene.line(utterance.start)
    if place.sieve != "before colon, no verb" or place.start != first or place.stop - place.start > CAPTION:
        return False
    head = next((i for i in range(place.start, place.stop) if scene.words[i].pos in ("NOUN", "PROPN")), None)
    if head is None or scene.words[head].case not in ("Nom", None):
        return False
    named, role = scene.named_at[head], lexicon.find_role(scene.words[head].lemma)
    speaks = (named is not None and named.entity.type == "PER") or (role is not None and role.kind in SPEAKING)
    words = [scene.words[i] for start, stop in utterance.pieces for i in range(start, stop)]
    headline = first == 0 and len(scene.lines) > 1 and utterance.stop >= last
    clause = headline or words[-1].text[-1] in "!?" or any(is_predicate(word) for word in words)
    return speaks and clause and words[0].capitalized and len(words) > 1


def _heading(scene: Scene, utterance: Utterance, place: Attachment) -> bool:
    """`«Поезда не отменят»: глава дороги успокоил дачников` as the first line: a clause in marks, a colon, a verb of
    saying.
    """
    heads = place.sieve == "behind" and scene.line(utterance.start) == scene.lines[0] and len(scene.lines) > 1
    tells_it = place.site is not None and place.site.entry.pos == "VERB" and scene.words[place.start].text == ":"
    return heads and tells_it and _clause_of_its_own(scene, utterance)


def _cried(scene: Scene, utterance: Utterance) -> bool:
    """`крикнул «Огонь!»`, `с криками «Позор!»`, `под лозунгом «Нет войне»`: a verb of voice or a noun for what is
    called out right before the marks, without a colon.
    """
    words, before = scene.words, utterance.start - 1
    if cried(scene, utterance) or put_to(scene, utterance) is not None:
        return True
    if before < 1 or utterance.frame != "marks" or not words[utterance.pieces[0][0]].capitalized:
        return False
    before = _before_list(scene, utterance, before)
    if words[before].text == ":" and before:
        site = scene.cue_at[before - 1]
        return site is not None and site.entry.kind == "voice"
    return words[before].lemma in OUTCRIES and (words[before].case == "Ins" or words[before].number == "Plur")


def _judged(scene: Scene, utterance: Utterance, place: Attachment) -> bool:
    """`назвал решение «позорным»`: a fragment in small letters behind a verb of judgement that somebody passes once."""
    site = place.site
    if site is None or place.sieve not in ("governs", "left") or "m" not in site.entry.frames:
        return False
    words, first = scene.words, scene.words[utterance.pieces[0][0]]
    before = words[utterance.start - 1]
    instrumental = may_be_instrumental(first) and before.pos != "ADP"
    predicate = instrumental or before.lemma not in lexicon.title_nouns()
    near = utterance.start - site.stop <= (JUDGED if instrumental or before.norm == "как" else VERY_NEAR + 2)
    if first.capitalized or not near or not predicate:
        return False
    if site.entry.lemma in NAMING and not _by_one(scene, site.word):
        return False
    if site.entry.lemma in HOLDING:
        return instrumental
    once = words[site.word].feats.get("Aspect") == "Perf" or _by_one(scene, site.word)
    return site.entry.kind == "evaluate" and once


def _by_one(scene: Scene, verb: int) -> bool:
    """Whether the subject is one named person or a pronoun: `Она зовёт речь «пустой»`, not `Врачи называют это «…»`."""
    if scene.words[verb].number != "Sing":
        return False
    for child in scene.words[verb].children:
        named = scene.named_at[child]
        person = (named is not None and named.entity.type == "PER") or scene.words[child].norm in ("он", "она")
        if scene.words[child].dep == "nsubj" and person:
            return True
    return False


def _captioned(scene: Scene, utterance: Utterance, place: Attachment) -> bool:
    """`«Пенсии вырастут» — министр`: a clause in marks, a dash, and somebody who can speak to the end of the
    sentence.
    """
    head = next((i for i in range(place.start, place.stop) if scene.words[i].pos in ("NOUN", "PROPN")), None)
    if head is None or scene.words[head].case not in ("Nom", None):
        return False
    named, role = scene.named_at[head], lexicon.find_role(scene.words[head].lemma)
    speaks = (named is not None and named.entity.type == "PER") or (role is not None and role.kind in SPEAKING)
    clause = any(is_predicate(scene.words[i]) for first, last in utterance.pieces for i in range(first, last))
    judged = any(scene.words[i].norm == "это" for first, last in utterance.pieces for i in range(first, last))
    return speaks and (clause or judged) and place.stop - place.start <= CAPTION


def _made_for_it(scene: Scene, utterance: Utterance, place: Attachment) -> bool:
    site = place.site
    if site is None or scene.words[site.word].feats.get("VerbForm") not in ("Fin", "Conv", None):
        return False
    if place.sieve == "inside":
        return True
    if place.sieve == "behind dash":
        return site.start - place.start <= CLOSE and not _name_inside(scene, utterance, site)
    same_line = scene.line_at[place.stop - 1] == scene.line_at[utterance.start]
    near = place.stop - site.stop <= CLOSE or same_line
    capital = scene.words[utterance.pieces[0][0]].capitalized
    return (
        place.sieve == "before colon"
        and site.entry.pos in ("VERB", "VPHRASE")
        and near
        and capital
        and (same_line or utterance.frame == "block")
    )


def _name_inside(scene: Scene, utterance: Utterance, site: CueSite) -> bool:
    """A name in marks within a quote, a dash right behind it: `«Началась операция «Плёс» — бригада поддерживает …»`."""
    region = scene.regions[utterance.region] if utterance.region is not None else None
    dash = utterance.stop
    return (
        region is not None
        and region.parent is not None
        and dash + 1 < site.start
        and scene.words[dash].text in DASHES
        and not any(is_predicate(scene.words[i]) for first, last in utterance.pieces for i in range(first, last))
    )


def _listed(scene: Scene, utterance: Utterance) -> bool:
    """The first of several words in marks, without a verb: `клубы: «Заря», «Авангард»`."""
    words, behind = scene.words, utterance.stop
    verbs = any(words[i].pos in ("VERB", "AUX") for first, last in utterance.pieces for i in range(first, last))
    more = behind + 1 < len(words) and words[behind].text == "," and words[behind + 1].text in OPENING
    return more and not verbs and words[utterance.pieces[-1][1] - 1].text[-1] not in "!?"


def _inside(scene: Scene, utterance: Utterance) -> dict[str, float]:
    words = [
        scene.words[i] for first, last in utterance.pieces for i in range(first, last) if scene.words[i].pos != "PUNCT"
    ]
    found = {f"words >= {length}": 1.0 for length in LENGTHS if len(words) >= length}
    if not words:
        return {"empty": 1.0}
    first, last = utterance.pieces[0][0], utterance.pieces[-1][1]
    finite = [word for word in words if word.feats.get("VerbForm") == "Fin"]
    found["finite verb"] = float(bool(finite))
    found["finite verb in the first or second person"] = float(
        any(word.feats.get("Person") in ("1", "2") for word in finite)
    )
    found["imperative"] = float(any(word.feats.get("Mood") == "Imp" for word in words))
    found["infinitive"] = float(any(word.feats.get("VerbForm") == "Inf" for word in words))
    found["pronoun of the first or second person"] = float(
        any(word.lemma in FIRST_PERSON or word.norm in FIRST_PERSON for word in words)
    )
    found["begins with a capital"] = float(scene.words[first].capitalized)
    found["ends with . ! ? …"] = float(scene.words[last - 1].text[-1] in ".!?…")
    found["several sentences"] = float(any(scene.words[i].text in (".", "!", "?", "…") for i in range(first, last - 1)))
    found["comma inside"] = float(any(scene.words[i].text == "," for i in range(first, last)))
    found["author inside"] = float(bool(utterance.authors))
    found["latin"] = float(all(word.text.isascii() for word in words))
    capitals = sum(word.capitalized for word in words[1:])
    found["capitals further on"] = capitals / len(words)
    found["adjective alone"] = float(len(words) <= 2 and words[-1].pos == "ADJ")
    found["lower-case noun alone"] = float(len(words) == 1 and words[0].pos == "NOUN" and not words[0].capitalized)
    named = [scene.named_at[word.i] for word in words]
    found["is a name"] = float(
        named[0] is not None and named[0].mention.kind == "name" and named[0].mention.end >= words[-1].end
    )
    return found


def _outside(scene: Scene, utterance: Utterance) -> dict[str, float]:
    words, found = scene.words, {}
    before = utterance.start - 1
    while before >= 0 and words[before].text in "'`":
        before -= 1
    behind = utterance.stop
    while behind < len(words) and words[behind].text in "'`":
        behind += 1
    same_line = before >= 0 and scene.line_at[before] == scene.line_at[utterance.start]
    first, last = scene.line(utterance.start)
    found["opens the paragraph"] = float(not same_line)
    found["opens the sentence"] = float(scene.sentence(utterance.start)[0] >= utterance.start - 1)
    found["fills the paragraph"] = float(not same_line and utterance.stop >= scene.line(utterance.stop - 1)[1] - 1)
    if before >= 0:
        word = words[before]
        found["colon before"] = float(word.text == ":")
        found["colon before on the line"] = float(word.text == ":" and same_line)
        found["comma before"] = float(word.text == "," and same_line)
        found["conjunction before"] = float(word.norm in CONJUNCTIONS)
        found["preposition before"] = float(word.pos == "ADP")
        found["noun before"] = float(word.pos in ("NOUN", "PROPN") and same_line)
        found["adjective before"] = float(word.pos == "ADJ" and same_line)
        found["verb before"] = float(word.pos == "VERB" and same_line)
        found["closing mark before"] = float(word.text in CLOSING and word.text not in OPENING and same_line)
        title = lexicon.title_nouns().get(word.lemma) if same_line else None
        if title is not None:
            found["title noun before"] = 1.0
            found[f"title noun before: {title.kind}"] = 1.0
        found.update(_listed_behind(scene, utterance, before))
        near = words[max(scene.line(utterance.start)[0], before - NAMED_NEAR + 1) : before + 1]
        found["word of naming before"] = float(any(word.lemma in NAMED or word.norm in NAMED for word in near))
        role = lexicon.find_role(word.lemma) if same_line else None
        if role is not None:
            found[f"role before: {role.kind}"] = 1.0
    if behind < len(words) and behind < scene.line(utterance.stop - 1)[1]:
        word = words[behind]
        found["bracket behind"] = float(word.text in "()")
        found["word behind"] = float(word.pos not in ("PUNCT", "SYM"))
        found["verb behind"] = float(word.pos == "VERB")
    region = scene.regions[utterance.region] if utterance.region is not None else None
    if region is not None:
        found["unclosed"] = float(region.closed < 0)
        found["continues"] = float(region.continues is not None)
        found["inside other marks"] = float(region.parent is not None)
        found["again in the text"] = float(scene.copies[utterance.region or 0] > 1)
    found["first line"] = float(scene.line_at[utterance.start] == 0)
    found["paragraph's marks"] = float(any(words[i].text in OPENING for i in range(first, min(utterance.start, last))))
    return found


def _listed_behind(scene: Scene, utterance: Utterance, before: int) -> dict[str, float]:
    """What stands before the first of several in marks: in `фильмы «A», «B» и «C»` all are films."""
    words = scene.words
    start = _before_list(scene, utterance, before)
    if start == before:
        return {}
    if words[start].text == ":":
        start -= 1
    title = lexicon.title_nouns().get(words[start].lemma)
    return {"in a list": 1.0} | ({f"in a list behind: {title.kind}": 1.0} if title is not None else {})


def _before_list(scene: Scene, utterance: Utterance, before: int) -> int:
    """The word before the first of several in marks (`«A», «B» и «C»`) that end at word `before`; else that word."""
    words, first = scene.words, max(scene.line(utterance.start)[0], before - LISTS)
    start = before
    while start - 2 > first and (words[start].text == "," or words[start].norm in ("и", "или")):
        close = start - 1 if words[start - 1].text != ")" else _bracketed(scene, start - 1, first) - 1
        if words[close].text not in CLOSING:
            break
        opened = next((i for i in range(close - 1, max(first, close - LISTED), -1) if words[i].text in OPENING), None)
        if opened is None:
            break
        start = opened - 1
    return max(start, first)


def _bracketed(scene: Scene, i: int, first: int) -> int:
    """The opening bracket of the one that closes at word `i`."""
    return next((j for j in range(i - 1, max(first, i - LISTED), -1) if scene.words[j].text == "("), i)


def _built_in(scene: Scene, utterance: Utterance, sieve: str, site: CueSite) -> dict[str, float]:
    """Features of a cue in the clause that a fragment is built into."""
    frames, distance = site.entry.frames, min(abs(site.word - utterance.start), abs(site.word - utterance.stop))
    judged = site.entry.kind == "evaluate" and scene.words[site.word].feats.get("Aspect") == "Perf"
    return {
        **{f"{sieve}: frame {frame}": 1.0 for frame in sorted(frames & {"m", "c", "d"})},
        f"{sieve}: {site.entry.pos}": 1.0,
        **({"near cue of fragments": 1.0} if "m" in frames and distance <= FRAGMENT else {}),
        **({"cue very near": 1.0} if distance <= VERY_NEAR else {}),
        **({"judged": 1.0} if "m" in frames and judged and distance <= FRAGMENT else {}),
    }


def _cues(scene: Scene, utterance: Utterance, places: Sequence[Attachment]) -> dict[str, float]:
    found: dict[str, float] = {}
    for place in places:
        if place.site is None:
            found[f"{place.sieve}, no cue"] = 1.0
            continue
        entry = place.site.entry
        if tells(scene, place.site):
            found[f"{place.sieve}: tells"] = 1.0
        if place.sieve in ("governs", "left", "right"):
            found.update(_built_in(scene, utterance, place.sieve, place.site))
        elif place.sieve in STRONG:
            found[f"{place.sieve}: {entry.pos}"] = 1.0
    if any(place.sieve in STRONG and place.site for place in places):
        found["attached"] = 1.0
    return found


ALONE = (_cried, _alone, is_told, _goes_on)
"""Forms that make an utterance speech without an attribution beside it."""
