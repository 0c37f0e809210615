"""One small network in every layout that HDF5 files of Keras have, and in those that must be refused. Needs h5py and NumPy."""
import json
import os

import h5py
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(7)
UNITS, FEATURES, STEPS = 3, 2, 4
kernel = rng.standard_normal((FEATURES, 4 * UNITS)).astype("f4")
recurrent = rng.standard_normal((UNITS, 4 * UNITS)).astype("f4")
bias = rng.standard_normal(4 * UNITS).astype("f4")
dense, dense_bias = rng.standard_normal((UNITS, 1)).astype("f4"), np.array([0.5], "f4")
arrays = {"lstm": [("kernel", kernel), ("recurrent_kernel", recurrent), ("bias", bias)], "dense": [("kernel", dense), ("bias", dense_bias)]}
config = {"class_name": "Sequential", "config": {"name": "sequential", "layers": [
    {"class_name": "LSTM", "config": {"name": "lstm", "batch_input_shape": [None, STEPS, FEATURES], "units": UNITS, "activation": "tanh",
                                      "recurrent_activation": "sigmoid", "use_bias": True}},
    {"class_name": "Dense", "config": {"name": "dense", "units": 1, "activation": "linear", "use_bias": True}}]}}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def output(convert):
    k, r, b, d, e = (convert(w).astype("f8") for w in (kernel, recurrent, bias, dense, dense_bias))
    x = np.sin(0.37 * np.arange(2 * STEPS * FEATURES)).reshape(2, STEPS, FEATURES)
    h = c = np.zeros((2, UNITS))
    for t in range(STEPS):
        i, f, g, o = np.split(x[:, t] @ k + h @ r + b, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
    return (h @ d + e).ravel().tolist()


def bfloat16(w):
    return (w.view("u4") & 0xFFFF0000).view("f4")


expected = {}


def write(name, store=None, strings=None, convert=lambda w: w, split=False, layers=(), **options):
    """A whole model in the older format; store writes an array."""
    expected[name] = output(convert)
    with h5py.File(os.path.join(here, name), "w", **options) as f:
        f.attrs["keras_version"] = "2.4.0"
        f.attrs["backend"] = "tensorflow"
        f.attrs["model_config"] = json.dumps({**config, "filler": "x" * 100_000} if name == "long_config.h5" else config)
        group = f.create_group("model_weights")
        names = [*layers, "lstm", "dense"]
        group.attrs["layer_names"] = strings(names) if strings else names
        for layer in names:
            one = group.create_group(layer)
            mine = arrays.get(layer, [])
            weights = [f"{layer}/{weight}:0" for weight, _ in mine]
            if split and len(weights) > 1:
                for part, weight in enumerate(weights):
                    one.attrs[f"weight_names{part}"] = np.array([weight.encode()])
            else:
                one.attrs["weight_names"] = strings(weights) if strings and weights else weights
            for weight, value in mine:
                (store or (lambda g, n, v: g.create_dataset(n, data=v)))(one.require_group(layer), f"{weight}:0", convert(value))


def with_options(**options):
    return lambda g, n, v: g.create_dataset(n, data=v, **options)


def compact(g, n, v):
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple(v.shape)
    h5py.h5d.create(g.id, n.encode(), h5py.h5t.IEEE_F32LE, space, plist).write(h5py.h5s.ALL, h5py.h5s.ALL, v)


def as_type(kind):
    return lambda g, n, v: g.create_dataset(n, data=v.astype(kind))


write("contiguous.h5")
write("compact.h5", store=compact)
write("chunked.h5", store=with_options(chunks=True))
write("gzip.h5", store=with_options(chunks=True, compression="gzip"))
write("gzip_shuffle_sum.h5", store=with_options(chunks=True, compression="gzip", shuffle=True, fletcher32=True))
write("resizable.h5", store=lambda g, n, v: g.create_dataset(n, data=v, maxshape=(None,) * v.ndim))
write("newest.h5", libver="latest")
write("newest_gzip.h5", store=with_options(chunks=True, compression="gzip"), libver="latest")
write("fixed_strings.h5", strings=lambda names: np.array([name.encode() for name in names]))
write("split_names.h5", split=True)
write("many_layers.h5", layers=[f"dropout_{i}" for i in range(60)])
write("many_layers_newest.h5", layers=[f"dropout_{i}" for i in range(60)], libver="latest")
write("long_config.h5")
write("float64.h5", store=as_type("f8"))
write("big_endian.h5", store=as_type(">f4"))
write("float16.h5", store=as_type("f2"), convert=lambda w: w.astype("f2").astype("f4"))


def paths(name, join, double=False, brain=False):
    """Weights alone, where Keras keeps them since 2.12."""
    expected[name] = output(bfloat16 if brain else lambda w: w)
    with h5py.File(os.path.join(here, name), "w") as f:
        f.create_group("vars")
        root = "_layer_checkpoint_dependencies" if double else "layers"
        for path, layer in ((("lstm", "cell"), "lstm"), (("dense",), "dense")):
            group = f.create_group(join([root, *path])).create_group("vars")
            for i, (_, value) in enumerate(arrays[layer]):
                if brain:
                    raw = (value.view("u4") >> 16).astype("u2")
                    group.create_dataset(str(i), data=raw.view("V2")).attrs["dtype"] = "bfloat16"
                else:
                    group.create_dataset(str(i), data=value)


paths("paths.weights.h5", "/".join)
paths("windows.weights.h5", "\\".join)
paths("dependencies.weights.h5", "/".join, double=True)
paths("bfloat16.weights.h5", "/".join, brain=True)

with open(os.path.join(here, "expected.json"), "w") as f:
    json.dump(expected, f, indent=1)
with open(os.path.join(here, "config.json"), "w") as f:
    json.dump(config, f)


def bad(name, change, source="contiguous.h5"):
    """The plain file, with one array or group put in another way."""
    with open(os.path.join(here, source), "rb") as plain, open(os.path.join(here, name), "wb") as target:
        target.write(plain.read())
    with h5py.File(os.path.join(here, name), "r+") as f:
        group = f["model_weights/lstm/lstm"]
        change(f, group)


def replace(make):
    def change(f, group):
        del group["kernel:0"]
        make(f, group)
    return change


bad("bad_soft_link.h5", replace(lambda f, g: g.__setitem__("kernel:0", h5py.SoftLink("/model_weights/dense/dense/kernel:0"))))
circle = h5py.SoftLink("/model_weights/lstm/lstm/kernel:0")
bad("bad_soft_circle.h5", replace(lambda f, g: g.__setitem__("kernel:0", circle)))
bad("bad_soft_circle_newest.h5", replace(lambda f, g: g.__setitem__("kernel:0", circle)), "newest.h5")
bad("bad_external_link.h5", replace(lambda f, g: g.__setitem__("kernel:0", h5py.ExternalLink("contiguous.h5", "/model_weights/lstm/lstm/kernel:0"))))
bad("bad_external_data.h5", replace(lambda f, g: g.create_dataset("kernel:0", kernel.shape, "f4", external=[("contiguous.h5", 0, kernel.nbytes)])))
layout = h5py.VirtualLayout(kernel.shape, "f4")
layout[:] = h5py.VirtualSource("contiguous.h5", "/model_weights/lstm/lstm/kernel:0", kernel.shape)
bad("bad_virtual.h5", replace(lambda f, g: g.create_virtual_dataset("kernel:0", layout)))
bad("bad_shape_bomb.h5", replace(lambda f, g: g.create_dataset("kernel:0", (1 << 20, 1 << 10), "f4", chunks=(1 << 10, 1 << 10), compression="gzip")))
bad("bad_huge_shape.h5", replace(lambda f, g: g.create_dataset("kernel:0", (1 << 40, 1 << 20), "f4", chunks=(1, 1 << 10))))
bad("bad_circle.h5", lambda f, g: g.__setitem__("again", f["model_weights"]))
bad("bad_shape.h5", replace(lambda f, g: g.create_dataset("kernel:0", data=kernel[:, :-1])))
bad("bad_text.h5", replace(lambda f, g: g.create_dataset("kernel:0", data="weights")))
bad("bad_missing_array.h5", replace(lambda f, g: None))
bad("bad_missing_layer.h5", lambda f, g: f["model_weights"].__delitem__("lstm"))


def numbers(name, **options):
    """Arrays of 0, 1, 2, … in every way in which HDF5 lists chunks, and groups with more of everything than a header holds."""
    with h5py.File(os.path.join(here, name), "w", **options) as f:
        def array(way, shape, **how):
            f.create_dataset(way, data=np.arange(np.prod(shape), dtype="f4").reshape(shape), **how)

        for packed, filters in (("", {}), ("_gzip", {"compression": "gzip", "shuffle": True})):
            array("one" + packed, (7, 8), chunks=(7, 8), **filters)
            array("some" + packed, (7, 8), chunks=(2, 3), **filters)
            array("may_grow" + packed, (7, 8), chunks=(2, 3), maxshape=(9, 10), **filters)
            array("grows" + packed, (7, 8), chunks=(2, 3), maxshape=(None, 8), **filters)
            array("grows_sideways" + packed, (7, 8), chunks=(2, 3), maxshape=(9, None), **filters)
            array("grows_both_ways" + packed, (7, 8), chunks=(2, 3), maxshape=(None, None), **filters)
            array("cube" + packed, (3, 4, 5), chunks=(2, 2, 2), **filters)
        array("many", (1100, 2), chunks=(1, 1))
        array("many_grow", (300,), chunks=(1,), maxshape=(None,))
        array("many_grow_both_ways", (20, 20), chunks=(1, 1), maxshape=(None, None))
        for kind in ("i1", "u1", "i2", ">u2", "i4", ">u4", "i8", ">u8", ">f2", "f8", ">f8"):
            f.create_dataset(kind.replace(">", "big_"), data=np.arange(5, dtype=kind))
        early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        early.set_chunk((2, 3))
        early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        space = h5py.h5s.create_simple((7, 8))
        h5py.h5d.create(f.id, b"early", h5py.h5t.IEEE_F32LE, space, early).write(
            h5py.h5s.ALL, h5py.h5s.ALL, np.arange(56, dtype="f4").reshape(7, 8))
        partly = f.create_dataset("partly", (7, 8), "f4", chunks=(2, 3), fillvalue=2.5)
        partly[:2, :3] = 1
        f.create_dataset("never", (4,), "f4", fillvalue=-1.5)
        groups = f.create_group("groups")
        for i in range(100):
            groups.create_group(f"group_{i}")
        for i in range(40):
            groups.attrs[f"text_{i}"] = f"text {i}"
        groups.attrs["two"] = np.array([b"a", b"bc"])
        groups.attrs["none"] = ""


numbers("numbers.h5")
numbers("numbers_1_8.h5", libver=("v108", "v108"))
numbers("numbers_newest.h5", libver="latest")
