"""A headless Chromium for the page tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright


@contextmanager
def chromium(absent: Callable[[str], None]) -> Iterator[Page]:
    """A page of the machine's own Chromium; ``absent`` is called where there is none."""
    path = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if path is None:
        absent("a Chromium browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        page = browser.new_page()
        yield page
        browser.close()
