"""Small whole models: outputs, loss and gradients of every weight, computed by Keras and judged by plain.py."""
import numpy as np

import goldens
import keras_build as kb
import plain

keras, torch = kb.keras, kb.torch
random = np.random.RandomState(1997)
worst = {"outputs": 0.0, "slopes": 0.0}
cases = []


def node(layer, inputs, outputs=None, state=None):
    """One call of a layer: the tensors it takes and the names of those it gives."""
    n = {"layer": layer, "inputs": inputs, "outputs": outputs or [layer]}
    return {**n, "initial_state": state} if state else n


def layer(name, kind, **args):
    return {"name": name, "class": kind, "args": args}


def functional(inputs, layers, nodes, outputs):
    """The Keras model of a graph written as nodes, with its layers by name."""
    tensors = {i["name"]: keras.Input(i["shape"], name=i["name"]) for i in inputs}
    built = {spec["name"]: kb.layer({"class": spec["class"], "args": {**spec["args"], "name": spec["name"]}}) for spec in layers}
    for n in nodes:
        args = {"initial_state": [tensors[s] for s in n["initial_state"]]} if "initial_state" in n else {}
        found = kb.flat(built[n["layer"]](tensors[n["inputs"][0]], **args))
        tensors.update(zip(n["outputs"], found, strict=True))
    return keras.Model([tensors[i["name"]] for i in inputs], [tensors[o] for o in outputs]), built


def walk(inputs, layers, nodes, outputs, arrays, weights):
    """The same graph by plain.py; weights by layer name."""
    tensors, specs = {i["name"]: a for i, a in zip(inputs, arrays)}, {s["name"]: s for s in layers}
    for n in nodes:
        state = [tensors[s] for s in n.get("initial_state", [])]
        found = plain.forward(specs[n["layer"]], [tensors[n["inputs"][0]]], weights[n["layer"]], state)
        tensors.update(zip(n["outputs"], found))
    return [tensors[o] for o in outputs]


def add(name, inputs, layers, nodes, outputs, batch, scale=0.5):
    model, built = functional(inputs, layers, nodes, outputs)
    for l in built.values():
        l.set_weights([goldens.draw(random, w.shape, scale) for w in l.weights])
    x = [goldens.draw(random, [batch, *i["shape"]]) for i in inputs]
    leaves = [kb.leaf(a) for a in x]
    y = kb.flat(model(leaves if len(leaves) > 1 else leaves[0]))
    targets = [goldens.draw(random, t.shape) for t in y]
    loss = sum(keras.losses.MeanSquaredError()(torch.tensor(t), o) for t, o in zip(targets, y))
    names = [s["name"] for s in layers]
    values = {n: kb.parameters(built[n]) for n in names}
    flat = [w for n in names for w in values[n]]
    found = kb.gradients(loss, [*leaves, *flat])
    weights = {n: kb.arrays(values[n]) for n in names}
    judge(name, (inputs, layers, nodes, outputs), x, weights, kb.arrays(y), targets, loss.item(), found)
    gradients = iter(found[len(x):])
    described = [{**s, "weights": [goldens.given(w) for w in weights[s["name"]]],
                  "grad_weights": [goldens.tensor(next(gradients)) for _ in values[s["name"]]]} for s in layers]
    cases.append({
        "name": name, "inputs": [{**i, **{"x": goldens.given(a), "grad": goldens.tensor(g)}} for i, a, g in zip(inputs, x, found)],
        "layers": described, "nodes": nodes, "outputs": outputs, "count_params": model.count_params(),
        "keras_layer_order": [l.name for l in model.layers], "targets": [goldens.given(t) for t in targets],
        "values": [goldens.tensor(v) for v in kb.arrays(y)], "loss": goldens.nine(loss.item())})


def judge(name, graph, x, weights, values, targets, loss, found):
    names, counts = list(weights), {n: len(w) for n, w in weights.items()}
    point = [*x, *(w for n in names for w in weights[n])]

    def run(p):
        rest = iter(p[len(x):])
        return walk(*graph, p[:len(x)], {n: [next(rest) for _ in range(counts[n])] for n in names})

    def mse(p):
        return sum(((o - t) ** 2).mean() for o, t in zip(run(p), targets))

    gap = max(abs(mse(point) - loss), *(np.abs(a - b).max() for a, b in zip(run(point), values, strict=True)))
    tilt = 0.0
    for _ in range(5):
        along = [random.standard_normal(p.shape) for p in point]
        claimed = sum((g * d).sum() for g, d in zip(found, along))
        tilt = max(tilt, abs(plain.slope(mse, point, along) - claimed) / max(1, abs(claimed)))
    assert gap < 1e-12 and tilt < 1e-6, (name, gap, tilt)
    worst["outputs"], worst["slopes"] = max(worst["outputs"], gap), max(worst["slopes"], tilt)


def sequential(name, shape, layers, batch):
    """A chain: each layer takes the one before it."""
    chain = [("x", None), *((s["name"], s) for s in layers)]
    nodes = [node(b[0], [a[0]]) for a, b in zip(chain, chain[1:])]
    add(name, [{"name": "x", "shape": shape}], layers, nodes, [layers[-1]["name"]], batch)
    cases[-1]["sequential"] = True


dense1 = {"class": "Dense", "args": {"units": 1}}
conv = {"class": "Conv1D", "args": {"filters": 4, "kernel_size": 1, "activation": "relu"}}
pool = {"class": "MaxPooling1D", "args": {"pool_size": 2}}
flatten = {"class": "Flatten", "args": {}}

sequential("LSTM(1), LSTM(1), Dense(1) on (3, 1)", [3, 1], [
    layer("lstm", "LSTM", units=1, return_sequences=True), layer("lstm_1", "LSTM", units=1), layer("dense", "Dense", units=1)], 2)
sequential("LSTM(6), LSTM(3)", [5, 2], [
    layer("lstm", "LSTM", units=6, return_sequences=True), layer("lstm_1", "LSTM", units=3)], 2)
sequential("LSTM(4), LSTM(3), LSTM(2), Dense(2) softmax, all but the last with sequences", [4, 3], [
    layer("lstm", "LSTM", units=4, return_sequences=True), layer("lstm_1", "LSTM", units=3, return_sequences=True),
    layer("lstm_2", "LSTM", units=2), layer("dense", "Dense", units=2, activation="softmax")], 3)
sequential("LSTM with sequences, TimeDistributed(Dense)", [3, 2], [
    layer("lstm", "LSTM", units=4, return_sequences=True), layer("time_distributed", "TimeDistributed", layer=dense1)], 2)
sequential("Bidirectional(LSTM), Bidirectional(LSTM), Dense", [4, 2], [
    layer("bidirectional", "Bidirectional", layer={"class": "LSTM", "args": {"units": 3, "return_sequences": True}}),
    layer("bidirectional_1", "Bidirectional", layer={"class": "LSTM", "args": {"units": 2}}, merge_mode="sum"),
    layer("dense", "Dense", units=1)], 2)
sequential("Conv1D same, MaxPooling1D same, LSTM, Dense", [7, 2], [
    layer("conv1d", "Conv1D", filters=4, kernel_size=3, padding="same", activation="relu"),
    layer("max_pooling1d", "MaxPooling1D", pool_size=2, padding="same"),
    layer("lstm", "LSTM", units=3), layer("dense", "Dense", units=1)], 2)
sequential("Reshape, TimeDistributed Conv1D, MaxPooling1D and Flatten, LSTM, Dense", [8, 1], [
    layer("reshape", "Reshape", target_shape=[2, 4, 1]),
    layer("time_distributed", "TimeDistributed", layer=conv), layer("time_distributed_1", "TimeDistributed", layer=pool),
    layer("time_distributed_2", "TimeDistributed", layer=flatten),
    layer("lstm", "LSTM", units=5, activation="relu"), layer("dense", "Dense", units=1)], 3)
sequential("Conv1D causal, Activation, Flatten, Dense", [5, 2], [
    layer("conv1d", "Conv1D", filters=3, kernel_size=2, padding="causal", dilation_rate=2),
    layer("activation", "Activation", activation="tanh"),
    layer("flatten", "Flatten"), layer("dense", "Dense", units=2)], 2)
sequential("RNN of two cells, Dense", [3, 2], [
    layer("rnn", "RNN", cell=[{"class": "LSTMCell", "args": {"units": 3}}, {"class": "LSTMCell", "args": {"units": 2}}]),
    layer("dense", "Dense", units=1)], 2)

A, B = {"name": "a", "shape": [4, 3]}, {"name": "b", "shape": [4, 3]}
add("two inputs, two outputs, a shared LSTM and a shared Dense", [A, B], [
    layer("shared_lstm", "LSTM", units=4), layer("shared_dense", "Dense", units=3, activation="tanh"),
    layer("head_a", "Dense", units=2), layer("head_b", "Dense", units=1, activation="sigmoid")],
    [node("shared_lstm", ["a"], ["ha"]), node("shared_lstm", ["b"], ["hb"]),
     node("shared_dense", ["ha"], ["da"]), node("shared_dense", ["hb"], ["db"]),
     node("head_a", ["da"], ["out_a"]), node("head_b", ["db"], ["out_b"])],
    ["out_a", "out_b"], 2)
add("states of an encoder begin a decoder; the decoder is used twice", [A, {"name": "b", "shape": [3, 2]}], [
    layer("encoder", "LSTM", units=3, return_state=True),
    layer("decoder", "LSTM", units=3, return_sequences=True, return_state=True),
    layer("dense", "TimeDistributed", layer={"class": "Dense", "args": {"units": 2, "activation": "sigmoid"}})],
    [node("encoder", ["a"], ["e", "h", "c"]), node("decoder", ["b"], ["d", "h1", "c1"], ["h", "c"]),
     node("decoder", ["b"], ["d2", "h2", "c2"], ["h1", "c1"]), node("dense", ["d2"], ["y"])],
    ["y", "h2", "c2", "e"], 2)
add("one input, three outputs: sequence, h, c", [{"name": "x", "shape": [3, 2]}], [
    layer("lstm", "LSTM", units=3, return_sequences=True, return_state=True)],
    [node("lstm", ["x"], ["sequence", "h", "c"])], ["sequence", "h", "c"], 2)

goldens.write("models.json", {
    "provenance": goldens.provenance(
        "models.py", library=kb.VERSIONS, float="float64 computation on float32 inputs and weights, written with 9 digits",
        checked_by="plain.py (NumPy only): outputs and loss, and slopes along 5 random directions a case",
        max_disagreement_outputs=worst["outputs"], max_relative_disagreement_slopes=worst["slopes"]),
    "format": "layers in the order made; nodes: calls in order, by tensor names; sequential: the nodes are a plain chain. "
              "loss = sum over outputs of mse(target, output). values = the outputs. "
              "keras_layer_order = model.layers (Keras 3), the order of get_weights()",
}, cases)
print(worst)
