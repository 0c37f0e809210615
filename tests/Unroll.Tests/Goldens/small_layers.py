"""Cases of layers without a sequence of their own kernels: computed by Keras, judged by equations in NumPy and finite differences."""
import numpy as np

import goldens
import keras_build as kb
import plain


class Cases:
    """forward(spec, inputs, weights, mask, training) is the second opinion, in NumPy."""

    def __init__(self, forward, seed):
        self.forward, self.random = forward, np.random.RandomState(seed)
        self.worst = {"outputs": 0.0, "slopes": 0.0}
        self.cases = []

    def draw(self, shape, scale=1.0):
        return goldens.draw(self.random, shape, scale)

    def add(self, name, kind, args, *shapes, mask=None, training=False, scale=1.0):
        spec = {"class": kind, "args": args}
        inputs = [self.draw(s, scale) for s in shapes]
        mask = None if mask is None else np.array(mask, np.float64)
        layer = kb.layer({"class": kind, "args": {k: tuple(v) if isinstance(v, list) else v for k, v in args.items()}})
        x = [kb.leaf(i) for i in inputs]
        words = {} if mask is None else {"mask": kb.torch.tensor(mask != 0)}
        if kind == "BatchNormalization":
            words["training"] = training

        def call():
            return layer(x[0] if len(x) == 1 else x, **words)

        call()
        layer.set_weights([(np.abs(self.draw(w.shape)) + 0.5).astype(np.float32).astype(np.float64) if "variance" in w.name else self.draw(w.shape) for w in layer.weights])
        given = [np.array(w) for w in layer.get_weights()]
        trained = [w.value for w in layer.trainable_weights]
        outputs = [call()]
        coefficients = [self.draw(tuple(outputs[0].shape))]
        found = kb.gradients((outputs[0] * kb.torch.tensor(coefficients[0])).sum(), [*x, *trained])
        self.judge(name, spec, inputs, given, mask, training, kb.arrays(outputs)[0], coefficients[0], found)
        case = {"name": name, "layer": spec, "inputs": [goldens.given(i) for i in inputs]}
        if mask is not None:
            case["mask"] = goldens.given(mask)
        if training:
            case["training"] = True
            case["weights_after"] = [goldens.tensor(w) for w in layer.get_weights()]
        frozen = [np.zeros(w.shape) for w in given[len(trained):]]
        case.update(weights=[goldens.given(w) for w in given], outputs=[goldens.tensor(o) for o in kb.arrays(outputs)],
                    coefficients=[goldens.given(k) for k in coefficients], grad_inputs=[goldens.tensor(g) for g in found[:len(x)]],
                    grad_weights=[goldens.tensor(g) for g in found[len(x):] + frozen])
        self.cases.append(case)

    def judge(self, name, spec, inputs, weights, mask, training, output, coefficient, found):
        own = self.forward(spec, inputs, weights, mask, training)
        assert own.shape == output.shape, (name, own.shape, output.shape)
        gap, tilt, n = np.abs(own - output).max(), 0.0, len(inputs)
        point = [*inputs, *weights]

        def loss(p):
            return (self.forward(spec, p[:n], p[n:], mask, training) * coefficient).sum()

        for _ in range(3):
            along = [self.random.standard_normal(p.shape) for p in point]
            along = [d if i < len(found) else 0 * d for i, d in enumerate(along)]
            claimed = sum((g * d).sum() for g, d in zip(found, along))
            tilt = max(tilt, abs(plain.slope(loss, point, along) - claimed) / max(1, abs(claimed)))
        assert gap < 1e-12 and tilt < 1e-6, (name, gap, tilt)
        self.worst = {"outputs": max(self.worst["outputs"], gap), "slopes": max(self.worst["slopes"], tilt)}

    def write(self, name, script, date):
        goldens.write(name, {
            "provenance": goldens.provenance(
                script, date=date, library=kb.VERSIONS, float="float64 computation on float32 inputs and weights, written with 9 digits",
                checked_by="equations in NumPy in the script: outputs, and slopes along 3 random directions a case",
                max_disagreement_outputs=self.worst["outputs"], max_relative_disagreement_slopes=self.worst["slopes"]),
            "format": "as family.json; with training the call is one of training, and weights_after are those after it",
        }, self.cases)
        print(self.worst, len(self.cases))
