"""The layers' forward passes from their equations, in NumPy float64 and nothing else: the second opinion on every golden."""
import math

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


ALPHA, SCALE = 1.6732632423543772, 1.0507009873554805
ACTIVATIONS = {
    None: lambda x: x,
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "softmax": softmax,
    "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "selu": lambda x: SCALE * np.where(x > 0, x, ALPHA * np.expm1(np.minimum(x, 0))),
    "softplus": lambda x: np.logaddexp(0, x),
    "softsign": lambda x: x / (1 + np.abs(x)),
    "exponential": np.exp,
    "hard_sigmoid": lambda x: np.clip(0.2 * x + 0.5, 0, 1),
    "gelu": lambda x: 0.5 * x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))),
    "swish": lambda x: x * sigmoid(x),
    "silu": lambda x: x * sigmoid(x),
}


def lstm_step(args, x, h, c, weights):
    z = x @ weights[0] + h @ weights[1] + (weights[2] if args.get("use_bias", True) else 0)
    act, gate = ACTIVATIONS[args.get("activation", "tanh")], ACTIVATIONS[args.get("recurrent_activation", "sigmoid")]
    i, f, g, o = np.split(z, 4, axis=-1)
    c = gate(f) * c + gate(i) * act(g)
    return gate(o) * act(c), c


def cells_of(spec):
    """The LSTM cells inside a recurrent layer, from the input up."""
    args = spec["args"]
    if spec["class"] in ("LSTM", "LSTMCell"):
        return [args]
    if spec["class"] == "StackedRNNCells":
        return [a for cell in args["cells"] for a in cells_of(cell)]
    cell = args["cell"]
    return [a for one in (cell if isinstance(cell, list) else [cell]) for a in cells_of(one)]


def weight_count(spec):
    name, args = spec["class"], spec["args"]
    if name in ("Dense", "Conv1D"):
        return 2 if args.get("use_bias", True) else 1
    if name in ("LSTM", "LSTMCell", "RNN", "StackedRNNCells"):
        return sum(3 if a.get("use_bias", True) else 2 for a in cells_of(spec))
    if name == "TimeDistributed":
        return weight_count(args["layer"])
    if name == "Bidirectional":
        return 2 * weight_count(args["layer"])
    return 0


def recurrent(spec, x, weights, state):
    args, cells = spec["args"], cells_of(spec)
    if args.get("time_major"):
        x = np.swapaxes(x, 0, 1)
    if args.get("go_backwards"):
        x = x[:, ::-1]
    if not state:
        state = [np.zeros((x.shape[0], a["units"])) for a in cells for _ in "hc"]
    state, sequence = list(state), []
    for t in range(x.shape[1]):
        y, first = x[:, t], 0
        for n, a in enumerate(cells):
            count = 3 if a.get("use_bias", True) else 2
            h, c = lstm_step(a, y, state[2 * n], state[2 * n + 1], weights[first:first + count])
            state[2 * n], state[2 * n + 1] = h, c
            y, first = h, first + count
        sequence.append(y)
    out = np.stack(sequence, axis=0 if args.get("time_major") else 1) if args.get("return_sequences") else sequence[-1]
    return [out, *state] if args.get("return_state") else [out]


def bidirectional(spec, x, weights, state):
    inner = spec["args"]["layer"]
    args = inner["args"]
    other = {"class": inner["class"], "args": {**args, "go_backwards": not args.get("go_backwards", False)}}
    half = len(weights) // 2
    a = recurrent(inner, x, weights[:half], state[:len(state) // 2])
    b = recurrent(other, x, weights[half:], state[len(state) // 2:])
    y, z = a[0], b[0]
    if args.get("return_sequences"):
        z = np.flip(z, axis=0 if args.get("time_major") else 1)
    merge = {"concat": lambda: [np.concatenate([y, z], axis=-1)], "sum": lambda: [y + z], "mul": lambda: [y * z],
             "ave": lambda: [(y + z) / 2], None: lambda: [y, z]}
    return merge[spec["args"].get("merge_mode", "concat")]() + a[1:] + b[1:]


def windows(length, size, stride, dilation, padding):
    """(left pad, right pad, number of windows) as TensorFlow counts them."""
    span = (size - 1) * dilation + 1
    if padding == "causal":
        return span - 1, 0, (length - 1) // stride + 1
    if padding == "same":
        count = -(-length // stride)
        pad = max((count - 1) * stride + span - length, 0)
        return pad // 2, pad - pad // 2, count
    return 0, 0, (length - span) // stride + 1


def conv1d(args, x, weights):
    kernel = weights[0]
    stride, dilation = args.get("strides", 1), args.get("dilation_rate", 1)
    left, right, count = windows(x.shape[1], kernel.shape[0], stride, dilation, args.get("padding", "valid"))
    x = np.pad(x, [(0, 0), (left, right), (0, 0)])
    rows = [sum(x[:, w * stride + k * dilation] @ kernel[k] for k in range(kernel.shape[0])) for w in range(count)]
    return np.stack(rows, axis=1) + (weights[1] if args.get("use_bias", True) else 0)


def max_pool(args, x):
    size = args.get("pool_size", 2)
    stride = args.get("strides") or size
    left, right, count = windows(x.shape[1], size, stride, 1, args.get("padding", "valid"))
    x = np.pad(x, [(0, 0), (left, right), (0, 0)], constant_values=-np.inf)
    return np.stack([x[:, w * stride:w * stride + size].max(axis=1) for w in range(count)], axis=1)


def forward(spec, inputs, weights, state=()):
    """All outputs of a layer, in Keras' order."""
    name, args, x = spec["class"], spec["args"], inputs[0]
    act = ACTIVATIONS[args.get("activation")] if name in ("Dense", "Conv1D", "Activation") else None
    if name == "Dense":
        return [act(x @ weights[0] + (weights[1] if args.get("use_bias", True) else 0))]
    if name == "Conv1D":
        return [act(conv1d(args, x, weights))]
    if name == "Activation":
        return [act(x)]
    if name == "MaxPooling1D":
        return [max_pool(args, x)]
    if name == "Flatten":
        return [x.reshape(x.shape[0], -1)]
    if name == "Reshape":
        return [x.reshape([x.shape[0], *args["target_shape"]])]
    if name == "LSTMCell":
        h, c = lstm_step(args, x, *state, weights)
        return [h, h, c]
    if name == "Bidirectional":
        return bidirectional(spec, x, weights, list(state))
    if name == "TimeDistributed":
        rows = [forward(args["layer"], [x[:, t]], weights)[0] for t in range(x.shape[1])]
        return [np.stack(rows, axis=1)]
    return recurrent(spec, x, weights, list(state))


def slope(f, point, direction, step=1e-5):
    """The central difference of f at a list of arrays, along a list of directions."""
    ahead = f([p + step * d for p, d in zip(point, direction)])
    behind = f([p - step * d for p, d in zip(point, direction)])
    return (ahead - behind) / (2 * step)


def pictures(args, size, x, fill):
    """Windows over rows and columns: a list for each place of the output, of the parts of the picture that it sees."""
    two = {k: v if isinstance(v, list) else [v, v] for k, v in args.items() if k in ("strides", "dilation_rate") and v}
    strides, dilation = two.get("strides", [1, 1]), two.get("dilation_rate", [1, 1])
    around = [windows(x.shape[1 + a], size[a], strides[a], dilation[a], args.get("padding", "valid")) for a in (0, 1)]
    x = np.pad(x, [(0, 0), around[0][:2], around[1][:2], (0, 0)], constant_values=fill)
    return [[[x[:, r * strides[0] + i * dilation[0], c * strides[1] + j * dilation[1]] for i in range(size[0]) for j in range(size[1])]
             for c in range(around[1][2])] for r in range(around[0][2])]
