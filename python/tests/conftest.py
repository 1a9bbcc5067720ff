"""What the tests share: a corpus, the command line, and the root of the clone."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def corpus() -> Path:
    return ROOT / "tests/corpora/sample/documents"


@pytest.fixture(scope="session")
def manifest(corpus: Path) -> Path:
    return corpus.parent / "manifest.csv"


@pytest.fixture(scope="session")
def command() -> Path:
    """The command line of the same clone."""
    built = Path(os.environ.get("VARIORUM", ROOT / "target/debug/variorum"))
    if not built.is_file():
        pytest.skip(f"{built} is not built: cargo build")
    return built


@pytest.fixture(scope="session")
def told(command: Path, corpus: Path, manifest: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder that the command line writes of the corpus."""
    output = tmp_path_factory.mktemp("command")
    words = ["run", corpus, "--manifest", manifest, "-o", output, "--quiet"]
    subprocess.run([command, *words], check=True, cwd=output)
    return output / "latest"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of the current folder take part."""
    monkeypatch.chdir(tmp_path)
