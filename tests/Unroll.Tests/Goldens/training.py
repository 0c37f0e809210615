"""Twenty steps of training, full batch, by Keras' optimizers in float64; judged by the update formulas written out below."""
import numpy as np

import goldens
import keras_build as kb
import plain

keras, torch = kb.keras, kb.torch
STEPS = 20
random = np.random.RandomState(2009)
worst = {"weights": 0.0, "losses": 0.0, "float32": 0.0}
cases, models, data = [], {}, {}
LOSSES = {"mse": "MeanSquaredError", "mae": "MeanAbsoluteError", "binary_crossentropy": "BinaryCrossentropy",
          "categorical_crossentropy": "CategoricalCrossentropy"}
DEFAULTS = {"SGD": {"learning_rate": 0.01, "momentum": 0.0, "nesterov": False},
            "RMSprop": {"learning_rate": 0.001, "rho": 0.9, "momentum": 0.0, "epsilon": 1e-7, "centered": False},
            "Adam": {"learning_rate": 0.001, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "amsgrad": False}}


def build(layers, shape, dtype="float64"):
    """The layers of a chain in Keras, built, in one dtype throughout."""
    built = [kb.layer({"class": s["class"], "args": {**s["args"], "dtype": dtype}}) for s in layers]
    chain(built, torch.zeros([2, *shape], dtype=getattr(torch, dtype)))
    return built


def chain(built, x):
    for layer in built:
        x = layer(x)
    return x


def model(name, shape, layers):
    built = build(layers, shape)
    weights = [[goldens.draw(random, w.shape, 0.5) for w in layer.weights] for layer in built]
    models[name] = {"input_shape": shape, "layers": [
        {**s, "weights": [goldens.given(w) for w in ws]} for s, ws in zip(layers, weights)], "raw": weights, "specs": layers}


def table(name, x, y):
    data[name] = {"x": x, "y": y}


class Formula:
    """The optimizers from their formulas. rms_inside: epsilon under RMSprop's root, as in Keras 3, or beside it."""

    def __init__(self, kind, args, rms_inside):
        self.kind, self.a, self.inside, self.t, self.slots = kind, {**DEFAULTS[kind], **args}, rms_inside, 0, {}

    def slot(self, name, i, like):
        return self.slots.setdefault((name, i), np.zeros(like.shape))

    def step(self, weights, gradients):
        self.t += 1
        return [w + getattr(self, self.kind)(i, g) for i, (w, g) in enumerate(zip(weights, gradients))]

    def SGD(self, i, g):
        lr, mu = self.a["learning_rate"], self.a["momentum"]
        m = self.slots[("m", i)] = mu * self.slot("m", i, g) - lr * g
        return mu * m - lr * g if self.a["nesterov"] else m

    def RMSprop(self, i, g):
        rho, eps = self.a["rho"], self.a["epsilon"]
        v = self.slots[("v", i)] = rho * self.slot("v", i, g) + (1 - rho) * g * g
        if self.a["centered"]:
            mean = self.slots[("g", i)] = rho * self.slot("g", i, g) + (1 - rho) * g
            v = v - mean * mean
        root = np.sqrt(v + eps) if self.inside else np.sqrt(v) + eps
        m = self.slots[("m", i)] = self.a["momentum"] * self.slot("m", i, g) + self.a["learning_rate"] * g / root
        return -m

    def Adam(self, i, g):
        b1, b2 = self.a["beta_1"], self.a["beta_2"]
        m = self.slots[("m", i)] = b1 * self.slot("m", i, g) + (1 - b1) * g
        v = self.slots[("v", i)] = b2 * self.slot("v", i, g) + (1 - b2) * g * g
        if self.a["amsgrad"]:
            v = self.slots[("h", i)] = np.maximum(self.slot("h", i, g), v)
        alpha = self.a["learning_rate"] * np.sqrt(1 - b2 ** self.t) / (1 - b1 ** self.t)
        return -alpha * m / (np.sqrt(v) + self.a["epsilon"])


def train(name, x, y, loss, update, dtype="float64", batches=None):
    """Losses before each step, the weights after the last, the loss then. update(weights as Keras variables, gradients)."""
    m = models[name]
    built = build(m["specs"], m["input_shape"], dtype)
    for layer, ws in zip(built, m["raw"]):
        layer.set_weights(ws)
    variables = [w for layer in built for w in layer.weights]
    function = getattr(keras.losses, LOSSES[loss["name"]])(**loss["args"], dtype=dtype)
    kind = getattr(torch, dtype)
    x, y, seen = torch.tensor(x, dtype=kind), torch.tensor(y, dtype=kind), []
    for rows in batches or [slice(None)] * STEPS:
        value = function(y[rows], chain(built, x[rows]))
        found = torch.autograd.grad(value, [v.value for v in variables])
        seen.append(value.item())
        with torch.no_grad():
            update(variables, found)
    return seen, [np.array(v.value.detach(), np.float64) for v in variables], function(y, chain(built, x)).item()


def keras_update(kind, args):
    optimizer = getattr(keras.optimizers, kind)(**args)

    def update(variables, gradients):
        optimizer.build(variables) if not optimizer.built else None
        optimizer.apply(list(gradients), variables)
    return update


def formula_update(formula, dtype="float64"):
    def update(variables, gradients):
        new = formula.step([v.value.detach().double().numpy() for v in variables], [g.double().numpy() for g in gradients])
        for v, n in zip(variables, new):
            v.assign(torch.tensor(n, dtype=getattr(torch, dtype)))
    return update


def relative(a, b):
    return max(abs(p - q) / max(abs(q), 1e-12) for p, q in zip(a, b))


def add(label, name, table_name, loss, kind, args, inside=False, batches=None, **more):
    x, y = data[table_name]["x"], data[table_name]["y"]
    loss = {"name": loss[0], "args": loss[1]}
    seen, weights, last = train(name, x, y, loss, formula_update(Formula(kind, args, inside)), batches=batches)
    if kind != "RMSprop" or inside:
        other = train(name, x, y, loss, keras_update(kind, args), batches=batches)
        gap = max(np.abs(a - b).max() for a, b in zip(weights, other[1]))
        off = relative([*seen, last], [*other[0], other[2]])
        assert gap < 1e-12 and off < 1e-12, (label, gap, off)
        worst["weights"], worst["losses"] = max(worst["weights"], gap), max(worst["losses"], off)
    single = train(name, x, y, loss, formula_update(Formula(kind, args, inside), "float32"), "float32", batches)
    drift = relative([*single[0], single[2]], [*seen, last])
    assert drift < 2e-6, (label, drift)
    assert seen[0] != last
    worst["float32"] = max(worst["float32"], drift)
    optimizer = {"class": kind, "args": args}
    if kind == "RMSprop":
        optimizer["epsilon_inside_root"] = inside
    cases.append({"name": label, "model": name, "data": table_name, "loss": loss, "optimizer": optimizer, **more, "losses": seen,
                  "final_loss": last, "float32_drift": float(f"{drift:.1e}"), "final_weights": [goldens.tensor(w) for w in weights]})


def fit(label, name, table_name, loss, kind, args, epochs, size):
    """Fit without shuffling: the last batch is smaller, and an epoch's loss weighs each batch by its rows."""
    rows = len(data[table_name]["x"])
    parts = [slice(i, min(i + size, rows)) for i in range(0, rows, size)]
    add(label, name, table_name, loss, kind, args, batches=parts * epochs, fit={"epochs": epochs, "batch_size": size, "shuffle": False})
    seen, weigh = cases[-1]["losses"], np.array([p.stop - p.start for p in parts])
    history = [float((np.array(seen[e * len(parts):(e + 1) * len(parts)]) * weigh).sum() / rows) for e in range(epochs)]
    theirs = keras_fit(cases[-1], data[table_name]["x"], data[table_name]["y"])
    assert relative([*history, cases[-1]["final_loss"]], theirs) < 1e-12, theirs
    cases[-1]["history"] = history


def keras_fit(case, x, y):
    """The losses of Keras' own fit, an epoch each, and of its evaluate afterwards."""
    m = models[case["model"]]
    sequential = keras.Sequential([keras.Input(m["input_shape"]), *(kb.layer(s) for s in m["specs"])])
    sequential.set_weights([w for ws in m["raw"] for w in ws])
    optimizer = getattr(keras.optimizers, case["optimizer"]["class"])(**case["optimizer"]["args"])
    sequential.compile(optimizer=optimizer, loss=getattr(keras.losses, LOSSES[case["loss"]["name"]])(), run_eagerly=True)
    history = sequential.fit(x, y, **case["fit"], verbose=0).history["loss"]
    return [*history, sequential.evaluate(x, y, batch_size=case["fit"]["batch_size"], verbose=0)]


def spec(kind, **args):
    return {"class": kind, "args": args}


model("lstm", [5, 2], [spec("LSTM", units=4), spec("Dense", units=1)])
model("lstm sigmoid", [5, 2], [spec("LSTM", units=3), spec("Dense", units=1, activation="sigmoid")])
model("lstm softmax", [4, 2], [spec("LSTM", units=3, return_sequences=True), spec("LSTM", units=3),
                               spec("Dense", units=3, activation="softmax")])
model("dense", [3], [spec("Dense", units=4, activation="tanh"), spec("Dense", units=2)])
model("dense sigmoid", [3], [spec("Dense", units=4, activation="relu"), spec("Dense", units=2, activation="sigmoid")])
model("dense softmax", [3], [spec("Dense", units=4, activation="tanh"), spec("Dense", units=3, activation="softmax")])
model("dense logits", [3], [spec("Dense", units=4, activation="tanh"), spec("Dense", units=3)])

sequences, rows = goldens.draw(random, (8, 5, 2)), goldens.draw(random, (8, 3))
table("sums of sequences", sequences, np.round(sequences.sum((1, 2), keepdims=True)[:, 0], 3).astype(np.float32).astype(np.float64))
table("signs of sequences", sequences, (sequences.sum((1, 2)) > 0)[:, None] * 1.0)
table("classes of sequences", goldens.draw(random, (6, 4, 2)), np.eye(3)[[0, 1, 2, 2, 1, 0]])
table("two columns", rows, goldens.draw(random, (8, 2)))
table("two signs", rows, (rows[:, :2] > 0) * 1.0)
table("classes", rows, np.eye(3)[[0, 1, 2, 2, 1, 0, 0, 1]])
table("three signs", rows, (rows > 0) * 1.0)

MSE = ("mse", {})
for name, of in [("lstm", "sums of sequences"), ("dense", "two columns")]:
    for label, kind, args in [
        ("SGD defaults", "SGD", {}),
        ("SGD 0.1", "SGD", {"learning_rate": 0.1}),
        ("SGD momentum", "SGD", {"learning_rate": 0.05, "momentum": 0.9}),
        ("SGD nesterov", "SGD", {"learning_rate": 0.05, "momentum": 0.9, "nesterov": True}),
        ("Adam defaults", "Adam", {}),
        ("Adam 0.05", "Adam", {"learning_rate": 0.05}),
        ("Adam amsgrad", "Adam", {"learning_rate": 0.05, "amsgrad": True, "beta_2": 0.9}),
        ("Adam other betas and epsilon", "Adam", {"learning_rate": 0.03, "beta_1": 0.5, "beta_2": 0.9, "epsilon": 1e-3}),
    ]:
        add(f"{name}: {label}", name, of, MSE, kind, args)
    for label, args in [
        ("RMSprop defaults", {}),
        ("RMSprop 0.02", {"learning_rate": 0.02}),
        ("RMSprop rho and epsilon", {"learning_rate": 0.02, "rho": 0.5, "epsilon": 1e-3}),
        ("RMSprop momentum", {"learning_rate": 0.01, "momentum": 0.9}),
        ("RMSprop centered", {"learning_rate": 0.01, "centered": True}),
        ("RMSprop centered and momentum", {"learning_rate": 0.005, "momentum": 0.9, "centered": True}),
    ]:
        add(f"{name}: {label}", name, of, MSE, "RMSprop", args)
        add(f"{name}: {label}, epsilon inside the root", name, of, MSE, "RMSprop", args, inside=True)

BCE, CCE, LOGITS = "binary_crossentropy", "categorical_crossentropy", {"from_logits": True}
for label, kind, args in [("SGD 0.1", "SGD", {"learning_rate": 0.1}), ("Adam 0.05", "Adam", {"learning_rate": 0.05})]:
    add(f"lstm, mae: {label}", "lstm", "sums of sequences", ("mae", {}), kind, args)
    add(f"dense, mae: {label}", "dense", "two columns", ("mae", {}), kind, args)
    add(f"lstm sigmoid, {BCE}: {label}", "lstm sigmoid", "signs of sequences", (BCE, {}), kind, args)
    add(f"lstm, {BCE} from_logits: {label}", "lstm", "signs of sequences", (BCE, LOGITS), kind, args)
    add(f"dense sigmoid, {BCE}: {label}", "dense sigmoid", "two signs", (BCE, {}), kind, args)
    add(f"dense logits, {BCE} from_logits: {label}", "dense logits", "three signs", (BCE, LOGITS), kind, args)
    add(f"two lstms softmax, {CCE}: {label}", "lstm softmax", "classes of sequences", (CCE, {}), kind, args)
    add(f"dense softmax, {CCE}: {label}", "dense softmax", "classes", (CCE, {}), kind, args)
    add(f"dense logits, {CCE} from_logits: {label}", "dense logits", "classes", (CCE, LOGITS), kind, args)
fit("fit lstm: Adam 0.05, 4 epochs of batches of 3, 3 and 2", "lstm", "sums of sequences", MSE, "Adam", {"learning_rate": 0.05}, 4, 3)
fit("fit dense: SGD 0.1, 3 epochs of batches of 5 and 3", "dense", "two columns", MSE, "SGD", {"learning_rate": 0.1}, 3, 5)

goldens.write("training.json", {
    "provenance": goldens.provenance(
        "training.py", library=kb.VERSIONS, float="float64 from float32 weights and data",
        checked_by="the update formulas in NumPy against Keras' own optimizers (class Formula); "
                   "fit's history against Keras' own fit and evaluate",
        max_disagreement_weights=worst["weights"], max_relative_disagreement_losses=worst["losses"],
        max_relative_drift_float32=worst["float32"],
        notes="RMSprop with epsilon_inside_root false is the older form lr*g/(sqrt(v)+epsilon), which Keras 3 cannot run: formula alone"),
    "format": "losses: before each step; final_loss and final_weights: after the last; 20 full-batch steps, or the batches of fit. "
              "history: an epoch's loss, batches weighed by rows. float32_drift: the same run in float32, largest relative "
              "difference of a loss. final_weights in the order of models[].layers[].weights. "
              "Arguments left out have Keras' defaults, listed in optimizer_defaults",
    "optimizer_defaults": DEFAULTS,
    "models": {n: {k: m[k] for k in ("input_shape", "layers")} for n, m in models.items()},
    "data": {n: {k: goldens.given(v) for k, v in d.items()} for n, d in data.items()},
}, cases)
print(worst)
