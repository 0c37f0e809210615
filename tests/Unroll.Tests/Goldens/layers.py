"""Forward values and gradients of every layer and option, computed by Keras and judged by plain.py."""
import numpy as np

import goldens
import keras_build as kb
import plain

random = np.random.RandomState(20261121)
worst = {"outputs": 0.0, "slopes": 0.0}
cases = []


def draw(shape, scale=1.0):
    return goldens.draw(random, shape, scale)


def judge(name, spec, inputs, state, weights, outputs, coefficients, found):
    """plain.py must give the same outputs, and its finite differences the same slopes along random directions."""
    own = plain.forward(spec, inputs, weights, state)
    assert [o.shape for o in own] == [o.shape for o in outputs], (name, [o.shape for o in own], [o.shape for o in outputs])
    gap = max(np.abs(a - b).max() for a, b in zip(own, outputs))
    point, n, m = [*inputs, *state, *weights], len(inputs), len(inputs) + len(state)

    def loss(p):
        return sum((o * k).sum() for o, k in zip(plain.forward(spec, p[:n], p[m:], p[n:m]), coefficients))

    tilt = 0.0
    for _ in range(3):
        along = [random.standard_normal(p.shape) for p in point]
        claimed = sum((g * d).sum() for g, d in zip(found, along))
        tilt = max(tilt, abs(plain.slope(loss, point, along) - claimed) / max(1, abs(claimed)))
    assert gap < 1e-12 and tilt < 1e-6, (name, gap, tilt)
    worst["outputs"], worst["slopes"] = max(worst["outputs"], gap), max(worst["slopes"], tilt)


def evaluate(name, layer, spec, inputs, state):
    """One call in Keras: outputs, coefficients, gradients by inputs, by states, by weights. Judged."""
    x, s, w = [kb.leaf(i) for i in inputs], [kb.leaf(i) for i in state], kb.parameters(layer)
    outputs = kb.call(layer, spec, x, s)
    coefficients = [draw(o.shape) for o in outputs]
    loss = sum((o * kb.torch.tensor(k)).sum() for o, k in zip(outputs, coefficients))
    found = kb.gradients(loss, [*x, *s, *w])
    values = kb.arrays(outputs)
    judge(name, spec, inputs, state, kb.arrays(w), values, coefficients, found)
    n, m = len(x), len(x) + len(s)
    return values, coefficients, found[:n], found[n:m], found[m:]


def build(spec, inputs, state=()):
    """The layer, built by a first call, with random weights."""
    layer = kb.layer(spec)
    kb.call(layer, spec, [kb.leaf(i) for i in inputs], [kb.leaf(i) for i in state])
    layer.set_weights([draw(w.shape, 0.4) for w in layer.weights])
    assert len(layer.weights) == plain.weight_count(spec)
    return layer


def tensors(arrays):
    return [goldens.tensor(a) for a in arrays]


def given(arrays):
    return [goldens.given(a) for a in arrays]


def add(name, kind, args, shapes, states=(), scale=1.0):
    spec = {"class": kind, "args": args}
    inputs, state = [draw(s, scale) for s in shapes], [draw(s, 0.5) for s in states]
    layer = build(spec, inputs, state)
    outputs, coefficients, gx, gs, gw = evaluate(name, layer, spec, inputs, state)
    case = {"name": name, "layer": spec, "inputs": given(inputs)}
    if state:
        case["initial_state"] = given(state)
    case.update(weights=given(layer.get_weights()), outputs=tensors(outputs), coefficients=given(coefficients),
                grad_inputs=tensors(gx))
    if state:
        case["grad_initial_state"] = tensors(gs)
    case["grad_weights"] = tensors(gw)
    cases.append(case)


def add_stateful(name, args, shapes):
    """Consecutive calls of a stateful LSTM. Values from the stateful layer; gradients from a stateless twin that starts from
    the same states, since to a call's gradients the state it begins with is a constant."""
    spec, twin_spec = {"class": "LSTM", "args": {**args, "stateful": True}}, {"class": "LSTM", "args": args}
    calls = [draw(s) for s in shapes]
    layer, twin = build(spec, calls[:1]), build(twin_spec, calls[:1])
    layer.set_weights(twin.get_weights()[:3] + [np.zeros(w.shape) for w in layer.weights[3:]])
    layer.reset_state()
    case = {"name": name, "layer": spec, "weights": given(twin.get_weights()), "calls": []}
    for x in calls:
        before = [np.array(s.value.detach()) for s in layer.states]
        kept = kb.arrays(kb.call(layer, spec, [kb.leaf(x)], ()))
        outputs, coefficients, gx, _, gw = evaluate(name, twin, twin_spec, [x], before)
        assert max(np.abs(a - b).max() for a, b in zip(kept, outputs)) < 1e-12
        case["calls"].append({"inputs": given([x]), "outputs": tensors(outputs), "coefficients": given(coefficients),
                              "grad_inputs": tensors(gx), "grad_weights": tensors(gw)})
    cases.append(case)


def lstm(units, **args):
    return {"class": "LSTM", "args": {"units": units, **args}}


def cell(units, **args):
    return {"class": "LSTMCell", "args": {"units": units, **args}}


ACTIVATIONS = [a for a in plain.ACTIVATIONS if a]

# Dense and Activation.
for a in ACTIVATIONS:
    add(f"Dense {a}, rank 2", "Dense", {"units": 4, "activation": a}, [(3, 5)])
    add(f"Dense {a}, rank 3", "Dense", {"units": 3, "activation": a}, [(2, 3, 4)])
    add(f"Activation {a}", "Activation", {"activation": a}, [(2, 3, 4)], scale=2.0)
add("Dense defaults", "Dense", {"units": 1}, [(2, 3)])
add("Dense rank 4", "Dense", {"units": 2}, [(2, 2, 3, 4)])
add("Dense no bias", "Dense", {"units": 4, "use_bias": False}, [(3, 5)])
add("Dense no bias, relu, rank 3", "Dense", {"units": 2, "use_bias": False, "activation": "relu"}, [(2, 3, 5)])
add("Dense one by one", "Dense", {"units": 1, "activation": "sigmoid"}, [(1, 1)])
add("Activation softmax, rank 2", "Activation", {"activation": "softmax"}, [(3, 5)], scale=3.0)

# LSTM.
X, N = (2, 4, 3), 5
FLAGS = {"defaults": {}, "return_sequences": {"return_sequences": True}, "return_state": {"return_state": True},
         "return both": {"return_sequences": True, "return_state": True}}
for label, flags in FLAGS.items():
    add(f"LSTM {label}", "LSTM", {"units": N, **flags}, [X])
    add(f"LSTM go_backwards, {label}", "LSTM", {"units": N, "go_backwards": True, **flags}, [X])
    add(f"LSTM initial_state, {label}", "LSTM", {"units": N, **flags}, [X], [(2, N), (2, N)])
    add(f"LSTM time_major, {label}", "LSTM", {"units": N, "time_major": True, **flags}, [(4, 2, 3)])
    add(f"LSTM no bias, {label}", "LSTM", {"units": N, "use_bias": False, **flags}, [X])
    add(f"LSTM relu and hard_sigmoid, {label}", "LSTM",
        {"units": N, "activation": "relu", "recurrent_activation": "hard_sigmoid", **flags}, [X])
SEQ = FLAGS["return both"]
add("LSTM go_backwards, initial_state", "LSTM", {"units": N, "go_backwards": True, **SEQ}, [X], [(2, N), (2, N)])
add("LSTM time_major, go_backwards, initial_state", "LSTM", {"units": N, "time_major": True, "go_backwards": True, **SEQ},
    [(4, 2, 3)], [(2, N), (2, N)])
add("LSTM hard_sigmoid alone", "LSTM", {"units": 3, "recurrent_activation": "hard_sigmoid", **SEQ}, [X])
add("LSTM relu alone", "LSTM", {"units": 3, "activation": "relu", **SEQ}, [X])
add("LSTM softsign and linear gates", "LSTM", {"units": 3, "activation": "softsign", "recurrent_activation": "linear", **SEQ}, [X])
add("LSTM elu and softmax gates", "LSTM", {"units": 3, "activation": "elu", "recurrent_activation": "softmax", **SEQ}, [X])
add("LSTM no bias, initial_state, backwards", "LSTM", {"units": 3, "use_bias": False, "go_backwards": True, **SEQ}, [X],
    [(2, 3), (2, 3)])
add("LSTM units 1", "LSTM", {"units": 1, **SEQ}, [(2, 3, 1)])
add("LSTM units 1, plain", "LSTM", {"units": 1}, [(1, 3, 1)])
add("LSTM time 1", "LSTM", {"units": 4, **SEQ}, [(2, 1, 3)])
add("LSTM time 1, go_backwards", "LSTM", {"units": 4, "go_backwards": True, **SEQ}, [(2, 1, 3)])
add("LSTM batch 1", "LSTM", {"units": 4, **SEQ}, [(1, 5, 2)])
add("LSTM batch 1, time 1, features 1, units 1", "LSTM", {"units": 1, **SEQ}, [(1, 1, 1)], [(1, 1), (1, 1)])
add("LSTM time 60", "LSTM", {"units": 4, "return_sequences": True}, [(2, 60, 3)])
add("LSTM time 60, last", "LSTM", {"units": 4, "return_state": True}, [(1, 60, 2)])
add("LSTM batch 3, time 7, features 5, units 9", "LSTM", {"units": 9, **SEQ}, [(3, 7, 5)])
add("LSTM batch 3, time 7, features 5, units 9, state", "LSTM", {"units": 9, **SEQ}, [(3, 7, 5)], [(3, 9), (3, 9)])
add("LSTM large inputs saturate", "LSTM", {"units": 3, **SEQ}, [(2, 4, 3)], scale=20.0)
add_stateful("LSTM stateful, two calls", {"units": 3}, [(2, 3, 4), (2, 3, 4)])
add_stateful("LSTM stateful, three calls, return both", {"units": 3, **SEQ}, [(2, 3, 2), (2, 5, 2), (2, 1, 2)])
add_stateful("LSTM stateful, go_backwards", {"units": 2, "go_backwards": True, **SEQ}, [(1, 3, 2), (1, 3, 2)])

# Cells, RNN, stacks.
add("LSTMCell one step", "LSTMCell", {"units": 4}, [(3, 2)], [(3, 4), (3, 4)])
add("LSTMCell no bias", "LSTMCell", {"units": 4, "use_bias": False}, [(3, 2)], [(3, 4), (3, 4)])
add("LSTMCell relu and hard_sigmoid", "LSTMCell",
    {"units": 3, "activation": "relu", "recurrent_activation": "hard_sigmoid"}, [(2, 2)], [(2, 3), (2, 3)])
for label, flags in FLAGS.items():
    add(f"RNN of LSTMCell, {label}", "RNN", {"cell": cell(4), **flags}, [X])
    add(f"RNN of two cells, {label}", "RNN", {"cell": [cell(4), cell(5)], **flags}, [X])
    add(f"RNN of StackedRNNCells, {label}", "RNN",
        {"cell": {"class": "StackedRNNCells", "args": {"cells": [cell(4), cell(5)]}}, **flags}, [X])
add("RNN of LSTMCell, initial_state", "RNN", {"cell": cell(4), **SEQ}, [X], [(2, 4), (2, 4)])
add("RNN of LSTMCell, go_backwards", "RNN", {"cell": cell(4), "go_backwards": True, **SEQ}, [X])
add("RNN of LSTMCell, time_major", "RNN", {"cell": cell(4), "time_major": True, **SEQ}, [(4, 2, 3)])
add("RNN of two cells, initial_state", "RNN", {"cell": [cell(4), cell(5)], **SEQ}, [X], [(2, 4), (2, 4), (2, 5), (2, 5)])
add("RNN of two cells, go_backwards, no bias in the first", "RNN",
    {"cell": [cell(2, use_bias=False), cell(3, recurrent_activation="hard_sigmoid")], "go_backwards": True, **SEQ}, [X])
add("RNN of three cells", "RNN", {"cell": [cell(2), cell(3), cell(1)], **SEQ}, [(2, 3, 6)])

# Bidirectional.
for mode in ["concat", "sum", "mul", "ave", None]:
    for label, flags in FLAGS.items():
        add(f"Bidirectional {mode}, {label}", "Bidirectional", {"layer": lstm(3, **flags), "merge_mode": mode}, [(2, 4, 2)])
add("Bidirectional default merge", "Bidirectional", {"layer": lstm(3)}, [(2, 4, 2)])
STATES = [(2, 3)] * 4
add("Bidirectional initial_state", "Bidirectional", {"layer": lstm(3)}, [(2, 4, 2)], STATES)
add("Bidirectional initial_state, return both", "Bidirectional", {"layer": lstm(3, **SEQ)}, [(2, 4, 2)], STATES)
add("Bidirectional none, initial_state, return both", "Bidirectional", {"layer": lstm(3, **SEQ), "merge_mode": None}, [(2, 4, 2)],
    STATES)
add("Bidirectional of a backward layer", "Bidirectional", {"layer": lstm(3, go_backwards=True, **SEQ)}, [(2, 4, 2)])
add("Bidirectional no bias, hard_sigmoid", "Bidirectional",
    {"layer": lstm(3, use_bias=False, recurrent_activation="hard_sigmoid", return_sequences=True)}, [(2, 4, 2)])
add("Bidirectional time_major", "Bidirectional", {"layer": lstm(3, time_major=True, **SEQ)}, [(4, 2, 2)])
add("Bidirectional of RNN(LSTMCell)", "Bidirectional", {"layer": {"class": "RNN", "args": {"cell": cell(3), **SEQ}}}, [(2, 4, 2)])
add("Bidirectional time 1", "Bidirectional", {"layer": lstm(2, **SEQ), "merge_mode": "sum"}, [(1, 1, 3)])

# TimeDistributed.
add("TimeDistributed Dense", "TimeDistributed", {"layer": {"class": "Dense", "args": {"units": 4, "activation": "tanh"}}}, [(2, 3, 5)])
add("TimeDistributed Dense, rank 4", "TimeDistributed", {"layer": {"class": "Dense", "args": {"units": 2}}}, [(2, 3, 4, 5)])
add("TimeDistributed Conv1D", "TimeDistributed",
    {"layer": {"class": "Conv1D", "args": {"filters": 3, "kernel_size": 2, "activation": "relu"}}}, [(2, 3, 5, 2)])
add("TimeDistributed Conv1D same, strides 2", "TimeDistributed",
    {"layer": {"class": "Conv1D", "args": {"filters": 2, "kernel_size": 3, "padding": "same", "strides": 2}}}, [(2, 2, 5, 2)])
add("TimeDistributed LSTM", "TimeDistributed", {"layer": lstm(3)}, [(2, 3, 4, 2)])
add("TimeDistributed LSTM sequences", "TimeDistributed", {"layer": lstm(3, return_sequences=True)}, [(2, 2, 3, 2)])
add("TimeDistributed Flatten", "TimeDistributed", {"layer": {"class": "Flatten", "args": {}}}, [(2, 3, 4, 2)])
add("TimeDistributed MaxPooling1D", "TimeDistributed", {"layer": {"class": "MaxPooling1D", "args": {"pool_size": 2}}}, [(2, 3, 5, 2)])
add("TimeDistributed MaxPooling1D same", "TimeDistributed",
    {"layer": {"class": "MaxPooling1D", "args": {"pool_size": 2, "padding": "same"}}}, [(2, 3, 5, 2)])
add("TimeDistributed Reshape", "TimeDistributed", {"layer": {"class": "Reshape", "args": {"target_shape": [-1, 3]}}}, [(2, 2, 6)])
add("TimeDistributed Activation", "TimeDistributed", {"layer": {"class": "Activation", "args": {"activation": "softmax"}}}, [(2, 3, 4)])
add("TimeDistributed of TimeDistributed Dense", "TimeDistributed",
    {"layer": {"class": "TimeDistributed", "args": {"layer": {"class": "Dense", "args": {"units": 2}}}}}, [(2, 2, 3, 4)])

# Conv1D.
for padding in ["valid", "same", "causal"]:
    for size in [1, 2, 3, 4]:
        for stride in [1, 2, 3]:
            for dilation in [1, 2]:
                if (stride > 1 and dilation > 1) or (size == 1 and (stride == 3 or dilation > 1)):
                    continue
                args = {"filters": 2, "kernel_size": size, "strides": stride, "padding": padding, "dilation_rate": dilation}
                add(f"Conv1D {padding}, kernel {size}, strides {stride}, dilation {dilation}", "Conv1D", args, [(2, 8, 2)])
for length in [1, 2, 3, 5, 6, 7]:
    for stride in [1, 2]:
        add(f"Conv1D same, length {length}, strides {stride}", "Conv1D",
            {"filters": 2, "kernel_size": 3, "strides": stride, "padding": "same"}, [(1, length, 2)])
add("Conv1D defaults", "Conv1D", {"filters": 3, "kernel_size": 3}, [(2, 5, 2)])
add("Conv1D dilation 3", "Conv1D", {"filters": 2, "kernel_size": 3, "dilation_rate": 3, "padding": "same"}, [(1, 9, 2)])
add("Conv1D causal, kernel longer than the input", "Conv1D", {"filters": 2, "kernel_size": 5, "padding": "causal"}, [(1, 3, 2)])
add("Conv1D same, kernel longer than the input", "Conv1D", {"filters": 2, "kernel_size": 5, "padding": "same"}, [(1, 3, 2)])
add("Conv1D valid, kernel as long as the input", "Conv1D", {"filters": 2, "kernel_size": 5}, [(2, 5, 2)])
add("Conv1D no bias", "Conv1D", {"filters": 3, "kernel_size": 3, "use_bias": False}, [(2, 5, 2)])
for a in ["relu", "tanh", "softmax", "hard_sigmoid"]:
    add(f"Conv1D {a}", "Conv1D", {"filters": 3, "kernel_size": 2, "activation": a}, [(2, 4, 3)])
add("Conv1D one filter, one channel", "Conv1D", {"filters": 1, "kernel_size": 2, "padding": "causal"}, [(1, 4, 1)])

# MaxPooling1D.
for padding in ["valid", "same"]:
    for size in [2, 3]:
        for stride in [None, 1, 2, 3]:
            for length in [7, 8]:
                args = {"pool_size": size, "strides": stride, "padding": padding}
                add(f"MaxPooling1D {padding}, pool {size}, strides {stride}, length {length}", "MaxPooling1D", args, [(2, length, 2)])
add("MaxPooling1D defaults", "MaxPooling1D", {}, [(2, 5, 3)])
add("MaxPooling1D same, length 1", "MaxPooling1D", {"pool_size": 3, "padding": "same"}, [(1, 1, 2)])
add("MaxPooling1D same, pool 1, strides 2", "MaxPooling1D", {"pool_size": 1, "strides": 2, "padding": "same"}, [(1, 5, 2)])

# Shapes.
add("Flatten rank 2", "Flatten", {}, [(3, 4)])
add("Flatten rank 3", "Flatten", {}, [(2, 3, 4)])
add("Flatten rank 4", "Flatten", {}, [(2, 2, 3, 2)])
add("Reshape", "Reshape", {"target_shape": [4, 3]}, [(2, 12)])
add("Reshape with -1", "Reshape", {"target_shape": [-1, 2]}, [(2, 3, 4)])
add("Reshape with -1 in the middle", "Reshape", {"target_shape": [2, -1, 2]}, [(2, 12)])
add("Reshape to one axis", "Reshape", {"target_shape": [-1]}, [(2, 3, 2)])

goldens.write("layers.json", {
    "provenance": goldens.provenance(
        "layers.py", library=kb.VERSIONS, float="float64 computation on float32 inputs and weights, written with 9 digits",
        checked_by="plain.py (NumPy only): outputs, and slopes along 3 random directions a case; tfjs: see check_tfjs.json",
        max_disagreement_outputs=worst["outputs"], max_relative_disagreement_slopes=worst["slopes"],
        notes="hard_sigmoid is Keras 2's clip(0.2x+0.5, 0, 1); gelu is the exact one; time_major by transposing"),
    "format": "loss = sum over outputs of sum(output * coefficient). grad_* are its gradients. weights and states in Keras' order. "
              "LSTMCell: initial_state [h, c], outputs [output, h, c]. stateful: calls in order, each from the state before it, "
              "and that state is a constant to the gradients",
}, cases)
print(worst)
