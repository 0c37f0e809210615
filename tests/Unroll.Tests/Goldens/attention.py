"""The attention layers: computed by Keras, judged by equations in NumPy and finite differences."""
import numpy as np

import goldens
import keras_build as kb
import plain

random = np.random.RandomState(20261128)
worst = {"outputs": 0.0, "slopes": 0.0}
cases = []
# Arguments of the call in Keras.
CALL = ("use_causal_mask", "return_attention_scores")


def draw(shape, scale=1.0):
    return goldens.draw(random, shape, scale)


def looks(scores, allowed, value):
    """Softmax over the steps that are allowed, and the values looked up."""
    shares = plain.softmax(np.where(allowed, scores, scores - 1e9))
    return shares, shares @ value


def allowed_steps(args, scores, masks, with_query):
    allowed = np.ones(scores[-2:] if len(scores) == 3 else (1, *scores[-2:]), bool)[None]
    if args.get("use_causal_mask"):
        allowed = allowed & (np.arange(scores[-2])[:, None] >= np.arange(scores[-1]))
    for which, mask in enumerate(masks):
        if mask is None or (which == 0 and not with_query):
            continue
        wide = mask[:, :, None] if which == 0 else mask[:, None, :]
        allowed = allowed & ((wide if len(scores) == 3 else wide[:, None]) != 0)
    return allowed


def single(name, args, inputs, weights, masks):
    query, value, key = inputs[0], inputs[1], inputs[-1]
    weights = list(weights)
    scale = weights.pop(0) if args.get("use_scale", name == "AdditiveAttention") else 1
    sums = query[:, :, None] + key[:, None]
    if name == "AdditiveAttention":
        scores = (scale * np.tanh(sums)).sum(-1)
    elif args.get("score_mode") == "concat":
        scores = weights.pop(0) * np.tanh(scale * sums).sum(-1)
    else:
        scores = scale * (query @ key.swapaxes(1, 2))
    shares, output = looks(scores, allowed_steps(args, scores.shape, masks[:2], False), value)
    return [output if masks[0] is None else output * masks[0][:, :, None], shares]


def several(args, inputs, weights, masks):
    query, value, key = inputs[0], inputs[1], inputs[-1]
    weights = list(weights)
    bias = args.get("use_bias", True)

    def heads(x):
        y = np.einsum("btd,dnh->bnth", x, weights.pop(0))
        return y + (weights.pop(0)[None, :, None] if bias else 0)

    q, k, v = heads(query), heads(key), heads(value)
    scores = q @ k.swapaxes(2, 3) / np.sqrt(args["key_dim"])
    shares, found = looks(scores, allowed_steps(args, scores.shape, masks, True), v)
    output = np.einsum("bnth,nhd->btd", found, weights.pop(0))
    return [output + (weights.pop(0) if bias else 0), shares]


def forward(spec, inputs, weights, masks):
    name, args = spec["class"], spec["args"]
    both = several(args, inputs, weights, masks) if name == "MultiHeadAttention" else single(name, args, inputs, weights, masks)
    return both if args.get("return_attention_scores") else both[:1]


def add(name, kind, args, *shapes, masks=None):
    spec = {"class": kind, "args": args}
    inputs = [draw(s) for s in shapes]
    masks = [None] * 3 if masks is None else [None if m is None else np.array(m, np.float64) for m in masks]
    words = {k: v for k, v in args.items() if k in CALL}
    layer = kb.layer({"class": kind, "args": {k: v for k, v in args.items() if k not in CALL}})
    x = [kb.leaf(i) for i in inputs]
    torch_masks = [None if m is None else kb.torch.tensor(m != 0) for m in masks]

    def call():
        if kind != "MultiHeadAttention":
            given = {} if all(m is None for m in masks) else {"mask": torch_masks[:len(x)]}
            return kb.flat(layer(x, **given, **words))
        # Without the scores Keras takes a way that this PyTorch does not have.
        given = {"query_mask": torch_masks[0], "value_mask": torch_masks[1], "key_mask": torch_masks[2]}
        both = layer(*x, **given, **{**words, "return_attention_scores": True})
        return list(both) if args.get("return_attention_scores") else [both[0]]

    call()
    layer.set_weights([draw(w.shape, 0.4) for w in layer.weights])
    w = kb.parameters(layer)
    outputs = call()
    coefficients = [draw(tuple(o.shape)) for o in outputs]
    found = kb.gradients(sum((o * kb.torch.tensor(k)).sum() for o, k in zip(outputs, coefficients)), [*x, *w])
    values = kb.arrays(outputs)
    judge(name, spec, inputs, kb.arrays(w), masks, values, coefficients, found)
    case = {"name": name, "layer": spec, "inputs": [goldens.given(i) for i in inputs]}
    if any(m is not None for m in masks):
        case["masks"] = [None if m is None else goldens.given(m) for m in masks[:len(x)]]
    case.update(weights=[goldens.given(a) for a in kb.arrays(w)], outputs=[goldens.tensor(o) for o in values],
                coefficients=[goldens.given(k) for k in coefficients], grad_inputs=[goldens.tensor(g) for g in found[:len(x)]],
                grad_weights=[goldens.tensor(g) for g in found[len(x):]])
    cases.append(case)


def judge(name, spec, inputs, weights, masks, outputs, coefficients, found):
    own = forward(spec, inputs, weights, masks)
    assert [o.shape for o in own] == [o.shape for o in outputs], name
    gap, tilt, n = max(np.abs(a - b).max() for a, b in zip(own, outputs)), 0.0, len(inputs)
    point = [*inputs, *weights]

    def loss(p):
        return sum((o * k).sum() for o, k in zip(forward(spec, p[:n], p[n:], masks), coefficients))

    for _ in range(3):
        along = [random.standard_normal(p.shape) for p in point]
        claimed = sum((g * d).sum() for g, d in zip(found, along))
        tilt = max(tilt, abs(plain.slope(loss, point, along) - claimed) / max(1, abs(claimed)))
    assert gap < 1e-12 and tilt < 1e-6, (name, gap, tilt)
    worst["outputs"], worst["slopes"] = max(worst["outputs"], gap), max(worst["slopes"], tilt)


Q, V, K = (2, 3, 4), (2, 5, 6), (2, 5, 4)
SAME = [(2, 3, 4), (2, 5, 4)]
QM, VM = [[1, 1, 0], [1, 1, 1]], [[1, 1, 1, 0, 0], [0, 1, 1, 0, 1]]
for kind in ("Attention", "AdditiveAttention"):
    add(f"{kind} defaults", kind, {}, *SAME)
    add(f"{kind} with a key", kind, {}, Q, V, K)
    add(f"{kind} the other useScale", kind, {"use_scale": kind == "Attention"}, *SAME)
    add(f"{kind} scores", kind, {"return_attention_scores": True}, Q, V, K)
    add(f"{kind} causal", kind, {"use_causal_mask": True, "return_attention_scores": True}, (2, 4, 3), (2, 4, 3))
    add(f"{kind} masks", kind, {"return_attention_scores": True}, *SAME, masks=[QM, VM, None])
    add(f"{kind} mask of the values, causal", kind, {"use_causal_mask": True}, (2, 3, 4), (2, 5, 4), masks=[None, [[1, 1, 0, 1, 1]] * 2, None])
add("Attention concat", "Attention", {"score_mode": "concat"}, *SAME)
add("Attention concat, scale", "Attention", {"score_mode": "concat", "use_scale": True}, Q, V, K)
HEADS = {"num_heads": 2, "key_dim": 3}
add("MultiHeadAttention defaults", "MultiHeadAttention", HEADS, (2, 3, 4), (2, 5, 6))
add("MultiHeadAttention scores", "MultiHeadAttention", {**HEADS, "return_attention_scores": True}, (2, 3, 4), (2, 5, 6))
add("MultiHeadAttention with a key", "MultiHeadAttention", {**HEADS, "value_dim": 5}, (2, 3, 4), (2, 5, 6), (2, 5, 2))
add("MultiHeadAttention no bias", "MultiHeadAttention", {**HEADS, "use_bias": False}, (2, 3, 4), (2, 5, 4))
add("MultiHeadAttention output_shape", "MultiHeadAttention", {**HEADS, "output_shape": 7}, (2, 3, 4), (2, 5, 4))
add("MultiHeadAttention causal", "MultiHeadAttention", {**HEADS, "use_causal_mask": True, "return_attention_scores": True}, (2, 4, 3), (2, 4, 3))
add("MultiHeadAttention mask of the values", "MultiHeadAttention", {**HEADS, "return_attention_scores": True}, (2, 3, 4), (2, 5, 4),
    masks=[None, VM, None])

goldens.write("attention.json", {
    "provenance": goldens.provenance(
        "attention.py", date="2026-11-26", library=kb.VERSIONS, float="float64 computation on float32 inputs and weights, written with 9 digits",
        checked_by="equations in NumPy in the script: outputs, and slopes along 3 random directions a case",
        max_disagreement_outputs=worst["outputs"], max_relative_disagreement_slopes=worst["slopes"]),
    "format": "as family.json; masks are those of the inputs, null for none",
}, cases)
print(worst, len(cases))
