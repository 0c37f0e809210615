"""Runs the steps of action.yml that are scripts, as GitHub's runner would: with bash, inputs filled in, in a caller's folder.

Steps that use other actions are not run. Exits with 1 where the action does not do what its inputs say.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())


def fill(text, inputs):
    values = {"github.action_path": str(ROOT), **{f"inputs.{name}": value for name, value in inputs.items()}}
    return re.sub(r"\$\{\{\s*([\w.-]+)\s*\}\}", lambda match: values[match[1]], text)


def run(folder, skip=(), **given):
    """The exit code of the first step that fails, or 0, and what was printed."""
    known = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()}
    unknown = set(given) - set(known)
    assert not unknown, f"action.yml has no input {unknown}"
    inputs = {**known, **given}
    printed = ""
    for step in ACTION["runs"]["steps"]:
        if "uses" in step or step["name"] in skip:
            continue
        assert "${{" not in step["run"], f"{step['name']}: an input in the text of a script is part of the script"
        environment = {
            **os.environ,
            **{name: fill(value, inputs) for name, value in step.get("env", {}).items()},
            "RUNNER_TEMP": str(folder),
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        }
        script = folder / "step.sh"
        script.write_text(step["run"])
        # What the runner calls for `shell: bash`.
        # Into a file: the compiler's server outlives the build and would keep a pipe open.
        log = folder / "step.log"
        with log.open("w") as output:
            result = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
                cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT, timeout=600)
        printed += log.read_text()
        if result.returncode != 0:
            return result.returncode, printed
    return 0, printed


def notebook(path, source, shown):
    cell = {
        "cell_type": "code", "id": "one", "execution_count": 1, "metadata": {}, "source": source,
        "outputs": [{"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": shown}}],
    }
    spec = {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": [cell], "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}))


def suites(report):
    return sorted(suite.get("name") for suite in xml.parse(report).getroot().iter("testsuite"))


def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for i, name in enumerate(("a", "b", "a folder/c")):
            notebook(folder / "notebooks" / f"{name}.ipynb", f"{i} + 1", str(i + 1))
        code, printed = run(folder)
        assert code == 0, printed
        assert len(suites(folder / "artifacts/notebooks.xml")) == 3, printed
        assert "3 notebooks, 3 cells: all passed" in (folder / "summary.md").read_text()

        built = ("Build the host",)
        parts = []
        for part in ("1/2", "2/2"):
            code, printed = run(folder, built, shard=part, times="artifacts/notebooks.xml", junit=f"{part[0]}.xml", output=part[0])
            assert code == 0, printed
            assert f"shard {part}" in printed, printed
            parts += suites(folder / f"{part[0]}.xml")
        assert sorted(parts) == suites(folder / "artifacts/notebooks.xml"), parts

        notebook(folder / "notebooks/b.ipynb", "2", "3")
        code, printed = run(folder, built, notebooks="notebooks/a folder\nnotebooks/b.ipynb\n")
        assert code == 1 and "1 notebook failed" in printed, printed
        assert suites(folder / "artifacts/notebooks.xml") == ["notebooks/a folder/c.ipynb", "notebooks/b.ipynb"]
        code, printed = run(folder, built, notebooks="notebooks/b.ipynb", check="false")
        assert code == 0, printed
        for wrong in ({"check": "yes"}, {"shard": "3/2"}, {"times": "gone.xml", "shard": "1/2"}, {"notebooks": "$(touch hacked)"}):
            code, printed = run(folder, built, **wrong)
            assert code == 2, (wrong, printed)
        assert not (folder / "hacked").exists(), "an input was run"
    print("action.yml: its steps do what the inputs say")


if __name__ == "__main__":
    sys.exit(main())
