"""Small layers and activations that published Keras files use: computed by Keras, judged by equations in NumPy."""
import numpy as np

import plain
import small_layers


# The second opinion.
def average_pool2d(args, x):
    size = args.get("pool_size", 2)
    size = size if isinstance(size, list) else [size, size]
    # What reaches out is NaN, and does not count.
    seen = plain.pictures({**args, "strides": args.get("strides") or size}, size, x, np.nan)
    return np.stack([np.stack([np.nanmean(place, 0) for place in row], 1) for row in seen], 1)


def each_channel(args, x, kernel):
    """Filters over one channel each, side by side: those of the first channel first."""
    stride, dilation = args.get("strides", 1), args.get("dilation_rate", 1)
    left, right, count = plain.windows(x.shape[1], len(kernel), stride, dilation, args.get("padding", "valid"))
    x = np.pad(x, [(0, 0), (left, right), (0, 0)])
    out = [sum(x[:, w * stride + s * dilation, :, None] * k for s, k in enumerate(kernel)) for w in range(count)]
    return np.stack(out, 1).reshape(len(x), count, -1)


def biased(args, x, weights):
    return plain.ACTIVATIONS[args.get("activation")](x + (weights[0] if args.get("use_bias", True) else 0))


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


def forward(spec, inputs, weights, mask, training):
    args, x = spec["args"], inputs[0]
    return {
        "Activation": lambda: ACTIVATIONS[args["activation"]](x),
        "Dense": lambda: ACTIVATIONS[args["activation"]](x @ weights[0] + weights[1]),
        "DepthwiseConv1D": lambda: biased(args, each_channel(args, x, weights[0]), weights[1:]),
        "SeparableConv1D": lambda: biased(args, each_channel(args, x, weights[0]) @ weights[1][0], weights[2:]),
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
    }[spec["class"]]()


CASES = small_layers.Cases(forward, 20261126)
add = CASES.add
X, MASK = (2, 4, 3), [[1, 1, 0, 1], [0, 1, 0, 0]]
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
for kind, first in (("DepthwiseConv1D", {}), ("SeparableConv1D", {"filters": 4})):
    for padding in ["valid", "same"]:
        for size, stride, dilation in [(1, 1, 1), (2, 1, 1), (3, 2, 1), (3, 1, 2)]:
            add(f"{kind} {padding}, kernel {size}, strides {stride}, dilation {dilation}", kind,
                {**first, "kernel_size": size, "strides": stride, "dilation_rate": dilation, "padding": padding}, (2, 7, 3))
    add(f"{kind} depth_multiplier", kind, {**first, "kernel_size": 2, "depth_multiplier": 2}, (2, 5, 3))
    add(f"{kind} no bias, tanh", kind, {**first, "kernel_size": 2, "depth_multiplier": 3, "use_bias": False, "activation": "tanh"}, (2, 4, 2))

CASES.write("published.json", "published.py", date="2026-11-26")
