"""Executes the lessons through the installed kernel and compares what they show with what the runner stored."""
import pathlib
import sys

import nbformat
from nbclient import NotebookClient


def outputs(cell):
    """What a cell shows, without what differs between any two runs; neighbours of one stream are one."""
    shown = []
    for output in cell.outputs:
        if output.output_type == "stream":
            if shown and shown[-1][0] == "stream" and shown[-1][1] == output.name:
                shown[-1][2] += output.text
            else:
                shown.append(["stream", output.name, output.text])
        elif output.output_type == "error":
            shown.append(["error", output.ename, output.evalue])
        else:
            shown.append([output.output_type, dict(output.data)])
    return shown


def main():
    lessons, executed = map(pathlib.Path, sys.argv[1:3])
    failures = 0
    for path in sorted(lessons.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(lessons)}}).execute()
        expected = nbformat.read(executed / path.name, as_version=4)
        pairs = [(a, b) for a, b in zip(notebook.cells, expected.cells, strict=True) if a.cell_type == "code"]
        different = [a for a, b in pairs if outputs(a) != outputs(b)]
        print(f"{path.name}: {len(pairs)} cells, {len(different)} differ from the runner's")
        for cell in different:
            print(f"--- {cell.source}\n{outputs(cell)}")
        failures += len(different)
    if failures:
        sys.exit(f"{failures} cells differ")


if __name__ == "__main__":
    main()
