"""Numbers that other projects publish in their tests, each with its source, recomputed here before it is believed."""
import numpy as np

import goldens
import keras_build as kb
import plain

torch = kb.torch
KERAS = "keras-team/keras:keras/src/layers/rnn/lstm_test.py"
TFJS = "tensorflow/tfjs:tfjs-layers/src/layers/recurrent_test.ts"
worst = {"published": 0.0}
cases = []
CONSTANTS = {"kernel_initializer": 0.01, "recurrent_initializer": 0.02, "bias_initializer": 0.03}


def arange(*shape):
    return np.arange(np.prod(shape), dtype=np.float64).reshape(shape)


def initialised(units, features, args):
    """The weights that constant initialisers give: the forget gate's bias is 1 unless unit_forget_bias is off."""
    kernel, recurrent = (np.full((n, 4 * units), v) for n, v in ((features, 0.01), (units, 0.02)))
    bias = np.full(4 * units, 0.03)
    if args.get("unit_forget_bias", True):
        bias[units:2 * units] = 1
    return [kernel, recurrent] + ([bias] if args.get("use_bias", True) else [])


def masked(spec, x, weights, mask):
    """An LSTM that stands still where the mask is false."""
    args, states, rows = spec["args"], [np.zeros((x.shape[0], spec["args"]["units"]))] * 2, []
    for t in range(x.shape[1]):
        on = mask[:, t][:, None]
        new = plain.lstm_step(args, x[:, t], *states, weights)
        states = [np.where(on, n, s) for n, s in zip(new, states)]
        rows.append(states[0] * on if args.get("zero_output_for_mask") else states[0])
    return np.stack(rows, 1) if args.get("return_sequences") else states[0]


def keras_value(spec, x, state, mask, calls):
    args = {k: kb.keras.initializers.Constant(v) if k in CONSTANTS else v for k, v in spec["args"].items()}
    built, more = kb.layers.LSTM(**args), {}
    if state:
        more["initial_state"] = [torch.tensor(s) for s in state]
    if mask is not None:
        more["mask"] = torch.tensor(mask)
    return [built(torch.tensor(x), **more) for _ in range(calls)][-1].detach().numpy()


def add(name, source, published, x, state=(), mask=None, calls=1, **args):
    spec = {"class": "LSTM", "args": {**args, **CONSTANTS}}
    published = np.array(published)
    weights = initialised(args["units"], x.shape[2], args)
    if mask is None:
        flow = {"class": "LSTM", "args": {**args, "return_state": True}}
        out, now = None, list(state)
        for _ in range(calls):
            out, *now = plain.forward(flow, [x], weights, now)
    else:
        out = masked(spec, x, weights, mask)
    gap = max(np.abs(v - np.broadcast_to(published, v.shape)).max() for v in (out, keras_value(spec, x, state, mask, calls)))
    assert gap < 2e-6, (name, gap)
    worst["published"] = max(worst["published"], gap)
    case = {"name": name, "source": source, "layer": spec, "inputs": [goldens.given(x)], "calls": calls}
    if state:
        case["initial_state"] = [goldens.given(s) for s in state]
    if mask is not None:
        case["mask"] = mask.tolist()
    case.update(weights=[goldens.tensor(w) for w in weights], published=published.tolist(), outputs=[goldens.tensor(out)])
    cases.append(case)


def add_training(name, source, published, recurrent_activation):
    """LSTM(1) from zeros, then Dense(1) from one, no biases: two steps of SGD(1) on mse."""
    spec = {"class": "LSTM", "args": {"units": 1, "use_bias": False, "recurrent_activation": recurrent_activation}}
    lstm, dense = kb.layer(spec), kb.layer({"class": "Dense", "args": {"units": 1, "use_bias": False}})
    x, y = torch.ones([5, 3, 4], dtype=torch.float64), torch.ones([5, 1], dtype=torch.float64)
    dense(lstm(x))
    lstm.set_weights([np.zeros(w.shape) for w in lstm.weights])
    dense.set_weights([np.ones((1, 1))])
    before = [goldens.tensor(w) for w in [*lstm.get_weights(), *dense.get_weights()]]
    losses = []
    for _ in range(2):
        weights = kb.parameters(lstm) + kb.parameters(dense)
        loss = ((dense(lstm(x)) - y) ** 2).mean()
        losses.append(loss.item())
        found = torch.autograd.grad(loss, weights)
        with torch.no_grad():
            for w, g in zip(weights, found):
                w.sub_(g)
    after = [np.array(w.detach()) for w in kb.parameters(lstm) + kb.parameters(dense)]
    gap = max(np.abs(a - np.broadcast_to(np.array(p), a.shape)).max() for a, p in zip(after, published))
    assert gap < 2e-6, (name, gap)
    worst["published"] = max(worst["published"], gap)
    cases.append({
        "name": name, "source": source, "layers": [spec, {"class": "Dense", "args": {"units": 1, "use_bias": False}}],
        "loss": "mse", "optimizer": {"class": "SGD", "args": {"learning_rate": 1}}, "steps": 2,
        "x": goldens.given(x.numpy()), "y": goldens.given(y.numpy()), "weights": before, "losses": losses,
        "published": published, "final_weights": [goldens.tensor(a) for a in after]})


X = arange(3, 6, 4)
for label, args, rows in [
    ("defaults", {}, [0.6288687, 0.86899155, 0.9460773]),
    ("go_backwards", {"go_backwards": True}, [0.35622165, 0.74789524, 0.8872726]),
    ("unit_forget_bias off", {"unit_forget_bias": False}, [0.57019705, 0.8661914, 0.9459622]),
    ("use_bias off", {"use_bias": False}, [0.54986924, 0.86226785, 0.9443936]),
]:
    add(f"LSTM(3), {label}", KERAS, [[r] * 3 for r in rows], X, units=3, **args)

Y, S = arange(2, 4, 3), [arange(2, 2), arange(2, 2)]
add("LSTM(2), initial state", KERAS, [[0.20574439, 0.3558822], [0.64930826, 0.66276]], Y, S, units=2)
add("LSTM(2), initial state, go_backwards", KERAS, [[0.13281618, 0.2790356], [0.5839337, 0.5992567]], Y, S, units=2, go_backwards=True)
add("LSTM(4), stateful, the second call", KERAS, [[0.3124785] * 4, [0.6863672] * 4], arange(2, 3, 4), calls=2, units=4, stateful=True)

MASK = np.array([[True, True, True, False], [True, True, False, False]])
ROWS = [[0.01588910, 0.05552048, 0.11755939, 0.11755939], [0.14185596, 0.28556206, 0.28556206, 0.28556206]]
ZEROED = [[*ROWS[0][:3], 0], [*ROWS[1][:2], 0, 0]]
add("LSTM(2), mask", KERAS, [[ROWS[0][3]] * 2, [ROWS[1][3]] * 2], Y, mask=MASK, units=2)
add("LSTM(2), mask, sequences", KERAS, [[[v] * 2 for v in r] for r in ROWS], Y, mask=MASK, units=2, return_sequences=True)
add("LSTM(2), mask, sequences, zero_output_for_mask", KERAS, [[[v] * 2 for v in r] for r in ZEROED], Y, mask=MASK, units=2,
    return_sequences=True, zero_output_for_mask=True)

add_training("BPTT, hard_sigmoid gates", TFJS, [[[0.11455188, 0.06545822, 0.8760446, 0.18237013]] * 4,
                                                [[0.02831176, 0.01934617, 0.00025817, 0.05784169]], [[1.4559253]]], "hard_sigmoid")
add_training("BPTT, sigmoid gates", "recomputed for Keras' default gates; published nowhere", [
    [[0.143190, 0.081823, 0.876045, 0.227963]] * 4, [[0.035390, 0.024183, 0.000258, 0.072302]], [[1.455925]]], "sigmoid")

goldens.write("anchors.json", {
    "provenance": goldens.provenance(
        "anchors.py", library=kb.VERSIONS, checked_by="plain.py and Keras, float64",
        max_distance_to_published=worst["published"]),
    "format": "published: the number in the source; "
              "outputs / final_weights: the same in float64, 9 digits, from here. "
              "*_initializer: a constant. weights: what they give. calls: the value is that of the last call on the same input. mask: (batch, time)",
}, cases)
