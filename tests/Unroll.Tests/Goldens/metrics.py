"""Metrics over two batches, with and without weights of samples, computed by Keras; judged by counting in NumPy where that is short."""
import numpy as np

import goldens
import keras_build as kb

torch, metrics = kb.torch, kb.keras.metrics
random = np.random.RandomState(11)
cases = []


def counted(name, args, t, p, w):
    """A second opinion over all samples at once, for the metrics whose definition is a line."""
    w = np.ones(len(t)) if w is None else w
    if name == "BinaryAccuracy":
        return ((t > 0.5) == (p > args.get("threshold", 0.5))).mean(-1) @ w / w.sum()
    if name == "SparseCategoricalAccuracy":
        return (t.reshape(-1) == p.argmax(-1)) @ w / w.sum()
    if name == "CategoricalAccuracy":
        return (t.argmax(-1) == p.argmax(-1)) @ w / w.sum()
    if name == "RootMeanSquaredError":
        return np.sqrt(((t - p) ** 2).mean(-1) @ w / w.sum())
    yes, said = t > 0.5, p > (args.get("thresholds") or 0.5)
    if name == "Precision" and not set(args) - {"thresholds"}:
        return (w @ (yes & said)).sum() / (w @ said).sum()
    if name == "Recall" and not set(args) - {"thresholds"}:
        return (w @ (yes & said)).sum() / (w @ yes).sum()
    return None


def add(label, name, y_true, y_pred, weights=None, **args):
    t, p = (np.asarray(v, np.float32).astype(np.float64) for v in (y_true, y_pred))
    w = None if weights is None else np.asarray(weights, np.float64)
    metric, half = getattr(metrics, name)(**args), len(t) // 2
    for rows in (slice(0, half), slice(half, None)):
        metric.update_state(torch.tensor(t[rows]), torch.tensor(p[rows]), None if w is None else torch.tensor(w[rows]))
    result = float(metric.result())
    other = counted(name, args, t, p, w)
    assert other is None or abs((0 if np.isnan(other) else other) - result) < 1e-6, (label, other, result)
    options = "".join(f", {k} {v}" for k, v in args.items())
    cases.append({"name": f"{name}{options}: {label}", "metric": {"class": name, "args": args}, "y_true": goldens.given(t),
                  "y_pred": goldens.given(p), "weights": None if w is None else goldens.given(w), "value": goldens.nine(result)})


yes = random.randint(0, 2, (10, 1))
score = np.round(np.clip(0.35 * yes + random.uniform(0, 0.65, (10, 1)), 0, 1), 3)
many = random.randint(0, 2, (8, 3))
scores = np.round(random.uniform(0, 1, (8, 3)), 3)
labels, classes = random.randint(0, 6, 12), np.round(random.normal(0, 1, (12, 6)), 3)
half_weights = [1, 2, 0.5, 0, 1, 3, 1, 1, 0.25, 2]
for weights in (None, half_weights):
    say = "weighted" if weights else "plain"
    add(say, "BinaryAccuracy", yes, score, weights)
    add(say, "BinaryAccuracy", yes, score, weights, threshold=0.3)
    add(say, "RootMeanSquaredError", yes, score, weights)
    add(say, "Precision", yes, score, weights)
    add(say, "Precision", yes, score, weights, thresholds=0.7)
    add(say, "Recall", yes, score, weights)
    add(say, "AUC", yes, score, weights)
    add(say, "AUC", yes, score, weights, curve="PR")
    add(say, "AUC", yes, score, weights, num_thresholds=5)
    add(say, "AUC", yes, score, weights, num_thresholds=5, curve="PR")
add("none is said to be yes", "Precision", yes, score * 0.4)
add("none is yes", "Recall", yes * 0, score)
add("several columns", "Precision", many, scores)
add("several columns", "Recall", many, scores)
add("several columns", "Precision", many, scores, class_id=1)
add("several columns", "Recall", many, scores, class_id=2)
add("several columns", "Precision", many, scores, top_k=2)
add("several columns", "Recall", many, scores, top_k=1)
add("several columns", "AUC", many, scores)
add("labels", "SparseCategoricalAccuracy", labels, classes)
add("a column of labels", "SparseCategoricalAccuracy", labels[:, None], classes)
add("one-hot", "CategoricalAccuracy", np.eye(6)[labels], classes)
add("labels", "SparseTopKCategoricalAccuracy", labels, classes, k=2)
add("labels", "SparseTopKCategoricalAccuracy", labels, classes)
add("one-hot", "TopKCategoricalAccuracy", np.eye(6)[labels], classes, k=3)

goldens.write("metrics.json", {
    "provenance": goldens.provenance("metrics.py", library=kb.VERSIONS, checked_by="counting in NumPy where the definition is a line (counted)"),
    "format": "the first half of the rows is one batch, the rest another; value after both",
}, cases)
