"""What the golden scripts share: writing a JSON file whose numbers lose nothing and whose cases take one line each."""
import json
import math
import os

FOLDER = os.path.dirname(os.path.abspath(__file__))
DATE = "2026-11-21"


def provenance(script, **rest):
    """The first member of every file: which script made it, with which libraries, when."""
    return {"script": script, "date": DATE, **rest}


def write(name, head, cases):
    """Writes head's members, then {"cases": [...]} with one case a line, so that a diff shows which case moved."""
    lines = ["{"]
    lines += [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}," for k, v in head.items()]
    lines.append('"cases": [')
    body = [json.dumps(c, ensure_ascii=False, allow_nan=False, separators=(",", ":")) for c in cases]
    lines.append(",\n".join(body))
    lines += ["]", "}", ""]
    names = [c["name"] for c in cases]
    assert len(names) == len(set(names)), "two cases share a name"
    path = os.path.join(FOLDER, name)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write("\n".join(lines))
    with open(path, encoding="utf-8") as f:
        json.load(f)
    print(f"{name}: {len(cases)} cases, {os.path.getsize(path)} bytes")


def nine(x):
    """x with 9 significant digits: enough to give back any float32 exactly."""
    v = float(f"{float(x):.9g}")
    assert math.isfinite(v)
    return v
