"""Takes the pictures of the documentation in headless Chromium: a document in both themes, and a report.

python tools/pictures.py        # writes docs/pictures/*.png; needs playwright and Debian's chromium
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

import skazal
from skazal.display import page
from skazal.report import write_report

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
sys.path.insert(0, str(ROOT / "tests"))

from report.corpus import corpus  # noqa: E402  # made-up quotes, from the tests


def main() -> None:
    """Take all pictures."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        take_document(browser, Path(folder) / "document.html")
        take_report(browser, Path(folder) / "report.html")
        browser.close()


def take_document(browser: Browser, path: Path) -> None:
    """Take the example article, light and dark."""
    text = (ROOT / "examples" / "article.txt").read_text(encoding="utf-8")
    path.write_text(page(skazal.annotate(text, id="article")), encoding="utf-8")
    for scheme in ("light", "dark"):
        view = browser.new_page(viewport={"width": 900, "height": 740}, color_scheme=scheme)  # type: ignore[arg-type]  # mypy widens the names to str
        view.goto(path.as_uri())
        view.screenshot(path=PICTURES / f"document-{scheme}.png")
        view.close()


def take_report(browser: Browser, path: Path) -> None:
    """Take a report on two thousand made-up quotes."""
    with path.open("w", encoding="utf-8") as stream:
        write_report(corpus(2000), stream, title="Кого цитируют в Залесье")
    view = browser.new_page(viewport={"width": 1250, "height": 1150})
    view.goto(path.as_uri())
    view.locator("body[data-ready]").wait_for()
    view.wait_for_timeout(400)
    view.screenshot(path=PICTURES / "report.png")


if __name__ == "__main__":
    main()
