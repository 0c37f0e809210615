"""Layers of Keras (torch backend, float64) from their specs, with outputs and gradients as NumPy arrays."""
import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
import torch
from keras import layers
from keras.src.backend.common import dtypes

keras.backend.set_floatx("float64")
# Away from TensorFlow, Keras multiplies float64 matrices in float32: its type promotion halves 64-bit types.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
assert keras.backend.backend() == "torch"
VERSIONS = f"keras {keras.__version__}, torch {torch.__version__}"


@keras.saving.register_keras_serializable()
def keras2_hard_sigmoid(x):
    """Keras 2's clip(0.2 x + 0.5, 0, 1); Keras 3 has relu6(x + 3) / 6 under the same name."""
    return torch.clip(0.2 * x + 0.5, 0, 1)


def layer(spec):
    """A Keras layer for {"class", "args"}; time_major, which Keras 3 no longer has, is the caller's to transpose."""
    args = {k: v for k, v in spec["args"].items() if k != "time_major"}
    for k in ("activation", "recurrent_activation"):
        if args.get(k) == "hard_sigmoid":
            args[k] = keras2_hard_sigmoid
        if args.get(k) == "hard_sigmoid3":
            args[k] = keras.activations.hard_sigmoid
    if spec["class"] == "Bidirectional":
        # Keras 2 runs the second layer the other way round; Keras 3 always backwards, and refuses a backward first layer.
        inner = args["layer"]
        other = {**inner["args"], "go_backwards": not inner["args"].get("go_backwards", False)}
        args["backward_layer"] = layer({"class": inner["class"], "args": other})
    for k in ("layer", "cell"):
        if isinstance(args.get(k), dict):
            args[k] = layer(args[k])
    for k in ("cell", "cells"):
        if isinstance(args.get(k), list):
            args[k] = [layer(s) for s in args[k]]
    return getattr(layers, spec["class"])(**args)


def leaf(array):
    return torch.tensor(np.asarray(array, np.float64), requires_grad=True)


def flat(value):
    """Tensors of a nested result, left to right."""
    return [t for v in value for t in flat(v)] if isinstance(value, (list, tuple)) else [value]


def parameters(of):
    return [w.value for w in of.weights]


def nested(spec, state):
    """Flat initial states as the layer wants them: pairs for a stack of cells, else the flat list."""
    cell = spec["args"].get("cell", {})
    stacked = isinstance(cell, list) or (spec["class"] == "RNN" and cell.get("class") == "StackedRNNCells")
    return [list(pair) for pair in zip(state[::2], state[1::2])] if stacked else list(state)


def call(built, spec, inputs, state):
    """All outputs, flat. inputs and state are torch tensors."""
    x = inputs[0] if len(inputs) == 1 else inputs
    inner = spec["args"].get("layer", spec)
    major = inner["args"].get("time_major", False)
    x = x.transpose(0, 1) if major else x
    if spec["class"] == "LSTMCell":
        out = flat(built(x, list(state)))
    elif state:
        out = flat(built(x, initial_state=nested(spec, state)))
    else:
        out = flat(built(x))
    sequences = 2 if spec["args"].get("merge_mode", "") is None else 1
    if major and inner["args"].get("return_sequences"):
        out[:sequences] = [o.transpose(0, 1) for o in out[:sequences]]
    return out


def gradients(loss, tensors):
    found = torch.autograd.grad(loss, tensors, allow_unused=True)
    return [np.zeros(t.shape) if g is None else g.detach().numpy() for g, t in zip(found, tensors)]


def arrays(tensors):
    return [t.detach().numpy() for t in tensors]
