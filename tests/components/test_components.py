"""The stages as spaCy components: registered, configurable, swappable, saved and loaded like any other."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import registry

import skazal
from skazal.errors import PipelineError
from skazal.pipeline import STAGES, to_document

TEXT = (
    "Мост в Орловке откроют осенью. «Движение пустят в две полосы», — сообщила мэр города Инна Лужина. "
    "По её словам, ремонт обошёлся дешевле."
)
TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": "skazal.tokenizer.v1"}}}


def blank(*stages: str) -> Language:
    nlp = spacy.blank("ru", config=TOKENIZER)
    for stage in stages:
        nlp.add_pipe(stage)
    return nlp


def upto(stage: str) -> tuple[str, ...]:
    return STAGES[: STAGES.index(stage) + 1]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return skazal.load()


def said(doc: Doc) -> list[tuple[str, str | None]]:
    return [(quote.text, quote.speaker.name if quote.speaker else None) for quote in to_document(doc).quotes]


EXPECTED = [("Движение пустят в две полосы", "Инна Лужина"), ("ремонт обошёлся дешевле", "Инна Лужина")]

# What this package adds to spaCy's registries, and with which settings. A change here is a change for every saved
# pipeline: a new meaning needs a new name.
REGISTRY = {
    "skazal_sentences": {},
    "skazal_tagger": {},
    "skazal_lemmatizer": {},
    "skazal_entities": {},
    "skazal_quotes": {"speech": 0.5, "indirect": 0.5, "kinds": ["direct", "mixed", "indirect"]},
}


def test_the_registry_changes_only_on_purpose() -> None:
    factories = {point.name for point in entry_points(group="spacy_factories") if point.value.startswith("skazal")}
    tokenizers = {point.name for point in entry_points(group="spacy_tokenizers") if point.value.startswith("skazal")}
    assert factories == set(REGISTRY)
    assert tokenizers == {"skazal.tokenizer.v1"}
    assert {name: Language.get_factory_meta(name).default_config for name in REGISTRY} == REGISTRY
    assert tuple(REGISTRY) == STAGES


def test_every_component_says_what_it_does_reads_and_writes() -> None:
    for name in STAGES:
        meta = Language.get_factory_meta(name)
        assert meta.assigns
        assert registry.factories.get(name).__doc__
    analysis = blank(*STAGES).analyze_pipes()
    assert analysis
    assert not any(analysis["problems"].values())


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_writes_its_own(stage: str) -> None:
    doc = blank(*upto(stage))(TEXT)
    written: dict[str, tuple[object, object]] = {
        "skazal_sentences": (len(list(doc.sents)) if doc.has_annotation("SENT_START") else 0, 3),
        "skazal_tagger": (doc[0].pos_, "NOUN"),
        "skazal_lemmatizer": (doc[2].lemma_, "орловка"),
        "skazal_entities": ([entity["name"] for entity in doc._.skazal_entities or ()], ["Орловка", "Инна Лужина"]),
        "skazal_quotes": (said(doc), EXPECTED),
    }
    done = upto(stage)
    assert all(found == wanted for name, (found, wanted) in written.items() if name in done), written
    assert all(found != wanted for name, (found, wanted) in written.items() if name not in done), written


def test_settings_come_from_the_config() -> None:
    nlp = blank(*upto("skazal_entities"))
    nlp.add_pipe("skazal_quotes", config={"kinds": ["direct"]})
    assert said(nlp(TEXT)) == EXPECTED[:1]
    nlp.replace_pipe("skazal_quotes", "skazal_quotes", config={"speech": 1.0, "indirect": 1.0})
    assert said(nlp(TEXT)) == []


NEEDS = {
    "skazal_tagger": "sentence boundaries",
    "skazal_lemmatizer": "parts of speech",
    "skazal_entities": "sentence boundaries .* parts of speech .* morphology .* dependency tree .* lemmas",
    "skazal_quotes": "sentence boundaries .* parts of speech .* morphology .* dependency tree .* lemmas",
}


@pytest.mark.parametrize("stage", NEEDS)
def test_a_stage_says_what_it_misses_and_who_writes_it(stage: str) -> None:
    nlp = blank(stage)
    with pytest.raises(PipelineError, match=f"{stage} needs {NEEDS[stage]}.*skazal_.* before {stage}"):
        nlp(TEXT)
    assert nlp(" \n ").text == " \n "
    assert nlp("").text == ""


def test_only_what_is_missing_is_asked_for() -> None:
    with pytest.raises(PipelineError, match=r"^skazal_quotes needs lemmas \(token.lemma\), which .*skazal_lemmatizer"):
        blank("skazal_sentences", "skazal_tagger", "skazal_quotes")(TEXT)


# Tags, tree, lemmas and names as a UD-style model of somebody else's gives them:
# word, part of speech, features, lemma, head (0-based), relation.
FOREIGN = """
«       PUNCT _                                                        «        2 punct
Дорогу  NOUN  Animacy=Inan|Case=Acc|Gender=Fem|Number=Sing             дорога   2 obj
закроют VERB  Aspect=Perf|Mood=Ind|Number=Plur|Person=3|Tense=Fut|VerbForm=Fin|Voice=Act закрыть 6 ccomp
»       PUNCT _                                                        »        2 punct
,       PUNCT _                                                        ,        2 punct
—       PUNCT _                                                        —        2 punct
сообщил VERB  Aspect=Perf|Gender=Masc|Mood=Ind|Number=Sing|Tense=Past|VerbForm=Fin|Voice=Act сообщить 6 ROOT
Пётр    PROPN Animacy=Anim|Case=Nom|Gender=Masc|Number=Sing            пётр     6 nsubj
Бугаев  PROPN Animacy=Anim|Case=Nom|Gender=Masc|Number=Sing            бугаев   7 flat:name
.       PUNCT _                                                        .        6 punct
"""


def foreign(label: str = "PER", kb_id: str = "") -> Doc:
    columns = zip(*(line.split() for line in FOREIGN.split("\n") if line), strict=True)
    words, pos, morphs, lemmas, heads, deps = map(list, columns)
    spaces = [
        word not in "«»—." and following not in "»,." for word, following in zip(words, [*words[1:], "."], strict=True)
    ]
    spaces[4] = spaces[5] = True
    doc = Doc(
        spacy.blank("ru").vocab, words=words, spaces=spaces, pos=pos, lemmas=lemmas, deps=deps,
        morphs=["" if morph == "_" else morph for morph in morphs], heads=[int(head) for head in heads],
    )  # fmt: skip
    doc.ents = [Span(doc, 7, 9, label=label, kb_id=kb_id)]
    return doc


def test_the_quotes_stage_works_on_other_peoples_tags_and_entities(nlp: Language) -> None:
    for label in ("PER", "PERSON"):
        assert said(nlp.get_pipe("skazal_quotes")(foreign(label))) == [("Дорогу закроют", "Пётр Бугаев")]
    doc = nlp.get_pipe("skazal_quotes")(foreign(kb_id="Бугаев, Пётр Ильич"))
    assert said(doc) == [("Дорогу закроют", "Бугаев, Пётр Ильич")]


def test_the_entities_stage_works_on_other_peoples_tags(nlp: Language) -> None:
    doc = nlp.get_pipe("skazal_quotes")(nlp.get_pipe("skazal_entities")(foreign()))
    assert said(doc) == [("Дорогу закроют", "Пётр Бугаев")]
    assert to_document(doc).entities[0].gender == "masc"


def test_a_stage_can_be_swapped_for_ones_own() -> None:
    @Language.component("test_mayor_only")
    def mayor_only(doc: Doc) -> Doc:
        doc._.skazal_entities = [
            entity for entity in doc._.skazal_entities if "мэр города" in " ".join(entity["roles"])
        ]
        return doc

    nlp = blank(*STAGES)
    nlp.add_pipe("test_mayor_only", before="skazal_quotes")
    document = to_document(nlp(TEXT))
    assert [entity.name for entity in document.entities] == ["Инна Лужина"]
    assert document.quotes[0].speaker
    assert document.quotes[0].speaker.entity == document.entities[0].id


def test_a_doc_bin_keeps_entities_and_quotes(nlp: Language) -> None:
    docs = [nlp(TEXT), nlp("Снег."), nlp("")]
    stored = DocBin(docs=docs, store_user_data=True).to_bytes()
    again = list(DocBin(store_user_data=True).from_bytes(stored).get_docs(spacy.blank("ru").vocab))
    assert list(map(to_document, again)) == list(map(to_document, docs))
    assert [ent.kb_id_ for ent in again[0].ents] == ["Орловка", "Инна Лужина"]


def test_processes_of_spacy_give_the_same(nlp: Language) -> None:
    texts = [TEXT.replace("Мост", f"Мост номер {n}") for n in range(6)]
    alone = [to_document(doc) for doc in nlp.pipe(texts)]
    assert [to_document(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=2)] == alone


def test_displacy_shows_the_entities(nlp: Language) -> None:
    assert "Инна Лужина" in displacy.render(nlp(TEXT), style="ent", jupyter=False)


SHOW = "import json, sys, spacy\nprint(json.dumps(spacy.load(sys.argv[1])(sys.argv[2])._.skazal_quotes))"


def test_a_saved_pipeline_keeps_its_settings_in_a_fresh_process(tmp_path: Path) -> None:
    nlp = blank(*upto("skazal_entities"))
    nlp.add_pipe("skazal_quotes", config={"kinds": ["direct"]})
    nlp.to_disk(tmp_path / "saved")
    shown = subprocess.run(
        [sys.executable, "-c", SHOW, str(tmp_path / "saved"), TEXT], capture_output=True, check=True, text=True
    )
    assert json.loads(shown.stdout) == nlp(TEXT)._.skazal_quotes
    assert len(json.loads(shown.stdout)) == 1


@pytest.mark.slow
def test_a_packaged_pipeline_is_installed_and_loaded_by_its_name(tmp_path: Path) -> None:
    nlp = skazal.load()
    nlp.meta["name"] = "skazal_news"
    nlp.meta["version"] = "1.2.3"
    nlp.to_disk(tmp_path / "saved")
    packaging = [sys.executable, "-m", "spacy", "package", str(tmp_path / "saved"), str(tmp_path), "--build", "wheel"]
    subprocess.run(packaging, check=True, capture_output=True)
    (wheel,) = tmp_path.rglob("*.whl")
    # The environment sees what this one has, so that only the package itself is installed.
    venv.create(tmp_path / "venv", system_site_packages=False, with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    site = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (link,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    (link / "outer.pth").write_text(f"{site}\n{Path(skazal.__file__).parents[1]}\n", encoding="utf-8")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    shown = subprocess.run([python, "-c", SHOW, "ru_skazal_news", TEXT], capture_output=True, check=True, text=True)
    assert json.loads(shown.stdout) == nlp(TEXT)._.skazal_quotes
