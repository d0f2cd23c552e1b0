"""The command as its users meet it: what goes in, what comes out, what is said when something is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from skazal import Document, __version__
from skazal.cli import app
from skazal.pipeline import to_document

EXAMPLE = Path(__file__).parents[1] / "examples" / "article.txt"
SAID = "«Мост откроют осенью», — сообщила мэр Орловки Инна Лужина."
ASKED = "Сколько стоил мост, Лужина не уточнила."


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def written(result: Result) -> list[Document]:
    # Not splitlines(): a text may hold U+2028, which JSON leaves as it is.
    return [Document.from_dict(json.loads(line)) for line in result.stdout.split("\n") if line]


def json_lines(path: Path, *records: Any) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def test_a_text_file_gives_one_document_under_its_name() -> None:
    result = run("annotate", EXAMPLE)
    assert result.exit_code == 0, result.stderr
    (document,) = written(result)
    assert document.id == "article"
    assert document.text == EXAMPLE.read_text(encoding="utf-8")
    assert document.quotes
    assert document.entities


def test_standard_input_is_a_text() -> None:
    (document,) = written(run("annotate", "-", stdin=SAID.encode()))
    assert (document.id, document.text) == ("-", SAID)


def test_a_folder_gives_every_text_in_it_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "a/notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{SAID} {name}", encoding="utf-8")
    result = run("annotate", tmp_path)
    assert result.exit_code == 0, result.stderr
    assert [document.id for document in written(result)] == ["a/c", "b"]


def test_json_lines_keep_id_and_other_fields(tmp_path: Path) -> None:
    path = json_lines(
        tmp_path / "news.jsonl", {"id": "n7", "text": SAID, "outlet": "Вестник", "tags": [1]}, {"text": ASKED, "id": 8}
    )
    result = run("annotate", path)
    assert result.exit_code == 0, result.stderr
    first, second = written(result)
    assert (first.id, first.text, first.meta) == ("n7", SAID, {"outlet": "Вестник", "tags": [1]})
    assert (second.id, second.text, second.meta) == ("8", ASKED, {})


def test_json_fields_may_have_other_names(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "news.ndjson", {"url": "u1", "body": SAID, "id": 3})
    (document,) = written(run("annotate", path, "--id-field", "url", "--text-field", "body"))
    assert (document.id, document.text, document.meta) == ("u1", SAID, {"id": 3})


def test_a_record_without_id_gets_the_same_one_in_every_run(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(
        b"\n" + json.dumps({"text": SAID}).encode() + b"\n" + json.dumps({"id": None, "text": ASKED}).encode()
    )
    ids = [[document.id for document in written(run("annotate", path))] for _ in range(2)]
    assert ids == [["news.jsonl:2", "news.jsonl:3"]] * 2


def test_a_byte_order_mark_is_not_text(tmp_path: Path) -> None:
    mark = b"\xef\xbb\xbf"
    (tmp_path / "a.txt").write_bytes(mark + SAID.encode())
    (tmp_path / "b.jsonl").write_bytes(mark + json.dumps({"text": SAID}).encode() + b"\r\n")
    result = run("annotate", tmp_path / "a.txt", tmp_path / "b.jsonl")
    assert [document.text for document in written(result)] == [SAID, SAID]


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    text = "Мост откроют\r\n\r\n" + SAID + "\r\nКонец\u2028\x85.\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    (document,) = written(run("annotate", tmp_path / "a.txt"))
    assert document.text == text


BROKEN_LINES = [
    (b"{", "broken JSON: Expecting property name enclosed in double quotes at column 2"),
    (b"[1]", "an object is wanted on each line, an array came"),
    (b'{"id": 1}', "the record has no field 'text' but 'id'; --text-field names another"),
    (b'{"text": null}', "the field 'text' is null"),
    (b'{"text": " \\n "}', "the text is empty"),
    (b'{"text": ["a"]}', "the field 'text' is not a string but list"),
    (b'{"text": "a", "id": 1.5}', "the field 'id' is not a string or a whole number but float"),
    (b'{"text": "a", "rank": NaN}', "broken JSON: NaN is not JSON"),
    (b'{"text": "ab\\ud800"}', "the text has half of a surrogate pair at character 2"),
    (b'{"text": "\xd2\xe5"}', "not UTF-8: byte 0xd2 at offset 10; convert it first"),
    (b"[" * 100_000, "broken JSON: "),
]


@pytest.mark.parametrize(("line", "reason"), BROKEN_LINES, ids=[reason[:30] for _, reason in BROKEN_LINES])
def test_a_broken_line_is_told_by_its_number_and_the_rest_is_done(tmp_path: Path, line: bytes, reason: str) -> None:
    good = json.dumps({"text": SAID}).encode()
    path = tmp_path / "news.jsonl"
    path.write_bytes(b"\n".join([good, line, good]))
    result = run("annotate", path)
    assert result.exit_code == 1
    assert [document.text for document in written(result)] == [SAID, SAID]
    assert result.stderr.startswith(f"skazal: {path}:2: {reason}")
    assert result.stderr.count("\n") == 1


def test_what_cannot_be_read_is_told_and_the_rest_is_done(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("Мост".encode("cp1251"))
    (tmp_path / "empty").mkdir()
    result = run("annotate", tmp_path / "no.txt", tmp_path / "old.txt", tmp_path / "empty", EXAMPLE)
    assert result.exit_code == 1
    assert [document.id for document in written(result)] == ["article"]
    missing, old, empty = result.stderr.splitlines()
    assert missing == f"skazal: {tmp_path / 'no.txt'}: No such file or directory"
    assert old.startswith(f"skazal: {tmp_path / 'old.txt'}: not UTF-8: byte 0xcc at offset 0; convert it first")
    assert empty.startswith(f"skazal: {tmp_path / 'empty'}: the folder holds no .txt file; a pattern")


def test_a_stream_keeps_limits_with_several_workers(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "news.jsonl", {"text": SAID}, {"text": SAID * 9})
    result = run("annotate", path, "--workers", "2", "--max-length", str(len(SAID)))
    assert [document.text for document in written(result)] == [SAID]
    assert "more than" in result.stderr
    assert result.exit_code == 1


def test_a_document_that_fails_in_a_stream_is_left_out_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(doc: Any, **named: Any) -> Document:
        if doc.text == "Да":
            raise RuntimeError("no way")
        return to_document(doc, **named)

    monkeypatch.setattr("skazal.pipeline.to_document", fail)
    result = run("annotate", json_lines(tmp_path / "news.jsonl", {"text": SAID}, {"text": "Да"}))
    assert [document.text for document in written(result)] == [SAID]
    assert "news.jsonl:2: RuntimeError: no way" in result.stderr


def test_an_id_that_comes_twice_is_told_and_the_first_is_kept(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "news.jsonl", {"id": "a", "text": SAID}, {"id": "a", "text": ASKED})
    result = run("annotate", path)
    assert result.exit_code == 1
    assert [document.text for document in written(result)] == [SAID]
    assert result.stderr == f"skazal: {path}:2: the id 'a' came before\n"


def test_output_goes_to_the_file_and_its_journal_beside_it(tmp_path: Path) -> None:
    result = run("annotate", EXAMPLE, "--output", tmp_path / "out.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == run("annotate", EXAMPLE).stdout
    assert [path.name for path in sorted(tmp_path.iterdir())] == [".out.jsonl.journal", "out.jsonl"]


def test_an_interrupted_run_leaves_the_older_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("older", encoding="utf-8")

    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("skazal.corpus.annotation.spread", interrupt)
    assert run("annotate", EXAMPLE, "-o", out, "--overwrite").exit_code != 0
    assert out.read_text(encoding="utf-8") == "older"


def test_a_device_is_written_to_and_not_replaced() -> None:
    assert run("annotate", EXAMPLE, "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize(
    "arguments",
    [
        ("annotate",),
        ("annotate", EXAMPLE, "--no-such-option"),
        ("annotate", EXAMPLE, "-o", "."),
        ("annotate", EXAMPLE, "-o", "no/such/o"),
    ],
    ids=["no input", "unknown option", "output is a folder", "output in no folder"],
)
def test_wrong_usage_ends_with_status_2(arguments: tuple[str | Path, ...]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_the_table_shows_speaker_cue_quote_and_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    result = run("quotes", "-", stdin=SAID.encode())
    assert result.exit_code == 0, result.stderr
    row = next(line for line in result.stdout.splitlines() if "Мост" in line)
    assert [cell.strip() for cell in row.split("  ") if cell.strip()] == [
        "Инна Лужина",
        "сообщила",
        "Мост откроют осенью",
        "direct",
    ]
    assert "Mentions" not in result.stdout


def test_the_table_shows_entities_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    result = run("quotes", "--entities", EXAMPLE)
    assert result.exit_code == 0, result.stderr
    assert "Mentions" in result.stdout
    assert "Аркадий Саврасов" in result.stdout


def test_the_table_gives_no_power_to_the_text() -> None:
    result = run(
        "quotes", "-", stdin="«Мост [red]откроют[/red]\x1b[2J \x9b1m осенью», — сообщила Инна Лужина.".encode()
    )
    assert result.exit_code == 0, result.stderr
    assert "[red]" in result.stdout
    assert not {"\x1b", "\x9b"} & set(result.stdout)


def test_the_table_of_a_missing_file_is_an_error(tmp_path: Path) -> None:
    result = run("quotes", tmp_path / "no.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "No such file" in result.stderr


def test_version_is_told() -> None:
    assert run("--version").stdout == f"skazal {__version__}\n"


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", "from skazal.cli import app; app()", *map(str, arguments)]


def test_a_reader_that_leaves_early_gets_no_traceback(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "news.jsonl", *({"text": SAID * 50} for _ in range(100)))
    with subprocess.Popen(command("annotate", path), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(20)
        process.stdout.close()
        told = process.stderr.read()
        assert process.wait(timeout=60) == 1
    assert told == b""


def test_output_is_utf8_whatever_the_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = subprocess.run(command("annotate", EXAMPLE), env=environment, capture_output=True, check=True)
    assert json.loads(result.stdout.decode("utf-8"))["text"] == EXAMPLE.read_text(encoding="utf-8")
