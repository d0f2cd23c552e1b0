"""Paragraphs and sentences.

A line is a paragraph: headlines, captions and bylines stand alone. Inside a line razdel cuts, and rules join again
what it should have left whole; a rule is a function of the text before and after a cut, named after what it joins.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import razdel
from razdel.segmenters.sentenize import SentSplit

LINE_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
NEAR = 60
"""Characters of context a rule may look at on either side of a cut; it keeps every rule constant in time."""


class Extent(NamedTuple):
    """A stretch of text: character offsets, end exclusive."""

    start: int
    end: int


def paragraphs(text: str) -> Iterator[Extent]:
    """Non-blank lines of `text`, without the white space around them."""
    start = 0
    for match in [*LINE_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        line = text[start:end]
        if stripped := line.strip():
            left = start + len(line) - len(line.lstrip())
            yield Extent(left, left + len(stripped))
        if match:
            start = match.end()


def sentences(text: str) -> Iterator[Extent]:
    """Sentences of `text` in order; together they cover every character that is not white space."""
    for paragraph in paragraphs(text):
        yield from _of_paragraph(text, paragraph)


def _of_paragraph(text: str, paragraph: Extent) -> Iterator[Extent]:
    line = text[paragraph.start : paragraph.end]
    start = 0
    for cut in _cuts(_with_guillemets(line)):
        if not _joined(line[max(start, cut - NEAR) : cut], line[cut : cut + NEAR].lstrip()):
            yield from _apart(line, start, cut, paragraph.start)
            start = cut + len(line[cut : cut + NEAR]) - len(line[cut : cut + NEAR].lstrip())
    yield from _apart(line, start, len(line), paragraph.start)


def _cuts(line: str) -> Iterator[int]:
    """Where razdel ends a sentence before the end of a line.

    Its rules are asked only where white space follows: they never cut elsewhere.
    """
    split, start = razdel.sentenize.split, 0
    for match in split.re.finditer(line):
        at, stop = match.span()
        if line[stop : stop + 1].isspace():
            left, right = line[max(0, at - split.window) : at], line[stop : stop + split.window]
            so_far = line[start : min(at, start + NEAR)]  # only a rule for items of lists reads it, and they are short
            if not razdel.sentenize.join(SentSplit(left, match.group(1), right, so_far)):
                yield stop
                start = stop


def _apart(line: str, start: int, stop: int, offset: int) -> Iterator[Extent]:
    """The sentences of `line[start:stop]` that stand without a space between them, at their places in the text."""
    for cut in [*sorted({*_glued(line, start, stop), *_credits(line, start, stop)}), stop]:
        end = start + len(line[start:cut].rstrip())
        if end > start:
            yield Extent(offset + start, offset + end)
        start = cut + len(line[cut:stop]) - len(line[cut:stop].lstrip())


def _glued(line: str, start: int, stop: int) -> Iterator[int]:
    """Where a sentence ends and the next one begins without a space: `… сообщает ТАСС.На месте …`."""
    if not STUCK.search(line, start, stop):
        return
    for match in GLUED.finditer(line, start, stop):
        short = SHORTENED.search(match.group())
        if short is None or short.group(1).casefold() not in BEFORE_NAMES:
            yield match.end()


def _credits(line: str, start: int, stop: int) -> Iterator[int]:
    """Both ends of a picture's credit in the middle of the text: `Фото: Иван Лось / ТАСС Глава района …`."""
    if line.find("Фото:", start, stop) < 0:
        return
    for match in CREDIT.finditer(line, start, stop):
        yield match.start()
        yield match.end()


def _with_guillemets(line: str) -> str:
    """The line with marks that open in one country and close in another as guillemets, which razdel cannot mistake."""
    return CLOSING_MARK.sub("»", OPENING_MARK.sub("«", line)) if DOUBTFUL_MARKS.search(line) else line


DOUBTFUL_MARKS = re.compile('[„“”"]')
OPENING_MARK = re.compile(r"(?<![^\s(\[«„“—–-])[„“\"](?=\S)")
CLOSING_MARK = re.compile(r"(?<=\S)[“”\"](?![^\W_])")


def _joined(before: str, after: str) -> bool:
    return any(rule(before, after) for rule in JOINING)


GLUED = re.compile(
    r"""(?:(?<![^\W\d_])(?:[а-яё]{3,}|[А-ЯЁ]{2,}|\d%?)|[»"”])[.!?…]+[»"”]?(?=[«"„“(]*[А-ЯЁ](?:[а-яё]|\s[а-яё]))"""
)
"""Before a stop that has lost its space stands a word in small letters, an acronym, a number or a closing mark, never
the first half of a name (`Яндекс.Такси`)."""
STUCK = re.compile(r"""[.!?…][»"”]?[«"„“(]*[А-ЯЁ]""")
"""What each of these has in it, found in a tenth of the time: mostly there is none."""
CREDIT = re.compile(
    r"""\(?Фото:\s[^/.!?\n]{2,60}(?:\s/\s(?:[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}|[А-ЯЁ]{2,6}(?:\sНовости)?|«[^»\n]{2,30}»"""
    r"""|Коммерсантъ?|Интерфакс|Известия|Ведомости))+\)?(?=\s+[«„"А-ЯЁ])"""
)
AUTHOR = re.compile(r"[»“”\"'][,!?…. ]*[—–-]{1,3}\s*$")
DASHES = ("—", "–", "-")
ENDING = 12
"""Characters before a cut that are enough for an initial or an abbreviation, and what stands before it."""
INITIALS = re.compile(r"(?<![^\W\d_])[А-ЯЁA-Z]\.$")
CAPITALIZED = re.compile(r"[А-ЯЁA-Z]")
SHORTENED = re.compile(
    r"(?<![^\W\d_])(им|св|гр|гос|г-н|г-жа|тов|проф|акад|доц|ген|полк|зам|пом|нач|ред|ул|пр|пер|пл|наб|обл|р-н|пос|дер|род|ум|"
    r"тыс|млн|млрд|трлн|руб|долл|англ|фр|нем|лат|кит|яп|каз|укр|ст|рис|табл|стр|изд|тел|см|ср|напр|т|д|п|к|м)\.$",
    re.IGNORECASE,
)


def author_after_speech(before: str, after: str) -> bool:
    """`«Уходите!» – крикнул Егоров.`: the dash after the closing mark belongs to the sentence of the quote."""
    return (before.rstrip().endswith(DASHES) and bool(AUTHOR.search(before))) or (
        before.endswith(("»", "”", "“", '"')) and bool(re.match(r"[—–-]{1,3}\s", after))
    )


def lower_case_follows(before: str, after: str) -> bool:
    """`«Мы победили!» крикнул тренер`, `в 2010 г. он уехал`: no sentence begins with a small letter after a mark."""
    return after[:1].islower()


def initials(before: str, after: str) -> bool:
    """`А. Б. Смирнов`, `Дж. Байден`: an initial is not the end of a sentence when a name follows."""
    return bool(INITIALS.search(before[-ENDING:])) and bool(CAPITALIZED.match(after))


def abbreviation(before: str, after: str) -> bool:
    """`ул. Ленина`, `им. Горького`, `проф. Иванов`: these abbreviations stand before what they belong to."""
    match = SHORTENED.search(before[-ENDING:])
    return match is not None and match.group(1).casefold() in BEFORE_NAMES and bool(CAPITALIZED.match(after))


BEFORE_NAMES = frozenset(
    "им св гр г-н г-жа тов проф акад доц ген полк зам пом нач ул пр пер пл наб обл пос дер англ фр нем лат кит яп каз "
    "укр ст рис табл тел см ср напр".split()
)
JOINING: tuple[Callable[[str, str], bool], ...] = (author_after_speech, lower_case_follows, initials, abbreviation)
