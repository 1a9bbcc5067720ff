"""The notebook that people open first runs, cell by cell."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "examples/first-steps.ipynb"


def test_the_notebook_runs():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    told = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": NOTEBOOK.parent}}).execute()
    texts = [output.get("data", {}).get("text/plain", "") for cell in told.cells for output in cell.get("outputs", [])]
    assert any(text.startswith("compare") or " of " in text for text in texts), "progress is shown"
    assert any("contradicts" in text for text in texts)
    assert any("documents, complete" in text for text in texts)
