"""Lemmas, agreement and inflection: pymorphy3's dictionary, its readings chosen by Universal Dependencies tags.

Tags are strings as slovnet gives them (`NOUN|Animacy=Anim|Case=Gen|Gender=Masc|Number=Sing`); cases, numbers and
genders are named as in them (`Nom`, `Sing`, `Fem`). Everything is cached up to a bound and may be called from several
threads.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from threading import Lock
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from pymorphy3 import MorphAnalyzer
from pymorphy3.units import DictionaryAnalyzer, KnownPrefixAnalyzer, KnownSuffixAnalyzer, UnknownPrefixAnalyzer

from skazal.words import Word

Parse: TypeAlias = Any  # pymorphy3 has no type information
Tag: TypeAlias = Any

# Universal part of speech to OpenCorpora's, the likeliest first.
PARTS_OF_SPEECH: Mapping[str, tuple[str, ...]] = {
    "NOUN": ("NOUN",),
    "PROPN": ("NOUN", "ADJF"),
    "ADJ": ("ADJF", "ADJS", "COMP", "PRTF"),
    "VERB": ("VERB", "INFN", "PRTF", "PRTS", "GRND"),
    "AUX": ("VERB", "INFN", "GRND"),
    "ADV": ("ADVB", "COMP", "PRED"),
    "PRON": ("NPRO",),
    "DET": ("ADJF",),
    "NUM": ("NUMR",),
    "ADP": ("PREP",),
    "CCONJ": ("CONJ",),
    "SCONJ": ("CONJ",),
    "PART": ("PRCL",),
    "INTJ": ("INTJ",),
}

# Universal feature to OpenCorpora's grammemes, any of which agrees with it.
GRAMMEMES: Mapping[tuple[str, str], frozenset[str]] = {
    ("Case", "Nom"): frozenset({"nomn"}),
    ("Case", "Gen"): frozenset({"gent", "gen1", "gen2"}),
    ("Case", "Par"): frozenset({"gen2", "gent"}),
    ("Case", "Dat"): frozenset({"datv"}),
    ("Case", "Acc"): frozenset({"accs", "acc2"}),
    ("Case", "Ins"): frozenset({"ablt"}),
    ("Case", "Loc"): frozenset({"loct", "loc1", "loc2"}),
    ("Case", "Voc"): frozenset({"voct"}),
    ("Number", "Sing"): frozenset({"sing"}),
    ("Number", "Plur"): frozenset({"plur"}),
    ("Gender", "Masc"): frozenset({"masc", "ms-f"}),
    ("Gender", "Fem"): frozenset({"femn", "ms-f"}),
    ("Gender", "Neut"): frozenset({"neut"}),
    ("Animacy", "Anim"): frozenset({"anim"}),
    ("Animacy", "Inan"): frozenset({"inan"}),
    ("Tense", "Past"): frozenset({"past"}),
    ("Tense", "Pres"): frozenset({"pres"}),
    ("Tense", "Fut"): frozenset({"futr"}),
    ("Aspect", "Perf"): frozenset({"perf"}),
    ("Aspect", "Imp"): frozenset({"impf"}),
    ("Mood", "Imp"): frozenset({"impr"}),
    ("Mood", "Ind"): frozenset({"indc"}),
    ("Person", "1"): frozenset({"1per"}),
    ("Person", "2"): frozenset({"2per"}),
    ("Person", "3"): frozenset({"3per"}),
    ("Voice", "Act"): frozenset({"actv"}),
    ("Voice", "Pass"): frozenset({"pssv"}),
    ("VerbForm", "Inf"): frozenset({"INFN"}),
    ("VerbForm", "Conv"): frozenset({"GRND"}),
    ("VerbForm", "Part"): frozenset({"PRTF", "PRTS"}),
    ("VerbForm", "Fin"): frozenset({"VERB"}),
    ("Variant", "Short"): frozenset({"ADJS", "PRTS"}),
    ("Degree", "Cmp"): frozenset({"COMP"}),
}

UNIVERSAL = tuple(reversed(tuple(GRAMMEMES.items())))
"""The likelier of two features that one grammeme stands for comes last: `Gen` after `Par`."""
MISTAKEN = frozenset({"NOUN", "ADJ", "ADV", "VERB", "PROPN", "INTJ"})
"""Parts of speech that the tagger gives to words that it guesses at."""
FORMS_OF_VERBS = frozenset({"VERB", "INFN", "GRND"})
TOLD_BY_FORM = {
    "VERB": ("VerbForm", "Mood", "Person", "Number", "Gender"),
    "NOUN": ("Case", "Number", "Gender"),
    "ADJ": ("Variant",),
}
"""Features that a form tells without the text around it, whatever else the tagger thinks."""
OF_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Fixd"})

# How much a feature that agrees counts; part of speech comes before all of them, pymorphy3's own estimate after all.
AGREEMENT: Mapping[str, float] = {"VerbForm": 6, "Variant": 6, "Case": 3, "Number": 2, "Gender": 2, "Mood": 2}
PART_OF_SPEECH_AGREES = 10.0

# The grammemes that inflection asks for.
CASES: Mapping[str, str] = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
NUMBERS: Mapping[str, str] = {"Sing": "sing", "Plur": "plur"}
GENDERS: Mapping[str, str] = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}

MODIFIERS = frozenset({"ADJ", "DET", "NUM"})
OPENING_MARKS = frozenset("«„“\"'(")
MASCULINE = frozenset({"nomn", "sing", "masc"})
GUESSED_BY = (KnownPrefixAnalyzer, UnknownPrefixAnalyzer, KnownSuffixAnalyzer)
"""Units of pymorphy3 that read an unknown word by a paradigm of the dictionary."""
CYRILLIC = re.compile("[а-яё]")
CYRILLIC_WORD = re.compile("[а-яёА-ЯЁ][а-яёА-ЯЁ-]+")
BETWEEN_MODIFIERS = frozenset({"ADV", "CCONJ", "PART"})

LONGEST = 100
"""Letters of a word that pymorphy3 is asked about: it takes off prefixes one by one, each in a call within the last."""
UNREADABLE = "漢"
"""A word of no alphabet that pymorphy3 reads."""

_loading = Lock()
_loaded: list[MorphAnalyzer] = []


def analyzer() -> MorphAnalyzer:
    """pymorphy3's analyzer, loaded once a process at the first call (about 0.1 s)."""
    if not _loaded:
        with _loading:
            if not _loaded:
                _loaded.append(MorphAnalyzer(lang="ru"))
    return _loaded[0]


class Known(NamedTuple):
    """A reading that the dictionary has, with what the rules ask of pymorphy3's `Parse`, in a fifth of its time.

    `word` is the form in small letters, with its `ё`; `paradigm` and `place` say where the dictionary has it.
    """

    word: str
    tag: Tag
    paradigm: int
    place: int
    score: float = 1.0

    @property
    def normal_form(self) -> str:
        return _form(self, 0)

    @property
    def is_known(self) -> bool:
        return True


@lru_cache(maxsize=8_192)
def parses(word: str) -> tuple[Parse, ...]:
    """The readings of a word in any capitals, the likeliest first; at least one, whatever the word.

    What the dictionary does not have, pymorphy3 reads by its ending.
    """
    found = known_readings(word.lower()) if CYRILLIC_WORD.fullmatch(word) else ()
    if not found and len(word) > LONGEST:
        return (_unread(word.lower()),)
    return found or tuple(analyzer().parse(_named(word)))


def _unread(word: str) -> Parse:
    """The reading of a word that nobody could read: `экс-экс-экс-…`."""
    nothing = analyzer().parse(UNREADABLE)[0]
    return nothing._replace(word=word, normal_form=word, methods_stack=((nothing.methods_stack[0][0], word),))


@lru_cache(maxsize=8_192)
def known_readings(form: str) -> tuple[Known, ...]:
    """The readings of a form (small letters) in the dictionary, the likeliest first; none if it does not have it."""
    found = _dictionary_readings(form)
    if len(found) < 2:
        return found
    likelihood = _likelihoods(form, found)
    if not any(likelihood):
        likelihood = [1 / len(found)] * len(found)
    scored = [one._replace(score=score) for one, score in zip(found, likelihood, strict=True)]
    return tuple(sorted(scored, key=attrgetter("score"), reverse=True))


@lru_cache(maxsize=16_384)
def known_tags(form: str) -> tuple[Tag, ...]:
    """The tags of a form (small letters) in the dictionary, the likeliest first; none for a word that it has not."""
    return tuple(dict.fromkeys([one.tag for one in known_readings(form)]))


def _named(word: str) -> str:
    """The word without characters that Unicode gives no name, over which pymorphy3 stumbles; `?` where none is left."""
    return "".join(ch for ch in word if unicodedata.name(ch, "")) or "?"


@lru_cache(maxsize=8192)
def features(tag: str) -> Mapping[str, str]:
    """The features of a tag, its part of speech under `pos`: `NOUN|Case=Gen` to {"pos": "NOUN", "Case": "Gen"}."""
    pos, *pairs = tag.split("|")
    return {"pos": pos, **dict(pair.split("=", 1) for pair in pairs if "=" in pair)}


def agreement(parse: Parse, tag: str) -> float:
    """How well a reading agrees with a tag: a sum of points, comparable between readings of one word."""
    return float(parse.score) + _points(parse.tag.grammemes, tag)


@lru_cache(maxsize=32_768)
def _points(grammemes: frozenset[str], tag: str) -> float:
    """The points of a reading with these grammemes, without its own likelihood."""
    parts, feats = _wanted(tag)
    points = next((PART_OF_SPEECH_AGREES - 0.5 * i for i, pos in enumerate(parts) if pos in grammemes), 0.0)
    for accepted, more in feats:
        if not accepted.isdisjoint(grammemes):
            points += more
    return points


@lru_cache(maxsize=2048)
def _wanted(tag: str) -> tuple[tuple[str, ...], tuple[tuple[frozenset[str], float], ...]]:
    """The parts of speech that agree with a tag, and the grammemes that agree with its features, each with points."""
    feats = features(tag)
    found = [(GRAMMEMES[pair], AGREEMENT.get(pair[0], 1)) for pair in feats.items() if pair in GRAMMEMES]
    return PARTS_OF_SPEECH.get(feats["pos"], ()), tuple(found)


def best_parse(word: str, tag: str) -> Parse:
    """The reading of `word` that agrees best with `tag`."""
    found = parses(word)
    return found[0] if len(found) == 1 else max(found, key=lambda parse: agreement(parse, tag))


@lru_cache(maxsize=16_384)
def lemma(word: str, tag: str) -> str:
    """The dictionary form, in small letters: the infinitive of verbs and participles, the nominative of the rest.

    A participle that the tagger takes for an adjective stays one: `действующего` tagged ADJ is `действующий`.
    """
    form = word.lower()
    if CYRILLIC_WORD.fullmatch(word) and (found := _dictionary_readings(form)):
        return _dictionary_lemma(form, found, tag)
    if not CYRILLIC.search(form):
        return _named(word).lower()
    parse = best_parse(word, tag)
    if "PRTF" in parse.tag.grammemes and not tag.startswith("VERB"):
        return inflected(parse, MASCULINE) or str(parse.normal_form)
    return str(parse.normal_form)


def _dictionary_lemma(form: str, found: Sequence[Known], tag: str) -> str:
    """The lemma of the reading that `best_parse` would choose; mostly all readings are of one word."""
    best = found[0]
    adjectival = not tag.startswith("VERB") and any(_is_participle(one.paradigm, one.place) for one in found)
    if adjectival or any(one.paradigm != best.paradigm or one.word != best.word for one in found):
        likelihood = _likelihoods(form, found)
        points = [more + _points(one.tag.grammemes, tag) for more, one in zip(likelihood, found, strict=True)]
        best = found[max(range(len(found)), key=lambda i: (points[i], likelihood[i]))]
    if adjectival and _is_participle(best.paradigm, best.place):
        return _form(best, _place(best.paradigm, best.place, MASCULINE) or 0)
    return _form(best, 0)


@lru_cache(maxsize=16_384)
def _is_participle(paradigm: int, place: int) -> bool:
    return bool(analyzer().dictionary.build_tag_info(paradigm, place).POS == "PRTF")


def _likelihoods(form: str, found: Sequence[Known]) -> list[float]:
    """How likely each reading of a form is, as pymorphy3 estimates it."""
    if len(found) == 1:
        return [1.0]
    likelihood = analyzer().prob_estimator.p_t_given_w.prob
    return [likelihood(form, one.tag) for one in found]


@lru_cache(maxsize=16_384)
def _dictionary_readings(form: str) -> tuple[Known, ...]:
    """The readings of a form, without pymorphy3's other units and objects, which take five times as long."""
    morph = analyzer()
    dictionary = morph.dictionary
    return tuple(
        [
            Known(word, dictionary.build_tag_info(paradigm, place), paradigm, place)
            for word, places in dictionary.words.similar_items(form, morph.char_substitutes)
            for paradigm, place in places
        ]
    )


def dictionary_tag(word: str, tag: str) -> tuple[str, Mapping[str, str]] | None:
    """The part of speech and features of a form that the dictionary has as nothing but a verb, a short adjective or a
    common noun, where `tag` contradicts all its readings; None where it agrees with one, or the form may be a name.
    """
    feats = features(tag)
    readings = known_tags(word.lower()) if feats["pos"] in MISTAKEN else ()
    if not readings:
        return None
    if all(reading.POS in FORMS_OF_VERBS for reading in readings):
        pos = "VERB"
    elif feats["pos"] != "PROPN" and all(reading.POS == "ADJS" for reading in readings):
        pos = "ADJ"
    elif feats["pos"] != "PROPN" and all(
        reading.POS == "NOUN" and reading.grammemes.isdisjoint(OF_NAMES) for reading in readings
    ):
        pos = "NOUN"
    else:
        return None
    told = [name for name in TOLD_BY_FORM[pos] if name != "Person" or feats.get("Mood") != "Imp"]
    wanted = [GRAMMEMES[name, feats[name]] for name in told if (name, feats.get(name)) in GRAMMEMES]
    agrees = any(all(not one.isdisjoint(reading.grammemes) for one in wanted) for reading in readings)
    return None if feats["pos"] == pos and agrees else (pos, universal(readings[0]))


def universal(tag: Tag) -> Mapping[str, str]:
    """The Universal features of a reading of the dictionary: {"Case": "Gen", "Number": "Sing"} of `NOUN sing,gent`."""
    return MappingProxyType({name: value for (name, value), found in UNIVERSAL if not found.isdisjoint(tag.grammemes)})


def inflected(parse: Parse, grammemes: frozenset[str]) -> str | None:
    """The form of a reading's word with these grammemes, small letters; None where its paradigm has none.

    It is what pymorphy3's `inflect` finds; which form of a paradigm that is, is remembered for all words that have it.
    """
    reading = parse if isinstance(parse, Known) else _alike(parse)
    if reading is None:
        form = parse.inflect(set(grammemes))
        return str(form.word) if form else None
    target = _place(reading.paradigm, reading.place, grammemes)
    return None if target is None else parse.word.removesuffix(reading.word) + _form(reading, target)


def _alike(parse: Parse) -> Known | None:
    """What pymorphy3 takes an unknown word for: a known one behind a prefix, or one of a paradigm by its ending."""
    units = parse.methods_stack
    if len(units) != 2 or not isinstance(units[0][0], DictionaryAnalyzer) or not isinstance(units[1][0], GUESSED_BY):
        return None
    _, word, paradigm, place = units[0]
    return Known(word, parse.tag, paradigm, place)


@lru_cache(maxsize=65_536)
def _place(paradigm: int, index: int, grammemes: frozenset[str]) -> int | None:
    """The place in a paradigm of the form with these grammemes that is most like the one at `index`."""
    morph = analyzer()
    tags = [tag for _, tag, _ in morph.dictionary.build_paradigm_info(paradigm)]
    places = [i for i, tag in enumerate(tags) if grammemes <= tag.grammemes]
    if not places:
        grammemes = frozenset(morph.TagClass.fix_rare_cases(grammemes))
        places = [i for i, tag in enumerate(tags) if grammemes <= tag.grammemes]
    wanted = tags[index].updated_grammemes(set(grammemes))
    likeness = lambda i: len(wanted & tags[i].grammemes) - 0.1 * len(wanted ^ tags[i].grammemes)  # noqa: E731
    return max(places, key=likeness, default=None)


def _form(reading: Known, target: int) -> str:
    """The form of the same word at `target` of its paradigm."""
    dictionary = analyzer().dictionary
    forms = dictionary.paradigms[reading.paradigm]
    size = len(forms) // 3
    stem = dictionary.build_stem(forms, reading.place, reading.word)
    return str(dictionary.paradigm_prefixes[forms[2 * size + target]] + stem + dictionary.suffixes[forms[target]])


@lru_cache(maxsize=16_384)
def inflect(word: str, tag: str, case: str, number: str | None = None, gender: str | None = None) -> str:
    """`word`, read as `tag` says, in another case, with its capitals kept.

    `number` and `gender` stay as they are unless given. What does not decline, abbreviations and words in Latin
    letters come back as they are. Parts of a hyphenated word decline each by itself when the dictionary does not know
    the whole (`министра-председателя`, `Нью-Тауна`).
    """
    if not declines(word):
        return word
    if "-" in word and not analyzer().word_is_known(word):
        return "-".join(_inflected_parts(word, tag, case, number, gender))
    parse = best_parse(word, tag)
    form = inflected(parse, _target(parse, features(tag), case, number, gender))
    return like(word, form) if form else word


def declines(word: str) -> bool:
    """Whether a word can have case endings at all: Cyrillic, and no abbreviation (`ОДКБ`, `МИД`)."""
    if not any("а" <= ch <= "я" or ch == "ё" for ch in word.lower()):
        return False
    return not (word.isupper() and 1 < len(word) <= 5)


def one_form(word: str) -> bool:
    """Whether a word is the same in all cases, so that a tagger can only guess which one it is in: `МЧС`,
    `Минобороны`, `Reuters`.
    """
    readings = parses(word)
    return not declines(word) or (bool(readings) and all("Fixd" in reading.tag for reading in readings))


def names_body(word: str) -> bool:
    """Whether the dictionary knows a word as the name of an authority or organisation: `минтруд`, `Госдума`."""
    return any("Orgn" in reading.tag for reading in parses(word))


def is_oblique(word: str) -> bool:
    """Whether the dictionary has a form, and in no nominative: `репортёрам`, `Спартака`.

    A name that happens to be a genitive plural (`Гарет`) is none.
    """
    readings = [tag for tag in known_tags(word.lower()) if tag.case]
    if word[:1].isupper() and all(tag.number == "plur" for tag in readings):
        return False
    return bool(readings) and all(tag.case != "nomn" for tag in readings)


def may_be_nominative(word: str) -> bool:
    """Whether a form has a reading in the nominative, or none in any case: `Седов`, `РЖД`, `Reuters`, not `Седову`."""
    readings = [reading.tag for reading in parses(word) if reading.tag.case]
    return not readings or any("nomn" in tag for tag in readings)


def _inflected_parts(word: str, tag: str, case: str, number: str | None, gender: str | None) -> Iterator[str]:
    """The parts of a hyphenated word: one declines when it has a reading that agrees with the tag's case."""
    parts = word.split("-")
    cases = GRAMMEMES.get(("Case", features(tag).get("Case", "")), frozenset())
    for i, part in enumerate(parts):
        agrees = any(cases & parse.tag.grammemes for parse in parses(part))
        yield inflect(part, tag, case, number, gender) if agrees or (i == len(parts) - 1 and part.islower()) else part


def _target(
    parse: Parse, feats: Mapping[str, str], case: str, number: str | None, gender: str | None
) -> frozenset[str]:
    """The grammemes to inflect a reading to; gender is asked for only of what has one to choose."""
    wanted = {CASES[case]}
    number = number or ("Plur" if "plur" in parse.tag.grammemes else "Sing")
    wanted.add(NUMBERS[number])
    gender = gender or feats.get("Gender")
    if gender and number == "Sing" and not parse.tag.grammemes.isdisjoint(("ADJF", "PRTF")):
        wanted.add(GENDERS[gender])
    return frozenset(wanted)


def like(pattern: str, word: str) -> str:
    """`word` with the capitals of `pattern`: `Нью-Йорка`, `нью-йорк` to `Нью-Йорк`."""
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    if "-" in pattern and pattern.count("-") == word.count("-"):
        pieces = zip(pattern.split("-"), word.split("-"), strict=True)
        return "-".join(like(one, other) for one, other in pieces)
    return word[:1].upper() + word[1:] if pattern[:1].isupper() else word


def _tag_beside(word: Word, noun: Word) -> str:
    """A modifier's tag with the number of its noun."""
    tag = tag_of(word)
    return tag if word.number == noun.number else tag.replace(f"Number={word.number}", f"Number={noun.number}")


def tag_of(word: Word) -> str:
    """A word's tag as a string that `lemma` and `inflect` take."""
    return "|".join([word.pos, *(f"{name}={value}" for name, value in sorted(word.feats.items()))])


def nominative_phrase(words: Sequence[Word], source: str, head: int | None = None) -> str:
    """A noun phrase in the nominative, in its own number: `российской прокуратуры` to `российская прокуратура`.

    `words` are the phrase's words, in order, with offsets into `source`, whose spacing and marks are kept; `head` is
    the place of the head noun among them (by default the word whose own head lies outside). The head and the
    adjectives, participles, ordinals and determiners that agree with it change; genitives, prepositional phrases and
    what stands in quotation marks stay: `Организации Договора о мире` to `Организация Договора о мире`.
    """
    if not words:
        return ""
    head = phrase_head(words) if head is None else head
    forms = _nominative_forms(words, head)
    pieces = []
    for i, word in enumerate(words):
        pieces.append(forms.get(i, word.text))
        if i + 1 < len(words):
            pieces.append(source[word.end : words[i + 1].start])
    return "".join(pieces)


INDECLINABLE = frozenset({"и.о.", "врио"})
"""Nouns of office that have one form."""


def phrase_head(words: Sequence[Word]) -> int:
    """The place of the head noun: the first noun whose head lies outside the phrase, else the first noun, else 0."""
    inside = {word.i for word in words}
    nouns = [i for i, word in enumerate(words) if word.pos in {"NOUN", "PROPN", "PRON"}]
    tops = [i for i in nouns if words[i].head not in inside or words[i].head == words[i].i]
    return next(iter(tops or nouns), 0)


def _nominative_forms(words: Sequence[Word], head: int) -> dict[int, str]:
    noun = words[head]
    case = noun.feats.get("Case")
    if case is None or case == "Nom" or noun.lemma in INDECLINABLE:
        return {}
    agreeing = list(_agreeing(words, head))
    numeral = next((i for i in agreeing if words[i].pos == "NUM" and words[i].lemma != "один"), None)
    if numeral is not None:
        return _counted_forms(words, head, agreeing, numeral)
    if case == "Gen" and _counted(words, head):
        return {}
    gender = noun.feats.get("Gender")
    forms = {i: inflect(words[i].text, _tag_beside(words[i], noun), "Nom", noun.number, gender) for i in agreeing}
    forms[head] = inflect(noun.text, tag_of(noun), "Nom")
    return forms


def _agreeing(words: Sequence[Word], head: int) -> Iterator[int]:
    """Places of the modifiers that agree with the head: those right before it, and those after it that hang on it."""
    for i in range(head - 1, -1, -1):
        word = words[i]
        if _agrees(word, words[head]):
            yield i
        elif word.pos not in BETWEEN_MODIFIERS and word.text != ",":
            break
    for i in range(head + 1, len(words)):
        if words[i].text[0] in OPENING_MARKS:
            break
        if words[i].head == words[head].i and words[i].pos != "NUM" and _agrees(words[i], words[head]):
            yield i


def _agrees(word: Word, noun: Word) -> bool:
    """Whether an adjective, participle, determiner or numeral has the case (and number, if any) of the noun."""
    if word.pos not in MODIFIERS and word.feats.get("VerbForm") != "Part":
        return False
    if word.text[0].isdigit():
        return word.pos == "NUM"
    if word.case != noun.case:
        return False
    return word.number is None or noun.number is None or word.number == noun.number or _can_agree(word, noun)


def _can_agree(word: Word, noun: Word) -> bool:
    """Whether the dictionary has the modifier in the noun's case and number, where the tagger took it for another's."""
    none: frozenset[str] = frozenset()
    wanted = [GRAMMEMES.get((name, noun.feats.get(name, "")), none) for name in ("Case", "Number")]
    return any(all(accepted & parse.tag.grammemes for accepted in wanted) for parse in parses(word.text))


def _counted(words: Sequence[Word], head: int) -> bool:
    """Whether a numeral governs the head's genitive: `пять источников`, `20 человек`."""
    before = [word for word in words[:head] if word.pos == "NUM"]
    return any(word.case in {"Nom", "Acc"} or word.text[0].isdigit() for word in before)


def _counted_forms(words: Sequence[Word], head: int, agreeing: Sequence[int], numeral: int) -> dict[int, str]:
    """`двум крупным компаниям` to `две крупные компании`, `пятью странами` to `пять стран`."""
    noun = words[head]
    few = _takes_singular(words[numeral])
    feminine = noun.gender == "Fem"
    forms = {}
    for i in agreeing:
        if i == numeral:
            forms[i] = _numeral(words[i], "Fem" if feminine else "Masc")
        else:
            forms[i] = inflect(words[i].text, tag_of(words[i]), "Nom" if few and feminine else "Gen", "Plur")
    forms[head] = inflect(noun.text, tag_of(noun), "Gen", "Sing" if few else "Plur")
    return forms


def _takes_singular(numeral: Word) -> bool:
    """Whether what is counted stands in the genitive singular: `две компании`, `22 страны`, but `12 стран`."""
    if numeral.text.isdigit():
        return numeral.text[-1] in "234" and numeral.text[-2:-1] != "1"
    return lemma(numeral.text, tag_of(numeral)) in {"два", "три", "четыре", "оба", "полтора"}


def _numeral(word: Word, gender: str) -> str:
    """A numeral in the nominative; `два`, `оба` and `полтора` tell genders."""
    if word.text[0].isdigit():
        return word.text
    parse = best_parse(word.text, tag_of(word))
    form = inflected(parse, frozenset({"nomn", GENDERS[gender]})) or inflected(parse, frozenset({"nomn"}))
    return like(word.text, form) if form else word.text
