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
            "Adam": {"learning_rate": 0.001, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "amsgrad": False},
            "AdamW": {"learning_rate": 0.001, "weight_decay": 0.004, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "amsgrad": False},
            "Adagrad": {"learning_rate": 0.001, "initial_accumulator_value": 0.1, "epsilon": 1e-7},
            "Adadelta": {"learning_rate": 0.001, "rho": 0.95, "epsilon": 1e-7},
            "Adamax": {"learning_rate": 0.001, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7},
            "Nadam": {"learning_rate": 0.001, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}}


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

    def slot(self, name, i, like, first=0.0):
        return self.slots.setdefault((name, i), np.full(like.shape, first))

    def rate(self):
        """Of this step: the schedule counts the steps before it."""
        rate = self.a["learning_rate"]
        return SCHEDULES[rate["class"]](self.t - 1, **rate["args"]) if isinstance(rate, dict) else rate

    def step(self, weights, gradients):
        self.t += 1
        gradients = self.clipped(gradients)
        decay = self.a.get("weight_decay", 0.0) * self.rate()
        return [w - decay * w + getattr(self, self.kind)(i, g) for i, (w, g) in enumerate(zip(weights, gradients))]

    def clipped(self, gradients):
        def scaled(g, norm, clip):
            return g * clip / max(norm, clip)
        if "clipnorm" in self.a:
            return [scaled(g, np.sqrt((g * g).sum()), self.a["clipnorm"]) for g in gradients]
        if "global_clipnorm" in self.a:
            norm = np.sqrt(sum((g * g).sum() for g in gradients))
            return [scaled(g, norm, self.a["global_clipnorm"]) for g in gradients]
        clip = self.a.get("clipvalue", np.inf)
        return [np.clip(g, -clip, clip) for g in gradients]

    def AdamW(self, i, g):
        return self.Adam(i, g)

    def Adagrad(self, i, g):
        s = self.slots[("s", i)] = self.slot("s", i, g, self.a["initial_accumulator_value"]) + g * g
        return -self.rate() * g / np.sqrt(s + self.a["epsilon"])

    def Adadelta(self, i, g):
        rho, eps = self.a["rho"], self.a["epsilon"]
        s = self.slots[("s", i)] = rho * self.slot("s", i, g) + (1 - rho) * g * g
        step = np.sqrt(self.slot("d", i, g) + eps) / np.sqrt(s + eps) * g
        self.slots[("d", i)] = rho * self.slot("d", i, g) + (1 - rho) * step * step
        return -self.rate() * step

    def Adamax(self, i, g):
        b1, b2 = self.a["beta_1"], self.a["beta_2"]
        m = self.slots[("m", i)] = b1 * self.slot("m", i, g) + (1 - b1) * g
        u = self.slots[("u", i)] = np.maximum(b2 * self.slot("u", i, g), np.abs(g))
        return -self.rate() / (1 - b1 ** self.t) * m / (u + self.a["epsilon"])

    def Nadam(self, i, g):
        b1, b2, t = self.a["beta_1"], self.a["beta_2"], self.t
        m = self.slots[("m", i)] = b1 * self.slot("m", i, g) + (1 - b1) * g
        v = self.slots[("v", i)] = b2 * self.slot("v", i, g) + (1 - b2) * g * g
        mu = [b1 * (1 - 0.5 * 0.96 ** k) for k in range(1, t + 2)]
        hat = mu[t] * m / (1 - np.prod(mu)) + (1 - mu[t - 1]) * g / (1 - np.prod(mu[:t]))
        return -self.rate() * hat / (np.sqrt(v / (1 - b2 ** t)) + self.a["epsilon"])

    def SGD(self, i, g):
        lr, mu = self.rate(), self.a["momentum"]
        m = self.slots[("m", i)] = mu * self.slot("m", i, g) - lr * g
        return mu * m - lr * g if self.a["nesterov"] else m

    def RMSprop(self, i, g):
        rho, eps = self.a["rho"], self.a["epsilon"]
        v = self.slots[("v", i)] = rho * self.slot("v", i, g) + (1 - rho) * g * g
        if self.a["centered"]:
            mean = self.slots[("g", i)] = rho * self.slot("g", i, g) + (1 - rho) * g
            v = v - mean * mean
        root = np.sqrt(v + eps) if self.inside else np.sqrt(v) + eps
        m = self.slots[("m", i)] = self.a["momentum"] * self.slot("m", i, g) + self.rate() * g / root
        return -m

    def Adam(self, i, g):
        b1, b2 = self.a["beta_1"], self.a["beta_2"]
        m = self.slots[("m", i)] = b1 * self.slot("m", i, g) + (1 - b1) * g
        v = self.slots[("v", i)] = b2 * self.slot("v", i, g) + (1 - b2) * g * g
        if self.a["amsgrad"]:
            v = self.slots[("h", i)] = np.maximum(self.slot("h", i, g), v)
        alpha = self.rate() * np.sqrt(1 - b2 ** self.t) / (1 - b1 ** self.t)
        return -alpha * m / (np.sqrt(v) + self.a["epsilon"])


def warm_cosine(t, initial_learning_rate, decay_steps, alpha=0.0, warmup_target=None, warmup_steps=0):
    top = initial_learning_rate if warmup_target is None else warmup_target
    if t < warmup_steps:
        return initial_learning_rate + (top - initial_learning_rate) * t / warmup_steps
    part = min(t - warmup_steps, decay_steps) / decay_steps
    return top * ((1 - alpha) * 0.5 * (1 + np.cos(np.pi * part)) + alpha)


def restarts(t, initial_learning_rate, first_decay_steps, t_mul=2.0, m_mul=1.0, alpha=0.0):
    length, factor = first_decay_steps, 1.0
    while t >= length:
        t, length, factor = t - length, length * t_mul, factor * m_mul
    return initial_learning_rate * ((1 - alpha) * 0.5 * factor * (1 + np.cos(np.pi * t / length)) + alpha)


def polynomial(t, initial_learning_rate, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=False):
    steps = decay_steps * max(1, np.ceil(t / decay_steps)) if cycle else decay_steps
    return (initial_learning_rate - end_learning_rate) * (1 - min(t, steps) / steps) ** power + end_learning_rate


SCHEDULES = {
    "ExponentialDecay": lambda t, initial_learning_rate, decay_steps, decay_rate, staircase=False:
        initial_learning_rate * decay_rate ** (t // decay_steps if staircase else t / decay_steps),
    "InverseTimeDecay": lambda t, initial_learning_rate, decay_steps, decay_rate, staircase=False:
        initial_learning_rate / (1 + decay_rate * (t // decay_steps if staircase else t / decay_steps)),
    "PiecewiseConstantDecay": lambda t, boundaries, values: values[sum(t > b for b in boundaries)],
    "PolynomialDecay": polynomial, "CosineDecay": warm_cosine, "CosineDecayRestarts": restarts}


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
    rate = args.get("learning_rate")
    if isinstance(rate, dict):
        args = {**args, "learning_rate": getattr(keras.optimizers.schedules, rate["class"])(**rate["args"])}
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
for label, kind, args in [
    ("AdamW defaults", "AdamW", {}),
    ("AdamW 0.05, decay 0.1", "AdamW", {"learning_rate": 0.05, "weight_decay": 0.1}),
    ("Adagrad defaults", "Adagrad", {}),
    ("Adagrad 0.1", "Adagrad", {"learning_rate": 0.1, "initial_accumulator_value": 0.5, "epsilon": 1e-3}),
    ("Adadelta defaults", "Adadelta", {}),
    ("Adadelta 1", "Adadelta", {"learning_rate": 1.0, "rho": 0.8, "epsilon": 1e-5}),
    ("Adamax defaults", "Adamax", {}),
    ("Adamax 0.05", "Adamax", {"learning_rate": 0.05, "beta_1": 0.8, "beta_2": 0.9, "epsilon": 1e-3}),
    ("Nadam defaults", "Nadam", {}),
    ("Nadam 0.05", "Nadam", {"learning_rate": 0.05, "beta_1": 0.8, "beta_2": 0.9, "epsilon": 1e-3}),
    ("SGD clipnorm", "SGD", {"learning_rate": 0.1, "clipnorm": 0.1}),
    ("SGD clipvalue", "SGD", {"learning_rate": 0.1, "clipvalue": 0.02}),
    ("SGD global_clipnorm", "SGD", {"learning_rate": 0.1, "global_clipnorm": 0.2}),
    ("Adam global_clipnorm, weight_decay", "Adam", {"learning_rate": 0.05, "global_clipnorm": 0.2, "weight_decay": 0.2}),
    ("RMSprop clipnorm, weight_decay", "RMSprop", {"learning_rate": 0.005, "clipnorm": 0.1, "weight_decay": 0.1}),
]:
    add(f"lstm: {label}", "lstm", "sums of sequences", MSE, kind, args, inside=True)
for name, args in [
    ("ExponentialDecay", {"initial_learning_rate": 0.1, "decay_steps": 5, "decay_rate": 0.5}),
    ("ExponentialDecay", {"initial_learning_rate": 0.1, "decay_steps": 5, "decay_rate": 0.5, "staircase": True}),
    ("InverseTimeDecay", {"initial_learning_rate": 0.1, "decay_steps": 4, "decay_rate": 0.7}),
    ("InverseTimeDecay", {"initial_learning_rate": 0.1, "decay_steps": 4, "decay_rate": 0.7, "staircase": True}),
    ("PiecewiseConstantDecay", {"boundaries": [3, 8], "values": [0.1, 0.05, 0.01]}),
    ("PolynomialDecay", {"initial_learning_rate": 0.1, "decay_steps": 12}),
    ("PolynomialDecay", {"initial_learning_rate": 0.1, "decay_steps": 6, "end_learning_rate": 0.01, "power": 2.0, "cycle": True}),
    ("CosineDecay", {"initial_learning_rate": 0.1, "decay_steps": 12, "alpha": 0.1}),
    ("CosineDecay", {"initial_learning_rate": 0.01, "decay_steps": 10, "warmup_target": 0.1, "warmup_steps": 5}),
    ("CosineDecayRestarts", {"initial_learning_rate": 0.1, "first_decay_steps": 4, "m_mul": 0.8, "alpha": 0.05}),
    ("CosineDecayRestarts", {"initial_learning_rate": 0.1, "first_decay_steps": 5, "t_mul": 1.0}),
]:
    options = "".join(f", {k} {v}" for k, v in args.items() if k not in ("initial_learning_rate", "decay_steps", "boundaries", "values"))
    add(f"dense: Adam, {name}{options}", "dense", "two columns", MSE, "Adam", {"learning_rate": {"class": name, "args": args}})
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
