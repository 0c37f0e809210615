"""What NumPy's legacy generator (np.random.seed, RandomState) gives, as calls to be replayed in order on one stream."""
import numpy as np

import goldens

SEEDS = [0, 1, 42, 313, 12345, 2 ** 32 - 1]
METHODS = {"random_sample", "standard_normal", "normal", "uniform", "randint", "permutation", "shuffle", "seed"}
cases = []


def plain(value):
    return value.tolist() if isinstance(value, np.ndarray) else value.item() if isinstance(value, np.generic) else value


def run(name, seed, *calls):
    """Each call is (method, {argument: value}); shuffle works in place, so its expected value is the array afterwards."""
    stream = np.random.RandomState(seed)
    done = []
    for method, args in calls:
        assert method in METHODS
        if method in ("shuffle", "permutation"):
            x = np.array(args["x"]) if isinstance(args["x"], list) else args["x"]
            result = getattr(stream, method)(x)
            result = x if method == "shuffle" else result
        else:
            result = getattr(stream, method)(**args)
        call = {"method": method, "args": args}
        if method != "seed":
            call["expected"] = plain(result)
        done.append(call)
    cases.append({"name": f"{name}, seed {seed}", "seed": seed, "calls": done})


def sample(size=None):
    return ("random_sample", {} if size is None else {"size": size})


def gauss(size=None):
    return ("standard_normal", {} if size is None else {"size": size})


def normal(loc, scale, size):
    return ("normal", {"loc": loc, "scale": scale, "size": size})


def uniform(low, high, size):
    return ("uniform", {"low": low, "high": high, "size": size})


def randint(low, high, size):
    return ("randint", {"low": low, "high": high, "size": size})


def permutation(x):
    return ("permutation", {"x": x})


def shuffle(x):
    return ("shuffle", {"x": x})


RANGES = [(0, 1), (5, 6), (0, 2), (0, 3), (0, 7), (0, 8), (0, 10), (0, 256), (0, 1000), (1, 7), (-5, 5), (-1000, -990), (-3, -2),
          (0, 2 ** 31), (0, 2 ** 31 + 1), (-2 ** 31, 2 ** 31), (0, 2 ** 32 - 1), (0, 2 ** 32), (0, 2 ** 32 + 1),
          (0, 2 ** 40), (-2 ** 40, 10 ** 12)]

for seed in SEEDS:
    run("random_sample 10", seed, sample(10))
    run("random_sample one by one", seed, sample(), sample(), sample([2, 2]))
    run("standard_normal even", seed, gauss(8), sample(2))
    run("standard_normal odd, the second of a pair waits", seed, gauss(3), gauss(), gauss(2), sample(1), gauss(5))
    run("the waiting gaussian survives other draws", seed, gauss(), sample(3), randint(0, 10, 2), gauss(), sample(1), gauss())
    run("normal", seed, normal(0, 1, [2, 3, 2]), normal(5.5, 0.25, 3), normal(-1, 10, [1, 1, 3]), normal(0, 0, 2), sample(1))
    run("uniform", seed, uniform(0, 1, 3), uniform(-0.05, 0.05, [2, 2]), uniform(10, -10, 3), uniform(3, 3, 1), sample(1))
    for low, high in RANGES:
        run(f"randint [{low}, {high})", seed, randint(low, high, 6), sample(1))
    run("randint shapes", seed, randint(0, 10, [2, 3]), ("randint", {"low": 0, "high": 10}), sample(1))
    for n in [0, 1, 2, 3, 10, 33]:
        run(f"permutation({n})", seed, permutation(n), sample(1))
    run("permutation of an array", seed, permutation([10, 20, 30, 40, 50, 60, 70]), sample(1))
    run("permutation of rows", seed, permutation([[1, 2], [3, 4], [5, 6], [7, 8]]), sample(1))
    run("shuffle", seed, shuffle(list(range(12))), shuffle([0.5, 1.5, 2.5]), sample(1))
    run("shuffle rows", seed, shuffle([[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]]), sample(1))
    run("mixed", seed, normal(0, 1, 3), randint(0, 100, 3), uniform(-1, 1, 2), permutation(6), normal(2, 3, 2), sample(2),
        shuffle([1, 2, 3, 4, 5]), gauss(), randint(-7, 9, 4), gauss(4), permutation(5), sample(3))
    run("seeding again forgets the waiting gaussian", seed, gauss(), ("seed", {"seed": seed}), gauss(2),
        gauss(), ("seed", {"seed": 7}), sample(1), gauss(1))

# The generator's state is 624 words: cross its edge, so that the second twist is tested too.
run("beyond 624 words", 313, sample(311), sample(3), gauss(2))
run("many normals, last ones", 42, normal(0, 1, 2001), normal(0, 1, 1))
cases[-1]["calls"][0]["expected_from"] = 1995
cases[-1]["calls"][0]["expected"] = cases[-1]["calls"][0]["expected"][1995:]
cases[-2]["calls"][0]["expected_from"] = 305
cases[-2]["calls"][0]["expected"] = cases[-2]["calls"][0]["expected"][305:]

# The data of the lessons: np.random.seed(313), then normal(0, 1, size).
run("lesson data 2x9x3", 313, normal(0, 1, [2, 9, 3]))

goldens.write("numpy_random.json", {
    "provenance": goldens.provenance("numpy_random.py", library="numpy", version=np.__version__,
                                     note="np.random.RandomState(seed); the same as np.random.seed(seed) and np.random.*; "
                                          "randint in its default dtype, int64 here"),
    "format": "replay calls in order on one generator; no size means one number; expected_from: only the values from that "
              "flat index on are listed; shuffle: expected is the array afterwards; the trailing draw shows the state is right",
}, cases)
