"""The other recurrent layers, masks and embeddings: computed by Keras, judged by equations in NumPy and finite differences."""
import numpy as np

import goldens
import keras_build as kb
import plain

random = np.random.RandomState(20261126)
worst = {"outputs": 0.0, "slopes": 0.0}
cases = []
ACTIVATIONS = plain.ACTIVATIONS
ACTIVATIONS["hard_sigmoid3"] = lambda x: np.clip(x / 6 + 0.5, 0, 1)


def draw(shape, scale=1.0):
    return goldens.draw(random, shape, scale)


# The second opinion.
def step(kind, args, x, state, w):
    act = ACTIVATIONS[args.get("activation", "tanh")]
    gate = ACTIVATIONS[args.get("recurrent_activation", "sigmoid")]
    if kind == "LSTM":
        h, c = plain.lstm_step(args, x, *state, w)
        return [h, c]
    bias = args.get("use_bias", True)
    if kind == "SimpleRNN":
        return [act(x @ w[0] + state[0] @ w[1] + (w[2] if bias else 0))]
    h, (kz, kr, kg), (uz, ur, ug) = state[0], np.split(w[0], 3, 1), np.split(w[1], 3, 1)
    after = args.get("reset_after", True)
    b = np.atleast_2d(w[2]) if bias else np.zeros((2, w[0].shape[1]))
    (bz, br, bg), (cz, cr, cg) = np.split(b[0], 3), np.split(b[1] if after else 0 * b[0], 3)
    z, r = gate(x @ kz + bz + h @ uz + cz), gate(x @ kr + br + h @ ur + cr)
    g = act(x @ kg + bg + (r * (h @ ug + cg) if after else (r * h) @ ug))
    return [z * h + (1 - z) * g]


def kind_of(spec):
    return spec["class"].removesuffix("Cell")


def cells_of(spec):
    if spec["class"] == "RNN":
        cell = spec["args"]["cell"]
        return [c for one in (cell if isinstance(cell, list) else [cell]) for c in cells_of(one)]
    return [spec]


def weight_count(spec):
    if spec["class"] in ("Bidirectional", "TimeDistributed"):
        return (2 if spec["class"] == "Bidirectional" else 1) * weight_count(spec["args"]["layer"])
    if spec["class"] == "Dense":
        return 2
    if spec["class"] in ("Embedding", "Masking", "Activation"):
        return 1 if spec["class"] == "Embedding" else 0
    return sum(3 if c["args"].get("use_bias", True) else 2 for c in cells_of(spec))


def recurrent(spec, x, weights, state, mask):
    args, cells = spec["args"], cells_of(spec)
    counts = [2 if kind_of(c) == "LSTM" else 1 for c in cells]
    if args.get("go_backwards"):
        x, mask = x[:, ::-1], None if mask is None else mask[:, ::-1]
    state = list(state) or [np.zeros((x.shape[0], c["args"]["units"])) for c, n in zip(cells, counts) for _ in range(n)]
    before, sequence = None, []
    for t in range(x.shape[1]):
        y, first, new = x[:, t], 0, []
        for c, n in zip(cells, counts):
            held = 3 if c["args"].get("use_bias", True) else 2
            own = state[len(new):len(new) + n]
            own = step(kind_of(c), c["args"], y, own, weights[first:first + held])
            y, first, new = own[0], first + held, new + own
        if mask is not None:
            m = mask[:, t:t + 1] != 0
            new = [np.where(m, a, b) for a, b in zip(new, state)]
            y = np.where(m, y, 0 if before is None or args.get("zero_output_for_mask") else before)
        state, before = new, y
        sequence.append(y)
    out = np.stack(sequence, 1) if args.get("return_sequences") else sequence[-1]
    return [out, *state] if args.get("return_state") else [out]


def forward(spec, inputs, weights, state, mask):
    name, args, x = spec["class"], spec["args"], inputs[0]
    if name == "Embedding":
        return [weights[0][x.astype(int)]]
    if name == "Activation":
        return [ACTIVATIONS[args["activation"]](x)]
    if name == "Dense":
        return [ACTIVATIONS[args["activation"]](x @ weights[0] + weights[1])]
    if name == "Masking":
        return [x * np.any(x != args.get("mask_value", 0), -1, keepdims=True)]
    if name.endswith("Cell"):
        new = step(kind_of(spec), args, x, list(state), weights)
        return [new[0], *new]
    if name == "TimeDistributed":
        rows = [recurrent(args["layer"], x[:, t], weights, [], None)[0] for t in range(x.shape[1])]
        return [np.stack(rows, 1)]
    if name != "Bidirectional":
        return recurrent(spec, x, weights, state, mask)
    # Keras sets zero_output_for_mask on both layers where they give sequences.
    inner, half, states = args["layer"], len(weights) // 2, len(state) // 2
    inner = {**inner, "args": {**inner["args"], "zero_output_for_mask": inner["args"].get("return_sequences", False)}}
    other = {**inner, "args": {**inner["args"], "go_backwards": True}}
    a, b = recurrent(inner, x, weights[:half], state[:states], mask), recurrent(other, x, weights[half:], state[states:], mask)
    z = b[0][:, ::-1] if inner["args"].get("return_sequences") else b[0]
    mode = args.get("merge_mode", "concat")
    merged = [a[0], z] if mode is None else [{"concat": lambda: np.concatenate([a[0], z], -1), "sum": lambda: a[0] + z,
                                              "mul": lambda: a[0] * z, "ave": lambda: (a[0] + z) / 2}[mode]()]
    return [*merged, *a[1:], *b[1:]]


# Keras.
def nested(spec, state):
    """Initial states as Keras wants them: a list for each cell of a stack."""
    if spec["class"] != "RNN":
        return list(state)
    state, out = list(state), []
    for c in cells_of(spec):
        n = 2 if kind_of(c) == "LSTM" else 1
        out.append(state[:n])
        del state[:n]
    return out if isinstance(spec["args"]["cell"], list) else out[0]


def call(layer, spec, x, state, mask):
    if spec["class"].endswith("Cell"):
        return kb.flat(layer(x[0], list(state)))
    keywords = {}
    if state:
        keywords["initial_state"] = nested(spec, state)
    if mask is not None:
        keywords["mask"] = kb.torch.tensor(mask != 0)
    return kb.flat(layer(x[0], **keywords))


def add(name, kind, args, shape, states=(), mask=None, scale=1.0, whole=None):
    spec = {"class": kind, "args": args}
    inputs = [draw(shape, scale) if whole is None else random.randint(0, whole, shape).astype(np.float64)]
    if kind == "Masking":
        inputs[0][0, 1] = args.get("mask_value", 0)
    state = [draw(s, 0.5) for s in states]
    mask = None if mask is None else np.array(mask, np.float64)
    layer = kb.layer(spec)
    x, s = [kb.leaf(i) for i in inputs], [kb.leaf(i) for i in state]
    call(layer, spec, x, s, mask)
    layer.set_weights([draw(w.shape, 0.4) for w in layer.weights])
    assert len(layer.weights) == weight_count(spec), name
    w = kb.parameters(layer)
    outputs = call(layer, spec, x, s, mask)
    coefficients = [draw(tuple(o.shape)) for o in outputs]
    loss = sum((o * kb.torch.tensor(k)).sum() for o, k in zip(outputs, coefficients))
    found = kb.gradients(loss, [*x, *s, *w])
    judge(name, spec, inputs, state, mask, kb.arrays(w), kb.arrays(outputs), coefficients, found)
    n, m = len(x), len(x) + len(s)
    case = {"name": name, "layer": spec, "inputs": [goldens.given(i) for i in inputs]}
    if mask is not None:
        case["mask"] = goldens.given(mask)
    if state:
        case["initial_state"] = [goldens.given(i) for i in state]
    case.update(weights=[goldens.given(a) for a in layer.get_weights()], outputs=[goldens.tensor(a) for a in kb.arrays(outputs)],
                coefficients=[goldens.given(k) for k in coefficients], grad_inputs=[goldens.tensor(g) for g in found[:n]])
    if state:
        case["grad_initial_state"] = [goldens.tensor(g) for g in found[n:m]]
    case["grad_weights"] = [goldens.tensor(g) for g in found[m:]]
    cases.append(case)


def judge(name, spec, inputs, state, mask, weights, outputs, coefficients, found):
    own = forward(spec, inputs, weights, state, mask)
    assert [o.shape for o in own] == [o.shape for o in outputs], name
    gap = max(np.abs(a - b).max() for a, b in zip(own, outputs))
    point, n, m = [*inputs, *state, *weights], len(inputs), len(inputs) + len(state)

    def loss(p):
        return sum((o * k).sum() for o, k in zip(forward(spec, p[:n], p[m:], p[n:m], mask), coefficients))

    tilt = 0.0
    for _ in range(3):
        along = [random.standard_normal(p.shape) for p in point]
        if spec["class"] in ("Embedding", "Masking"):
            along[0] = 0 * along[0]
        claimed = sum((g * d).sum() for g, d in zip(found, along))
        tilt = max(tilt, abs(plain.slope(loss, point, along) - claimed) / max(1, abs(claimed)))
    assert gap < 1e-12 and tilt < 1e-6, (name, gap, tilt)
    worst["outputs"], worst["slopes"] = max(worst["outputs"], gap), max(worst["slopes"], tilt)


def layer(kind, units, **args):
    return {"class": kind, "args": {"units": units, **args}}


X, N = (2, 4, 3), 5
BOTH = {"return_sequences": True, "return_state": True}
FLAGS = {"defaults": {}, "return_sequences": {"return_sequences": True}, "return_state": {"return_state": True}, "return both": BOTH}
for kind in ("GRU", "SimpleRNN"):
    for label, flags in FLAGS.items():
        add(f"{kind} {label}", kind, {"units": N, **flags}, X)
        add(f"{kind} go_backwards, {label}", kind, {"units": N, "go_backwards": True, **flags}, X)
        add(f"{kind} initial_state, {label}", kind, {"units": N, **flags}, X, [(2, N)])
        add(f"{kind} no bias, {label}", kind, {"units": N, "use_bias": False, **flags}, X)
    add(f"{kind} relu", kind, {"units": 3, "activation": "relu", **BOTH}, X)
    add(f"{kind} softsign", kind, {"units": 3, "activation": "softsign", **BOTH}, X, [(2, 3)])
    add(f"{kind} units 1, time 1", kind, {"units": 1, **BOTH}, (1, 1, 1), [(1, 1)])
    add(f"{kind} batch 7, units 20", kind, {"units": 20, **BOTH}, (7, 3, 4), [(7, 20)])
    add(f"{kind} batch 1, features 40", kind, {"units": 17, **BOTH}, (1, 5, 40))
    add(f"{kind} time 60", kind, {"units": 4, "return_sequences": True}, (2, 60, 3))
    add(f"{kind} large inputs", kind, {"units": 3, **BOTH}, X, scale=4.0)
    add(f"{kind}Cell one step", f"{kind}Cell", {"units": 4}, (3, 2), [(3, 4)])
    add(f"{kind}Cell no bias", f"{kind}Cell", {"units": 4, "use_bias": False}, (3, 2), [(3, 4)])
    add(f"RNN of {kind}Cell", "RNN", {"cell": layer(f"{kind}Cell", 4), **BOTH}, X)
    add(f"TimeDistributed {kind}", "TimeDistributed", {"layer": layer(kind, 3)}, (2, 3, 4, 2))
    for mode in ["concat", "sum", "mul", "ave", None]:
        add(f"Bidirectional {kind} {mode}", "Bidirectional", {"layer": layer(kind, 3, **BOTH), "merge_mode": mode}, (2, 4, 2))
    add(f"Bidirectional {kind} initial_state", "Bidirectional", {"layer": layer(kind, 3)}, (2, 4, 2), [(2, 3), (2, 3)])
for label, flags in FLAGS.items():
    add(f"GRU reset_after false, {label}", "GRU", {"units": N, "reset_after": False, **flags}, X, [(2, N)])
add("GRU reset_after false, no bias", "GRU", {"units": 3, "reset_after": False, "use_bias": False, **BOTH}, X)
add("GRU reset_after false, go_backwards", "GRU", {"units": 3, "reset_after": False, "go_backwards": True, **BOTH}, X)
add("GRU relu and hard_sigmoid", "GRU", {"units": 3, "activation": "relu", "recurrent_activation": "hard_sigmoid", **BOTH}, X)
add("GRU reset_after false, hard_sigmoid", "GRU", {"units": 3, "reset_after": False, "recurrent_activation": "hard_sigmoid", **BOTH}, X)
add("GRUCell reset_after false", "GRUCell", {"units": 4, "reset_after": False}, (3, 2), [(3, 4)])
CELLS = [layer("LSTMCell", 2), layer("GRUCell", 3), layer("SimpleRNNCell", 4)]
add("RNN of three kinds of cells", "RNN", {"cell": CELLS, **BOTH}, X)
add("RNN of three kinds of cells, initial_state", "RNN", {"cell": CELLS, **BOTH}, X, [(2, 2), (2, 2), (2, 3), (2, 4)])
add("RNN of three kinds of cells, go_backwards", "RNN", {"cell": CELLS[::-1], "go_backwards": True, **BOTH}, X)

# Masks: at the end, at the start, in the middle, everywhere.
MASK = [[1, 1, 1, 0], [0, 1, 1, 1], [1, 0, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1]]
M = (5, 4, 3)
for kind in ("LSTM", "GRU", "SimpleRNN"):
    states = [(5, 3)] * (2 if kind == "LSTM" else 1)
    for label, flags in FLAGS.items():
        add(f"{kind} mask, {label}", kind, {"units": 3, **flags}, M, mask=MASK)
        add(f"{kind} mask, initial_state, {label}", kind, {"units": 3, **flags}, M, states, mask=MASK)
        add(f"{kind} mask, go_backwards, {label}", kind, {"units": 3, "go_backwards": True, **flags}, M, states, mask=MASK)
        add(f"{kind} mask, zero_output_for_mask, {label}", kind, {"units": 3, "zero_output_for_mask": True, **flags}, M, states, mask=MASK)
    add(f"{kind} mask, units 20", kind, {"units": 20, **BOTH}, M, mask=MASK)
    add(f"{kind} mask, relu", kind, {"units": 3, "activation": "relu", **BOTH}, M, states, mask=MASK)
    for mode in ["concat", "sum", None]:
        add(f"Bidirectional {kind} mask, {mode}", "Bidirectional", {"layer": layer(kind, 3, **BOTH), "merge_mode": mode}, M, states * 2, mask=MASK)
    add(f"Bidirectional {kind} mask, last", "Bidirectional", {"layer": layer(kind, 3)}, M, mask=MASK)
add("RNN of three kinds of cells, mask", "RNN", {"cell": CELLS, **BOTH}, M, mask=MASK)
add("RNN of three kinds of cells, mask, zero_output_for_mask", "RNN", {"cell": CELLS, "zero_output_for_mask": True, **BOTH}, M, mask=MASK)
add("Masking", "Masking", {}, X)
add("Masking of a value", "Masking", {"mask_value": -1.5}, X)
add("Embedding", "Embedding", {"input_dim": 6, "output_dim": 3}, (2, 5), whole=6)
add("Embedding mask_zero", "Embedding", {"input_dim": 4, "output_dim": 2, "mask_zero": True}, (2, 3, 2), whole=4)
add("Dense hard_sigmoid of Keras 3", "Dense", {"units": 3, "activation": "hard_sigmoid3"}, (3, 5))
add("Activation hard_sigmoid of Keras 3", "Activation", {"activation": "hard_sigmoid3"}, X, scale=3.0)
add("LSTM hard_sigmoid of Keras 3", "LSTM", {"units": 3, "recurrent_activation": "hard_sigmoid3", **BOTH}, X)
add("GRU hard_sigmoid of Keras 3", "GRU", {"units": 3, "recurrent_activation": "hard_sigmoid3", **BOTH}, X)

goldens.write("family.json", {
    "provenance": goldens.provenance(
        "family.py", date="2026-11-26", library=kb.VERSIONS, float="float64 computation on float32 inputs and weights, written with 9 digits",
        checked_by="equations in NumPy in the script: outputs, and slopes along 3 random directions a case",
        max_disagreement_outputs=worst["outputs"], max_relative_disagreement_slopes=worst["slopes"],
        notes="hard_sigmoid is Keras 2's clip(0.2x+0.5, 0, 1), hard_sigmoid3 Keras 3's"),
    "format": "as layers.json; mask is the call's argument, 0 for a step that is passed over",
}, cases)
print(worst, len(cases))
