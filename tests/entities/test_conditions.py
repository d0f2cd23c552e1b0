"""Conditions within rules that few texts decide: each is asked by itself, for a text that fulfils it and one that does
not. Found by breaking them one at a time (`benchmarks/mutation.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from skazal.entities import (
    aliases,
    families,
    finding,
    gazetteer,
    heads,
    institutions,
    labels,
    listed,
    nominals,
    phrases,
    pronouns,
    repeats,
    resolve,
    roles,
    spans,
)
from skazal.entities.focus import Focus, Seen
from skazal.entities.mentions import main_person
from skazal.entities.naming import Named
from skazal.entities.persons import Person, gender_by_verb, has_form, same_stem, surname_keys, told_by_verbs
from skazal.entities.referents import Place, Referent
from skazal.entities.spans import Name
from skazal.entities.things import Thing, shortened, with_noun
from skazal.names import parse_name
from skazal.pipeline import load
from skazal.reading import read
from skazal.words import NamedSpan, Text, Word

NLP = load(exclude=["skazal_entities", "skazal_quotes"])


@dataclass
class Asked:
    """A text, its words by how they are written, and names made of words."""

    text: Text

    def word(self, written: str) -> Word:
        """The last word that is written so."""
        return max((word for word in self.text.words if word.text == written), key=lambda word: word.i)

    def at(self, written: str) -> int:
        return self.word(written).i

    def name(self, written: str, label: str) -> Name:
        """The name of these words: its first word to its last."""
        first, *_, last = written.split() * 2
        return Name(self.at(first), self.at(last) + 1, label)

    def span(self, written: str, label: str) -> NamedSpan:
        """The span of these words, as a tagger would give it."""
        name = self.name(written, label)
        return NamedSpan(name.start, name.stop, label)


def asked(text: str) -> Asked:
    return Asked(read(NLP(text)))


GENERAL = ("генеральный", "директор")
OF_MINISTER = ["мальтийский", "рек"]
STREET = next(noun for noun in gazetteer.head_nouns()["улица"] if noun.takes("street"))


def role_words(it: Asked, head: str) -> tuple[str, ...] | None:
    """The words of the lexicon's role that a noun has in its text."""
    role = phrases.role_of(it.text, it.at(head))
    return role.words if role else None


def complements(it: Asked, head: str) -> list[Word]:
    """The complements of the phrase of a noun."""
    return [*phrases.complements(it.text, phrases.phrase_at(it.text, it.at(head), len(it.text.words)))]


CONDITIONS: list[tuple[str, Callable[[Asked], object], object]] = [
    ("СРП", lambda it: aliases.is_abbreviation(it.text.words[0].text), True),
    ("Срп", lambda it: aliases.is_abbreviation(it.text.words[0].text), False),
    ("Росавиация ждёт.", lambda it: aliases.is_short_name(it.word("Росавиация")), True),
    ("Самолёт ждёт.", lambda it: aliases.is_short_name(it.word("Самолёт")), False),
    ("Союз рек (СРП) ждёт.", lambda it: aliases.looks_like_alias(it.text, it.at("СРП"), it.at("СРП") + 1, "ORG"), True),
    (
        "Союз рек (СРП) ждёт.",
        lambda it: aliases.looks_like_alias(it.text, it.at("СРП"), it.at("СРП") + 1, "LOC"),
        False,
    ),
    ("Порт (река) ждёт.", lambda it: aliases.looks_like_alias(it.text, it.at("река"), it.at("река") + 1, "ORG"), False),
    ("Зоя ждёт.", lambda it: families.is_given(it.word("Зоя")), True),
    ("Стол ждёт.", lambda it: families.is_given(it.word("Стол")), False),
    ("Девушка по имени Елена ушла.", lambda it: finding.is_called(it.text, it.word("Елена")), True),
    ("Девушка Елена ушла.", lambda it: finding.is_called(it.text, it.word("Елена")), False),
    ("Собянин открыл мост.", lambda it: finding.is_subject(it.text, it.word("Собянин")), True),
    ("Собянину открыли мост.", lambda it: finding.is_subject(it.text, it.word("Собянину")), False),
    ("Собянин ждёт.", lambda it: finding.is_surname(it.word("Собянин")), True),
    ("Иван ждёт.", lambda it: finding.is_surname(it.word("Иван")), False),
    ("Мария Лось ждёт.", lambda it: finding.is_surname_after(it.word("Мария"), it.word("Лось")), True),
    ("Мария ждёт.", lambda it: finding.is_surname_after(it.word("Мария"), it.word("ждёт")), False),
    ("Мария Лось ждёт.", lambda it: finding.follows(it.text, it.name("Мария", "PER")), True),
    ("Мария ждёт.", lambda it: finding.follows(it.text, it.name("Мария", "PER")), False),
    ("Мария Лось ждёт.", lambda it: finding.precedes(it.text, it.name("Лось", "PER")), True),
    ("Девушка Лось ждёт.", lambda it: finding.precedes(it.text, it.name("Лось", "PER")), False),
    ("Пак Мин Су ждёт.", lambda it: finding.one_name(it.text, it.name("Пак", "PER"), it.name("Мин Су", "PER")), True),
    ("Пак, Мин Су ждёт.", lambda it: finding.one_name(it.text, it.name("Пак", "PER"), it.name("Мин Су", "PER")), False),
    ("Сквер имени Баженова.", lambda it: heads.is_named_after(it.text, it.name("Баженова", "PER")), True),
    ("Сквер им. Баженова.", lambda it: heads.is_named_after(it.text, it.name("Баженова", "PER")), True),
    ("Девушка по имени Елена.", lambda it: heads.is_named_after(it.text, it.name("Елена", "PER")), False),
    ("Команда Rotor.", lambda it: heads.is_latin(it.text, it.name("Rotor", "ORG")), True),
    ("Команда Ротор.", lambda it: heads.is_latin(it.text, it.name("Ротор", "ORG")), False),
    ("Порт Мальты.", lambda it: heads.is_known_place(it.text, it.name("Мальты", "ORG")), True),
    ("Порт Зари.", lambda it: heads.is_known_place(it.text, it.name("Зари", "ORG")), False),
    (
        "Были на улице Баженова.",
        lambda it: heads.is_street(it.text, it.name("Баженова", "LOC"), STREET, it.at("улице")),
        True,
    ),
    (
        "Были на улицах Мельска.",
        lambda it: heads.is_street(it.text, it.name("Мельска", "LOC"), STREET, it.at("улицах")),
        False,
    ),
    ("Комитет по охране рек ждёт.", lambda it: heads.links(it.text, it.at("рек"), it.at("охране")), True),
    ("Комитет по охране рек ждёт.", lambda it: heads.links(it.text, it.at("ждёт"), it.at("охране")), False),
    ("Ким Чен Ын ждёт.", lambda it: spans.next_is_name(it.text, it.at("Чен")), True),
    ("Ким Чен Ын ждёт.", lambda it: spans.next_is_name(it.text, it.at("ждёт")), False),
    ("Шаттл «Заря» взлетел.", lambda it: labels.is_title(it.text, it.name("Заря", "ORG")), True),
    ("Завод «Заря» ждёт.", lambda it: labels.is_title(it.text, it.name("Заря", "ORG")), False),
    ("Любят Труд.", lambda it: listed.is_common(it.word("Труд")), True),
    ("Пишет ТАСС.", lambda it: listed.is_common(it.word("ТАСС")), False),
    ("Пишет газета Труд.", lambda it: listed.stands_as_title(it.text, it.at("Труд"), it.at("Труд") + 1), True),
    ("Пишет «Труд».", lambda it: listed.stands_as_title(it.text, it.at("Труд"), it.at("Труд") + 1), True),
    ("Любят Труд.", lambda it: listed.stands_as_title(it.text, it.at("Труд"), it.at("Труд") + 1), False),
    ("Пишет Vyazma.ru сегодня.", lambda it: [(one.start, one.stop) for one in listed.sites(it.text)], [(1, 4)]),
    ("Любят Труд, пишет ТАСС.", lambda it: [one.start for one in listed.listed_outlets(it.text, it.text.words)], [4]),
    (
        "Банк Италии ждёт.",
        lambda it: [one.start for one in listed.inner_countries(it.text, [it.name("Банк Италии", "ORG")])],
        [1],
    ),
    ("Соловьёва заявила.", lambda it: gender_by_verb(it.text, it.name("Соловьёва", "PER")), "fem"),
    ("Депутат Дюпре заявила.", lambda it: gender_by_verb(it.text, it.name("Дюпре", "PER")), "fem"),
    ("Дюпре рад.", lambda it: gender_by_verb(it.text, it.name("Дюпре", "PER")), None),
    ("", lambda it: surname_keys(parse_name("Анна Лис-Белова")) >= {"белова", "лис", "лис-белова"}, True),
    ("", lambda it: surname_keys(parse_name("Анна")), set()),
    ("", lambda it: has_form({"белов"}, "Беловым"), True),
    ("", lambda it: has_form({"белов"}, "Рыбин"), False),
    ("", lambda it: same_stem("Ивановича", "Иванович"), True),
    ("", lambda it: same_stem("Петровича", "Иванович"), False),
    ("Белов ждёт, его зовут.", lambda it: pronouns.in_clause(it.text, it.at("его"), it.at("зовут")), True),
    ("Белов ждёт, его зовут.", lambda it: pronouns.in_clause(it.text, it.at("его"), it.at("ждёт")), False),
    ("Глава завода в Орловке ждёт.", lambda it: phrases.hangs_on(it.text, it.at("Орловке"), it.at("Глава")), True),
    ("Глава завода ждёт зимы.", lambda it: phrases.hangs_on(it.text, it.at("зимы"), it.at("Глава")), False),
    ("Глава «Зари и мира» ждёт.", lambda it: phrases.opened(it.text, it.at("Глава"), it.at("»")), True),
    ("Глава «Зари» и мира ждёт.", lambda it: phrases.opened(it.text, it.at("Глава"), it.at("мира")), False),
    ("Рыбак ждёт.", lambda it: phrases.is_person_noun(it.word("Рыбак")), True),
    ("Снег ждёт.", lambda it: phrases.is_person_noun(it.word("Снег")), False),
    ("", lambda it: phrases.head_place(("генеральный", "директор")), 1),
    ("", lambda it: phrases.head_place(("глава", "государства")), 0),
    ("Доволен генеральный директор.", lambda it: role_words(it, "директор"), GENERAL),
    ("Доволен бывший мэр.", lambda it: phrases.is_former(it.text, phrases.phrase_at(it.text, it.at("мэр"), 9)), True),
    ("Доволен новый мэр.", lambda it: phrases.is_former(it.text, phrases.phrase_at(it.text, it.at("мэр"), 9)), False),
    ("Доволен мэр Орловки.", lambda it: [one.text for one in complements(it, "мэр")], ["Орловки"]),
    ("Доволен мальтийский министр рек.", lambda it: [one.text for one in complements(it, "министр")], OF_MINISTER),
    ("Мост открыли. Мост цел.", lambda it: repeats.may_be_common(it.text, it.word("Мост")), True),
    ("Люди открыли Мост.", lambda it: repeats.may_be_common(it.text, it.word("Мост")), False),
    ("Мэр ждёт.", lambda it: roles.is_office(it.word("Мэр")), True),
    ("Рыба ждёт.", lambda it: roles.is_office(it.word("Рыба")), False),
    ("", lambda it: [*roles.synonyms("артист")] != [], True),
    ("", lambda it: [*roles.synonyms("берёза")], []),
    ("Пришла жена брата.", lambda it: roles.is_bare_kinship(it.word("брата")), True),
    ("Пришла жена его брата.", lambda it: roles.is_bare_kinship(it.word("брата")), False),
    ("", lambda it: roles.declines_in("Ян Белов", "белов"), True),
    ("", lambda it: roles.declines_in("Флоранс Дюпре", "дюпре"), False),
    ("Мэр города Белов.", lambda it: roles.unbroken(it.text, it.at("Мэр"), it.at("Белов")), True),
    ("Мэр, потом Белов.", lambda it: roles.unbroken(it.text, it.at("Мэр"), it.at("Белов")), False),
    ("", lambda it: [*roles.of_countries({"#RU", "@president"})], ["#RU @president"]),
    ("", lambda it: [*roles.of_countries({"@president"})], []),
    ("Ждут Зарю, Мельск и порт.", lambda it: spans.lists(it.text, it.span("Зарю Мельск", "LOC"), it.at(",")), True),
    (
        "Ждут Зарю, Мельск и порт.",
        lambda it: spans.lists(it.text, it.span("Зарю Мельск", "LOC"), it.at("Мельск")),
        False,
    ),
    ("Игрок клуба Ротор Иван Петров.", lambda it: spans.person_at_end(it.text, it.name("клуба Петров", "ORG")), 3),
    ("Клуб Ротор Орловки.", lambda it: spans.person_at_end(it.text, it.name("Клуб Орловки", "ORG")), None),
    ("НАСА Яна Белова.", lambda it: spans.after_organisation(it.text, it.name("НАСА Белова", "PER")), 1),
    ("Ян Белов.", lambda it: spans.after_organisation(it.text, it.name("Ян Белов", "PER")), 0),
    ("Завхоз Эдик Мотин ждёт.", lambda it: spans.opens_as_title(it.text, 0, 3), True),
    ("Эдик Мотин ждёт.", lambda it: spans.opens_as_title(it.text, 0, 2), False),
    ("Премьер-министр Ян Белов ждёт.", lambda it: spans.without_title(it.text, 0, 3), 1),
    ("Аким Жанакалы Еркен Байсалов.", lambda it: spans.genitive_of_place(it.text, 1, 4), True),
    ("Аким Жанакалы Еркен Байсал.", lambda it: spans.genitive_of_place(it.text, 1, 4), False),
    ("Сам Белов ждёт.", lambda it: spans.is_title(it.word("Сам"), it.word("Белов")), True),
    ("Ян Белов ждёт.", lambda it: spans.is_title(it.word("Ян"), it.word("Белов")), False),
    ("Ждёт мама Ани Зоя Петровна.", lambda it: spans.owner_before(it.text, it.at("Зоя"), it.at("Петровна") + 1), True),
    ("Ждёт Аня Зоя.", lambda it: spans.owner_before(it.text, it.at("Зоя"), it.at("Зоя") + 1), False),
    ("Иванович ждёт.", lambda it: spans.is_patronymic(it.word("Иванович")), True),
    ("Белов ждёт.", lambda it: spans.is_patronymic(it.word("Белов")), False),
    ("Салим бин Наджар.", lambda it: spans.is_particle(it.word("бин")), True),
    ("Салим бин Наджар.", lambda it: spans.is_particle(it.word("Наджар")), False),
    ("А. Белов ждёт.", lambda it: spans.is_initial(it.word("А")), True),
    ("А. Белов ждёт.", lambda it: spans.is_initial(it.word("Белов")), False),
    ("А. Белов ждёт.", lambda it: spans.ends_inside(it.text, 0, 2), True),
    ("Белов. А ждёт.", lambda it: spans.ends_inside(it.text, 0, 2), False),
    ("Служба «Голоса Севера» ждёт.", lambda it: spans.closed(it.text, 0, it.at("»")), 5),
    ("Служба Севера» ждёт.", lambda it: spans.closed(it.text, 0, it.at("»")), 2),
    ("Порт Вязьма ждёт.", lambda it: spans.is_place(it.word("Вязьма")), True),
    ("Порт Вязьма ждёт.", lambda it: spans.is_place(it.word("ждёт")), False),
    ("Ждут Яна и в Орловке.", lambda it: spans.governs(it.text, it.span("Яна Орловке", "LOC"), it.at("в")), True),
    ("Ждут Яна и в Орловке.", lambda it: spans.governs(it.text, it.span("Яна Орловке", "LOC"), it.at("и")), False),
    ("", lambda it: gazetteer.may_begin("россия"), True),
    ("", lambda it: gazetteer.may_begin("щщщ"), False),
    ("Живёт в Орловке.", lambda it: roles.has_preposition(it.text, it.at("Орловке")), True),
    ("Живёт Орловка.", lambda it: roles.has_preposition(it.text, it.at("Орловка")), False),
    ("Ждёт мама Ани Зоя Петровна.", lambda it: spans.another_begins(it.text, 2, 3, 5), True),
    ("Ждёт Ян Белов.", lambda it: spans.another_begins(it.text, 1, 2, 3), False),
    ("", lambda it: institutions.group_of("компания") != "", True),
    ("", lambda it: institutions.group_of("берёза"), ""),
]


@pytest.mark.parametrize(("text", "ask", "answer"), CONDITIONS)
def test_conditions(text: str, ask: Callable[[Asked], object], answer: object) -> None:
    assert ask(asked(text)) == answer


def test_an_organisation_in_marks_goes_on_to_the_mark_that_closes() -> None:
    it = asked("Пришли из «Совета ветеранов села» и из «Зари завтра пришли».")
    whole, verb = it.name("Совета ветеранов", "ORG"), it.name("Зари", "ORG")
    heads.fill_marks(it.text, [whole, verb])
    assert (whole.stop, verb.stop) == (it.at("села") + 1, it.at("Зари") + 1)


def test_whom_a_name_honours_is_a_part_of_it() -> None:
    it = asked("Театр имени Баженова и Баженов ждут.")
    theatre = it.name("Театр", "ORG")
    heads.join_namesake(it.text, it.name("Баженова", "PER"), [theatre])
    assert theatre.stop == it.at("Баженова") + 1
    heads.join_namesake(it.text, it.name("Баженов", "PER"), [theatre])
    assert theatre.stop == it.at("Баженова") + 1


def test_what_a_committee_is_for_belongs_to_its_name() -> None:
    it = asked("Комитет по охране рек ждёт.")
    committee = it.name("Комитет", "ORG")
    heads.stretch(it.text, [committee])
    assert committee.stop == it.at("рек") + 1
    assert heads.dependents_stop(it.text, it.at("охране"), it.at("охране"), committee) == it.at("рек") + 1


def found(text: str) -> dict[str, list[str]]:
    """Names of entities, and what their mentions are written as."""
    return {one.name: [mention.text for mention in one.mentions] for one in resolve(asked(text).text)}


def test_who_share_a_surname_have_it_in_the_singular() -> None:
    assert list(found("Зоя и Кузьма Ладушины приехали.")) == ["Зоя Ладушина", "Кузьма Ладушин"]
    it = asked("Зоя и Кузьма Ладушины приехали.")
    names = [it.name("Зоя", "PER"), it.name("Кузьма Ладушины", "PER")]
    assert families.surnames(it.text, names) == {it.at("Зоя"): "Ладушина", it.at("Кузьма"): "Ладушин"}
    ends = {name.stop: name for name in names}
    assert [*families.with_given_names_before(it.text, names[1], ends)] == [names[1], names[0]]


def test_persons_whom_the_tagger_leaves_out() -> None:
    it = asked("Собянин открыл мост, девушка по имени Елена ждёт.")
    assert {it.text.words[name.start].text for name in finding.left_out(it.text, it.text.words, [])} == {
        "Собянин",
        "Елена",
    }


def test_who_is_named_by_a_foreign_name_is_a_woman_by_her_verbs() -> None:
    assert [one.gender for one in resolve(asked("Флоранс Дюпре заявила, что рада. Дюпре уехала.").text)] == ["fem"]


def test_initials_of_a_name_stand_for_it() -> None:
    text = "Национальная лига рыбаков просит денег. В НЛР ждут ответа, НЛР молчит."
    assert found(text) == {"Национальная лига рыбаков": ["Национальная лига рыбаков", "НЛР", "НЛР"]}


def test_a_seat_of_power_is_whose_it_is() -> None:
    assert [*roles.seated(Referent("LOC", "Кремль", None, [], []))] != []
    assert [*roles.seated(Referent("LOC", "Мельск", None, [], []))] == []


def test_the_main_person_is_named_far_more_often_than_any_other() -> None:
    one, other = Referent("PER", "Ян Белов", "masc", [], []), Referent("PER", "Анна Лис", "fem", [], [])
    assert main_person([one, other], {id(one): 20, id(other): 2}) is one
    assert main_person([one, other], {id(one): 20, id(other): 19}) is None


def test_an_outlet_is_denoted_by_its_kind() -> None:
    newspaper = Referent("ORG", "Труд", None, [], [])
    assert institutions.is_outlet(newspaper, "газета")
    assert not institutions.is_outlet(newspaper, "телеканал")
    assert not institutions.is_outlet(Referent("ORG", "Ромашка", None, [], []), "газета")


def test_a_word_for_women_is_not_said_of_a_man() -> None:
    it = asked("Приехала актриса Анна Лис.")
    role = phrases.phrase_at(it.text, it.at("актриса"), 3)
    woman, man = Referent("PER", "Анна Лис", "fem"), Referent("PER", "Ян Белов", "masc")
    assert not roles.contradicts(roles.Holding(woman, role, frozenset(), False, ""))
    assert roles.contradicts(roles.Holding(man, role, frozenset(), False, ""))


def holding(it: Asked, head: str, person: Referent, of: frozenset[str] = frozenset()) -> roles.Holding:
    """The text says that a person is what the phrase of a noun denotes."""
    phrase = phrases.phrase_at(it.text, it.at(head), it.at(head) + 1)
    return roles.Holding(person, phrase, of, False, "apposition")


def test_whose_lawyer_somebody_is_has_a_lawyer_and_is_none() -> None:
    client = Referent("PER", "Анна Белова", "fem")
    lawyer = Referent("PER", "Ян Лис", "masc")
    it = asked("Адвокат Беловой Ян Лис ушёл. Были у адвоката Беловой, её адвокат молчит.")
    of_client = frozenset({roles.entity_key(client)})
    told, genitive, hers = (
        holding(it, "Адвокат", lawyer, of_client),
        holding(it, "адвоката", client),
        holding(it, "адвокат", lawyer),
    )
    assert [roles.is_genitive(it.text, one) for one in (told, genitive, hers)] == [False, True, False]
    assert roles.clients_of(it.text, [told]) == {("lawyer", roles.entity_key(client))}
    assert roles.clients_of(it.text, [hers]) == {("lawyer", "fem")}
    assert roles.clients_of(it.text, [genitive]) == set()
    for clients in (roles.clients_of(it.text, [told]), roles.clients_of(it.text, [hers])):
        assert roles.is_client(genitive, clients)
        assert not roles.is_client(told, clients)


@pytest.mark.parametrize(("text", "noun", "name", "owner"), [
    ("Пришёл отец Белова.", "отец", "Ян Белов", True),
    ("Пришёл инженер Белов.", "инженер", "Ян Белов", False),
    ("Пришёл инженер Белова.", "инженер", "Ян Белов", True),
    ("Пришли к инженеру Белову.", "инженеру", "Ян Белов", False),
    ("Гарсес ждёт. Пришёл представитель Гарсес.", "представитель", "Ана Гарсес", True),
    ("Пришёл представитель Гарсес.", "представитель", "Ана Гарсес", False),
    ("Гарсес ждёт. Пришёл инженер Гарсес.", "инженер", "Ана Гарсес", False),
])  # fmt: skip
def test_a_name_behind_a_noun_is_its_owner(text: str, noun: str, name: str, owner: bool) -> None:
    it = asked(text)
    places = [
        Place(i, i + 1, "name", "span")
        for i, one in enumerate(it.text.words)
        if one.text in ("Гарсес", "Белов", "Белова", "Белову")
    ]
    names = roles.names_of(it.text, [Referent("PER", name, "masc", [], places)])
    assert roles.is_owner(it.word(noun), it.text, places[-1], names) is owner


def test_what_a_text_calls_otherwise_is_one_thing() -> None:
    assert found("Организация «Луч» (ОЛ) ждёт. ОЛ молчит.") == {"Луч": ["Организация «Луч»", "ОЛ", "ОЛ"]}
    it = asked("Ждёт Всемирная служба рек. Служба молчит.")
    whole, noun = it.name("Всемирная рек", "ORG"), it.name("Служба", "ORG")
    by_key = {
        "всемирный служба река": Thing("ORG", [Named(whole, "Всемирная служба рек", "всемирный служба река")]),
        "служба": Thing("ORG", [Named(noun, "Служба", "служба")]),
    }
    assert with_noun(by_key, "служба") == "всемирный служба река"
    assert dict(shortened(by_key)) == {"служба": "всемирный служба река"}
    del by_key["всемирный служба река"]
    assert with_noun(by_key, "служба") is None


def test_who_leads_a_country_is_known_by_any_office_there() -> None:
    text = "Премьер-министр Мальты Ян Белов уехал. Инженер Пётр Лось остался. Глава Мальты вернётся."
    assert found(text)["Ян Белов"][-1] == "Глава Мальты"


@pytest.mark.parametrize(("seen", "gender", "holds"), [
    (None, "fem", True), ("masc", None, True), ("masc", "masc", True), ("masc", "fem", False),
])  # fmt: skip
def test_a_mention_fits_a_gender(seen: str | None, gender: str | None, holds: bool) -> None:
    assert nominals.fits(Seen(None, 0, 0, 0, None, 0, False, seen, "PER"), gender) is holds


def test_the_main_person_is_whom_a_phrase_without_a_name_denotes() -> None:
    it = asked("Приехал рыбак.")
    focus, one = Focus(it.text, {}), Referent("PER", "Ян Белов", "masc")
    phrase = phrases.phrase_at(it.text, it.at("рыбак"), it.at("рыбак") + 1)
    what = nominals.Nominal(phrase, "рыбак", "", frozenset(), "masc", None)
    assert nominals.main_person(what, focus, lambda _: True) is None
    focus.main, focus.people[id(one)] = one, one
    assert nominals.main_person(what, focus, lambda _: True) is one
    assert nominals.main_person(what, focus, lambda _: False) is None
    assert nominals.main_person(replace(what, gender="fem"), focus, lambda _: True) is None


@pytest.mark.parametrize(("word", "holds"), [("Мэр", True), ("Сквер", True), ("открыт", False)])
def test_signs_and_emoji_begin_no_sentence(word: str, holds: bool) -> None:
    it = asked("Мэр уехал. 🙂 Сквер открыт.")
    assert spans.opens_sentence(it.text, it.word(word)) is holds


@pytest.mark.parametrize(("text", "holds"), [
    ("Ждут порт Мальты.", True), ("Ждут порт МИД.", True), ("Ждут порт Rotor.", True), ("Ждут порту Мальту.", False),
])  # fmt: skip
def test_what_can_be_a_genitive(text: str, holds: bool) -> None:
    it = asked(text)
    assert heads.is_genitive(it.text, Name(2, 3, "LOC")) is holds


def test_verbs_tell_the_gender_of_a_foreign_name() -> None:
    genders = {one.name: one.gender for one in resolve(asked("Кэндис Роу заявила, что рада. Роу уехала.").text)}
    assert genders == {"Кэндис Роу": "fem"}
    it = asked("Лу Дюпре заявил, что рад. Дюпре уехал.")
    name = replace(parse_name("Лу Дюпре"), gender=None, gender_evidence="")
    person = Person(name, [it.name("Лу", "PER"), it.name("Дюпре", "PER")])
    assert told_by_verbs(it.text, person, name) == "masc"
    guessed = replace(name, gender="fem", gender_evidence="first name")
    assert told_by_verbs(it.text, person, guessed) == "masc"
    assert told_by_verbs(it.text, person, replace(guessed, first="Анна")) is None
    assert told_by_verbs(it.text, person, replace(name, gender_evidence="patronymic")) is None


def test_whose_relative_somebody_is() -> None:
    it = asked("Приехала бабушка Тимофея Лося.")
    person = Referent("PER", "Тимофей Лось", "masc", [], [Place(2, 4, "name", "span")])
    names = roles.names_of(it.text, [person])
    assert nominals.whose(it.text, phrases.phrase_at(it.text, it.at("бабушка"), 2), names) == {roles.entity_key(person)}
    assert names.free(it.at("бабушка"))
    assert not names.free(it.at("Лося"))
