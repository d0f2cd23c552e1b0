"""The plain view of a tagged Doc: what the rules read."""

import pytest
import spacy
from spacy.strings import StringStore
from spacy.tokens import Doc, Span

from skazal.reading import read
from skazal.words import KEPT, NamedSpan, Remembered, Text, ancestors, features, fold, layout

VOCAB = spacy.blank("ru").vocab


def a_doc() -> Doc:
    doc = Doc(
        VOCAB,
        words=["Ёжик", "спит", "\n\n", "Мэр", "Лось", "вышел"],
        spaces=[True, False, False, True, True, False],
        pos=["NOUN", "VERB", "SPACE", "NOUN", "PROPN", "VERB"],
        morphs=["Case=Nom|Gender=Masc|Number=Sing", "VerbForm=Fin", "", "Case=Nom", "Case=Nom", "Tense=Past"],
        lemmas=["ёжик", "спать", "", "мэр", "", "выйти"],
        heads=[1, 1, 1, 5, 3, 5],
        deps=["nsubj", "ROOT", "dep", "nsubj", "appos", "ROOT"],
        sent_starts=[True, False, False, True, False, False],
    )
    doc.set_ents([Span(doc, 4, 5, label="PER")])
    return doc


@pytest.fixture
def text() -> Text:
    return read(a_doc())


def test_folding_compares_words() -> None:
    assert fold("ЁЖИК") == fold("ежик") == "ежик"


def test_features_are_read_once_and_cannot_be_changed() -> None:
    found = features("Case=Nom|Number=Sing")
    assert dict(found) == {"Case": "Nom", "Number": "Sing"}
    assert dict(features("")) == {}
    with pytest.raises(TypeError):
        found["Case"] = "Gen"  # type: ignore[index]


def test_white_space_is_no_word(text: Text) -> None:
    assert [word.text for word in text.words] == ["Ёжик", "спит", "Мэр", "Лось", "вышел"]
    assert [word.i for word in text.words] == [0, 1, 2, 3, 4]
    assert text.text == "Ёжик спит\n\nМэр Лось вышел"


def test_offsets_are_characters_of_the_text(text: Text) -> None:
    assert [text.text[word.start : word.end] for word in text.words] == [word.text for word in text.words]


def test_heads_and_children_count_words(text: Text) -> None:
    assert [word.head for word in text.words] == [1, 1, 4, 2, 4]
    assert [list(word.children) for word in text.words] == [[], [0], [3], [], [2]]


def test_lemmas_are_folded_and_never_empty(text: Text) -> None:
    assert [word.lemma for word in text.words] == ["ежик", "спать", "мэр", "лось", "выйти"]


def test_a_word_tells_its_features(text: Text) -> None:
    first = text.words[0]
    assert (first.case, first.gender, first.number, first.capitalized) == ("Nom", "Masc", "Sing", True)
    assert (text.words[1].case, text.words[1].capitalized) == (None, False)


def test_sentences_are_ranges_of_words(text: Text) -> None:
    assert list(text.sentences) == [(0, 2), (2, 5)]
    assert [word.sentence for word in text.words] == [0, 0, 1, 1, 1]


def test_names_are_ranges_of_words(text: Text) -> None:
    assert list(text.names) == [NamedSpan(3, 4, "PER")]


def test_ancestors_come_nearest_first(text: Text) -> None:
    assert list(ancestors(text, 3)) == [2, 4]
    assert list(ancestors(text, 4)) == []


def test_a_slice_is_the_text_between_words(text: Text) -> None:
    assert text.slice(2, 5) == "Мэр Лось вышел"
    assert text.slice(2, 2) == ""


def test_a_doc_that_has_changed_is_read_anew() -> None:
    doc = a_doc()
    before = read(doc)
    assert read(doc).words is before.words
    doc[1].lemma_ = "дремать"
    assert read(doc).words[1].lemma == "дремать"
    assert before.words[1].lemma == "спать"


@pytest.mark.parametrize(
    ("words", "tag", "i", "mended"),
    [
        (["мэр", "отшутился"], "NOUN|Case=Nom", 1, ("VERB", "Fin", None)),
        (["Уроженец", "края"], "ADJ|Case=Gen", 0, ("NOUN", None, "Nom")),
        (["Мэр", "Делило"], "PROPN|Case=Nom", 1, ("PROPN", None, "Nom")),
        (["Лью", "Вега"], "PROPN|Case=Nom", 0, ("PROPN", None, "Nom")),
        (["Наш", "шалаш"], "NOUN|Case=Nom", 1, ("NOUN", None, "Nom")),
    ],
)
def test_the_dictionary_mends_a_tag_of_no_name_that_it_contradicts(
    words: list[str], tag: str, i: int, mended: tuple[str, str | None, str | None]
) -> None:
    pos, morph = tag.split("|")
    doc = Doc(VOCAB, words=words, sent_starts=[True, False], pos=[pos] * 2, morphs=[morph] * 2, lemmas=words)
    word = read(doc).words[i]
    assert (word.pos, word.feats.get("VerbForm"), word.case) == mended
    assert doc[i].pos_ == pos


def test_a_doc_without_words_has_none() -> None:
    found = layout(Doc(VOCAB, words=["\n"], spaces=[False]))
    assert (found.words, found.sentences()) == ([], [])


def test_what_is_remembered_is_bounded_and_made_once() -> None:
    strings, made = VOCAB.strings, []

    def upper(key: int, strings: StringStore) -> str:
        made.append(key)
        return strings[key].upper()

    remembered = Remembered(upper)
    house = strings.add("дом")
    assert remembered.of([house, house], strings) == ["ДОМ", "ДОМ"]
    assert made == [house]
    for start in range(0, 4 * KEPT, 1000):
        remembered.of([strings.add(str(number)) for number in range(start, start + 1000)], strings)
    assert len(remembered.known) + len(remembered.before) <= 2 * KEPT + 2000
    assert remembered.of([house], strings) == ["ДОМ"]
