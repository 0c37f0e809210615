"""Reads a .keras file with zipfile, json and h5py, and computes the network in float64 NumPy: read_keras.py FILE.

Prints {"names": the groups and arrays of the weights, "output": what it gives for x[i] = sin(0.37 i), tokens i * 7 mod vocabulary}.
"""
import io
import json
import sys
import zipfile

import h5py
import numpy as np

archive = zipfile.ZipFile(sys.argv[1])
assert sorted(archive.namelist()) == ["config.json", "metadata.json", "model.weights.h5"], archive.namelist()
assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())
metadata, config = json.loads(archive.read("metadata.json")), json.loads(archive.read("config.json"))
assert metadata["keras_version"].startswith("3.") and len(metadata["date_saved"]) == len("2024-07-23@17:34:40"), metadata
weights = h5py.File(io.BytesIO(archive.read("model.weights.h5")), "r")
functions = {
    "linear": lambda x: x,
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.maximum(x, 0),
    "softmax": lambda x: np.exp(x - x.max(-1, keepdims=True)) / np.exp(x - x.max(-1, keepdims=True)).sum(-1, keepdims=True),
}


def variables(path):
    group = weights[path]["vars"]
    assert all(array.dtype == np.float32 for array in group.values())
    return [np.array(group[str(i)], "f8") for i in range(len(group))]


def recurrent(kind, c, x, path):
    kernel, state_kernel, *bias = variables(f"{path}/cell")
    act, gate = functions[c["activation"]], functions[c.get("recurrent_activation", "linear")]
    units, h, carry, outputs = c["units"], np.zeros((len(x), c["units"])), np.zeros((len(x), c["units"])), []
    for t in reversed(range(x.shape[1])) if c["go_backwards"] else range(x.shape[1]):
        if kind == "LSTM":
            i, f, g, o = np.split(x[:, t] @ kernel + h @ state_kernel + (bias[0] if bias else 0), 4, axis=1)
            carry = gate(f) * carry + gate(i) * act(g)
            h = gate(o) * act(carry)
        elif kind == "GRU":
            a, b = x[:, t] @ kernel + bias[0][0], h @ state_kernel + bias[0][1]
            z, r = gate(a[:, :units] + b[:, :units]), gate(a[:, units:2 * units] + b[:, units:2 * units])
            h = z * h + (1 - z) * act(a[:, 2 * units:] + r * b[:, 2 * units:])
        else:
            h = act(x[:, t] @ kernel + h @ state_kernel + (bias[0] if bias else 0))
        outputs.append(h)
    return np.stack(outputs, 1) if c["return_sequences"] else h


numbers = {}
x = None
for layer in config["config"]["layers"]:
    kind, c = layer["class_name"], layer["config"]
    if kind == "InputLayer":
        shape = [2 if n is None else n for n in c["batch_shape"]]
        count = np.arange(int(np.prod(shape)))
        embeddings = [one for one in config["config"]["layers"] if one["class_name"] == "Embedding"]
        x = (count * 7 % embeddings[0]["config"]["input_dim"] if embeddings else np.sin(0.37 * count)).reshape(shape)
        continue
    word = {"SimpleRNN": "simple_rnn"}.get(kind, kind.lower())
    number = numbers[word] = numbers.get(word, -1) + 1
    path = f"layers/{word}" + (f"_{number}" if number else "")
    assert weights[path]["vars"].attrs["name"] == c["name"], path
    if kind in ("LSTM", "GRU", "SimpleRNN"):
        x = recurrent(kind, c, x, path)
    elif kind == "Dense":
        kernel, *bias = variables(path)
        x = functions[c["activation"]](x @ kernel + (bias[0] if bias else 0))
    elif kind == "Embedding":
        x = variables(path)[0][x]
    elif kind == "Reshape":
        x = x.reshape([len(x), *c["target_shape"]])
    else:
        assert kind == "Dropout", kind
names = []
weights.visit(names.append)
print(json.dumps({"names": names, "output": x.ravel().tolist()}))
