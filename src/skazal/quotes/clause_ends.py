"""Where the clause of a cue ends and the narrator takes over again."""

from collections.abc import Callable

from skazal import lexicon
from skazal.quotes.bounds import before_relay, finite, predicate, without_stop
from skazal.quotes.cues import CueSite
from skazal.quotes.phrases import INFORMATION, SUBJECTS
from skazal.quotes.scene import Scene
from skazal.words import Word

DENIAL = 4
"""Words from the beginning of a clause among which its `не` stands: `что он сам не просил, а требовал`."""
NEAR = 6
"""Words behind a converb or `на что` among which what it reports opens."""
THIS = lexicon.words("taking_up")
SUBORDINATE = lexicon.words("subordinate")
AT_OTHER_TIMES = lexicon.words("at_other_times")
ATTRIBUTING = lexicon.words("known_from") | {"словам", "слов", "мнению"}
ADDING, REFERRING = lexicon.words("adding"), lexicon.words("referring")


def clause_end(scene: Scene, site: CueSite, start: int, last: int) -> int:
    """The clause goes on to the end of the sentence, unless the narrator takes over before (`TURNS_BACK`)."""
    stop = without_stop(scene, start, before_relay(scene, start, last))
    stop = _before_predicate_of_noun(scene, site, start, stop)
    if (then := _then(scene, site, start, stop)) is not None:
        return then
    for i in range(start + 2, stop):
        for turns_back in TURNS_BACK:
            end = turns_back(scene, site, start, i)
            if end is not None and end > start:
                return end
    return stop


def turned(scene: Scene, site: CueSite, start: int, last: int) -> int:
    """Where the narrator or another source takes over in what is reported behind `по словам X`; `last` if nowhere."""
    for i in range(start + 2, last):
        for turns_back in (_weighed, _second_source):
            end = turns_back(scene, site, start, i)
            if end is not None and end > start + 1:
                return end
    return last


def _before_predicate_of_noun(scene: Scene, site: CueSite, start: int, stop: int) -> int:
    """`Слова мэра о том, что …, удивили всех`: the predicate of the noun that is the cue is the narrator's."""
    words = scene.words
    told = words[site.word].head if site.entry.pos == "NOUN" else start
    if start < told < stop and predicate(scene, told) and words[site.word].dep in ("nsubj", "nsubj:pass"):
        return next((i for i in range(told, start, -1) if words[i].text == ","), stop)
    return stop


def _then(scene: Scene, site: CueSite, start: int, stop: int) -> int | None:
    """The comma of `Если X говорил, что …, то Y …`: what follows is no part of what X said."""
    words, first = scene.words, scene.sentence(site.word)[0]
    if not any(words[i].norm == "если" for i in range(first, site.start)):
        return None
    return next((i for i in range(start + 1, stop - 1) if words[i].text == "," and words[i + 1].norm == "то"), None)


def _same_form(cue: Word, verb: Word) -> bool:
    """Whether a verb that is joined to a cue can have the cue's subject: `сообщил, что …, и ушёл`, not `…, и уйдёт`."""
    if verb.pos not in ("VERB", "ADJ"):
        return False
    if cue.feats.get("VerbForm") != "Fin":
        return True
    return cue.feats.get("Tense") == verb.feats.get("Tense") and (cue.number, cue.gender) == (verb.number, verb.gender)


def _under(scene: Scene, site: CueSite, start: int, i: int) -> bool:
    """Whether word `i` opens a clause of the content itself: it hangs on it by another relation than a conjunct's."""
    word, last = scene.words[i], scene.sentence(i)[1]
    return word.dep not in ("conj", "parataxis", "root") and start <= word.head < last


def _turn(scene: Scene, site: CueSite, start: int, i: int) -> int | None:
    """The comma before `а`, `но`, `однако` with which the narrator turns to another speaker."""
    words = scene.words
    for j in range(i - 1, max(start, i - 12), -1):
        if words[j].text == "," and words[j + 1].norm in ("а", "но", "однако", "тогда", "в"):
            denied = words[j + 1].norm == "а" and _denies(scene, start, j)
            if words[j + 1].norm == "в" and words[i].number != "Plur":
                return None
            return None if denied or not _another_speaks(scene, site, j, i) else j
    return None


def _another_speaks(scene: Scene, site: CueSite, comma: int, i: int) -> bool:
    """`…, а сосед возразил`, `…, в мэрии ответили`, `…, однако уточнил`: a noun is the subject, a plural verb has a
    place, or the verb goes on with the cue's subject; not `…, но он думал`.
    """
    words = scene.words
    subjects = [words[j] for j in words[i].children if words[j].dep in SUBJECTS and j > comma]
    subjects = subjects or [word for word in words[comma:i] if word.case == "Nom" and word.pos in ("NOUN", "PRON")]
    if subjects:
        return any(word.pos != "PRON" or word.lemma == "тот" for word in subjects)
    if words[i].head == site.word:
        return True
    placed = words[i].number == "Plur" and any(words[j].norm in ("в", "во") for j in range(comma, i))
    return placed or _same_form(words[site.word], words[i])


def _denies(scene: Scene, start: int, stop: int) -> bool:
    """`что не просил, а требовал`: behind a denial `, а` goes on with what is true instead."""
    return any(scene.words[i].norm == "не" for i in range(start, min(stop, start + DENIAL)))


def _joint(scene: Scene, start: int, i: int) -> int | None:
    """Where the narrator takes over again before verb `i`: at the conjunction or comma before it; None if there is
    none, for then it is the clause's own verb.
    """
    for j in range(i - 1, max(start, i - 6), -1):
        if scene.words[j].text == "," or scene.words[j].norm in ("и", "а", "но"):
            if scene.words[j].norm == "а" and _denies(scene, start, j):
                return None
            return j - 1 if scene.words[j - 1].text == "," else j
    return None


def _after_comma(scene: Scene, start: int, i: int) -> int | None:
    """The comma that opens a parenthesis whose verb is word `i`; None behind a denial, which it goes on with."""
    comma = next((j for j in range(i - 1, max(-1, i - 4), -1) if scene.words[j].text == ","), None)
    goes_on = comma is not None and scene.words[comma + 1].norm == "а" and _denies(scene, start, comma)
    return None if goes_on else comma


def _what_followed(scene: Scene, site: CueSite, start: int, i: int) -> int | None:
    """`…, после чего трибуны засвистели`, `…, на что тот ответил отказом`."""
    words = scene.words
    if words[i - 2].text != "," or (words[i - 1].norm, words[i].norm) not in (("после", "чего"), ("на", "что")):
        return None
    answers = words[i].norm == "чего" or any(
        other.entry.pos in ("VERB", "VPHRASE") and other.entry.kind in ("answer", "say")
        for other in scene.cues_in(i, i + NEAR)
    )
    return i - 2 if answers else None


def _semicolon(scene: Scene, site: CueSite, start: int, i: int) -> int | None:
    """`…, что улицы украшены; всё как в прошлом году`: what follows is reported only where `что` stands again."""
    words = scene.words
    if words[i].text != ";" or scene.layer[i] != scene.layer[site.word] or i + 2 >= len(words):
        return None
    return None if "что" in (words[i + 1].norm, words[i + 2].norm) else i


def _weighed(scene: Scene, site: CueSite, start: int, i: int) -> int | None:
    """`…, однако эта информация не подтвердилась`: the narrator speaks of what he has reported."""
    words = scene.words
    comma = words[i - 2].text == "," and words[i - 1].norm in ("но", "однако")
    told = comma and words[i].lemma in THIS and any(words[j].lemma in INFORMATION for j in range(i + 1, i + 3))
    return i - 2 if told else None


def _second_source(scene: Scene, site: CueSite, start: int, i: int) -> int | None:
    """`…, но, по словам мэра, …`, `…, хотя, по данным газеты, …`: what follows is somebody's own report."""
    words = scene.words
    if words[i].norm not in ("но", "однако", "хотя", "а") or words[i - 1].text != ",":
        return None
    told = any(
        other.entry.pos == "PREP" and other.start <= i + 2 and other.entry.words[-1] in ATTRIBUTING
        for other in scene.cues_in(i + 1, i + NEAR)
    )
    return i - 1 if told and scene.layer[i] == scene.layer[site.word] else None


def spliced(scene: Scene, site: CueSite, start: int, i: int) -> int | None:
    """`…, что выбор труден, по его словам, речь идёт о жизни`: a sentence of its own behind a comma."""
    words = scene.words
    told = next((other for other in scene.cues_in(i, i + NEAR) if other.start == i and other.entry.pos == "PREP"), None)
    if told is None or words[i - 1].text != "," or words[told.stop].text != ",":
        return None
    whole = start <= words[start - 1].head < i and predicate(scene, words[start - 1].head)
    another = any(
        words[j].dep in SUBJECTS and told.stop < words[j].head and predicate(scene, words[j].head)
        for j in range(told.stop + 1, min(told.stop + NEAR, len(words)))
    )
    joined = words[told.stop + 1].norm in SUBORDINATE or words[told.stop + 1].lemma == "который"
    return i - 1 if whole and another and not joined else None


def _later(scene: Scene, site: CueSite, start: int, i: int) -> int | None:
    """`…, что продаёт дом (потом он передумал)`: what the narrator knows from before or after stands in brackets."""
    words = scene.words
    if words[i].text != "(" or scene.layer[i] != scene.layer[site.word]:
        return None
    last = scene.sentence(i)[1]
    if i + 1 >= last or words[i + 1].norm not in AT_OTHER_TIMES:
        return None
    closes = next((j for j in range(i + 1, last) if words[j].text in ("(", ")")), None)
    told = closes is not None and any(predicate(scene, j) for j in range(i + 1, closes))
    return i if told else None


def _adding(scene: Scene, site: CueSite, start: int, i: int) -> int | None:
    """`…, добавив, что цеха откроют`, `…, ссылаясь на отчёт`: a converb of the narrator's."""
    words = scene.words
    verb = words[i]
    if verb.feats.get("VerbForm") != "Conv" or words[i - 1].text != "," or scene.layer[i] != scene.layer[site.word]:
        return None
    if verb.lemma in REFERRING or (verb.norm, words[i + 1].norm) == ("имея", "в"):
        return i - 1
    opens = any(
        words[j].text == ":" or (words[j].text == "," and words[j + 1].norm == "что")
        for j in range(i + 1, min(i + NEAR, len(words) - 1))
    )
    return i - 1 if verb.lemma in ADDING and opens else None


def _joined(scene: Scene, site: CueSite, start: int, i: int) -> int | None:
    """`…, что мост цел, и ушёл`: a verb joined to the cue; `…, что боится за дом, и попросил убежища`: a past verb of
    saying joined to one in the present that can only be the cue's neighbour.
    """
    words, verb, cue = scene.words, scene.words[i], scene.words[site.word]
    if verb.dep != "conj" or not predicate(scene, i) or not _same_form(cue, verb):
        return None
    if verb.head == site.word:
        return None if _thinks_on(scene, i) else _joint(scene, start, i)
    asked = scene.cue_at[i] is not None and verb.feats.get("Tense") == "Past" and _without_subject(scene, i)
    other = start <= verb.head and words[verb.head].feats.get("Tense") in ("Pres", "Fut")
    return _joint(scene, start, i) if asked and other and finite(scene, site.word) else None


def _reports(scene: Scene, site: CueSite, start: int, i: int) -> int | None:
    """`…, передаёт X`, `…, а Y возразил, что …`: a verb of saying of the narrator's own."""
    verb = scene.words[i]
    if not predicate(scene, i) or scene.cue_at[i] is None or scene.layer[i] != scene.layer[site.word]:
        return None
    comma = _after_comma(scene, start, i)
    if comma is not None and comma > start and verb.dep in ("parataxis", "root", "conj"):
        return None if _same_subject(scene, site, comma, i) else comma
    return None if verb.head == start - 1 or _under(scene, site, start, i) else _turn(scene, site, start, i)


def _same_subject(scene: Scene, site: CueSite, comma: int, i: int) -> bool:
    """`что партия не против, однако выступает за порядок`, `что волки подходили, но он думал, …`: what goes on behind
    `но` without a subject and not in the cue's form, or with a pronoun that thinks.
    """
    words = scene.words
    if words[comma + 1].norm not in ("но", "однако", "а", "и") or words[i].dep != "conj":
        return False
    if not _without_subject(scene, i):
        return _thinks_on(scene, i)
    return words[i].head != site.word and not _same_form(words[site.word], words[i])


def _thinks_on(scene: Scene, i: int) -> bool:
    """Whether a verb of thought has a pronoun for its subject: `но он думал`."""
    words, other = scene.words, scene.cue_at[i]
    subjects = [words[j] for j in words[i].children if words[j].dep in SUBJECTS]
    thinks = other is not None and other.entry.kind in ("think", "feel")
    return thinks and bool(subjects) and all(word.pos == "PRON" and word.lemma != "тот" for word in subjects)


def _without_subject(scene: Scene, i: int) -> bool:
    return not any(scene.words[child].dep in SUBJECTS for child in scene.words[i].children)


TURNS_BACK: tuple[Callable[[Scene, CueSite, int, int], int | None], ...] = (
    _what_followed,
    _semicolon,
    _weighed,
    _second_source,
    spliced,
    _later,
    _adding,
    _joined,
    _reports,
)
