"""Values of the losses on small tables, extreme predictions included, computed by Keras in float64 and in float32."""
import numpy as np

import goldens
import keras_build as kb

torch, losses = kb.torch, kb.keras.losses
random = np.random.RandomState(7)
cases = []
FUNCTIONS = {"mse": losses.mean_squared_error, "mae": losses.mean_absolute_error,
             "binary_crossentropy": losses.binary_crossentropy, "categorical_crossentropy": losses.categorical_crossentropy,
             "sparse_categorical_crossentropy": losses.sparse_categorical_crossentropy,
             "mape": losses.mean_absolute_percentage_error, "msle": losses.mean_squared_logarithmic_error,
             "huber": losses.huber, "log_cosh": losses.log_cosh, "kl_divergence": losses.kl_divergence,
             "poisson": losses.poisson, "cosine_similarity": losses.cosine_similarity, "hinge": losses.hinge,
             "squared_hinge": losses.squared_hinge, "categorical_hinge": losses.categorical_hinge}


def by_hand(name, args, t, p):
    """Per sample, from the definitions: a second opinion in NumPy alone."""
    if name == "mse":
        return ((p - t) ** 2).mean(-1)
    if name == "mae":
        return np.abs(p - t).mean(-1)
    smooth = args.get("label_smoothing", 0)
    if name == "mape":
        return 100 * np.abs((t - p) / np.maximum(np.abs(t), 1e-7)).mean(-1)
    if name == "msle":
        return ((np.log1p(np.maximum(t, 1e-7)) - np.log1p(np.maximum(p, 1e-7))) ** 2).mean(-1)
    if name == "huber":
        d, e = args.get("delta", 1.0), np.abs(t - p)
        return np.where(e <= d, e * e / 2, d * e - d * d / 2).mean(-1)
    if name == "log_cosh":
        return np.log(np.cosh(p - t)).mean(-1)
    if name == "kl_divergence":
        t, p = np.clip(t, 1e-7, 1), np.clip(p, 1e-7, 1)
        return (t * np.log(t / p)).sum(-1)
    if name == "poisson":
        return (p - t * np.log(p + 1e-7)).mean(-1)
    if name == "cosine_similarity":
        return -(t * p).sum(-1) / np.maximum(np.linalg.norm(t, axis=-1), 1e-7) / np.maximum(np.linalg.norm(p, axis=-1), 1e-7)
    if name in ("hinge", "squared_hinge"):
        t = 2 * t - 1 if np.isin(t, (0, 1)).all() else t
        return (np.maximum(1 - t * p, 0) ** (2 if name == "squared_hinge" else 1)).mean(-1)
    if name == "categorical_hinge":
        return np.maximum(1 + ((1 - t) * p).max(-1) - (t * p).sum(-1), 0)
    if name == "sparse_categorical_crossentropy":
        t = np.eye(p.shape[-1])[t.astype(int).reshape(p.shape[:-1])]
    if name == "categorical_crossentropy":
        t = t * (1 - smooth) + smooth / t.shape[-1]
    if name == "binary_crossentropy":
        t = t * (1 - smooth) + smooth / 2
        if args.get("from_logits"):
            return (np.maximum(p, 0) - p * t + np.log1p(np.exp(-np.abs(p)))).mean(-1)
        p = np.clip(p, 1e-7, 1 - 1e-7)
        return -(t * np.log(p) + (1 - t) * np.log(1 - p)).mean(-1)
    if args.get("from_logits"):
        p = p - p.max(-1, keepdims=True)
        return -(t * (p - np.log(np.exp(p).sum(-1, keepdims=True)))).sum(-1)
    return -(t * np.log(np.clip(p / p.sum(-1, keepdims=True), 1e-7, 1 - 1e-7))).sum(-1)


def add(label, name, y_true, y_pred, **args):
    t, p = (np.asarray(v, np.float32).astype(np.float64) for v in (y_true, y_pred))
    x = kb.leaf(p)
    each = FUNCTIONS[name](torch.tensor(t), x, **args)
    value = each.mean()
    value.backward()
    single = FUNCTIONS[name](torch.tensor(t, dtype=torch.float32), torch.tensor(p, dtype=torch.float32), **args)
    gap = np.abs(by_hand(name, args, t, p) - each.detach().numpy()).max()
    assert gap < 1e-12, (label, gap)
    assert each.dtype == torch.float64
    single = single.float()  # Keras takes constants for floatx, float64 here, in a few losses
    cases.append({
        "name": f"{name} {'from_logits ' if args.get('from_logits') else ''}{label}", "loss": {"name": name, "args": args},
        "y_true": goldens.given(t), "y_pred": goldens.given(p),
        "per_sample": goldens.tensor(each.detach().numpy()), "value": value.item(),
        "per_sample_float32": goldens.tensor(single.numpy().astype(np.float64)), "value_float32": goldens.nine(single.mean().item()),
        "grad": goldens.tensor(x.grad.numpy())})


one = [[0.5], [0.1], [0.9]]
for name in ["mse", "mae"]:
    add("1 column", name, [[1], [0], [1]], one)
    add("2 columns", name, [[0, 1], [0, 0]], [[1, 1], [1, 0.25]])
    add("zero", name, [[1.5, -2]], [[1.5, -2]])
    add("negative and large", name, [[-1000, 3]], [[1000, -0.001]])
    add("rank 3", name, random.normal(0, 1, (2, 3, 2)), random.normal(0, 1, (2, 3, 2)))
    add("one value", name, [[2]], [[-1]])

add("1 column", "binary_crossentropy", [[1], [0], [1]], one)
add("2 columns", "binary_crossentropy", [[0, 1], [0, 0]], [[0.6, 0.4], [0.4, 0.6]])
add("right at 0 and 1", "binary_crossentropy", [[0], [1]], [[0], [1]])
add("wrong at 0", "binary_crossentropy", [[1]], [[0]])
add("wrong at 1", "binary_crossentropy", [[0]], [[1]])
add("inside the clip", "binary_crossentropy", [[1], [0]], [[1e-8], [0.99999994]])
add("just outside the clip", "binary_crossentropy", [[1], [0]], [[1e-6], [0.99999]])
add("soft targets", "binary_crossentropy", [[0.25, 0.5, 0.9]], [[0.3, 0.5, 0.2]])
add("rank 3", "binary_crossentropy", random.randint(0, 2, (2, 3, 2)), random.uniform(0.05, 0.95, (2, 3, 2)))
add("1 column", "binary_crossentropy", [[1], [0], [1]], [[0.5], [-1.25], [3]], from_logits=True)
add("zero", "binary_crossentropy", [[1, 0]], [[0, 0]], from_logits=True)
add("large", "binary_crossentropy", [[1, 0, 1, 0]], [[100, 100, -100, -100]], from_logits=True)
add("soft targets", "binary_crossentropy", [[0.25, 0.5, 0.9]], [[0.3, -0.5, 2]], from_logits=True)
add("rank 3", "binary_crossentropy", random.randint(0, 2, (2, 3, 2)), random.normal(0, 2, (2, 3, 2)), from_logits=True)

add("2 rows", "categorical_crossentropy", [[0, 1, 0], [0, 0, 1]], [[0.05, 0.95, 0], [0.1, 0.8, 0.1]])
add("not normalised", "categorical_crossentropy", [[0, 1, 0], [1, 0, 0]], [[1, 2, 1], [0.2, 0.1, 0.1]])
add("right at 1", "categorical_crossentropy", [[0, 1, 0]], [[0, 1, 0]])
add("wrong at 1", "categorical_crossentropy", [[1, 0, 0]], [[0, 1, 0]])
add("inside the clip", "categorical_crossentropy", [[1, 0]], [[1e-9, 1]])
add("soft targets", "categorical_crossentropy", [[0.2, 0.3, 0.5]], [[0.1, 0.6, 0.3]])
add("targets of zero", "categorical_crossentropy", [[0, 0, 0], [1, 0, 0]], [[0.2, 0.3, 0.5], [0.2, 0.3, 0.5]])
add("one class", "categorical_crossentropy", [[1]], [[0.3]])
add("rank 3", "categorical_crossentropy", np.eye(3)[random.randint(0, 3, (2, 2))], random.uniform(0.1, 1, (2, 2, 3)))
add("2 rows", "categorical_crossentropy", [[0, 1, 0], [0, 0, 1]], [[0.5, 2, -1], [1, 1, 1]], from_logits=True)
add("large", "categorical_crossentropy", [[1, 0, 0], [0, 1, 0]], [[100, 0, -100], [1000, 0, 0]], from_logits=True)
add("soft targets", "categorical_crossentropy", [[0.2, 0.3, 0.5]], [[-1, 0.5, 2]], from_logits=True)
add("rank 3", "categorical_crossentropy", np.eye(3)[random.randint(0, 3, (2, 2))], random.normal(0, 2, (2, 2, 3)), from_logits=True)

add("2 columns, smoothed", "binary_crossentropy", [[0, 1], [0, 0]], [[0.6, 0.4], [0.4, 0.6]], label_smoothing=0.2)
add("2 rows, smoothed", "categorical_crossentropy", [[0, 1, 0], [0, 0, 1]], [[0.05, 0.9, 0.05], [0.1, 0.8, 0.1]], label_smoothing=0.3)
add("2 rows, smoothed", "categorical_crossentropy", [[0, 1, 0], [0, 0, 1]], [[0.5, 2, -1], [1, 1, 1]], from_logits=True, label_smoothing=0.1)
SPARSE = "sparse_categorical_crossentropy"
add("labels", SPARSE, [1, 2, 0], random.uniform(0.1, 1, (3, 3)))
add("a column of labels", SPARSE, [[1], [2], [0]], random.uniform(0.1, 1, (3, 3)))
add("wrong at 1", SPARSE, [0], [[0, 1, 0]])
add("labels", SPARSE, [1, 2, 0], random.normal(0, 2, (3, 3)), from_logits=True)
add("a label for each step", SPARSE, random.randint(0, 4, (2, 3)), random.normal(0, 2, (2, 3, 4)), from_logits=True)
positive = np.round(random.uniform(0.1, 3, (3, 2)), 3)
add("2 columns", "mape", positive, np.round(positive + random.normal(0, 0.3, (3, 2)), 3))
add("truths of zero", "mape", [[0, 1]], [[0.00001, 2]])
add("2 columns", "msle", positive, np.round(positive + random.uniform(0, 0.3, (3, 2)), 3))
add("negative", "msle", [[1, 2]], [[-0.5, 1]])
for name, options in [("huber", {}), ("huber", {"delta": 0.5}), ("log_cosh", {})]:
    add("near and far" + "".join(f", {k} {v}" for k, v in options.items()), name, [[0, 1, 2], [0, -1, 0]], [[0.3, 2.5, -3], [0.1, -1.2, 0.7]], **options)
shares = random.uniform(0.1, 1, (3, 3))
add("shares", "kl_divergence", np.round(shares / shares.sum(-1, keepdims=True), 3), random.uniform(0.1, 0.9, (3, 3)))
add("at 0 and above 1", "kl_divergence", [[0, 1, 0.5]], [[0.5, 1.5, 0]])
add("counts", "poisson", random.randint(0, 5, (3, 2)), random.uniform(0.2, 4, (3, 2)))
add("rank 3", "cosine_similarity", random.normal(0, 1, (2, 3, 4)), random.normal(0, 1, (2, 3, 4)))
for name in ["hinge", "squared_hinge"]:
    add("signs", name, [[1, -1], [-1, -1]], [[0.5, 0.3], [-2, 1.25]])
    add("0 and 1", name, [[1, 0], [0, 0]], [[0.5, 0.3], [-2, 1.25]])
add("2 rows", "categorical_hinge", [[0, 1, 0], [0, 0, 1]], [[0.5, 2, -1], [1.25, 1, 1.5]])

goldens.write("losses.json", {
    "provenance": goldens.provenance("losses.py", library=kb.VERSIONS,
                                     checked_by="the definitions in NumPy float64, to 1e-12 (by_hand)",
                                     notes="no second epsilon inside the logarithm, as in Keras 3; epsilon 1e-7"),
    "format": "value = mean of per_sample; grad by y_pred. *_float32: the same in float32, where 1 - 1e-7 is 0.99999988: use these for "
              "predictions at the clip",
}, cases)
