"""Layers without a sequence of their own kernels: computed by Keras, judged by equations in NumPy and finite differences."""
import numpy as np

import plain
import small_layers


# The second opinion.
def normalized(args, x, weights, axes, mean, variance):
    weights, shape = list(weights), [1] * x.ndim
    shape[args.get("axis", -1)] = x.shape[args.get("axis", -1)]
    y = (x - mean) / np.sqrt(variance + args.get("epsilon", 1e-3))
    if args.get("scale", True):
        y = y * weights.pop(0).reshape(shape)
    return y + (weights.pop(0).reshape(shape) if args.get("center", True) else 0)


def batch_norm(args, x, weights, mask, training):
    axis = args.get("axis", -1) % x.ndim
    others = tuple(a for a in range(x.ndim) if a != axis)
    shape = [x.shape[a] if a == axis else 1 for a in range(x.ndim)]
    if not training:
        return normalized(args, x, weights, others, weights[-2].reshape(shape), weights[-1].reshape(shape))
    m = np.ones(x.shape) if mask is None else np.broadcast_to(mask[..., None], x.shape)
    # With a mask Keras adds its epsilon to the count.
    count = m.sum(others, keepdims=True) + (0 if mask is None else 1e-7)
    mean = (x * m).sum(others, keepdims=True) / count
    return normalized(args, x, weights, others, mean, ((x - mean) ** 2 * m).sum(others, keepdims=True) / count)


def average_pool(args, x):
    size = args.get("pool_size", 2)
    stride = args.get("strides") or size
    left, right, count = plain.windows(x.shape[1], size, stride, 1, args.get("padding", "valid"))
    starts = [w * stride - left for w in range(count)]
    return np.stack([x[:, max(0, s):min(x.shape[1], s + size)].mean(1) for s in starts], 1)


def conv2d(args, x, weights):
    kernel = weights[0].reshape(-1, *weights[0].shape[2:])
    seen = plain.pictures(args, weights[0].shape[:2], x, 0)
    out = np.stack([np.stack([sum(p @ k for p, k in zip(place, kernel)) for place in row], 1) for row in seen], 1)
    return plain.ACTIVATIONS[args.get("activation")](out + (weights[1] if args.get("use_bias", True) else 0))


def max_pool2d(args, x):
    size = args.get("pool_size", 2)
    size = size if isinstance(size, list) else [size, size]
    seen = plain.pictures({**args, "strides": args.get("strides") or size}, size, x, -np.inf)
    return np.stack([np.stack([np.max(place, 0) for place in row], 1) for row in seen], 1)


def dot(args, x, y):
    a, b = args["axes"] if isinstance(args["axes"], list) else [args["axes"]] * 2
    a, b = a % x.ndim, b % y.ndim
    if args.get("normalize"):
        x, y = [v / np.sqrt(np.maximum((v * v).sum(i, keepdims=True), 1e-14)) for v, i in ((x, a), (y, b))]
    out = np.stack([np.tensordot(p, q, ([a - 1], [b - 1])) for p, q in zip(x, y)])
    return out.reshape(-1, 1) if out.ndim == 1 else out


def merged(function, inputs):
    rank = max(i.ndim for i in inputs)
    wide = [i.reshape(i.shape[:1] + (1,) * (rank - i.ndim) + i.shape[1:]) for i in inputs]
    out = wide[0]
    for w in wide[1:]:
        out = function(out, w)
    return out / len(inputs) if function is average else out


def average(a, b):
    return a + b


MERGES = {"Add": np.add, "Subtract": np.subtract, "Multiply": np.multiply, "Maximum": np.maximum, "Minimum": np.minimum, "Average": average}


def forward(spec, inputs, weights, mask, training):
    name, args, x = spec["class"], spec["args"], inputs[0]
    if name in MERGES:
        return merged(MERGES[name], inputs)
    if name == "GlobalAveragePooling1D":
        m = np.ones(x.shape[:2] + (1,)) if mask is None else mask[..., None]
        return (x * m).sum(1, keepdims=args.get("keepdims", False)) / m.sum(1, keepdims=args.get("keepdims", False))
    if name == "LayerNormalization":
        axis = args.get("axis", -1)
        return normalized(args, x, weights, axis, x.mean(axis, keepdims=True), x.var(axis, keepdims=True))
    pair = {k: v if isinstance(v, list) else [v, v] for k, v in args.items() if k in ("padding", "cropping")}
    return {
        "RepeatVector": lambda: np.stack([x] * args["n"], 1),
        "Permute": lambda: x.transpose([0] + args["dims"]),
        "AveragePooling1D": lambda: average_pool(args, x),
        "GlobalMaxPooling1D": lambda: x.max(1, keepdims=args.get("keepdims", False)),
        "BatchNormalization": lambda: batch_norm(args, x, weights, mask, training),
        "ZeroPadding1D": lambda: np.pad(x, [(0, 0), pair.get("padding", [1, 1]), (0, 0)]),
        "Cropping1D": lambda: x[:, pair.get("cropping", [1, 1])[0]:x.shape[1] - pair.get("cropping", [1, 1])[1]],
        "Conv2D": lambda: conv2d(args, x, weights),
        "MaxPooling2D": lambda: max_pool2d(args, x),
        "UpSampling1D": lambda: np.repeat(x, args.get("size", 2), 1),
        "Dot": lambda: dot(args, *inputs),
    }[name]()


CASES = small_layers.Cases(forward, 20261127)
add = CASES.add
X, MASK = (2, 4, 3), [[1, 1, 0, 1], [0, 1, 0, 0]]
add("RepeatVector", "RepeatVector", {"n": 4}, (2, 3))
add("Permute", "Permute", {"dims": [2, 1]}, X)
add("Permute three axes", "Permute", {"dims": [3, 1, 2]}, (2, 3, 4, 2))
for padding in ["valid", "same"]:
    for size in [2, 3]:
        for stride in [None, 1, 2, 3]:
            for length in [7, 8]:
                add(f"AveragePooling1D {padding}, pool {size}, strides {stride}, length {length}", "AveragePooling1D",
                    {"pool_size": size, "strides": stride, "padding": padding}, (2, length, 2))
for kind in ("GlobalAveragePooling1D", "GlobalMaxPooling1D"):
    add(kind, kind, {}, X)
    add(f"{kind} keepdims", kind, {"keepdims": True}, X)
add("GlobalAveragePooling1D mask", "GlobalAveragePooling1D", {}, X, mask=MASK)
add("GlobalAveragePooling1D mask, keepdims", "GlobalAveragePooling1D", {"keepdims": True}, X, mask=MASK)
for training in [False, True]:
    label = "training" if training else "inference"
    add(f"BatchNormalization {label}, rank 2", "BatchNormalization", {}, (5, 3), training=training)
    add(f"BatchNormalization {label}, rank 3", "BatchNormalization", {"momentum": 0.9, "epsilon": 0.01}, X, training=training)
    add(f"BatchNormalization {label}, axis 1", "BatchNormalization", {"axis": 1}, X, training=training)
    add(f"BatchNormalization {label}, no scale", "BatchNormalization", {"scale": False}, X, training=training)
    add(f"BatchNormalization {label}, no center", "BatchNormalization", {"center": False}, X, training=training)
    add(f"BatchNormalization {label}, mask", "BatchNormalization", {}, X, mask=MASK, training=training)
add("LayerNormalization", "LayerNormalization", {}, X)
add("LayerNormalization rank 2", "LayerNormalization", {"epsilon": 0.01}, (3, 4))
add("LayerNormalization no scale", "LayerNormalization", {"scale": False}, X)
add("LayerNormalization no center", "LayerNormalization", {"center": False}, X)
add("ZeroPadding1D defaults", "ZeroPadding1D", {}, X)
add("ZeroPadding1D two", "ZeroPadding1D", {"padding": 2}, X)
add("ZeroPadding1D one side", "ZeroPadding1D", {"padding": [0, 3]}, X)
add("Cropping1D defaults", "Cropping1D", {}, X)
add("Cropping1D one side", "Cropping1D", {"cropping": [0, 2]}, X)
add("Cropping1D both", "Cropping1D", {"cropping": [1, 2]}, (2, 6, 2))
add("UpSampling1D defaults", "UpSampling1D", {}, X)
add("UpSampling1D three", "UpSampling1D", {"size": 3}, X)
for kind in MERGES:
    add(kind, kind, {}, X, X)
    add(f"{kind} broadcasting", kind, {}, X, (2, 1, 3))
    add(f"{kind} of other ranks", kind, {}, (2, 3), X)
    if kind != "Subtract":
        add(f"{kind} of three", kind, {}, (2, 3), (2, 3), (2, 3))
add("Dot of vectors", "Dot", {"axes": 1}, (2, 3), (2, 3))
add("Dot of vectors, normalize", "Dot", {"axes": -1, "normalize": True}, (2, 3), (2, 3))
add("Dot of sequences", "Dot", {"axes": [2, 2]}, X, (2, 5, 3))
add("Dot of matrices", "Dot", {"axes": [2, 1]}, X, (2, 3, 5))
add("Dot of first axes, normalize", "Dot", {"axes": 1, "normalize": True}, X, (2, 4, 2))
add("Dot of a sequence and a vector", "Dot", {"axes": [2, 1]}, X, (2, 3))
add("Dot of a vector and a sequence", "Dot", {"axes": [1, 2]}, (2, 3), X)
for padding in ["valid", "same"]:
    for size in [1, 2, [3, 2]]:
        for stride in [1, 2, [2, 1]]:
            add(f"Conv2D {padding}, kernel {size}, strides {stride}", "Conv2D",
                {"filters": 2, "kernel_size": size, "strides": stride, "padding": padding}, (2, 5, 4, 3))
            if size != 1:
                add(f"MaxPooling2D {padding}, pool {size}, strides {stride}", "MaxPooling2D",
                    {"pool_size": size, "strides": stride, "padding": padding}, (2, 5, 4, 2))
    add(f"Conv2D {padding}, dilation", "Conv2D", {"filters": 2, "kernel_size": 2, "dilation_rate": [1, 2], "padding": padding}, (1, 5, 6, 2))
add("Conv2D no bias, relu", "Conv2D", {"filters": 3, "kernel_size": 3, "use_bias": False, "activation": "relu"}, (2, 4, 4, 2))
add("MaxPooling2D defaults", "MaxPooling2D", {}, (2, 5, 4, 2))
add("MaxPooling2D strides none, same", "MaxPooling2D", {"pool_size": [2, 3], "strides": None, "padding": "same"}, (2, 5, 5, 2))

CASES.write("others.json", "others.py", date="2026-11-26")
