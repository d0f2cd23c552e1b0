"""The errors that skazal raises on purpose; each message says what came, what is allowed, what to do."""

from __future__ import annotations


class SkazalError(Exception):
    """Whatever this library raises deliberately; catch it to catch them all."""


class DocumentError(SkazalError, ValueError):
    """Data that is not a document as the JSON contract describes it.

    Attributes:
        path: where in the document, such as ``quotes[2].speaker.type``; empty for the document itself.
        problem: what came there and what is allowed.
    """

    def __init__(self, problem: str, path: str = "") -> None:
        super().__init__(problem, path)
        self.problem = problem
        self.path = path

    def __str__(self) -> str:
        return f"{self.path or 'document'}: {self.problem}; read what to_json() or to_dict() wrote"

    def inside(self, step: str) -> DocumentError:
        """Return the same error seen from one level further out; ``step`` is a field's name or ``[index]``."""
        joint = "." if self.path and not self.path.startswith("[") else ""
        return DocumentError(self.problem, f"{step}{joint}{self.path}")


class ArtefactError(SkazalError, FileNotFoundError):
    """A trained artefact or data file that the installation should contain is missing."""


class TextError(SkazalError, ValueError):
    """A text that cannot be read at all: not Unicode, or not a text."""


class PipelineError(SkazalError, ValueError):
    """A stage misses what an earlier stage should have written to the Doc."""


class ArgumentError(SkazalError, ValueError):
    """An argument that is none of what is allowed; the message lists what is."""


class ArgumentTypeError(SkazalError, TypeError):
    """An argument of another type than the one that is wanted."""


class UnknownIdError(SkazalError, KeyError):
    """An id that nothing in the document has."""

    def __str__(self) -> str:
        # KeyError shows its argument quoted, as if it were a key.
        return str(self.args[0])


class MissingExtraError(SkazalError, ImportError):
    """A package is wanted that comes with an extra of skazal; the message says what to install."""


class CorpusError(SkazalError):
    """A run over a corpus, or a question about one, that cannot be; the message says what to do instead."""
