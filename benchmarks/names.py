"""Person names: how often the nominative is right, alone and with all mentions together, and how fast.

    python benchmarks/names.py [--gold DIR] [--errors N] [--compare]

Figures: `tests/cases/names.txt`; names declined by pytrovich and restored (independent endings); the named mentions of
persons in `entities-dev.jsonl`, each parsed alone from its string, from its tokens and tags, and all of a person's
mentions together. Right means the words of the gold canonical name, in any order (a mention alone: some of them).
`--compare` needs `pip install pytrovich`.
"""

import argparse
import importlib.util
import json
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from skazal import load
from skazal.names import MentionForm, PersonName, canonical, parse_name
from skazal.names.paradigms import guesses
from skazal.words import fold

ROOT = Path(__file__).parents[1]
WORDS = re.compile(r"[^\W_]+")
CASES = ("GENITIVE", "DATIVE", "ACCUSATIVE", "INSTRUMENTAL", "PREPOSITIONAL")


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--gold", type=Path, default=Path(os.environ.get("SKAZAL_GOLD", ROOT.parent / "shared" / "gold"))
    )
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--compare", action="store_true")
    options = parser.parse_args()
    measure_speed()
    measure_cases()
    if options.compare:
        measure_declined(options.errors)
        measure_synthesis()
    measure_gold(options.gold, options.errors)
    measure_speakers(options.gold)


def share(right: int, of: int) -> str:
    return f"{right / (of or 1):.3f} ({right} of {of})"


def measure_speed() -> None:
    """Microseconds a name: the first time in a process, with other names before it, and cached."""
    names = [name for name, _ in cases()]
    started = time.perf_counter()
    parse_name("Ольгу Кротову")
    print(f"first name, dictionaries loaded: {1e3 * (time.perf_counter() - started):.0f} ms")
    for label in ("new", "cached"):
        started = time.perf_counter()
        for name in names:
            parse_name(name)
        print(f"{label} name: {1e6 * (time.perf_counter() - started) / len(names):.1f} µs")


def cases() -> list[tuple[str, dict[str, str]]]:
    """The names of the test cases without tags, expected failures included, with what is expected of them."""
    test = named_module(ROOT / "tests" / "test_names.py")
    matches = [test.LINE.fullmatch(case.values[0]) for case in test.cases()]
    return [(m["name"], {**m.groupdict(), **dict(test.PART.findall(m["parts"]))}) for m in matches if not m["tag"]]


def measure_cases() -> None:
    """Right nominatives and genders of the test cases; a gender that is not told is not wrong."""
    rows = [(parse_name(name), expected) for name, expected in cases()]
    right = sum(name.nominative == expected["nominative"] for name, expected in rows)
    print(f"cases without tags: nominative {share(right, len(rows))}")
    of_gender = [(name, expected["gender"]) for name, expected in rows if expected["gender"] in ("masc", "fem")]
    told = [(name, gender) for name, gender in of_gender if name.gender]
    print(f"cases without tags: gender told {share(len(told), len(of_gender))}")
    print(f"cases without tags: gender right where told {share(sum(n.gender == g for n, g in told), len(told))}")


def declinable() -> Iterator[tuple[str, str, str]]:
    """First name, surname and gender of the test cases that have one of each."""
    seen = set()
    for _, expected in cases():
        first, surname = expected.get("first", ""), expected.get("surname", "")
        simple = re.fullmatch(r"[А-ЯЁ][а-яё-]+", first) and re.fullmatch(r"[А-ЯЁ][а-яё-]+", surname)
        if simple and expected["gender"] in ("masc", "fem") and (first, surname) not in seen:
            seen.add((first, surname))
            yield first, surname, expected["gender"]


def measure_declined(errors: int) -> None:
    """Names put into five cases by pytrovich, whose tables we did not write, and read back by parse_name."""
    decline = decliner()
    wrong = []
    total = 0
    for first, surname, gender in declinable():
        for case in CASES:
            form = f"{decline(first, 'FIRSTNAME', gender, case)} {decline(surname, 'LASTNAME', gender, case)}"
            total += 1
            found = parse_name(form).nominative
            if fold(found) != fold(f"{first} {surname}"):
                wrong.append((form, found, f"{first} {surname}"))
    print(f"declined by pytrovich, read by parse_name: {share(total - len(wrong), total)}")
    for row in wrong[:errors]:
        print("  ", *row, sep=" | ")


def measure_synthesis() -> None:
    """Compare with pytrovich turned round: the first nominatives that it declines into the words, all in one case.

    A floor, not the best that could be built on it: candidates are tried in alphabetical order, without dictionaries.
    """
    decline = decliner()
    rows = [(name, e) for name, e in cases() if len(name.split()) == 2 and e.get("first") and e.get("surname")]
    right = sum(fold(turned_round(name.split(), decline)) == fold(e["nominative"]) for name, e in rows)
    ours = sum(fold(parse_name(name).nominative) == fold(e["nominative"]) for name, e in rows)
    print(f"two words of the cases, pytrovich turned round: {share(right, len(rows))}")
    print(f"two words of the cases, parse_name: {share(ours, len(rows))}")


def turned_round(words: Sequence[str], decline: Any) -> str:
    """The nominatives of a first name and a surname by declining candidates; the words themselves where none fits."""
    candidates = [sorted({guess.nominative for guess in guesses(fold(word))}) for word in words]
    for case in ("NOMINATIVE", *CASES):
        for gender in ("masc", "fem"):
            found = [
                next((c for c in options if fold(decline(c.title(), part, gender, case)) == fold(word)), None)
                for word, options, part in zip(words, candidates, ("FIRSTNAME", "LASTNAME"), strict=True)
            ]
            if all(found) and case != "NOMINATIVE":
                return " ".join(str(word) for word in found)
    return " ".join(words)


def decliner() -> Any:
    """Declension by pytrovich as a function of word, part, gender and case."""
    enums = importlib.import_module("pytrovich.enums")
    maker = importlib.import_module("pytrovich.maker").PetrovichDeclinationMaker()
    genders = {"masc": enums.Gender.MALE, "fem": enums.Gender.FEMALE}

    def decline(word: str, part: str, gender: str, case: str) -> str:
        return str(maker.make(enums.NamePart[part], genders[gender], enums.Case[case], word))

    return decline


def measure_gold(gold: Path, errors: int) -> None:
    """The named mentions of persons in entities-dev, tagged by the pipeline."""
    if not (gold / "entities-dev.jsonl").exists():
        print(f"no {gold / 'entities-dev.jsonl'}: set --gold or SKAZAL_GOLD")
        return
    nlp = load(exclude=["skazal_entities", "skazal_quotes"])
    text, tokens, together, total = 0, 0, 0, 0
    wrong: list[tuple[str, ...]] = []
    for document in map(json.loads, (gold / "entities-dev.jsonl").read_text(encoding="utf-8").splitlines()):
        doc = nlp(document["text"])
        for entity in document["entities"]:
            mentions = [doc.char_span(start, end) for start, end in entity["mentions"]]
            forms = [form_of(span) for span in mentions if span is not None and any(ch.isupper() for ch in span.text)]
            if entity["type"] != "PER" or not entity["names"] or not forms:
                continue
            full = key(entity["names"][0])
            total += len(forms)
            text += sum(set(key(parse_name(" ".join(f.words)).nominative)) <= set(full) for f in forms)
            tokens += sum(set(key(parse_name(f.words, tags=f.tags).nominative)) <= set(full) for f in forms)
            name = canonical(forms)
            if same(name, full):
                together += len(forms)
            else:
                wrong.append((" / ".join(" ".join(f.words) for f in forms), name.nominative, entity["names"][0]))
    print(f"entities-dev, a mention alone, its string: {share(text, total)}")
    print(f"entities-dev, a mention alone, its tokens and tags: {share(tokens, total)}")
    print(f"entities-dev, all mentions of a person together: {share(together, total)}")
    for row in wrong[:errors]:
        print("  ", *row, sep=" | ")


def measure_speakers(gold: Path) -> None:
    """Speakers of quotes-train that are named persons, texts of entities-dev's corpus left out: read for no rule here.

    A mention that is not the name as it stands tells most: oblique cases.
    """
    if not (gold / "quotes-train.jsonl").exists():
        return
    nlp = load(exclude=["skazal_entities", "skazal_quotes"])
    right, unchanged, oblique, oblique_right, total = 0, 0, 0, 0, 0
    for document in map(json.loads, (gold / "quotes-train.jsonl").read_text(encoding="utf-8").splitlines()):
        people = {tuple(q["mention"]): q["name"] for q in document["quotes"] if q["type"] == "PER" and q["mention"]}
        if document["id"].startswith("fre_") or not people:
            continue
        doc = nlp(document["text"])
        for (start, end), full in people.items():
            span = doc.char_span(start, end)
            if span is None or not is_named_by(span.text, full):
                continue
            form = form_of(span)
            whole = {*key(full), *(word[0] for word in key(full))}
            fits = set(key(parse_name(form.words, tags=form.tags).nominative)) <= whole
            same_already = set(key(span.text)) <= whole
            total, right, unchanged = total + 1, right + fits, unchanged + same_already
            oblique, oblique_right = oblique + (not same_already), oblique_right + (fits and not same_already)
    print(f"speakers of quotes-train, a mention alone, its tokens and tags: {share(right, total)}")
    print(f"speakers of quotes-train, left as they stand: {share(unchanged, total)}")
    print(f"speakers of quotes-train, those that do not stand as in the name: {share(oblique_right, oblique)}")


def is_named_by(mention: str, full: str) -> bool:
    """Whether each word of a mention begins like a word of the name: no pronoun, no role; an initial is one letter."""
    return all(any(word[:3] == other[: len(word[:3])] for other in key(full)) for word in key(mention))


def form_of(span: Any) -> MentionForm:
    """A span's words and tags."""
    words = [token for token in span if not token.is_space]
    return MentionForm(tuple(t.text for t in words), tuple(f"{t.pos_}|{t.morph}" for t in words))


def key(name: str) -> list[str]:
    """The words of a name as the gold scorer compares them."""
    return sorted(WORDS.findall(fold(name)))


def same(name: PersonName, full: Sequence[str]) -> bool:
    """The gold scorer's equality: the same words, or up to two more when the gold has at least two."""
    words = key(name.nominative)
    return words == full or (len(full) >= 2 and set(full) <= set(words) and len(words) <= len(full) + 2)


def named_module(path: Path) -> ModuleType:
    """A Python file as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
