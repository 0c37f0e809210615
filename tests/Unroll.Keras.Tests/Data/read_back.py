"""Reads with NumPy what the library wrote: read_back.py FOLDER. Each file holds w (2, 3) of (i - 3) / 4 and s, the number 2.5."""
import os
import sys

import numpy as np
import safetensors_file

folder = sys.argv[1]
w, s = (np.arange(6, dtype=np.float32).reshape(2, 3) - 3) / 4, np.float32(2.5)


def check(array, expected):
    assert array.dtype == np.float32 and array.shape == expected.shape and (array == expected).all(), array


check(np.load(os.path.join(folder, "w.npy")), w)
for name in ("stored.npz", "compressed.npz"):
    with np.load(os.path.join(folder, name)) as archive:
        assert archive.files == ["w", "a/s"], archive.files
        check(archive["w"], w)
        check(archive["a/s"], s)
tensors, metadata = safetensors_file.load(os.path.join(folder, "both.safetensors"))
assert list(tensors) == ["w", "a/s"] and metadata == {"format": "pt"}, (tensors, metadata)
for name, expected in (("w", w), ("a/s", s)):
    dtype, shape, data = tensors[name]
    assert dtype == "F32"
    check(np.frombuffer(data, "<f4").reshape(shape), expected)
print("read back")
