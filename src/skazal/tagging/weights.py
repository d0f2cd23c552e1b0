"""The weights in natasha's wheel: found without importing natasha, mapped into memory, read without slovnet or navec.

A head's archive (`slovnet_*.tar`) holds `model.json`, a tree of modules whose leaves name raw arrays in the archive,
and gzipped vocabularies, one entry a line. The embeddings' archive (`navec_*.tar`) holds product-quantized vectors: a
word is a row of 100 bytes, byte q picks one of 256 three-dimensional centroids of quantizer q.
"""

from __future__ import annotations

import importlib.util
import json
import tarfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from skazal.errors import ArtefactError

FloatArray = npt.NDArray[np.float32]

EMBEDDINGS = "emb/navec_news_v1_1B_250K_300d_100q.tar"
HEADS = "model/slovnet_{}_news_v1.tar"
GZIP_SUMS = 8  # bytes at the end of a gzip file: checksum and size of what is in it
GZIP = 31  # zlib's word for a window of any size behind a gzip header


def natasha_data() -> Path:
    """The folder of natasha's data files. Importing natasha would import pymorphy2, so it is only looked up."""
    spec = importlib.util.find_spec("natasha")
    if spec is None or spec.origin is None:
        raise ArtefactError("natasha is not installed: its wheel carries the tagger's weights; pip install natasha")
    return Path(spec.origin).parent / "data"


class Archive:
    """A tar file mapped into memory: what is never touched is never read, and forked processes share the pages."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise ArtefactError(f"no {path.name} in {path.parent}: natasha >= 1.6 carries it; is its wheel complete?")
        self.path = path
        self._bytes = np.asarray(np.memmap(path, mode="r"))  # a plain array over the mapping: memmap indexes slowly
        with tarfile.open(path) as tar:
            self._places = {member.name: (member.offset_data, member.size) for member in tar}

    def array(self, name: str) -> npt.NDArray[np.uint8]:
        """A member's bytes, read-only, not copied."""
        start, size = self._places[name]
        return self._bytes[start : start + size]

    def json(self, name: str) -> Any:
        return json.loads(self.array(name).tobytes())


def unpacked(member: npt.NDArray[np.uint8]) -> bytes:
    """A gzipped member's content."""
    return zlib.decompress(member.data, GZIP)


@dataclass(frozen=True, slots=True)
class HeadWeights:
    """One head: arrays by their dotted path in the model (`encoder.layers.0.conv.weight`), the id of the embeddings it
    was trained with, vocabularies (the words still gzipped)."""

    arrays: dict[str, FloatArray]
    embeddings: str
    words: npt.NDArray[np.uint8]
    shapes: list[str]
    outputs: list[str]

    def layer_names(self) -> list[str]:
        return sorted({".".join(path.split(".")[:3]) for path in self.arrays if path.startswith("encoder.layers.")})


def read_head(data: Path, name: str, outputs: str) -> HeadWeights:
    """The head `name` (morph, syntax, ner); `outputs` is the vocabulary it answers with (tag, rel)."""
    archive = Archive(data / HEADS.format(name))
    model = archive.json("model.json")
    return HeadWeights(
        arrays=dict(_named_arrays(archive, model, "")),
        embeddings=model["emb"]["word"]["id"],
        words=archive.array("vocabs/word.gz"),
        shapes=unpacked(archive.array("vocabs/shape.gz")).decode().splitlines(),
        outputs=unpacked(archive.array(f"vocabs/{outputs}.gz")).decode().splitlines(),
    )


def _named_arrays(archive: Archive, node: Any, path: str) -> list[tuple[str, FloatArray]]:
    if isinstance(node, list):
        node = {str(index): item for index, item in enumerate(node)}
    if not isinstance(node, dict):
        return []
    if "array" in node:
        raw = archive.array(f"arrays/{node['array']}.bin")
        return [(path, raw.view(node["dtype"]).reshape(node["shape"]))]
    return [
        pair for key, item in node.items() for pair in _named_arrays(archive, item, f"{path}.{key}" if path else key)
    ]


class Embeddings:
    """Navec's vectors, looked up on demand from their mapped codes."""

    def __init__(self, data: Path) -> None:
        archive = Archive(data / EMBEDDINGS)
        self.id: str = archive.json("meta.json")["id"]
        raw = archive.array("pq.bin")
        words, self.dim, quantizers, centroids = raw[:16].view(np.uint32).tolist()
        self._codes = raw[16 : 16 + words * quantizers].reshape(words, quantizers)
        self._centroids = raw[16 + words * quantizers :].view(np.float32).reshape(quantizers * centroids, -1).copy()
        self._offsets = np.arange(quantizers) * centroids

    def __call__(self, words: npt.NDArray[np.int64]) -> FloatArray:
        """Vectors of word ids: n ids to n × dim."""
        vectors: FloatArray = self._centroids[self._codes[words] + self._offsets].reshape(len(words), self.dim)
        return vectors
