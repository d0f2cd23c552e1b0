"""The noun phrase around a head word: how far it reaches, and whether it names or describes somebody."""

from collections.abc import Iterator
from dataclasses import dataclass

from skazal import lexicon
from skazal.morphology import is_oblique, one_form
from skazal.quotes.scene import CLOSING, DASHES, OPENING, Scene
from skazal.words import Word

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
PHRASE = frozenset(
    "amod det nmod nummod nummod:gov nummod:entity flat flat:name flat:foreign appos compound fixed case conj cc "
    "punct".split()
)
PERSONS = frozenset({"office", "profession", "person", "kin", "member", "source"})
"""Kinds of role nouns that denote one person."""
RELATIVE = frozenset({"который", "кто", "что"})
INFORMATION = lexicon.words("information")
PAGES = lexicon.words("pages")
DEPTH = 5
"""Steps up the tree on the way to a subject that an inner clause leaves out."""
MARKED = '«»"„“”'
REACH = 14
"""Words to either side of a cue within which its source is looked for where the tree has no subject."""
POSSESSIVE = lexicon.words("possessive")
PAIRS = {"(": ")", "«": "»", "„": "“", "“": "”", '"': '"'}
"""Marks and brackets that a name of a company or a gloss stands in."""
BETWEEN = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "NUM", "DET", "ADV", "PUNCT"})
CLOSE_TO = frozenset({"близкий", "знакомый", "приближенный", "осведомленный"})
ENDS = frozenset({";", ":", ".", "!", "?", "…", "(", ")"})
CUT = frozenset({",", ";", ":", "(", ")", ".", "!", "?", "…", *DASHES})


@dataclass(frozen=True, slots=True)
class Source:
    """A noun phrase that denotes a source: words `start` to `stop` (exclusive), its head word, and how it was found."""

    head: int
    start: int
    stop: int
    by: str


def can_be_source(scene: Scene, i: int) -> bool:
    """Whether a noun names or describes somebody, not a thing that was referred to (`со ссылкой на звонок`)."""
    named = scene.named_at[i]
    lemma = scene.words[i].lemma
    told = lexicon.find_role(lemma) is not None or lemma in INFORMATION
    return told or named is not None or scene.words[i].pos == "PROPN"


def nominative(scene: Scene, i: int) -> bool:
    """Whether a word is in the nominative, or in the form in which its person's name is given, or has one form for
    all cases; `его`, `её`, `их` never are, whatever the tags give them.
    """
    word, named = scene.words[i], scene.named_at[i]
    if word.norm in POSSESSIVE:
        return False
    if word.case == "Nom":
        return not is_oblique(word.text)
    if word.case is None or one_form(word.text):
        return True
    return named is not None and names_person(scene, i) and word.norm in lexicon.fold(named.entity.name).split()


def is_outlet(name: str) -> bool:
    """Whether a name, with marks or without, is that of an outlet: `РИА «Новости»`."""
    return lexicon.fold("".join(mark for mark in name if mark not in MARKED)) in lexicon.outlets()


def ancestors(scene: Scene, i: int) -> Iterator[int]:
    """The words that word `i` hangs on, nearest first, at most `DEPTH` of them."""
    for _ in range(DEPTH):
        if scene.words[i].head == i:
            return
        i = scene.words[i].head
        yield i


def has_preposition(scene: Scene, i: int) -> bool:
    """Whether a preposition hangs on word `i`."""
    return any(scene.words[child].dep == "case" for child in scene.words[i].children)


def is_document(word: Word) -> bool:
    """`заявление`, `отчёт`, `закон`: a noun for what is written."""
    role = lexicon.find_role(word.lemma)
    return role is not None and role.kind == "document"


def is_page(word: Word) -> bool:
    """`сайт`, `блог`, `Telegram-канал`: a noun for a place on the net where somebody writes."""
    return word.lemma in PAGES or word.lemma.endswith("-канал")


def phrase(scene: Scene, head: int, by: str) -> Source:
    """The noun phrase around its head: modifiers, genitives, names, what somebody is in charge of (`заведующая
    аптекой`); no relative clause, no preposition before it."""
    members = {head}
    stack = [head]
    while stack:
        i = stack.pop()
        for child in scene.words[i].children:
            if scene.layer[child] == scene.layer[head] and _belongs(scene, head, i, child):
                members.add(child)
                stack.append(child)
    start = head
    while start - 1 in members and scene.words[start - 1].text not in CUT:
        start -= 1
    stop = head + 1
    while stop in members and (scene.words[stop].text not in CUT or scene.words[stop].dep == "fixed"):
        stop += 1
    start, stop = _whole_names(scene, start, stop)
    return Source(head, start, _close_to(scene, head, name_further_on(scene, head, start, stop)), by)


def _close_to(scene: Scene, head: int, stop: int) -> int:
    """The end of what says which source it is: `источник, близкий к администрации,`."""
    words, role = scene.words, lexicon.find_role(scene.words[head].lemma)
    if role is None or role.kind != "source" or stop + 1 >= len(words) or words[stop].text != ",":
        return stop
    if words[stop + 1].lemma not in CLOSE_TO or words[stop + 1].number != words[head].number:
        return stop
    last = min(scene.sentence(head)[1], stop + REACH)
    return next((i for i in range(stop + 2, last) if words[i].text in CUT), stop)


def name_further_on(
    scene: Scene, head: int, start: int, stop: int, cases: frozenset[str] = frozenset({"Nom", "Acc", "Ins", "Dat"})
) -> int:
    """The end of a name that follows its role behind commas: `глава комитета по делам детей, стариков и спорта Елена
    Мизина`, `автор закона, депутат Иван Петров`. The name has the case of the role, one of `cases`; no verb stands
    between."""
    words = scene.words
    if not one_person(scene, head) or any(names_person(scene, i) for i in range(start, stop)):
        return stop
    last = min(scene.sentence(head)[1], stop + REACH)
    skipped = stop
    for i in range(stop, last):
        if words[i].text in PAIRS:
            skipped = max(skipped, _closing(scene, i, last) + 1)
        if i < skipped:
            continue
        if names_person(scene, i) and words[i].case in cases and _same_case(words[head], words[i]):
            return _whole_names(scene, start, i + 1)[1]
        if (
            (words[i].pos not in BETWEEN and words[i].feats.get("VerbForm") != "Part")
            or words[i].text in ENDS
            or scene.layer[i] != scene.layer[head]
        ):
            break
    return stop


def _closing(scene: Scene, i: int, last: int) -> int:
    """The mark or bracket that closes the one at word `i`, or `i` when none does."""
    closing = PAIRS[scene.words[i].text]
    return next((j for j in range(i + 1, last) if scene.words[j].text == closing), i)


def one_person(scene: Scene, i: int) -> bool:
    """Whether a noun denotes one person: a role, or `один из зрителей`."""
    word = scene.words[i]
    if is_one_of(scene, i):
        return word.number != "Plur"
    if word.pos == "ADJ" and word.dep in SUBJECTS and word.number == "Sing":
        return scene.words[i + 1 : i + 2] != [] and scene.words[i + 1].text == ","
    role = lexicon.find_role(word.lemma)
    return word.pos == "NOUN" and role is not None and role.kind in PERSONS and word.number != "Plur"


def speaks_alone(scene: Scene, source: Source) -> bool:
    """Whether a source in the nominative is one person: a name, a role, `он`."""
    named = any(names_person(scene, i) and nominative(scene, i) for i in range(source.start, source.stop))
    return named or one_person(scene, source.head) or scene.words[source.head].norm in ("он", "она")


def is_one_of(scene: Scene, i: int) -> bool:
    """`один из …`."""
    return scene.words[i].lemma == "один" and i + 1 < len(scene.words) and scene.words[i + 1].norm == "из"


def _same_case(role: Word, name: Word) -> bool:
    """Whether a name can stand in apposition to a role; the accusative of animate nouns looks like the genitive."""
    return name.case == role.case or (name.case == "Acc" and role.case == "Gen")


def names_person(scene: Scene, i: int) -> bool:
    """Whether word `i` is part of a person's name."""
    named = scene.named_at[i]
    return named is not None and named.entity.type == "PER" and named.mention.kind == "name"


def _belongs(scene: Scene, head: int, parent: int, child: int) -> bool:
    word = scene.words[child]
    in_charge = parent == head and child == head + 1 and word.case == "Ins" and word.pos in NOMINAL
    if word.dep not in PHRASE and not word.dep.startswith("nummod") and not in_charge:
        return False
    if parent == head and word.dep in ("case", "cc", "conj"):
        return False
    if word.dep in ("appos", "nmod") and word.case == "Nom" and word.pos == "NOUN" and scene.words[head].case == "Acc":
        return False
    return word.dep != "punct" or word.text in OPENING or word.text in CLOSING


def _whole_names(scene: Scene, start: int, stop: int) -> tuple[int, int]:
    """Let a phrase that cuts through a name hold all of it, and close the marks that it opens."""
    words = scene.words
    named = scene.named_at[stop - 1]
    while named and stop < len(words) and scene.named_at[stop] == named:
        stop += 1
    named = scene.named_at[start]
    while named and start > 0 and scene.named_at[start - 1] == named and named.mention.kind == "name":
        start -= 1
    opened = sum(words[i].text == "«" for i in range(start, stop)) - sum(
        words[i].text == "»" for i in range(start, stop)
    )
    if opened > 0 and stop < len(words) and words[stop].text == "»":
        stop += 1
    if opened < 0 and words[stop - 1].text == "»":
        stop -= 1
    return start, stop
