"""Runs the code of the documentation's pages and compares what they say it prints with what it prints.

In a page, the `python` blocks run one after another in one namespace; a `text` block after one of them is its output.
A `console` block holds commands after `$ `, run in the repository, each with its output.

    make pages        # writes the outputs anew; look at the difference before you commit it
"""

from __future__ import annotations

import os
import re
import shlex
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from typer.testing import CliRunner

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])
PYTHON = re.compile(r"```python\n(?P<code>.*?)```(?P<between>\n+)?(?:```text\n(?P<output>.*?)```)?", re.DOTALL)
CONSOLE = re.compile(r"```console\n(?P<session>.*?)```", re.DOTALL)
BLOCK = re.compile(f"{PYTHON.pattern}|{CONSOLE.pattern}", re.DOTALL)
WIDTH = "100"
# What `make demo` runs once it has installed.
DEMO = "skazal quotes --entities examples/article.txt"


def rewritten(text: str) -> str:
    """Return a page with the outputs that its code has now.

    Raises:
        Exception: what the code of the page raises.
    """
    namespace: dict[str, object] = {"__name__": "page"}
    return BLOCK.sub(lambda block: run_block(block, namespace), text)


def run_block(block: re.Match[str], namespace: dict[str, object]) -> str:
    """Run a block and return it with its output."""
    if block["session"] is not None:
        commands = re.findall(r"^\$ (.+)$", block["session"], re.MULTILINE)
        return "```console\n" + "\n".join(f"$ {command}\n{run_command(command)}" for command in commands) + "```"
    printed = StringIO()
    with chdir(ROOT), redirect_stdout(printed):
        exec(compile(block["code"], "page", "exec"), namespace)
    code = f"```python\n{block['code']}```"
    if block["output"] is None:
        if printed.getvalue():
            raise AssertionError(f"a block prints, but no text block follows it:\n{block['code']}")
        return code + (block["between"] or "")
    return f"{code}{block['between']}```text\n{stripped(printed.getvalue())}```"


def run_command(command: str) -> str:
    """Return what a command of ours prints."""
    from skazal.cli import app

    name, *arguments = shlex.split(DEMO if command == "make demo" else command)
    assert name == "skazal"
    with chdir(ROOT), patch.dict(os.environ, {"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH, "NO_COLOR": "1"}):
        return stripped(CliRunner().invoke(app, arguments, prog_name="skazal").output)


def stripped(output: str) -> str:
    """Return an output without white space at the ends of its lines and empty lines around it."""
    lines = "\n".join(line.rstrip() for line in output.splitlines()).strip("\n")
    return f"{lines}\n"


def main() -> None:
    """Write the outputs of all pages anew."""
    for page in PAGES:
        old = page.read_text(encoding="utf-8")
        new = rewritten(old)
        if new != old:
            page.write_text(new, encoding="utf-8")
            print(page.relative_to(ROOT))


if __name__ == "__main__":
    main()
