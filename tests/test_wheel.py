"""The wheel carries all it needs: installed into an empty environment, run in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, tei


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("teikit-*.whl")
    return path


def test_the_wheel_carries_stylesheets_and_schema_and_nothing_of_the_corpus(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "html/main.xsl",
        "html/style.css",
        "text/main.xsl",
        "typst/main.xsl",
        "common/facts.xsl",
    ):
        assert f"teikit/xslt/{needed}" in names
    assert "teikit/schema/edition.rng" in names
    assert "teikit/py.typed" in names
    assert "teikit/rules/TK201.md" in names
    assert [name for name in names if name.startswith(("tei/", "tests/"))] == []


def test_it_works_in_an_empty_environment_and_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    binaries = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    install = [binaries / "python", "-m", "pip", "install", "--quiet", wheel]
    done = subprocess.run(install, capture_output=True, text=True, check=False, env=clean)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "empty"
    folder.mkdir()

    def teikit(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [binaries / "teikit", *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env=clean,
        )

    assert teikit("--version").stdout.startswith("teikit, version 0.")
    nothing = teikit("validate")
    assert (nothing.returncode, "no XML files here" in nothing.stdout) == (1, True)
    (folder / "a.xml").write_text(tei("<head>Bonjour</head><p>Всё.</p>", key="a"), "utf-8")
    built = teikit("build")
    assert built.returncode == 0, built.stdout + built.stderr
    assert (folder / "build" / "txt" / "a.txt").read_text("utf-8") == "Bonjour\n\nВсё.\n"
    assert (folder / "build" / "html" / "index.html").exists()
    assert (folder / "build" / "pdf" / "a.pdf").read_bytes().startswith(b"%PDF")
