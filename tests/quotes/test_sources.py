"""From a cue to the phrase that denotes its source, and on to the speaker: a text for each way."""

import pytest

from skazal.quotes.naming import speaker_of
from skazal.quotes.phrases import phrase
from skazal.quotes.sources import of_verb, passive, relay_of, source_of
from skazal.quotes.subjects import fits

from .scenes import SceneOf, cue, shown, word

MOST = "Глава комитета по делам стариков, детей и спорта Анна Лис сообщила, что ждёт."
SOURCES = [
    ("own subject", "Мэр Инна Лужина сообщила, что мост закроют.", "сообщить", "Инна Лужина"),
    ("nominative behind the verb", "«Мост закроют», — сообщила мэр Инна Лужина.", "сообщить", "Инна Лужина"),
    ("joined verbs", "Инна Лужина осмотрела мост и заявила, что его закроют.", "заявить", "Инна Лужина"),
    ("converb", "Инна Лужина вышла к людям, сообщив, что мост закроют.", "сообщить", "Инна Лужина"),
    ("relative clause", "Людям ответил инженер, который заявил, что мост закроют.", "заявить", "инженер"),
    ("place", "В мэрии сообщили, что мост закроют.", "сообщить", "мэрия"),
    ("issuer of a document", "В заявлении компании говорится, что мост закроют.", "говориться", "компания"),
    ("document that issues nothing", "В акте проверки сказано, что мост закрыт.", "сказать", "акт проверки"),
    ("reference", "Мост закроют, сообщает агентство со ссылкой на прокуратуру.", "сообщать", "прокуратура"),
    ("owner of words", "«Мост цел», — приводит слова инженера Ивана Каца газета.", "приводить слова", "Иван Кац"),
    ("genitive", "По словам инженера Ивана Каца, мост цел.", "по словам", "Иван Кац"),
    ("name behind commas", MOST, "сообщить", "Анна Лис"),
    ("several subjects", "Иван Кац и Анна Лис рассказали, что мост цел.", "рассказать", "Иван Кац и Анна Лис"),
    ("outlet in marks", "Мост закроют, передаёт «Заречный вестник».", "передавать", "Заречный вестник"),
    ("infinitive", "Инна Лужина хотела сказать, что мост закроют.", "сказать", "Инна Лужина"),
    ("participle", "Заявивший о закрытии моста инженер ушёл.", "заявить", "инженер"),
    ("relative clause of a document", "Есть справка, в которой говорится, что мост цел.", "говориться", "справка"),
    ("place without a role", "Мост закроют, ответили в областном минэкономики.", "ответить", "областное минэкономики"),
    ("name far behind", "«Цел», — сообщила вчера на пустой площади Анна Лис.", "сообщить", "Анна Лис"),
    ("apposition behind a comma", "Автор закона, депутат Иван Лось, сообщил, что ждёт.", "сообщить", "Иван Лось"),
    ("reference that is a thing", "Мост закроют, сообщает агентство со ссылкой на звонок.", "сообщать", "агентство"),
    ("reference before the verb", "Со ссылкой на прокуратуру газета сообщает, что ждёт.", "сообщать", "прокуратура"),
    ("cited person", "Газета цитирует инженера Ивана Каца: «Мост цел».", "цитировать", "Иван Кац"),
    ("example that is nobody's", "Газета приводит пример: «Мост цел».", "приводить пример", "газета"),
    ("page of somebody", "На сайте завода сообщается, что мост закроют.", "сообщаться", "сайт завода"),
    ("issuer behind a preposition", "Как следует из доклада министерства, мост цел.", "как следует из", "министерство"),
    ("document itself", "Согласно отчёту, мост цел.", "согласно отчёту", "отчёт"),
    ("owner of a noun", "Слова Анны Лис удивили всех.", "слово", "Анна Лис"),
    ("outlet behind the verb", "Мост закроют, пишет «Заря».", "писать", "Заря"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lemma", "name"), [row[1:] for row in SOURCES], ids=[row[0] for row in SOURCES])
def test_the_source_of_a_cue(scene_of: SceneOf, text: str, lemma: str, name: str) -> None:
    scene = scene_of(text)
    site = cue(scene, lemma)
    source = source_of(scene, site)
    assert source is not None
    speaker = speaker_of(scene, source)
    assert speaker is not None
    assert speaker.name.casefold() == name.casefold()


def test_a_subject_does_not_lie_beyond_a_clause(scene_of: SceneOf) -> None:
    scene = scene_of("Секретарь утверждает, что тема закрыта.")
    site = cue(scene, "утверждать")
    source = source_of(scene, site)
    assert source is not None
    assert scene.text.slice(source.start, source.stop) == "Секретарь"


def test_a_helper_is_not_whom_he_helps(scene_of: SceneOf) -> None:
    scene = scene_of("Анна Лис молчит. Адвокат Анны Лис заявил, что дело закрыто.")
    site = cue(scene, "заявить")
    source = source_of(scene, site)
    speaker = speaker_of(scene, source) if source else None
    assert speaker is not None
    assert speaker.type == "ROLE"


def test_who_passes_words_on(scene_of: SceneOf) -> None:
    scene = scene_of("Мост закроют, сообщает агентство «Заря» со ссылкой на прокуратуру.")
    site = cue(scene, "сообщать")
    relay = relay_of(scene, site.word)
    speaker = speaker_of(scene, relay) if relay else None
    assert speaker is not None
    assert "Заря" in speaker.name


def test_a_report_without_a_reference_has_no_relay(scene_of: SceneOf) -> None:
    scene = scene_of("Мост закроют, сообщает агентство «Заря».")
    site = cue(scene, "сообщать")
    assert relay_of(scene, site.word) is None


NOBODY = [
    ("place of an occasion", "На совещании сообщили, что мост закроют.", "сообщить"),
    ("place that cannot speak", "На вокзале сообщили, что поезд уйдёт.", "сообщить"),
    ("time", "В субботу сообщили, что мост закроют.", "сообщить"),
    ("impersonal verb", "Сообщается, что мост закроют.", "сообщаться"),
    ("empty subject", "Это говорит, что мост цел.", "говорить"),
    ("subject of the clause", "Утверждает, что секретарь болен.", "утверждать"),
    ("noun of nobody", "Ответ удивил всех.", "ответ"),
    ("preposition cut short", "По словам: мост цел.", "по словам"),
]


@pytest.mark.parametrize(("text", "lemma"), [row[1:] for row in NOBODY], ids=[row[0] for row in NOBODY])
def test_a_cue_without_a_source(scene_of: SceneOf, text: str, lemma: str) -> None:
    scene = scene_of(text)
    assert shown(scene, source_of(scene, cue(scene, lemma))) is None


WAYS = [
    ("subject", "Мэр сообщил, что мост цел.", "сообщить"),
    ("subjects", "Прораб и инженер рассказали, что мост цел.", "рассказать"),
    ("antecedent", "Людям ответил инженер, который заявил, что мост цел.", "заявить"),
    ("place", "В мэрии сообщили, что мост цел.", "сообщить"),
    ("issuer", "В заявлении компании говорится, что мост цел.", "говориться"),
    ("document", "Согласно отчёту, мост цел.", "согласно отчёту"),
    ("genitive", "По словам мэра, мост цел.", "по словам"),
    ("possessive", "По его словам, мост цел.", "по словам"),
    ("quoted", "Газета цитирует инженера: «Мост цел».", "цитировать"),
]


@pytest.mark.parametrize(("way", "text", "lemma"), WAYS)
def test_how_a_source_was_found(scene_of: SceneOf, way: str, text: str, lemma: str) -> None:
    scene = scene_of(text)
    source = source_of(scene, cue(scene, lemma))
    assert source is not None
    assert source.by == way


def test_the_nearest_nominative_speaks_where_the_tree_has_no_subject(scene_of: SceneOf) -> None:
    scene = scene_of("Мост цел, и вчера Анна Лис сообщила людям, что ждёт.")
    for child in scene.words:
        child.dep = "obl" if child.dep == "nsubj" else child.dep
    source = source_of(scene, cue(scene, "сообщить"))
    assert source is not None
    assert (shown(scene, source), source.by) == ("Анна Лис", "nearest")


def test_a_phrase_holds_what_belongs_to_its_head_alone(scene_of: SceneOf) -> None:
    scene = scene_of("Наш старый прораб участка, который устал, и мэр молчат.")
    assert shown(scene, phrase(scene, word(scene, "прораб"), "subject")) == "Наш старый прораб участка"


@pytest.mark.parametrize(
    ("text", "verb", "noun", "agrees"),
    [
        ("Мэр сообщил.", "сообщил", "Мэр", True),
        ("Мэр сообщила.", "сообщила", "Мэр", True),
        ("Лодка ушла, сообщил.", "сообщил", "Лодка", False),
        ("Врачи ушли, сообщил.", "сообщил", "Врачи", False),
        ("Большинство сообщили.", "сообщили", "Большинство", True),
    ],
)
def test_a_subject_agrees_with_its_verb(scene_of: SceneOf, text: str, verb: str, noun: str, agrees: bool) -> None:
    scene = scene_of(text)
    assert fits(scene.words[word(scene, verb)], scene.words[word(scene, noun)]) is agrees


@pytest.mark.parametrize(
    ("text", "verb", "leaves"),
    [
        ("В отчёте говорится о мосте.", "говорится", True),
        ("О мосте отмечено в отчёте.", "отмечено", True),
        ("Мэр боится моста.", "боится", False),
        ("Мэр сказал о мосте.", "сказал", False),
    ],
)
def test_verbs_that_leave_their_source_to_a_document(scene_of: SceneOf, text: str, verb: str, leaves: bool) -> None:
    scene = scene_of(text)
    assert passive(scene.words[word(scene, verb)]) is leaves


def test_a_verb_of_the_first_person_has_no_nearest_nominative(scene_of: SceneOf) -> None:
    scene = scene_of("Вот вышел мэр. Говорю: мэр ушёл.")
    assert shown(scene, of_verb(scene, word(scene, "Говорю"))) is None


SPEAKERS = [
    ("Прораб Иван Лось ушёл. Лось сказал, что ждёт.", "PER", "Иван Лось"),
    ("Старый прораб сказал, что ждёт.", "ROLE", "старый прораб"),
    ("Жители сказали, что ждут.", "GROUP", "жители"),
    ("Большинство сказало, что ждёт.", "GROUP", "большинство"),
    ("Полиция сказала, что ждёт.", "ORG", "полиция"),
    ("В длинном отчёте сказано, что мост цел.", "DOC", "длинный отчёт"),
    ("Иван Лось подписал указ. В указе сказано, что мост цел.", "PER", "Иван Лось"),
    ("Япония сказала, что ждёт.", "ORG", "Япония"),
    ("Иван Лось и Анна Лис сказали, что ждут.", "GROUP", "Иван Лось и Анна Лис"),
    ("Местная жительница вышла. Она сказала, что ждёт.", "ROLE", "местная жительница"),
]


@pytest.mark.parametrize(("text", "kind", "name"), SPEAKERS)
def test_who_a_source_is(scene_of: SceneOf, text: str, kind: str, name: str) -> None:
    scene = scene_of(text)
    source = source_of(scene, cue(scene, "сказать"))
    speaker = speaker_of(scene, source) if source else None
    assert speaker is not None
    assert (speaker.type, speaker.name) == (kind, name)


def test_a_pronoun_of_nobody_is_no_speaker(scene_of: SceneOf) -> None:
    scene = scene_of("Вчера она сказала, что ждёт.")
    source = source_of(scene, cue(scene, "сказать"))
    assert source is not None
    assert speaker_of(scene, source) is None
