"""Layers without a sequence of their own kernels: computed by Keras, judged by equations in NumPy and finite differences."""
import numpy as np

import goldens
import keras_build as kb
import plain

random = np.random.RandomState(20261127)
worst = {"outputs": 0.0, "slopes": 0.0}
cases = []


def draw(shape, scale=1.0):
    return goldens.draw(random, shape, scale)


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


def pictures(args, size, x, fill):
    """Windows over rows and columns: a list for each place of the output, of the parts of the picture that it sees."""
    two = {k: v if isinstance(v, list) else [v, v] for k, v in args.items() if k in ("strides", "dilation_rate") and v}
    strides, dilation = two.get("strides", [1, 1]), two.get("dilation_rate", [1, 1])
    around = [plain.windows(x.shape[1 + a], size[a], strides[a], dilation[a], args.get("padding", "valid")) for a in (0, 1)]
    x = np.pad(x, [(0, 0), around[0][:2], around[1][:2], (0, 0)], constant_values=fill)
    return [[[x[:, r * strides[0] + i * dilation[0], c * strides[1] + j * dilation[1]] for i in range(size[0]) for j in range(size[1])]
             for c in range(around[1][2])] for r in range(around[0][2])]


def conv2d(args, x, weights):
    kernel = weights[0].reshape(-1, *weights[0].shape[2:])
    seen = pictures(args, weights[0].shape[:2], x, 0)
    out = np.stack([np.stack([sum(p @ k for p, k in zip(place, kernel)) for place in row], 1) for row in seen], 1)
    return plain.ACTIVATIONS[args.get("activation")](out + (weights[1] if args.get("use_bias", True) else 0))


def max_pool2d(args, x):
    size = args.get("pool_size", 2)
    size = size if isinstance(size, list) else [size, size]
    seen = pictures({**args, "strides": args.get("strides") or size}, size, x, -np.inf)
    return np.stack([np.stack([np.max(place, 0) for place in row], 1) for row in seen], 1)


def average_pool2d(args, x):
    size = args.get("pool_size", 2)
    size = size if isinstance(size, list) else [size, size]
    # What reaches out is NaN, and does not count.
    seen = pictures({**args, "strides": args.get("strides") or size}, size, x, np.nan)
    return np.stack([np.stack([np.nanmean(place, 0) for place in row], 1) for row in seen], 1)


def padded(args, x):
    """Keras' three forms: one number, one for rows and one for columns, two for each."""
    p = args.get("padding", 1)
    rows, columns = p if isinstance(p, list) else [p, p]
    both = [v if isinstance(v, list) else [v, v] for v in (rows, columns)]
    return np.pad(x, [(0, 0), *both, (0, 0)])


def relu(args, x):
    threshold, top = args.get("threshold", 0), args.get("max_value")
    above = np.where(x > threshold, x, 0)
    above = above if top is None else np.minimum(above, top)
    return np.where(x > threshold, above, args.get("negative_slope", 0) * (x - threshold))


def softmax(args, x, mask):
    seen = np.ones(x.shape) if mask is None else np.broadcast_to(mask, x.shape)
    e = np.exp(x) * seen
    return e / np.maximum(e.sum(args.get("axis", -1), keepdims=True), 1e-300)


def elu(x, alpha=1):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


ACTIVATIONS = {
    "leaky_relu": lambda x: np.where(x > 0, x, 0.2 * x),
    "relu6": lambda x: np.clip(x, 0, 6),
    "mish": lambda x: x * np.tanh(np.log1p(np.exp(x))),
    "hard_silu": lambda x: np.where(x < -3, 0, np.where(x > 3, x, x * (x + 3) / 6)),
    "hard_swish": lambda x: np.where(x < -3, 0, np.where(x > 3, x, x * (x + 3) / 6)),
    "log_softmax": lambda x: x - np.log(np.exp(x).sum(-1, keepdims=True)),
    "celu": elu,
    "log_sigmoid": lambda x: -np.log1p(np.exp(-x)),
    "tanh_shrink": lambda x: x - np.tanh(x),
    "sparse_plus": lambda x: np.where(x <= -1, 0, np.where(x < 1, (x + 1) ** 2 / 4, x)),
}


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
        "Activation": lambda: ACTIVATIONS[args["activation"]](x),
        "Dense": lambda: ACTIVATIONS[args["activation"]](x @ weights[0] + weights[1]),
        "ReLU": lambda: relu(args, x),
        "LeakyReLU": lambda: np.where(x > 0, x, args.get("negative_slope", 0.3) * x),
        "ELU": lambda: elu(x, args.get("alpha", 1)),
        "PReLU": lambda: np.where(x > 0, x, weights[0] * x),
        "Softmax": lambda: softmax(args, x, mask),
        "Rescaling": lambda: x * args["scale"] + args.get("offset", 0),
        "ActivityRegularization": lambda: x,
        "AveragePooling2D": lambda: average_pool2d(args, x),
        "GlobalAveragePooling2D": lambda: x.mean((1, 2), keepdims=args.get("keepdims", False)),
        "GlobalMaxPooling2D": lambda: x.max((1, 2), keepdims=args.get("keepdims", False)),
        "ZeroPadding2D": lambda: padded(args, x),
        "UpSampling2D": lambda: np.kron(x, np.ones([1, *(args["size"] if isinstance(args.get("size"), list) else [args.get("size", 2)] * 2), 1])),
    }[name]()


def add(name, kind, args, *shapes, mask=None, training=False, scale=1.0):
    spec = {"class": kind, "args": args}
    inputs = [draw(s, scale) for s in shapes]
    mask = None if mask is None else np.array(mask, np.float64)
    layer = kb.layer({"class": kind, "args": {k: tuple(v) if isinstance(v, list) else v for k, v in args.items()}})
    x = [kb.leaf(i) for i in inputs]
    words = {} if mask is None else {"mask": kb.torch.tensor(mask != 0)}
    if kind == "BatchNormalization":
        words["training"] = training

    def call():
        return layer(x[0] if len(x) == 1 else x, **words)

    call()
    layer.set_weights([(np.abs(draw(w.shape)) + 0.5).astype(np.float32).astype(np.float64) if "variance" in w.name else draw(w.shape) for w in layer.weights])
    given = [np.array(w) for w in layer.get_weights()]
    trained = [w.value for w in layer.trainable_weights]
    outputs = [call()]
    coefficients = [draw(tuple(outputs[0].shape))]
    found = kb.gradients((outputs[0] * kb.torch.tensor(coefficients[0])).sum(), [*x, *trained])
    judge(name, spec, inputs, given, mask, training, kb.arrays(outputs)[0], coefficients[0], found)
    case = {"name": name, "layer": spec, "inputs": [goldens.given(i) for i in inputs]}
    if mask is not None:
        case["mask"] = goldens.given(mask)
    if training:
        case["training"] = True
        case["weights_after"] = [goldens.tensor(w) for w in layer.get_weights()]
    frozen = [np.zeros(w.shape) for w in given[len(trained):]]
    case.update(weights=[goldens.given(w) for w in given], outputs=[goldens.tensor(o) for o in kb.arrays(outputs)],
                coefficients=[goldens.given(k) for k in coefficients], grad_inputs=[goldens.tensor(g) for g in found[:len(x)]],
                grad_weights=[goldens.tensor(g) for g in found[len(x):] + frozen])
    cases.append(case)


def judge(name, spec, inputs, weights, mask, training, output, coefficient, found):
    own = forward(spec, inputs, weights, mask, training)
    assert own.shape == output.shape, (name, own.shape, output.shape)
    gap, tilt, n = np.abs(own - output).max(), 0.0, len(inputs)
    point = [*inputs, *weights]

    def loss(p):
        return (forward(spec, p[:n], p[n:], mask, training) * coefficient).sum()

    for _ in range(3):
        along = [random.standard_normal(p.shape) for p in point]
        along = [d if i < len(found) else 0 * d for i, d in enumerate(along)]
        claimed = sum((g * d).sum() for g, d in zip(found, along))
        tilt = max(tilt, abs(plain.slope(loss, point, along) - claimed) / max(1, abs(claimed)))
    assert gap < 1e-12 and tilt < 1e-6, (name, gap, tilt)
    worst["outputs"], worst["slopes"] = max(worst["outputs"], gap), max(worst["slopes"], tilt)


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
PICTURE = (2, 5, 4, 2)
for a in ACTIVATIONS:
    add(f"Activation {a}", "Activation", {"activation": a}, (2, 3, 4), scale=4.0)
    add(f"Dense {a}", "Dense", {"units": 3, "activation": a}, (3, 4))
add("ReLU defaults", "ReLU", {}, X)
add("ReLU max_value 6", "ReLU", {"max_value": 6}, X, scale=6.0)
add("ReLU max_value", "ReLU", {"max_value": 1.5}, X, scale=2.0)
add("ReLU negative_slope", "ReLU", {"negative_slope": 0.25}, X)
add("ReLU threshold", "ReLU", {"threshold": 0.5}, X)
add("ReLU negative_slope, max_value", "ReLU", {"negative_slope": 0.25, "max_value": 1}, X, scale=2.0)
add("ReLU all", "ReLU", {"negative_slope": 0.25, "max_value": 1.5, "threshold": 0.5}, X, scale=2.0)
add("LeakyReLU defaults", "LeakyReLU", {}, X)
add("LeakyReLU negative_slope", "LeakyReLU", {"negative_slope": 0.1}, X)
add("ELU defaults", "ELU", {}, X)
add("ELU alpha", "ELU", {"alpha": 0.5}, X)
add("PReLU defaults", "PReLU", {}, X)
add("PReLU shared_axes", "PReLU", {"shared_axes": [1]}, X)
add("PReLU of pictures, shared_axes", "PReLU", {"shared_axes": [1, 2]}, PICTURE)
add("Softmax defaults", "Softmax", {}, X)
add("Softmax axis", "Softmax", {"axis": 1}, X)
add("Softmax mask", "Softmax", {}, (2, 4), mask=MASK)
add("Softmax mask, nothing left", "Softmax", {}, (2, 4), mask=[[1, 0, 1, 1], [0, 0, 0, 0]])
add("Rescaling scale", "Rescaling", {"scale": 0.5}, X)
add("Rescaling offset", "Rescaling", {"scale": 2.5, "offset": -1}, X)
add("ActivityRegularization", "ActivityRegularization", {"l1": 0.1, "l2": 0.2}, X)
for padding in ["valid", "same"]:
    for size in [2, [3, 2]]:
        for stride in [None, 1, [2, 1]]:
            add(f"AveragePooling2D {padding}, pool {size}, strides {stride}", "AveragePooling2D",
                {"pool_size": size, "strides": stride, "padding": padding}, PICTURE)
for kind in ("GlobalAveragePooling2D", "GlobalMaxPooling2D"):
    add(kind, kind, {}, PICTURE)
    add(f"{kind} keepdims", kind, {"keepdims": True}, PICTURE)
add("ZeroPadding2D defaults", "ZeroPadding2D", {}, PICTURE)
add("ZeroPadding2D two", "ZeroPadding2D", {"padding": [1, 2]}, PICTURE)
add("ZeroPadding2D four", "ZeroPadding2D", {"padding": [[0, 1], [2, 0]]}, PICTURE)
add("UpSampling2D defaults", "UpSampling2D", {}, PICTURE)
add("UpSampling2D size", "UpSampling2D", {"size": [3, 2]}, PICTURE)

goldens.write("others.json", {
    "provenance": goldens.provenance(
        "others.py", date="2026-11-26", library=kb.VERSIONS, float="float64 computation on float32 inputs and weights, written with 9 digits",
        checked_by="equations in NumPy in the script: outputs, and slopes along 3 random directions a case",
        max_disagreement_outputs=worst["outputs"], max_relative_disagreement_slopes=worst["slopes"]),
    "format": "as family.json; with training the call is one of training, and weights_after are those after it",
}, cases)
print(worst, len(cases))
