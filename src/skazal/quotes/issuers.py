"""Who has issued a document of which the text does not say it there: `говорится в сообщении`, `согласно указу`."""

from collections.abc import Iterator

from skazal import lexicon
from skazal.document import Entity
from skazal.quotes.antecedents import BACK, STEPS
from skazal.quotes.cues import CueSite
from skazal.quotes.phrases import Source
from skazal.quotes.scene import Scene
from skazal.quotes.sources import source_of
from skazal.words import Word

ISSUING, DECREES, DECREEING = lexicon.words("issuing"), lexicon.words("decrees"), lexicon.words("decreeing")
RELEASES, OFFICIALLY = lexicon.words("releases"), lexicon.words("officially")
STUDIES = lexicon.words("studies")
ONLINE = lexicon.words("pages") | lexicon.words("networks")
PRESS_RELEASES = frozenset({"пресс-релиз", "релиз"})
TELLING = frozenset({"say", "answer", "write", "publish", "relay"})
"""Classes of cues by which somebody tells the public something."""
WRITING = frozenset({"write", "publish"})
"""Classes of cues by which somebody makes a document."""


def author_of(scene: Scene, i: int) -> Entity | None:
    """Who issued the document at word `i`: the subject of `подписал`, `указом освободил` shortly before it."""
    decree = scene.words[i].lemma in DECREES
    for j in range(i - 1, max(-1, i - BACK), -1):
        verb = scene.words[j]
        issues = verb.lemma in ISSUING or (decree and verb.lemma in DECREEING)
        if verb.pos == "VERB" and (issues or _by_decree(scene, j)) and not _wrote_another(scene, i, j):
            passive = verb.feats.get("Voice") == "Pass"
            author = _named_child(scene, j, "Ins" if passive else "Nom")
            if author is not None:
                return author
    return None


def _wrote_another(scene: Scene, i: int, verb: int) -> bool:
    """Whether the document at word `i` is a study, and a verb of issuing has another object: `написал пост` is no
    `опрос`.
    """
    objects = [scene.words[child].lemma for child in scene.words[verb].children if scene.words[child].dep == "obj"]
    return scene.words[i].lemma in STUDIES and scene.words[i].lemma not in objects


def _by_decree(scene: Scene, verb: int) -> bool:
    """`указом освободил`, `приказом назначил`."""
    return any(
        scene.words[child].lemma in DECREES and scene.words[child].case == "Ins" for child in scene.words[verb].children
    )


def _named_child(scene: Scene, verb: int, case: str) -> Entity | None:
    """The person or organisation that is a verb's subject, or the agent of a passive."""
    for child in scene.words[verb].children:
        word, named = scene.words[child], scene.named_at[child]
        if named is None or named.entity.type == "LOC":
            continue
        if word.dep == "nsubj" if case == "Nom" else word.case == case:
            return named.entity
    return None


def issuer_of(scene: Scene, source: Source) -> Entity | Source | None:
    """Whose message it is: the authority, company or press service that the text has just told of, else the outlet, or
    the person who has written.

    `Об этом сообщает мэрия, передаёт «Заря». «…», — говорится в сообщении`.
    """
    if not _is_release(scene, source):
        return None
    outlet = None
    for site in _cues_before(scene, source):
        issuer = _issuer_by(scene, site)
        if issuer is not None and not _is_outlet(scene, site, issuer):
            return issuer
        outlet = outlet or issuer
    return outlet or (_last_organisation(scene, source) if scene.words[source.head].lemma in PRESS_RELEASES else None)


def _is_release(scene: Scene, source: Source) -> bool:
    """A message, statement or report with nothing that tells which: `сообщении`, `официальном заявлении`."""
    others = (word for word in scene.words[source.start : source.stop] if word.i != source.head)
    return scene.words[source.head].lemma in RELEASES and all(word.lemma in OFFICIALLY for word in others)


def _cues_before(scene: Scene, source: Source) -> Iterator[CueSite]:
    """Cues of telling in the STEPS sentences before that of a document, the last first."""
    here = scene.words[source.head].sentence
    for i in range(scene.sentence(source.head)[0] - 1, -1, -1):
        if here - scene.words[i].sentence > STEPS:
            return
        site = scene.cue_at[i]
        if site is not None and site.entry.kind in TELLING and scene.layer[i] == scene.layer[source.head]:
            yield site


def _issuer_by(scene: Scene, site: CueSite) -> Entity | Source | None:
    """The organisation that is the source of a cue, or the person who is that of a cue of writing."""
    source = source_of(scene, site)
    named = scene.named_at[source.head] if source is not None else None
    if source is None:
        return None
    if named is not None:
        writes = named.entity.type == "PER" and _in_writing(scene, site)
        return named.entity if writes or named.entity.type == "ORG" else None
    return source if _is_organisation(scene.words[source.head]) else None


def _in_writing(scene: Scene, site: CueSite) -> bool:
    """`написал мэр`, `сообщил мэр в соцсети`, `заявила в своём Telegram-канале`."""
    if site.entry.kind in WRITING:
        return True
    return any(
        word.lemma in ONLINE or word.lemma.endswith("-канал") for word in scene.words[slice(*scene.sentence(site.word))]
    )


def _is_organisation(word: Word) -> bool:
    """`пресс-служба`, `ведомство`."""
    role = lexicon.find_role(word.lemma)
    return role is not None and role.kind == "org"


def _is_outlet(scene: Scene, site: CueSite, issuer: Entity | Source) -> bool:
    """Whether a message is only passed on: by an outlet, or by a verb of passing on."""
    if site.entry.kind == "relay":
        return True
    if isinstance(issuer, Entity):
        return lexicon.fold(issuer.name) in lexicon.outlets()
    role = lexicon.find_role(scene.words[issuer.head].lemma)
    return role is not None and role.group == "outlet"


def _last_organisation(scene: Scene, source: Source) -> Entity | None:
    """The organisation that the text has last told of, as a subject; no outlet."""
    here = scene.words[source.head].sentence
    for i in range(scene.sentence(source.head)[0] - 1, -1, -1):
        word, named = scene.words[i], scene.named_at[i]
        if here - word.sentence > STEPS:
            return None
        if named is not None and named.entity.type == "ORG" and word.dep == "nsubj" and scene.layer[i] < 0:
            return None if lexicon.fold(named.entity.name) in lexicon.outlets() else named.entity
    return None
