"""What a person's name is known to be."""

from dataclasses import dataclass
from typing import Literal

Gender = Literal["masc", "fem"]


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in the nominative.

    `first` holds all given names in the order of the text (`Джордж Уокер`), `surname` its particles too (`фон дер
    Ляйен`); initials stand with their full stop. `title` is a noun that the text writes within the name (`папа`),
    `nickname` what stands in quotation marks or is no name of a known kind. `nominative` keeps all words and their
    order. `gender` is None where nothing tells it; `gender_evidence` says what told it: `given`, `patronymic`,
    `first name`, `title`, `surname` (its ending in this case), `tag` (the tagger alone) or an empty string. `plural`:
    several persons (`Ивановы`).
    `surnames` are the nominatives that the surname may have, small letters, `ё` as `е`, for comparing names.
    """

    first: str | None
    patronymic: str | None
    surname: str | None
    gender: Gender | None
    gender_evidence: str
    nominative: str
    nickname: str | None = None
    title: str | None = None
    plural: bool = False
    surnames: frozenset[str] = frozenset()
