"""What the golden scripts share: writing a JSON file whose numbers lose nothing and whose cases take one line each."""
import json
import math
import os

import numpy as np

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


def tensor(array):
    """An expected array as {"shape", "values"}, row by row, with 9 digits."""
    return {"shape": list(array.shape), "values": [whole(nine(v)) for v in array.reshape(-1)]}


def given(array):
    """An array that a case starts from: float32 numbers, each with the fewest digits that give it back."""
    single = array.astype(np.float32)
    assert (single == array).all(), "not float32 numbers"
    return {"shape": list(array.shape), "values": [whole(float(str(v))) for v in single.reshape(-1)]}


def draw(random, shape, scale=1.0):
    """Random float64 values that are float32 numbers too, so that a float32 library starts from the very same ones."""
    return np.round(random.standard_normal(shape) * scale, 3).astype(np.float32).astype(np.float64)


def whole(v):
    """0.0 as 0, 1.0 as 1: shorter, and the same number."""
    return int(v) if v == int(v) else v
