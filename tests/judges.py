"""Independent judges of pages: axe for barriers, the Nu HTML checker for the markup."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import absent

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(browser: Any, address: str, scheme: str) -> list[tuple[str, str]]:
    """What axe finds on a page in a colour scheme; see :func:`barriers_of`."""
    opened = browser.new_page(color_scheme=scheme)
    opened.goto(address)
    opened.wait_for_timeout(300)
    found = barriers_of(opened)
    opened.close()
    return found


def barriers_of(page: Any) -> list[tuple[str, str]]:
    """What axe finds on an open page: the rule, and the first element that breaks it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = axe.Axe().run(page, options=options).response["violations"]
    return [(item["id"], item["nodes"][0]["html"]) for item in found]


def checked(files: Iterable[Path]) -> list[str]:
    """The errors that the Nu HTML checker finds in files."""
    jar = os.environ.get("TEIKIT_VNU", "")
    if not jar:
        absent("the Nu HTML checker (TEIKIT_VNU names its jar)")
    command = ["java", "-jar", jar, "--errors-only", "--format", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    return [f"{item.get('url', '')[-30:]}: {item['message']}" for item in messages]
