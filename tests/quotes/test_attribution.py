"""What attribution promises besides the cases: settings, confidence, explanations, the models' arithmetic."""

import math

import pytest
from spacy.language import Language

import skazal
from skazal.document import Entity
from skazal.quotes import Settings, attribute, explain, logistic
from skazal.quotes.confidence import confidence
from skazal.quotes.logistic import Logistic, sigmoid
from skazal.reading import read
from skazal.words import Text

TEXT = (
    "Мэр Инна Лужина осмотрела мост. «Мост откроют осенью», — сообщила она. "
    "Слесарь Пётр Кац назвал ремонт «бесконечным». По его словам, дорогу перекопали трижды."
)


@pytest.fixture(scope="module")
def reading(before_quotes: Language) -> tuple[Text, list[Entity]]:
    doc = before_quotes(TEXT)
    return read(doc), [Entity.from_dict(entity) for entity in doc._.skazal_entities]


def test_the_kinds_wanted_are_all_that_comes(reading: tuple[Text, list[Entity]]) -> None:
    quotes = attribute(*reading, Settings(kinds=("indirect",)))
    assert [quote.kind for quote in quotes] == ["indirect"]


def test_a_threshold_that_nothing_reaches_leaves_nothing(reading: tuple[Text, list[Entity]]) -> None:
    assert attribute(*reading, Settings(speech=1.0, indirect=1.0)) == []


def test_each_threshold_is_for_its_own_quotes(reading: tuple[Text, list[Entity]]) -> None:
    assert {quote.kind for quote in attribute(*reading, Settings(speech=1.0))} == {"indirect"}
    assert {quote.kind for quote in attribute(*reading, Settings(indirect=1.0))} == {"direct", "mixed"}


def test_a_lower_threshold_loses_nothing(reading: tuple[Text, list[Entity]]) -> None:
    fewer, more = (
        {quote.spans for quote in attribute(*reading, Settings(speech=least, indirect=least))} for least in (0.5, 0.0)
    )
    assert fewer <= more


def test_ids_count_from_one_in_the_order_of_the_text(reading: tuple[Text, list[Entity]]) -> None:
    quotes = attribute(*reading)
    assert [quote.id for quote in quotes] == [f"q{i}" for i in range(1, len(quotes) + 1)]
    assert [quote.spans[0].start for quote in quotes] == sorted(quote.spans[0].start for quote in quotes)


def test_a_quote_knows_the_one_it_stands_in(before_quotes: Language) -> None:
    doc = before_quotes("Прораб Иван Лось сказал: «Анна Лис ответила: „Мост цел“, и ушла».")
    outer, inner = attribute(read(doc), [Entity.from_dict(entity) for entity in doc._.skazal_entities])
    assert (outer.within, inner.within) == (None, outer.id)
    assert [quote.speaker.name if quote.speaker else None for quote in (outer, inner)] == ["Иван Лось", "Анна Лис"]


def test_a_quote_tells_the_rules_that_made_it(reading: tuple[Text, list[Entity]]) -> None:
    assert [(quote.rule, quote.speaker_rule) for quote in attribute(*reading)] == [
        ("direct: marks", "behind dash"),
        ("mixed: marks", "governs"),
        ("indirect: according to", "possessive"),
    ]


def test_confidence_is_a_probability(reading: tuple[Text, list[Entity]]) -> None:
    assert all(0 < quote.confidence < 1 for quote in attribute(*reading))


def test_every_quote_is_explained_in_its_order(reading: tuple[Text, list[Entity]]) -> None:
    assert [explanation.quote for explanation in explain(*reading)] == attribute(*reading)


def test_shares_of_the_candidates_sum_to_one(reading: tuple[Text, list[Entity]]) -> None:
    for explanation in explain(*reading):
        shares = [option.probability for option in explanation.options if option.probability is not None]
        assert not shares or math.isclose(sum(shares), 1.0)


def test_an_explanation_names_the_losers(reading: tuple[Text, list[Entity]]) -> None:
    direct = next(explanation for explanation in explain(*reading) if explanation.quote.kind == "direct")
    assert direct.certain
    assert direct.options[0].speaker == "Инна Лужина"
    assert "Пётр Кац" in {option.speaker for option in direct.options}


def test_explanations_come_from_the_package_too() -> None:
    assert [explanation.quote.text for explanation in skazal.explain(TEXT)][:1] == ["Мост откроют осенью"]


def test_evidence_is_what_weighs_most_first(reading: tuple[Text, list[Entity]]) -> None:
    for explanation in explain(*reading):
        weights = [abs(evidence.weight) for evidence in explanation.evidence]
        assert 0 < len(weights) <= 6
        assert weights == sorted(weights, reverse=True)


def test_a_report_is_explained_by_its_form_alone(reading: tuple[Text, list[Entity]]) -> None:
    [report] = explain(*reading, Settings(kinds=("indirect",)))
    assert report.certain
    assert report.options == ()


@pytest.mark.parametrize("odds", [-1e9, -5.0, 0.0, 5.0, 1e9])
def test_the_logistic_function_is_safe_and_symmetric(odds: float) -> None:
    assert 0.0 <= sigmoid(odds) <= 1.0
    assert math.isclose(sigmoid(odds) + sigmoid(-odds), 1.0)


def test_features_without_a_weight_count_nothing() -> None:
    model = Logistic(1.0, {"a": 2.0})
    assert model.score({"a": 0.5, "b": 100.0}) == 2.0


@pytest.mark.parametrize("name", ["speech", "speakers", "indirect", "confidence"])
def test_the_weights_are_there_and_finite(name: str) -> None:
    model = logistic.load(name)
    assert model.weights
    assert all(math.isfinite(weight) for weight in model.weights.values())


def test_log_odds_and_probability_agree() -> None:
    model = Logistic(-1.0, {"a": 2.0, "b": -3.0})
    assert model.score({"a": 1.0, "b": 1.0}) == -2.0
    assert math.isclose(model.probability({"a": 0.5}), 0.5)


def test_a_model_that_does_not_exist_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        logistic.load("nothing")


def test_confidence_has_three_digits_and_rises_with_the_odds() -> None:
    sure = confidence({"speech odds": 5.0, "speaker odds": 5.0})
    doubtful = confidence({"speech odds": -5.0, "speaker odds": -5.0})
    assert 0.0 <= doubtful < sure <= 1.0
    assert sure == round(sure, 3)
