"""What NumPy prints for float32 arrays under other options than its defaults: precision, threshold, edge items, width."""
import numpy as np

import goldens

F = np.float32
cases = []


def add(array, precision=8, threshold=1000, edgeitems=3, linewidth=75, suppress=False):
    array = np.asarray(array, dtype=F)
    options = {"precision": precision, "threshold": threshold, "edgeitems": edgeitems, "linewidth": linewidth,
               "suppress": suppress}
    with np.printoptions(**options):
        text = str(array)
    cases.append({"name": f"case {len(cases)}", "shape": list(array.shape), "options": options,
                  "bits": [int(b) for b in array.reshape(-1).view(np.uint32)], "expected": text})


stream = np.random.RandomState(313)
thirds = [1 / 3, -2 / 3, 10 / 3, 0.0123456789, 1, 0]
ties = [0.5, 1.5, 2.5, -0.5, 0.125, 0.375, 0.0625]
edges = [9.96, 99.951, 0.999999, 0.00994, 0.05, 99999.99]
tiny = [1e-10, 1, 7e-9, 4e-9, -4e-9, 1e-45]
huge = [3.4028235e38, -1e20, 1, 0, 123456789]
special = [np.nan, np.inf, -np.inf, 0.5, -0.0]

for precision in [0, 1, 2, 3, 5, 8, 9, 12]:
    for suppress in [False, True]:
        for values in [thirds, ties, edges, tiny, huge, special]:
            add(values, precision=precision, suppress=suppress)
        add(stream.normal(size=(2, 3)), precision=precision, suppress=suppress)

for linewidth in [0, 1, 10, 11, 12, 13, 20, 21, 22, 40, 74, 76, 200]:
    add(stream.normal(size=7), linewidth=linewidth)
    add(stream.randint(-9, 9, (2, 2, 5)), linewidth=linewidth)
    add(stream.randint(0, 2, (3, 30)), linewidth=linewidth, threshold=20)

for threshold in [0, 1, 5, 6, 7, 23, 24]:
    for edgeitems in [0, 1, 2, 3, 5]:
        add(np.arange(6), threshold=threshold, edgeitems=edgeitems)
        add(np.arange(24).reshape(2, 3, 4), threshold=threshold, edgeitems=edgeitems)

# A shortened array takes its format from what it shows: the large number in the middle does not widen it...
add([1, 2, 3, 4e6, 5, 6, 7], threshold=5, edgeitems=2)
# ... but for edgeitems 0, where it does.
add([1, 2, 3, 4e6, 5, 6, 7], threshold=5, edgeitems=0)
add([[1, np.nan, 3], [4, 5e9, 6], [7, 8, 9]], threshold=5, edgeitems=1)
add(0.1, precision=2, linewidth=1)
add(np.zeros((0, 3)), threshold=0, linewidth=0)

goldens.write("numpy_print_options.json", {
    "provenance": goldens.provenance("numpy_print_options.py", library="numpy", version=np.__version__,
                                     note="expected = str(array) under np.printoptions(**options)"),
    "format": "array = bits (float32 patterns) reshaped",
}, cases)
