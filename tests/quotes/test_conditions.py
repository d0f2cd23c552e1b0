"""Conditions within rules that few texts decide: each is asked by itself, for a text that fulfils it and one that does
not. Found by breaking them one at a time (`benchmarks/mutation.py`).
"""

from collections.abc import Callable
from math import log1p

import pytest

from skazal.document import Entity, Gender
from skazal.quotes import (
    antecedents,
    attachments,
    attribution,
    bounds,
    chains,
    clause_ends,
    confidence,
    constructions,
    cues,
    fragments,
    issuers,
    naming,
    phrases,
    reports,
    speakers,
    speech,
    subjects,
    utterances,
)
from skazal.quotes.phrases import Source, phrase
from skazal.quotes.reports import find_reports
from skazal.quotes.scene import Scene
from skazal.quotes.utterances import find_utterances

from .scenes import SceneOf, cue, shown, word

Rule = Callable[..., object]

OF_WORDS: list[tuple[Rule, str, str, object]] = [
    (antecedents._passes_on, "Мост закрыт, передаёт корреспондент.", "корреспондент", True),
    (antecedents._passes_on, "Мост закрыт, заявил корреспондент.", "корреспондент", False),
    (chains._is_of_a_thing, "Источник дохода пропал.", "Источник", True),
    (chains._is_of_a_thing, "Источник министра пропал.", "Источник", False),
    (chains._is_of_a_thing, "Источник Лужиной пропал.", "Источник", False),
    (chains._is_of_a_thing, "Источник пропал.", "Источник", False),
    (attachments._written_out, "«Мост» &mdash; сказал мэр.", "&", True),
    (attachments._written_out, "«Мост» & сказал мэр.", "&", False),
    (clause_ends._joint, "Мэр сообщил, что мост закрыт, и ушёл домой.", "что ушёл", 6),
    (clause_ends._joint, "Мэр сообщил, что мост не закрыт, а открыт вчера.", "что открыт", None),
    (subjects._inserted, "Как сообщает «Заря», прораб Иван Лось заявил о риске.", "Заря Лось", True),
    (subjects._inserted, "Прораб, сообщает «Заря», Иван Лось заявил.", "Прораб Лось", False),
    (phrases._closing, "Он («Мост») ушёл.", "( .", 5),
    (phrases._closing, "Он («Мост» ушёл.", "( .", 1),
    (subjects._inserted, "Заявил прораб Иван Лось.", "прораб Лось", False),
]
OF_A_SOURCE: list[tuple[Rule, str, str, bool]] = [
    (antecedents.speaks, "Мэр заявил, что мост закрыт.", "Мэр", True),
    (antecedents.speaks, "Мэр открыл мост.", "Мэр", False),
    (constructions._speaks, "Словами мэра, мост закрыт.", "мэра", True),
    (constructions._speaks, "Словами благодарности ответила площадь.", "благодарности", False),
    (reports._can_speak, "Министерство заявило.", "Министерство", True),
    (reports._can_speak, "Рыбак заявил.", "Рыбак", True),
    (reports._can_speak, "Снег пошёл.", "Снег", False),
    (phrases.speaks_alone, "Анна Лис заявила.", "Анна", True),
    (phrases.speaks_alone, "Один из жителей заявил.", "Один", True),
    (phrases.speaks_alone, "Жители заявили.", "Жители", False),
]
OF_A_DOCUMENT: list[tuple[str, str, bool]] = [
    ("В официальном заявлении сказано о мосте.", "заявлении", True),
    ("В сообщении сказано о мосте.", "сообщении", True),
    ("В заявлении мэра сказано о мосте.", "заявлении", False),
    ("В книге сказано о мосте.", "книге", False),
]
OF_WORDS_ALONE: list[tuple[Rule, str, str, bool]] = [
    (fragments.may_be_instrumental, "Он стал мэром.", "мэром", True),
    (fragments.may_be_instrumental, "Он увидел мэра.", "мэра", False),
    (speech._acts, "Он открыл мост.", "открыл", True),
    (speech._acts, "Открываю мост.", "Открываю", False),
    (speech._acts, "Открывая мост, он пел.", "Открывая", False),
    (phrases._same_case, "Сказал мэр Иван.", "мэр Иван", True),
    (phrases._same_case, "Были у мэра Ивана.", "мэра Ивана", True),
    (phrases._same_case, "Мэр увидел Ивана.", "Мэр Ивана", False),
]
OF_ANOTHER_WHO_SPEAKS: list[tuple[str, str, bool]] = [
    ("Мэр заявил, что мост закрыт, а сосед возразил.", "возразил", True),
    ("Мэр заявил, что мост закрыт, но он думал.", "думал", False),
    ("Мэр заявил, что мост закрыт, однако уточнил.", "уточнил", True),
    ("Мэр заявила, что мост закрыт, но думал.", "думал", False),
]
CHARGES_AND_OBJECTS: list[tuple[str, bool]] = [
    ("Суд огласил приговор, вынесенный ткачу «за колдовство».", True),
    ("Его поблагодарили «за колдовство».", False),
    ("Депутаты выступали за «термин».", True),
    ("Депутаты раскритиковали «термин».", True),
    ("Депутаты ждали «термин».", False),
]
OF_A_CUE: list[tuple[Rule, str, str, bool]] = [
    (constructions.opens_insertion, "Мост закрыт, сообщает «Заря».", "сообщать", True),
    (constructions.opens_insertion, "Как сообщает «Заря», мост закрыт.", "сообщать", True),
    (constructions.opens_insertion, "«Заря» сообщает, что мост закрыт.", "сообщать", False),
    (constructions.opens_insertion, "Сообщает «Заря».", "сообщать", False),
    (issuers._in_writing, "Мэр написал, что мост цел.", "написать", True),
    (issuers._in_writing, "Мэр заявил в своём Telegram-канале, что мост цел.", "заявить", True),
    (issuers._in_writing, "Мэр заявил на площади, что мост цел.", "заявить", False),
    (constructions._says, "Паром застрял — сообщил капитан.", "сообщить", True),
    (constructions._says, "Капитан сообщил, что паром застрял.", "сообщить", False),
    (constructions._says, "Паром застрял — сообщить капитану некому.", "сообщить", False),
    (constructions._done_to_something, "Дело, начатое зимой, передано в суд.", "передать", True),
    (constructions._done_to_something, "Мост закрыт, передал корреспондент.", "передать", False),
    (constructions._in_content, "Мэр сказал, что мост закрыт, добавил инженер.", "добавить", True),
    (constructions._in_content, "Мост закрыт, добавил инженер, и что он рад.", "добавить", False),
]
SUBJECTS: list[tuple[Rule, str, str, str | None]] = [
    (subjects._subject_like_object, "Сообщило доверенное лицо мэра.", "сообщить", "доверенное лицо мэра"),
    (subjects._subject_like_object, "Мост закрыт, заявило министерство.", "заявить", None),
    (
        reports._subject_beside,
        "Несколько членов совета выразили надежду.",
        "выразить надежду",
        "Несколько членов совета",
    ),
    (reports._subject_beside, "На заседании кабинета Орлов заявил, что мост откроют.", "заявить", "Орлов"),
    (reports._subject_beside, "Мэр вышел, заявив, что мост откроют.", "заявить", "Мэр"),
    (reports._subject_beside, "Мы заявили, что мост откроют.", "заявить", None),
]
OF_ONE_OR_TWO_WORDS = [
    (subjects.clause_between, "Мэр утверждает, что мост закрыт.", "утверждает мост", True),
    (subjects.clause_between, "Мэр утверждает план моста.", "утверждает моста", False),
    (subjects._verb_between, "Лось ушёл, и сказал Кац.", "Лось сказал", True),
    (subjects._verb_between, "Лось и Кац сказали.", "Лось сказали", False),
    (subjects._personal, "Стол сказал.", "Стол сказал", False),
    (subjects._personal, "Мэр сказал.", "Мэр сказал", True),
    (phrases.has_preposition, "Мэр приехал в город.", "город", True),
    (phrases.has_preposition, "Мэр открыл город.", "город", False),
    (subjects._dependent, "Редактор газеты «Нива» сказал.", "Редактор", False),
]
OF_THE_LAST_LINE = [
    ("_in_first_person", "Мэр сказал:\nМы построим мост.", True),
    ("_in_first_person", "Мэр сказал:\nМост построят.", False),
    ("_verse", "Поэт прочёл:\nСнег идёт", True),
    (
        "_verse",
        "Поэт прочёл:\nСнег идёт, и улицы города пусты, и никто не выйдет до самого утра встречать рассвет",
        False,
    ),
    ("_marked_line", "Мэр сказал:\n«Мост открыт»", True),
    ("_marked_line", "Мэр сказал:\n— Мост открыт", True),
    ("_marked_line", "Мэр сказал:\nМост открыт", False),
]
OF_THE_FIRST_UTTERANCE = [
    ("_fills_sentence", "Мост открыт. «Мы успели вовремя».", True),
    ("_fills_sentence", "Мост назвали «Мы успели вовремя» не зря.", False),
    ("_listed", "Играли клубы: «Заря», «Авангард».", True),
    ("_listed", "Он сказал: «Мы победили», «Авангард» молчал.", False),
    ("_listed", "Играл клуб «Заря» из Орловки.", False),
]


@pytest.mark.parametrize(("rule", "text", "words", "answer"), OF_WORDS)
def test_rules_of_words(scene_of: SceneOf, rule: Rule, text: str, words: str, answer: object) -> None:
    scene = scene_of(text)
    assert rule(scene, *(word(scene, one) for one in words.split())) == answer


@pytest.mark.parametrize(("rule", "text", "head", "holds"), OF_A_SOURCE)
def test_rules_of_a_source(scene_of: SceneOf, rule: Rule, text: str, head: str, *, holds: bool) -> None:
    scene = scene_of(text)
    assert rule(scene, phrase(scene, word(scene, head), "subject")) is holds


@pytest.mark.parametrize(("rule", "text", "lemma", "holds"), OF_A_CUE)
def test_rules_of_a_cue(scene_of: SceneOf, rule: Rule, text: str, lemma: str, *, holds: bool) -> None:
    scene = scene_of(text)
    assert rule(scene, cue(scene, lemma)) is holds


@pytest.mark.parametrize(("text", "head", "holds"), OF_A_DOCUMENT)
def test_a_release_tells_of_itself_alone(scene_of: SceneOf, text: str, head: str, *, holds: bool) -> None:
    scene = scene_of(text)
    found = phrase(scene, word(scene, head), "place")
    assert issuers._is_release(scene, found) is holds


@pytest.mark.parametrize(("rule", "text", "words", "holds"), OF_WORDS_ALONE)
def test_rules_of_words_alone(scene_of: SceneOf, rule: Rule, text: str, words: str, *, holds: bool) -> None:
    scene = scene_of(text)
    assert rule(*(scene.words[word(scene, one)] for one in words.split())) is holds


@pytest.mark.parametrize(("text", "verb", "holds"), OF_ANOTHER_WHO_SPEAKS)
def test_who_speaks_behind_a_clause(scene_of: SceneOf, text: str, verb: str, *, holds: bool) -> None:
    scene = scene_of(text)
    site, comma = scene.cues[0], max(one.i for one in scene.words if one.text == ",")
    assert clause_ends._another_speaks(scene, site, comma, word(scene, verb)) is holds


@pytest.mark.parametrize(("text", "holds"), CHARGES_AND_OBJECTS)
def test_charges_and_what_somebody_supports_are_terms(scene_of: SceneOf, text: str, *, holds: bool) -> None:
    scene = scene_of(text)
    assert fragments.is_term(scene, find_utterances(scene)[0]) is holds


@pytest.mark.parametrize(("norm", "lemma", "pos", "holds"), [
    ("сказал", "сказать", "VERB", True), ("возразила", "возразила", "NOUN", True), ("по", "по", "ADP", True),
    ("словам", "слово", "NOUN", True), ("уверен", "уверенный", "ADJ", True), ("мост", "мост", "NOUN", False),
])  # fmt: skip
def test_words_at_which_a_cue_can_begin(norm: str, lemma: str, pos: str, *, holds: bool) -> None:
    assert cues._can_begin(norm, lemma, pos) is holds


@pytest.mark.parametrize(("text", "gender", "holds"), [
    ("Отметила эксперт.", "fem", True), ("Отметила эксперт.", "masc", False), ("Отметил эксперт.", "masc", True),
    ("Видели эксперт.", "masc", True), ("Отметила эксперт.", None, True),
])  # fmt: skip
def test_a_person_agrees_with_the_verb(scene_of: SceneOf, text: str, gender: Gender | None, *, holds: bool) -> None:
    scene = scene_of(text)
    entity = Entity("e1", "PER", "Ян Лис", gender, (), ())
    noun, verb = scene.words[1], scene.words[0]
    assert antecedents._of_verbs_gender(noun, verb, entity) is holds


@pytest.mark.parametrize(("text", "holds"), [
    ("«Ничего, мост построим!» — не унывает Пётр Лосев.", True),
    ("Пётр Лосев в долгу не остался: «Пой молча».", True),
    ("«Посмотрим!» — на стене плакат.", False),
])  # fmt: skip
def test_what_somebody_does_beside_a_sentence_in_marks(scene_of: SceneOf, text: str, *, holds: bool) -> None:
    scene = scene_of(text)
    utterance = find_utterances(scene)[0]
    places = attachments.attachments(scene, utterance)
    assert any(speech._deed(scene, utterance, place) for place in places) is holds


@pytest.mark.parametrize(("text", "where"), [
    ("Мэр назвал съезд «базаром». Об этом говорится в письме.", {"governs"}),
    ("Съезд стал «базаром». Об этом говорится в письме.", {"pointed at"}),
])  # fmt: skip
def test_the_cue_of_a_fragment_comes_before_what_points_at_it(scene_of: SceneOf, text: str, where: set[str]) -> None:
    scene = scene_of(text)
    utterance = find_utterances(scene)[0]
    found = speakers.candidates(scene, utterance, attachments.attachments(scene, utterance), None, None)
    assert {one.where for one in found} & {"governs", "pointed at"} == where


@pytest.mark.parametrize(("text", "noun", "holds"), [
    ("Совет директоров промолчал.", "Совет", True),
    ("Совет врача помог.", "Совет", False),
    ("Ответ директоров помог.", "Ответ", False),
])  # fmt: skip
def test_a_body_of_people_is_no_word_of_theirs(scene_of: SceneOf, text: str, noun: str, *, holds: bool) -> None:
    scene = scene_of(text)
    assert cues._names_body(scene.text, scene.words[word(scene, noun)]) is holds


@pytest.mark.parametrize(("text", "holds"), [
    ("Такое мнение высказал мэр.", True), ("С таким предложением выступил мэр.", True),
    ("Такое мнение оказалось ложным, сказал мэр.", False),
])  # fmt: skip
def test_an_object_that_opens_its_sentence_is_the_cues(scene_of: SceneOf, text: str, *, holds: bool) -> None:
    scene = scene_of(text)
    assert constructions._opens_with(scene, 0, scene.cues[-1]) is holds


@pytest.mark.parametrize(("text", "holds"), [
    ("«Посмотрим!» — пел он.", True), ("«Мост цел» — пел он.", True), ("«Синий мост» — пел он.", False),
])  # fmt: skip
def test_a_predicate_or_a_cry_stands_alone(scene_of: SceneOf, text: str, *, holds: bool) -> None:
    scene = scene_of(text)
    assert speech._alone_inside(scene, find_utterances(scene)[0]) is holds


@pytest.mark.parametrize(("text", "holds"), [
    ("Тренер назвал гол «подарком», пишет «Заря».", True),
    ("Тренер считает «спорным» гол, пишет «Заря».", True),
    ("Тренер считает гол «подарка» милым, пишет «Заря».", False),
    ("Гол стал «подарком», пишет «Заря».", False),
])  # fmt: skip
def test_a_judgement_in_a_report_is_whose_it_was(scene_of: SceneOf, text: str, *, holds: bool) -> None:
    scene = scene_of(text)
    utterance = find_utterances(scene)[0]
    places = attachments.attachments(scene, utterance)
    item = attribution.Spoken(utterance, "mixed", places, 0.9, None, None)
    report = next(report for report in find_reports(scene, set()) if report.construction == "parenthesis")
    assert attribution._judged_inside(scene, item, report) is holds


@pytest.mark.parametrize(("verb", "holds"), [("ушёл", True), ("уйдёт", False), ("ушла", False), ("дорога", False)])
def test_a_verb_joined_to_a_cue_has_its_form(scene_of: SceneOf, verb: str, holds: bool) -> None:
    scene = scene_of(f"Мэр сообщил, что мост закрыт, и {verb}.")
    assert clause_ends._same_form(scene.words[word(scene, "сообщил")], scene.words[word(scene, verb)]) is holds


def test_a_clause_of_the_content_hangs_on_it(scene_of: SceneOf) -> None:
    scene = scene_of("Мэр заявил, что мост, который построили, закроют.")
    site, start = cue(scene, "заявить"), word(scene, "мост")
    assert clause_ends._under(scene, site, start, word(scene, "построили"))
    assert not clause_ends._under(scene, site, start, word(scene, "закроют"))


def test_a_name_within_a_phrase_is_not_always_whom_it_denotes(scene_of: SceneOf) -> None:
    scene = scene_of("Помощник Ивана Каца ушёл, инженер остался.")
    named = scene.named_at[word(scene, "Каца")]
    assert named is not None
    helper, engineer = (phrase(scene, word(scene, head), "subject") for head in ("Помощник", "инженер"))
    assert naming._holds_name_of(scene, helper, named.entity)
    assert not naming._holds_name_of(scene, engineer, named.entity)


def test_only_what_describes_stands_before_a_name(scene_of: SceneOf) -> None:
    scene = scene_of("Областное МЧС и глава МЧС возразили.")
    name = word(scene, "МЧС")
    named = scene.named_at[name]
    assert named is not None
    assert naming._modifiers_only(scene, Source(1, 0, 2, "subject"), named)
    assert not naming._modifiers_only(scene, Source(name, name - 1, name + 1, "subject"), named)


def test_a_verb_of_feeling_with_a_thing_for_its_subject_is_no_cue(scene_of: SceneOf) -> None:
    assert scene_of("Отношения переживают кризис.").cues == []
    assert [site.entry.lemma for site in scene_of("Мэр переживает, что мост закроют.").cues] == ["переживать"]


def test_all_in_a_list_are_what_stands_before_it(scene_of: SceneOf) -> None:
    scene = scene_of("Фильмы «Заря», «Вече» (2031) и «Мост» показали.")
    first, *others = find_utterances(scene)
    assert speech._listed_behind(scene, first, first.start - 1) == {}
    for other in others:
        found = speech._listed_behind(scene, other, other.start - 1)
        assert found == {"in a list": 1.0, "in a list behind: work": 1.0}


@pytest.mark.parametrize(("said", "holds"), [("Мост открыт", True), ("Мост", False), ("Мост!", True)])
def test_a_predicate_or_a_cry_makes_a_clause(scene_of: SceneOf, said: str, holds: bool) -> None:
    scene = scene_of(f"Мэр сказал: «{said}».")
    assert utterances._is_clause(scene, find_utterances(scene)[0]) is holds


def test_a_line_below_a_colon_is_no_question_to_somebody(scene_of: SceneOf) -> None:
    scene = scene_of("Лось сказал:\nКто рад? Все.\nДа")
    assert [utterances._in_block(scene, line) for line in range(3)] == [False, True, False]


def test_a_subject_without_a_name_that_stands_nearer_is_the_pronoun(scene_of: SceneOf) -> None:
    scene = scene_of("Мэр Пётр Лосев осмотрел мост. На площади выступил инженер. «Мост цел», — сказал он.")
    pronoun = word(scene, "он")
    named = scene.named_at[pronoun]
    assert named is not None
    assert naming._nearer_than(scene, Source(pronoun, pronoun, pronoun + 1, "subject"), named)


@pytest.mark.parametrize(("rule", "text", "lemma", "phrase"), SUBJECTS)
def test_subjects_that_the_tree_hides(scene_of: SceneOf, rule: Rule, text: str, lemma: str, phrase: str | None) -> None:
    scene = scene_of(text)
    given = cue(scene, lemma) if rule is reports._subject_beside else cue(scene, lemma).word
    assert shown(scene, rule(scene, given)) == phrase  # type: ignore[arg-type]


def test_a_gloss_may_stand_between_two_who_speak_together(scene_of: SceneOf) -> None:
    scene = scene_of("Олег Рябов (партия «Свет») и Анна Котова заявили, что мост нужен.")
    joint = subjects._joint_with_gloss(scene, word(scene, "Котова"))
    assert shown(scene, joint) == "Олег Рябов (партия «Свет») и Анна Котова"
    assert subjects._joint_with_gloss(scene, word(scene, "Рябов")) is None


@pytest.mark.parametrize(("text", "holds"), [("Тренер назвал гол «подарком».", True), ("Гол стал «подарком».", False)])
def test_a_cue_before_a_fragment_leads_into_it(scene_of: SceneOf, text: str, holds: bool) -> None:
    scene = scene_of(text)
    assert attachments._led_into(scene, find_utterances(scene)[0]) is holds


@pytest.mark.parametrize(("rule", "text", "words", "holds"), OF_ONE_OR_TWO_WORDS)
def test_conditions_of_one_or_two_words(scene_of: SceneOf, rule: Rule, text: str, words: str, *, holds: bool) -> None:
    scene = scene_of(text)
    assert rule(scene, *(word(scene, one) for one in words.split())) is holds


@pytest.mark.parametrize(("rule", "text", "holds"), OF_THE_LAST_LINE)
def test_conditions_of_a_line(scene_of: SceneOf, rule: str, text: str, holds: bool) -> None:
    scene = scene_of(text)
    assert getattr(utterances, rule)(scene, *scene.lines[-1]) is holds


@pytest.mark.parametrize(("rule", "text", "holds"), OF_THE_FIRST_UTTERANCE)
def test_conditions_of_an_utterance(scene_of: SceneOf, rule: str, text: str, holds: bool) -> None:
    scene = scene_of(text)
    assert getattr(speech, rule)(scene, find_utterances(scene)[0]) is holds


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("«Да», «нет», — отвечал он.", "goes on: listed"),
        ("«Мост цел». «Мост мал».", "goes on: next to it"),
        ("«Мост цел».\n«Мост мал».", "goes on: opens the paragraph"),
    ],
)
def test_what_stands_between_two_utterances(scene_of: SceneOf, text: str, feature: str) -> None:
    scene = scene_of(text)
    gap = speakers._gap(scene, find_utterances(scene)[1])
    assert gap[feature] == 1.0


@pytest.mark.parametrize(
    ("verb", "gender", "holds"),
    [("сказала", "fem", True), ("сказала", "masc", False), ("сказали", "masc", False), ("говорит", "masc", True)],
)
def test_who_can_be_the_subject_that_a_verb_leaves_out(scene_of: SceneOf, verb: str, gender: str, holds: bool) -> None:
    scene = scene_of(f"Потом {verb}, что мост открыт.")
    assert speakers._may_continue(scene, word(scene, verb), gender) is holds


def speech_features(scene: Scene) -> dict[str, float]:
    utterance = find_utterances(scene)[0]
    [candidate, *_] = speakers.attached(scene, utterance, attachments.attachments(scene, utterance))
    speaker = attribution.denoted(scene, candidate, ())
    return confidence.of_speech(scene, utterance, speaker, candidate, (0.5, 0.999))


def test_what_the_confidence_of_speech_is_made_of(scene_of: SceneOf) -> None:
    found = speech_features(scene_of("«Мост открыт», — сказал Пётр Лосев."))
    assert found["frame marks"] == 1.0
    assert found["speech odds"] == 0.0
    assert found["speaker odds"] == pytest.approx(5.293, abs=0.001)
    assert found["where behind dash"] == 1.0
    assert found["behind dash by subject"] == 1.0
    assert found["speaker PER, entity"] == 1.0
    assert found["named where it speaks"] == 1.0
    assert found["source is name"] == 1.0
    assert found["words to the cue"] == pytest.approx(log1p(1))


def test_what_the_confidence_of_a_report_is_made_of(scene_of: SceneOf) -> None:
    scene = scene_of("Мэр заявил, что мост откроют осенью.")
    report = next(report for report in find_reports(scene, set()) if report.construction == "clause")
    found = confidence.of_report(scene, report, 0.5, None)
    assert found["construction clause"] == 1.0
    assert found["report odds"] == 0.0
    assert found["clause by subject"] == 1.0
    assert found["no speaker"] == 1.0
    assert found["source is unnamed"] == 1.0
    assert found["words of the report"] == pytest.approx(log1p(3))


def test_a_predicate_is_a_finite_verb_or_a_short_form(scene_of: SceneOf) -> None:
    scene = scene_of("Мэр открыл мост, мост цел.")
    assert [scene.words[i].text for i in range(len(scene.words)) if bounds.predicate(scene, i)] == ["открыл", "цел"]
