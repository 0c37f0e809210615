"""Converts the lessons to HTML by nbconvert: every cell is coloured as C#, pictures are there, and a browser makes a PDF of it."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import nbformat
from nbconvert import HTMLExporter

BROWSERS = ("chromium-headless-shell", "chromium")


def main():
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(pathlib.Path(sys.argv[1]).glob("*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            html, _ = HTMLExporter().from_notebook_node(notebook)
            cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
            blocks = re.findall(r'<div class="[^"]*hl-csharp[^"]*">(.*?)</div>', html, re.S)
            assert len(blocks) == len(cells), f"{path.name}: {len(cells)} cells, {len(blocks)} of them as C#"
            assert all("<span class=" in block for block in blocks if block.strip()), f"{path.name}: a cell without colours"
            pictures = sum("text/html" in output.get("data", {}) for cell in cells for output in cell.outputs)
            assert html.count('class="jp-RenderedHTMLCommon jp-RenderedHTML') >= pictures, f"{path.name}: {pictures} pictures"
            page = pathlib.Path(folder, path.stem + ".html")
            page.write_text(html)
            paper = page.with_suffix(".pdf")
            subprocess.run(
                [browser, "--no-sandbox", "--disable-gpu", f"--print-to-pdf={paper}", page.as_uri()], check=True, stderr=subprocess.DEVNULL, timeout=120)
            assert paper.read_bytes().startswith(b"%PDF"), f"{path.name}: no PDF"
            print(f"{path.name}: {len(cells)} cells in colours, {pictures} pictures, PDF {paper.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
