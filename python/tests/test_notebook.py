"""What people try first runs as it stands there: the notebook, cell by cell, and the README's lines."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient

PYTHON = Path(__file__).parents[1]
NOTEBOOK = PYTHON / "examples/first-steps.ipynb"


def test_the_notebook_runs():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    told = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": NOTEBOOK.parent}}).execute()
    texts = [output.get("data", {}).get("text/plain", "") for cell in told.cells for output in cell.get("outputs", [])]
    assert any(re.fullmatch(r"\d+\.\d s", text) for text in texts), "how long it took stands where progress stood"
    assert any("contradicts" in text for text in texts)
    assert any("documents, complete" in text for text in texts)


def test_the_lines_of_the_readme_run(tmp_path: Path):
    (tmp_path / "tests").symlink_to(PYTHON.parent / "tests")
    lines = (PYTHON / "README.md").read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    names: dict[str, object] = {}
    exec(lines, names)
    assert "documents, complete" in repr(names["run"])
