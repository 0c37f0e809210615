"""Values of the losses on small tables, extreme predictions included, computed by Keras in float64 and in float32."""
import numpy as np

import goldens
import keras_build as kb

torch, losses = kb.torch, kb.keras.losses
random = np.random.RandomState(7)
cases = []
FUNCTIONS = {"mse": losses.mean_squared_error, "mae": losses.mean_absolute_error,
             "binary_crossentropy": losses.binary_crossentropy, "categorical_crossentropy": losses.categorical_crossentropy}


def by_hand(name, args, t, p):
    """Per sample, from the definitions: a second opinion in NumPy alone."""
    if name == "mse":
        return ((p - t) ** 2).mean(-1)
    if name == "mae":
        return np.abs(p - t).mean(-1)
    if name == "binary_crossentropy":
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
    assert each.dtype == torch.float64 and single.dtype == torch.float32
    cases.append({
        "name": f"{name} {'from_logits ' if args else ''}{label}", "loss": {"name": name, "args": args},
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

goldens.write("losses.json", {
    "provenance": goldens.provenance("losses.py", library=kb.VERSIONS,
                                     checked_by="the definitions in NumPy float64, to 1e-12 (by_hand)",
                                     notes="no second epsilon inside the logarithm, as in Keras 3; epsilon 1e-7"),
    "format": "value = mean of per_sample; grad by y_pred. *_float32: the same in float32, where 1 - 1e-7 is 0.99999988: use these for "
              "predictions at the clip",
}, cases)
