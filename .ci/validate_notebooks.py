"""Validates every notebook in the given folders with nbformat, the reference reader of the format."""

import pathlib
import sys

import nbformat

paths = [path for folder in sys.argv[1:] for path in sorted(pathlib.Path(folder).glob("*.ipynb"))]
assert len(paths) >= 2 * len(sys.argv[1:]), f"only {len(paths)} notebooks found in {sys.argv[1:]}"
for path in paths:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    errors = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs if o.output_type == "error"]
    counts = [c.execution_count for c in notebook.cells if c.cell_type == "code"]
    assert not errors, f"{path} holds an error output"
    assert counts == list(range(1, len(counts) + 1)), f"{path}: execution counts {counts}"
    print(f"{path}: valid, {len(counts)} cells executed")
