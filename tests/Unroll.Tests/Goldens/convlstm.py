"""Convolutional LSTMs: computed by Keras, judged by equations in NumPy and finite differences."""
import numpy as np

import goldens
import keras_build as kb
import plain
from keras.src.layers.rnn.conv_lstm import ConvLSTMCell

random = np.random.RandomState(20261129)
worst = {"outputs": 0.0, "slopes": 0.0}
cases = []


def draw(shape, scale=1.0):
    return goldens.draw(random, shape, scale)


# The second opinion.
def pair(value, rank):
    return list(value) if isinstance(value, list) else [value] * rank


def convolution(x, kernel, strides, dilation, padding):
    """Over (batch, …places, channels), as a sum over the places of a window."""
    rank = kernel.ndim - 2
    strides, dilation, counts, around = pair(strides, rank), pair(dilation, rank), [], [(0, 0)]
    for axis in range(rank):
        left, right, count = plain.windows(x.shape[1 + axis], kernel.shape[axis], strides[axis], dilation[axis], padding)
        counts.append(count)
        around.append((left, right))
    x = np.pad(x, [*around, (0, 0)])
    out = np.zeros((x.shape[0], *counts, kernel.shape[-1]))
    for place in np.ndindex(*kernel.shape[:rank]):
        cut = [slice(p * d, p * d + (n - 1) * s + 1, s) for p, d, n, s in zip(place, dilation, counts, strides)]
        out += x[(slice(None), *cut)] @ kernel[place]
    return out


def sizes(spec, x):
    """The shape of a state, for x of one step."""
    args, rank = spec["args"], x.ndim - 2
    size = pair(args["kernel_size"], rank)
    return convolution(x, np.zeros((*size, x.shape[-1], args["filters"])), args.get("strides", 1), args.get("dilation_rate", 1),
                       args.get("padding", "valid")).shape


def step(args, x, h, c, w):
    act, gate = plain.ACTIVATIONS[args.get("activation", "tanh")], plain.ACTIVATIONS[args.get("recurrent_activation", "sigmoid")]
    z = convolution(x, w[0], args.get("strides", 1), args.get("dilation_rate", 1), args.get("padding", "valid"))
    z = z + convolution(h, w[1], 1, 1, "same") + (w[2] if args.get("use_bias", True) else 0)
    i, f, g, o = np.split(z, 4, -1)
    c = gate(f) * c + gate(i) * act(g)
    return gate(o) * act(c), c


def recurrent(spec, x, weights, state, mask):
    args = spec["args"]
    if args.get("go_backwards"):
        x, mask = x[:, ::-1], None if mask is None else mask[:, ::-1]
    h, c = state if state else [np.zeros(sizes(spec, x[:, 0]))] * 2
    before, sequence = 0, []
    for t in range(x.shape[1]):
        new = step(args, x[:, t], h, c, weights)
        y = new[0]
        if mask is not None:
            m = (mask[:, t] != 0).reshape(-1, *[1] * (y.ndim - 1))
            y = np.where(m, y, 0 if args.get("zero_output_for_mask") else before)
            new = np.where(m, new[0], h), np.where(m, new[1], c)
        h, c = new
        before = y
        sequence.append(y)
    out = np.stack(sequence, 1) if args.get("return_sequences") else sequence[-1]
    return [out, h, c] if args.get("return_state") else [out]


def forward(spec, x, weights, state, mask):
    if spec["class"].endswith("Cell"):
        new = step(spec["args"], x, *state, weights)
        return [new[0], *new]
    if spec["class"] != "Bidirectional":
        return recurrent(spec, x, weights, state, mask)
    inner = spec["args"]["layer"]
    other = {**inner, "args": {**inner["args"], "go_backwards": True}}
    a, b = recurrent(inner, x, weights[:3], state[:2], mask), recurrent(other, x, weights[3:], state[2:], mask)
    return [np.concatenate([a[0], b[0][:, ::-1] if inner["args"].get("return_sequences") else b[0]], -1), *a[1:], *b[1:]]


# Keras.
def made_of(spec):
    """Keras has one class of cells, which it does not export."""
    return ConvLSTMCell(rank=int(spec["class"][8]), **spec["args"]) if spec["class"].endswith("Cell") else kb.layer(spec)


def called(layer, x, state, mask):
    if isinstance(layer, ConvLSTMCell):
        return kb.flat(layer(x, list(state)))
    keywords = {"mask": kb.torch.tensor(mask != 0)} if mask is not None else {}
    if state:
        keywords["initial_state"] = list(state)
    return kb.flat(layer(x, **keywords))


def add(name, kind, args, shape, state_shape=None, mask=None, calls=1):
    spec = {"class": kind, "args": args}
    layer = made_of(spec)
    mask = None if mask is None else np.array(mask, np.float64)
    made = []
    kept = None
    for number in range(calls):
        x = draw(shape)
        state = [] if state_shape is None else [draw(state_shape, 0.5) for _ in range(4 if kind == "Bidirectional" else 2)]
        if number == 0:
            called(layer, kb.leaf(x), [kb.leaf(s) for s in state], mask)
            layer.set_weights([draw(w.shape, 0.4) for w in layer.weights])
        if args.get("stateful") and number == 0:
            layer.reset_states()
        leaves, w = [kb.leaf(x), *[kb.leaf(s) for s in state]], kb.parameters(layer)
        outputs = called(layer, leaves[0], leaves[1:], mask)
        coefficients = [draw(tuple(o.shape)) for o in outputs]
        found = kb.gradients(sum((o * kb.torch.tensor(k)).sum() for o, k in zip(outputs, coefficients)), [*leaves, *w])
        begun = state if kept is None else kept
        judge(name, spec, x, begun, len(state), mask, kb.arrays(w), kb.arrays(outputs), coefficients, found)
        if args.get("stateful"):
            kept = [np.array(a) for a in kb.arrays(outputs)[1:]]
        call = {"inputs": [goldens.given(x)]}
        if mask is not None:
            call["mask"] = goldens.given(mask)
        if state:
            call["initial_state"] = [goldens.given(s) for s in state]
        n = len(leaves)
        call.update(outputs=[goldens.tensor(o) for o in kb.arrays(outputs)], coefficients=[goldens.given(k) for k in coefficients],
                    grad_inputs=[goldens.tensor(found[0])])
        if state:
            call["grad_initial_state"] = [goldens.tensor(g) for g in found[1:n]]
        call["grad_weights"] = [goldens.tensor(g) for g in found[n:]]
        made.append(call)
    case = {"name": name, "layer": spec, "weights": [goldens.given(a) for a in layer.get_weights()]}
    cases.append({**case, **made[0]} if calls == 1 else {**case, "calls": made})


def judge(name, spec, x, state, given, mask, weights, outputs, coefficients, found):
    own = forward(spec, x, weights, state, mask)
    assert [o.shape for o in own] == [o.shape for o in outputs], name
    gap, tilt, n = max(np.abs(a - b).max() for a, b in zip(own, outputs)), 0.0, 1 + given
    point = [x, *state[:given], *weights]

    def loss(p):
        return sum((o * k).sum() for o, k in zip(forward(spec, p[0], p[n:], p[1:n] or state, mask), coefficients))

    for _ in range(3):
        along = [random.standard_normal(p.shape) for p in point]
        claimed = sum((g * d).sum() for g, d in zip(found, along))
        tilt = max(tilt, abs(plain.slope(loss, point, along) - claimed) / max(1, abs(claimed)))
    assert gap < 1e-12 and tilt < 1e-6, (name, gap, tilt)
    worst["outputs"], worst["slopes"] = max(worst["outputs"], gap), max(worst["slopes"], tilt)


BOTH = {"return_sequences": True, "return_state": True}
MASK = [[1, 1, 0], [0, 1, 1], [0, 0, 0]]
for rank, kind in ((1, "ConvLSTM1D"), (2, "ConvLSTM2D")):
    X, P, M = (2, 3, *[5, 4][:rank], 2), [5, 4][:rank], (3, 3, *[4, 3][:rank], 2)
    two = [3, 2][:rank] if rank > 1 else 3
    A = {"filters": 2, "kernel_size": 2}
    same = {**A, "kernel_size": two, "padding": "same"}
    inside = [n - 1 for n in P]
    for label, flags in {"defaults": {}, "return_sequences": {"return_sequences": True}, "return_state": {"return_state": True},
                         "return both": BOTH}.items():
        add(f"{kind} {label}", kind, {**A, **flags}, X)
        add(f"{kind} same, initial_state, {label}", kind, {**same, **flags}, X, (2, *P, 2))
        add(f"{kind} mask, {label}", kind, {**A, **flags}, M, mask=MASK)
    add(f"{kind} initial_state, valid", kind, {**A, **BOTH}, X, (2, *inside, 2))
    add(f"{kind} go_backwards", kind, {**same, "go_backwards": True, **BOTH}, X)
    add(f"{kind} go_backwards, mask, initial_state", kind, {**same, "go_backwards": True, **BOTH}, M, (3, *M[2:-1], 2), mask=MASK)
    add(f"{kind} zero_output_for_mask", kind, {**same, "zero_output_for_mask": True, **BOTH}, M, mask=MASK)
    add(f"{kind} strides", kind, {**A, "strides": 2, **BOTH}, X)
    add(f"{kind} strides, same", kind, {**same, "strides": 2, **BOTH}, X)
    add(f"{kind} dilation_rate", kind, {**A, "dilation_rate": 2, **BOTH}, X)
    add(f"{kind} dilation_rate, same", kind, {**same, "dilation_rate": 2, **BOTH}, X)
    add(f"{kind} no bias", kind, {**A, "use_bias": False, **BOTH}, X)
    add(f"{kind} relu and hard_sigmoid", kind, {**same, "activation": "relu", "recurrent_activation": "hard_sigmoid", **BOTH}, X)
    add(f"{kind} softsign", kind, {**A, "activation": "softsign"}, X)
    add(f"{kind} one of everything", kind, {"filters": 1, "kernel_size": 1, **BOTH}, (1, 1, *[1] * rank, 1))
    add(f"{kind} stateful", kind, {**same, "stateful": True, **BOTH}, X, calls=3)
    add(f"{kind}Cell", f"{kind}Cell", {**A, "strides": 2}, (2, *[n + 1 for n in P], 3), (2, *[(n + 1) // 2 for n in P], 2))
    add(f"{kind}Cell same, no bias", f"{kind}Cell", {**same, "use_bias": False, "activation": "softsign"}, (2, *P, 1), (2, *P, 2))
    add(f"Bidirectional {kind}", "Bidirectional", {"layer": {"class": kind, "args": {**same, **BOTH}}}, X)
add("ConvLSTM2D strides of two kinds", "ConvLSTM2D", {"filters": 3, "kernel_size": [1, 3], "strides": [2, 1], **BOTH}, (2, 2, 5, 4, 1))

goldens.write("convlstm.json", {
    "provenance": goldens.provenance(
        "convlstm.py", date="2026-11-26", library=kb.VERSIONS, float="float64 computation on float32 inputs and weights, written with 9 digits",
        checked_by="equations in NumPy in the script: outputs, and slopes along 3 random directions a case",
        max_disagreement_outputs=worst["outputs"], max_relative_disagreement_slopes=worst["slopes"],
        notes="hard_sigmoid is Keras 2's clip(0.2x+0.5, 0, 1)"),
    "format": "as family.json; a stateful layer has several calls, each beginning where the one before ended",
}, cases)
print(worst, len(cases))
