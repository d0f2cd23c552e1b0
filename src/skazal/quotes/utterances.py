"""Stretches of the text that may be somebody's own words: inside marks, after a dialogue dash, in a block after a
colon, behind a speaker's label. Whether they are is decided later; here it is settled where they begin and end, and
which words inside them are the author's (`«…, — сказал X. — …»`).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from skazal import lexicon
from skazal.document import QuoteKind
from skazal.morphology import known_tags
from skazal.quotes.cues import VERB_ENDINGS, CueSite
from skazal.quotes.phrases import names_person, one_person
from skazal.quotes.scene import CLOSING, DASHES, OPENING, Scene
from skazal.quotes.subjects import fits
from skazal.text.marks import Region
from skazal.text.sentences import Extent
from skazal.words import Word

BEFORE_AUTHOR = frozenset(",!?….:")
SENTENCE_END = frozenset({".", "!", "?", "…"})
AUTHOR_START = 7
"""Words of the author's insertion within which its cue must come."""
BACK_AND_FORTH = 2
"""Replies of a dialogue that need not be an interview, though a question comes first."""
SUBJECT_BEHIND = 5
"""Words behind the author's verb within which its subject must come."""
LABELS = {"вопрос": "question", "ответ": "answer", "в": "question", "о": "answer", "q": "question", "a": "answer"}
"""Labels that do not name a speaker."""
LABEL = 8
"""Words that a speaker's label in a transcript may have."""
MARKS = (OPENING | CLOSING) - {"'"}
CONJUNCTIONS = lexicon.words("conjunctions")
FIRST_PERSON = lexicon.words("first_person")
SECOND_PERSON = lexicon.words("second_person")
BLANK_LINE = 2
"""Line breaks between a colon and its block; more of them mean that what was quoted has been cut out."""
BETWEEN = 15
"""Words of the author between two utterances that are one."""
POEM_LINE = 60
"""Characters of a line up to which lines that follow each other without a blank one are read as verse or a list of
thoughts.
"""


@dataclass(frozen=True, slots=True)
class Utterance:
    """`start` to `stop`: its words with marks and dashes (exclusive); `pieces` and `authors`: the spoken words and
    the author's.

    `extents` are the pieces as character offsets; `frame` is marks, dialogue, block, transcript, question or answer;
    `region` the number of its marks; `label` the words of the speaker's label in a transcript.
    """

    frame: str
    start: int
    stop: int
    pieces: tuple[tuple[int, int], ...]
    authors: tuple[tuple[int, int], ...]
    extents: tuple[Extent, ...]
    region: int | None = None
    label: tuple[int, int] | None = None


def find_utterances(scene: Scene) -> list[Utterance]:
    """All candidates in the order of their first words, outer before inner."""
    transcript = list(_transcript(scene))
    found = [
        *_in_marks(scene),
        *_dialogue(scene),
        *_replies_in_line(scene),
        *_blocks(scene),
        *transcript,
        *(() if transcript else _interview(scene)),
    ]
    return sorted(found, key=lambda utterance: (utterance.start, -utterance.stop))


def _in_marks(scene: Scene) -> Iterator[Utterance]:
    """What stands between marks; paragraphs that open the mark again belong to one utterance."""
    children: dict[int, list[Region]] = {}
    following: dict[int, int] = {}
    for number, region in enumerate(scene.regions):
        if region.parent is not None:
            children.setdefault(region.parent, []).append(region)
        if region.continues is not None:
            following[region.continues] = number
    for number, region in enumerate(scene.regions):
        if region.continues is not None:
            continue
        utterance = _marked(scene, number, children.get(number, ()))
        piece = following.get(number)
        while utterance is not None and piece is not None:
            utterance = _joined(utterance, _marked(scene, piece, children.get(piece, ())))
            piece = following.get(piece)
        if utterance is not None and utterance.pieces:
            yield utterance


def _marked(scene: Scene, number: int, children: Sequence[Region]) -> Utterance | None:
    region = scene.regions[number]
    first, last = scene.word_range(region.start, region.end)
    if last <= first:
        return None
    start, stop = bisect_left(scene.starts, region.opened), max(bisect_left(scene.starts, region.stop), last)
    pieces, authors = split(scene, first, last, [scene.word_range(child.start, child.end) for child in children])
    return Utterance("marks", start, stop, pieces, authors, _extents(scene, pieces, (region.start, region.end)), number)


def _joined(first: Utterance, second: Utterance | None) -> Utterance:
    if second is None:
        return first
    return replace(
        first,
        stop=second.stop,
        pieces=first.pieces + second.pieces,
        authors=first.authors + second.authors,
        extents=first.extents + second.extents,
    )


def _extents(scene: Scene, pieces: Sequence[tuple[int, int]], bounds: tuple[int, int]) -> tuple[Extent, ...]:
    words = scene.words
    return tuple(Extent(max(words[a].start, bounds[0]), min(words[b - 1].end, bounds[1])) for a, b in pieces)


def split(
    scene: Scene, first: int, last: int, inner: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Spoken pieces and the author's insertions among the words `first` to `last`; dashes in `inner` ranges do not
    count.
    """
    words = scene.words
    inside = {i for a, b in inner for i in range(a, b)}
    own = [i for i in range(first + 1, last) if words[i].text in DASHES and i not in inside]
    dashes = [i for i in own if _parts(scene, i, last) and not _of_inner(scene, i, first, inner)]
    bounds = [first, *dashes, last]
    pieces: list[tuple[int, int]] = []
    authors: list[tuple[int, int]] = []
    spoken = first
    k = 1
    while k < len(bounds) - 1:
        start, stop = bounds[k] + 1, bounds[k + 1]
        if spoken < bounds[k] and insertion(scene, start, stop):
            pieces.append((spoken, bounds[k]))
            end = stop if k + 2 < len(bounds) else _author_end(scene, start, stop)
            authors.append((start, end))
            spoken = end + 1 if end == stop else end
        k += 1
    if spoken < last:
        pieces.append((spoken, last))
    trimmed = [_without_commas(scene, *piece) for piece in pieces]
    return tuple(piece for piece in trimmed if piece[1] > piece[0]), tuple(authors)


def _of_inner(scene: Scene, i: int, first: int, inner: Sequence[tuple[int, int]]) -> bool:
    """Whether a dash inside an open quote belongs to a smaller one: right behind a name in marks (`операция «Тихий
    берег» — наша бригада …`), or behind words of another that begin like a sentence (`Я спросила. „Да“, — ответил X.`).
    """
    words = scene.words
    for start, stop in inner:
        if i == stop + 1:
            site = scene.cue_at[i + 1] if i + 1 < len(words) else None
            return site is None or not tells(scene, site)
        if i == stop + 2 and start - 2 > first and words[stop + 1].text == ",":
            return words[start - 2].text in SENTENCE_END
    return False


def _parts(scene: Scene, i: int, last: int) -> bool:
    """Whether a dash can part speech and author: behind a stop or comma, or right before a cue (`— подчеркнул X,
    —`).
    """
    before = scene.words[i - 1]
    if before.text[-1] in BEFORE_AUTHOR or before.text in CLOSING:
        return True
    site = scene.cue_at[i + 1] if i + 1 < last else None
    return site is not None and site.entry.pos == "VERB" and tells(scene, site) and not scene.words[i + 1].capitalized


def insertion(scene: Scene, start: int, stop: int) -> bool:
    """Whether the words `start` to `stop` are the author's: a cue in the third person near their beginning, or any verb
    before its subject.
    """
    near = min(stop, start + AUTHOR_START)
    return any(tells(scene, site) for site in scene.cues_in(start, near)) or _inverted(scene, start, near)


def _inverted(scene: Scene, start: int, stop: int) -> bool:
    """`— сдаётся прапорщик`, `— начала было Анна Лис`: a finite verb, then somebody who is its subject."""
    words, verb = scene.words, start
    while verb < stop and words[verb].pos in ("ADV", "PART"):
        verb += 1
    if verb >= stop or words[verb].feats.get("VerbForm") != "Fin" or words[verb].feats.get("Person") in ("1", "2"):
        return False
    for i in range(verb + 1, min(stop, verb + SUBJECT_BEHIND)):
        if words[i].pos not in ("ADV", "PART", "ADJ", "DET", "AUX", "NOUN", "PROPN", "PRON"):
            return False
        person = one_person(scene, i) or names_person(scene, i) or words[i].norm in ("он", "она")
        if person and words[i].case == "Nom":
            return fits(words[verb], words[i])
    return False


def tells(scene: Scene, site: CueSite) -> bool:
    """Whether a cue can introduce direct speech where it stands: finite or a converb, not in the first or second
    person.
    """
    if site.entry.pos == "PREP":
        return "p" in site.entry.frames or "c" in site.entry.frames
    if "d" not in site.entry.frames or site.entry.pos == "NOUN":
        return False
    feats, impersonal = scene.words[site.word].feats, _impersonal(scene, site.word)
    if feats.get("VerbForm") == "Inf" or (feats.get("VerbForm") == "Part" and not impersonal):
        return False
    return feats.get("Person") not in ("1", "2") and feats.get("Mood") != "Imp"


def _impersonal(scene: Scene, i: int) -> bool:
    """`сказано`, `отмечено`; not `письмо отправлено`."""
    words = scene.words
    return words[i].norm.endswith("о") and not any(
        words[child].dep in ("nsubj", "nsubj:pass") and words[child].pos == "NOUN" for child in words[i].children
    )


def _author_end(scene: Scene, start: int, stop: int) -> int:
    """Where the author's last words end when no dash closes them: at the end of their sentence."""
    words = scene.words
    for i in range(start, stop - 1):
        if words[i].text in SENTENCE_END and words[i + 1].capitalized and words[i].end - words[i - 1].start > 3:
            return i + 1
    return stop


def _without_commas(scene: Scene, start: int, stop: int) -> tuple[int, int]:
    """The comma and the dash before an insertion do not belong to what was said; nor does a dash after it."""
    words = scene.words
    while start < stop and (words[start].text in DASHES or words[start].text in (",", ":", ".")):
        start += 1
    while stop > start and (words[stop - 1].text in DASHES or words[stop - 1].text in (",", ":")):
        stop -= 1
    return start, stop


def _dialogue(scene: Scene) -> Iterator[Utterance]:
    """`— Реплика, — сказал X. — Продолжение.` on a line of its own; a run of replies that nobody introduces is an
    interview.
    """
    for run in _runs(scene):
        parts = [split(scene, scene.lines[number][0] + 1, scene.lines[number][1]) for number in run]
        introduced = run[0] > 0 and scene.words[scene.lines[run[0] - 1][1] - 1].text == ":"
        if len(run) == 1 and not introduced and not parts[0][1]:
            continue
        asked = len(run) > 1 and _questions_first(scene, run, [introduced, *(bool(authors) for _, authors in parts)])
        for place, (number, (pieces, authors)) in enumerate(zip(run, parts, strict=True)):
            first, last = scene.lines[number]
            frame = ("question", "answer")[place % 2] if asked else "dialogue"
            bounds = (scene.words[first + 1].start, scene.words[last - 1].end)
            if pieces:
                yield Utterance(frame, first, last, pieces, authors, _extents(scene, pieces, bounds))


def _questions_first(scene: Scene, run: Sequence[int], told: Sequence[bool]) -> bool:
    """Whether replies are questions and answers in turn: the first is a question; where some have an author (`—
    Бывает, — смеётся Лось.`), every other one is a question without any. `told` says of the line above the replies and
    of each of them whether it tells who speaks.
    """
    asks = [scene.words[scene.lines[number][1] - 1].text == "?" for number in run]
    if not any(told[1:]):
        return asks[0]
    return len(run) > BACK_AND_FORTH and all(asks[::2]) and not told[0] and not any(told[1::2])


def _replies_in_line(scene: Scene) -> Iterator[Utterance]:
    """`Глава района вышел к людям. – Мост цел, – сказал он. – Завтра откроем.`: speech behind the narrator's sentence
    on the same line, with its author.
    """
    words = scene.words
    for first, last in scene.lines:
        dash = None if words[first].text in DASHES else _dash_behind_stop(scene, first, last)
        if dash is None:
            continue
        stop = last
        pieces, authors = split(scene, dash + 1, stop)
        if authors and authors[-1][1] < last and not _opens_with_dash(scene, authors[-1][1], last):
            stop = authors[-1][1]
            pieces, authors = split(scene, dash + 1, stop)
        if authors and pieces:
            bounds = (words[dash + 1].start, words[stop - 1].end)
            yield Utterance("dialogue", dash, stop, pieces, authors, _extents(scene, pieces, bounds))


def _dash_behind_stop(scene: Scene, first: int, last: int) -> int | None:
    """The first dash on a line that stands between a stop and a capital letter, outside marks."""
    words = scene.words
    for i in range(first + 2, last - 2):
        if words[i].text in DASHES and words[i - 1].text in SENTENCE_END and words[i + 1].capitalized:
            near = scene.regions_near(words[first].start, words[i].start)
            return None if any(region.end > words[i].start for region in near) else i
    return None


def _opens_with_dash(scene: Scene, i: int, last: int) -> bool:
    """Whether a dash follows the stop at word `i`."""
    behind = next((j for j in range(i, last) if scene.words[j].text not in SENTENCE_END), None)
    return behind is not None and scene.words[behind].text in DASHES


def _runs(scene: Scene) -> Iterator[list[int]]:
    """Numbers of neighbouring lines that a dash opens."""
    run: list[int] = []
    for number, line in enumerate(scene.lines):
        if _dash_line(scene, *line):
            run.append(number)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _dash_line(scene: Scene, first: int, last: int) -> bool:
    """A line that a dash opens and that is no item of a list."""
    words = scene.words
    if last - first < 2 or words[first].text not in DASHES or words[last - 1].text in (";", ","):
        return False
    return words[first + 1].capitalized or words[first + 1].text in '…«„"“'


def _blocks(scene: Scene) -> Iterator[Utterance]:
    """A colon at the end of a line, the statement on the next one without marks."""
    for number, (first, last) in enumerate(scene.lines[:-1]):
        colon = last - 1
        while colon > first and scene.words[colon].text in ("'", "»"):
            colon -= 1
        following = scene.lines[number + 1]
        gap = scene.text.text[scene.words[last - 1].end : scene.words[following[0]].start]
        if scene.words[colon].text != ":" or gap.count("\n") > BLANK_LINE or not _block_line(scene, *following):
            continue
        end = _block_end(scene, number + 1)
        start, stop = following[0], scene.lines[end][1]
        while start < stop and scene.words[start].text == "'":
            start += 1
        while stop > start and scene.words[stop - 1].text == "'":
            stop -= 1
        if stop > start:
            piece = Extent(scene.words[start].start, scene.words[stop - 1].end)
            yield Utterance("block", following[0], scene.lines[end][1], ((start, stop),), (), (piece,))


def _block_line(scene: Scene, first: int, last: int) -> bool:
    """A line that can be a statement without marks: not quoted as a whole, no item of a list, not itself ending in a
    colon.
    """
    words = scene.words
    start = first
    while start < last and words[start].text == "'":
        start += 1
    if start >= last or words[start].text in DASHES or words[start].text in "•*·" or words[last - 1].text in (":", ";"):
        return False
    return not (words[start].text in '«„"“' and words[last - 1].text in '»“"”.,')


def _block_end(scene: Scene, number: int) -> int:
    """The last line of a block: without a blank line between, verse goes on over short lines, an indented block as
    long as it is indented, a statement while it speaks of `я` and `мы`, even over a blank line."""
    begun = number
    while number + 1 < len(scene.lines):
        first, last = scene.lines[number]
        following = scene.lines[number + 1]
        gap = scene.text.text[scene.words[last - 1].end : scene.words[following[0]].start]
        indented = gap.endswith((" ", "\t", "\xa0"))
        verse = _verse(scene, first, last) and _verse(scene, *following)
        spoken = _in_first_person(scene, *following)
        if gap.count("\n") != 1:
            marked = any(scene.words[i].text in MARKS for i in range(*following))
            spoken = spoken and _in_first_person(scene, *scene.lines[begun]) and not marked
            if gap.count("\n") > BLANK_LINE or not spoken:
                break
        if not (indented or verse or spoken):
            break
        number += 1
    return number


def _in_first_person(scene: Scene, first: int, last: int) -> bool:
    words = scene.words[first:last]
    return words[-1].text != ":" and any(word.norm in FIRST_PERSON for word in words)


def _verse(scene: Scene, first: int, last: int) -> bool:
    words = scene.words
    return words[last - 1].end - words[first].start <= POEM_LINE and words[last - 1].text != ":"


def _transcript(scene: Scene) -> Iterator[Utterance]:
    """`Корреспондент: …` / `Иванов: …` on lines of their own, two lines at least."""
    labelled = [
        (number, colon) for number, line in enumerate(scene.lines) if (colon := _label(scene, *line)) is not None
    ]
    for k, (number, colon) in enumerate(labelled):
        near = [labelled[j][0] for j in (k - 1, k + 1) if 0 <= j < len(labelled)]
        if not any(abs(other - number) <= 2 for other in near):
            continue
        first, last = scene.lines[number]
        piece = Extent(scene.words[colon + 1].start, scene.words[last - 1].end)
        frame = LABELS.get(scene.words[first].norm, "transcript") if colon == first + 1 else "transcript"
        if frame != "transcript":
            yield Utterance(frame, colon + 1, last, ((colon + 1, last),), (), (piece,))
            continue
        yield Utterance("transcript", colon + 1, last, ((colon + 1, last),), (), (piece,), label=(first, colon))


def _interview(scene: Scene) -> Iterator[Utterance]:
    """Questions on lines of their own and the answers below them, without marks, dashes or labels."""
    questions = [
        number for number, line in enumerate(scene.lines) if _question(scene, *line) and not _in_block(scene, number)
    ]
    if not questions or not any(_addresses(scene, *scene.lines[number]) for number in questions):
        return
    ends = [*questions[1:], questions[-1] + 2]
    for number, end in zip(questions, ends, strict=True):
        answers = [
            line
            for line in range(number + 1, min(end, len(scene.lines)))
            if not _marked_line(scene, *scene.lines[line])
        ]
        if not answers:
            continue
        yield _lines(scene, "question", number, number)
        yield _lines(scene, "answer", answers[0], answers[-1])


def _lines(scene: Scene, frame: str, first: int, last: int) -> Utterance:
    start, stop = scene.lines[first][0], scene.lines[last][1]
    return Utterance(
        frame, start, stop, ((start, stop),), (), (Extent(scene.words[start].start, scene.words[stop - 1].end),)
    )


def _in_block(scene: Scene, number: int) -> bool:
    """Whether a line stands right below a colon: a question there is part of a statement."""
    return number > 0 and scene.words[scene.lines[number - 1][1] - 1].text == ":"


def _question(scene: Scene, first: int, last: int) -> bool:
    return scene.words[last - 1].text == "?" and not _marked_line(scene, first, last) and scene.lines[0][0] != first


def _marked_line(scene: Scene, first: int, last: int) -> bool:
    return scene.words[first].text in DASHES or scene.words[first].text in "«„“\"'"


def _addresses(scene: Scene, first: int, last: int) -> bool:
    """Whether a question speaks to somebody: `вы`, `ваш`, a verb in the second person."""
    return any(word.norm in SECOND_PERSON or word.feats.get("Person") == "2" for word in scene.words[first:last])


def _label(scene: Scene, first: int, last: int) -> int | None:
    """The colon behind a speaker's label: a few words, the first capitalized, no verb, then a capital letter."""
    words = scene.words
    for i in range(first + 1, min(last - 1, first + 1 + LABEL)):
        if words[i].text == ":":
            said = words[i + 1]
            spoken = said.capitalized or said.text in "…—–-" or said.text[0].isdigit()
            named = words[first].capitalized or words[first].text in '«„"“'
            return i if named and spoken and words[i].end < said.start else None
        initial = words[i].text == "." and len(words[i - 1].text) == 1 and words[i - 1].capitalized
        if words[i].pos in ("VERB", "AUX") or (words[i].text in ".,!?" and not initial):
            return None
    return None


def kind_of(scene: Scene, utterance: Utterance) -> QuoteKind:
    """Clauses of their own are direct speech, a fragment built into the narrator's sentence is mixed.

    `Закон «ударит по всем», сказал X` is mixed: the narrator's words lead into the marks, whatever follows them. So is
    the whole of a clause behind `что`.
    """
    if utterance.frame != "marks" or utterance.authors or _opens_sentence(scene, utterance):
        return "direct"
    before, first = utterance.start - 1, scene.words[utterance.pieces[0][0]]
    while before > 0 and scene.words[before].text in "'`":
        before -= 1
    conjunction = before - 1 if scene.words[before].text == ":" and before else before
    if scene.words[conjunction].norm in CONJUNCTIONS:
        return "mixed"
    if scene.words[before].text == ":" or _goes_on(scene, before):
        return "direct"
    named = scene.named_at[first.i] is not None or first.pos == "PROPN"
    return "direct" if first.capitalized and (not named or _is_clause(scene, utterance)) else "mixed"


def _opens_sentence(scene: Scene, utterance: Utterance) -> bool:
    first = scene.sentence(utterance.start)[0]
    return all(scene.words[i].text in "'—–-«\"„“" for i in range(first, utterance.start))


def _goes_on(scene: Scene, i: int) -> bool:
    """`«A», — сказал X, — «b»`: the comma or dash at word `i` closes the author's words behind another utterance."""
    words, first = scene.words, scene.sentence(i)[0]
    if words[i].text != "," and words[i].text not in DASHES:
        return False
    for j in range(i - 1, max(first, i - BETWEEN), -1):
        if words[j].text in CLOSING and j + 1 < i and (words[j + 1].text == "," or words[j + 1].text in DASHES):
            return insertion(scene, j + 2, i)
    return False


def _is_clause(scene: Scene, utterance: Utterance) -> bool:
    """Whether there is a predicate or a mark of exclamation or question."""
    said = [scene.words[i] for first, last in utterance.pieces for i in range(first, last)]
    return said[-1].text[-1] in "!?" or any(is_predicate(word) for word in said)


def is_predicate(word: Word) -> bool:
    """Whether a word can be the predicate of what was said."""
    if word.feats.get("VerbForm") in ("Fin", "Inf") or word.feats.get("Variant") == "Short" or word.pos == "AUX":
        return True
    return word.pos in ("NOUN", "PROPN", "ADJ", "ADV", "X") and is_only_predicate(word.norm)


def is_only_predicate(norm: str) -> bool:
    """Whether the dictionary knows a form as a predicate only, whatever the tagger says: `приживётся`, `осиротел`."""
    tags = known_tags(norm) if norm.endswith(VERB_ENDINGS) else ()
    return bool(tags) and all(tag.POS in ("VERB", "ADJS", "PRTS") for tag in tags)
