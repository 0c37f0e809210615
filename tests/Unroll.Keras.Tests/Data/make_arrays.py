"""Files of NumPy's (1.24) for the tests of .npy, .npz and .safetensors: /usr/bin/python3 -B make_arrays.py"""
import os

import numpy as np
import safetensors_file

folder = os.path.dirname(os.path.abspath(__file__))
count = np.arange(12).reshape(3, 4)
quarters = (count - 3) / 4  # exact in float16 too

arrays = {}
for order in "<>":
    for kind in ("f2", "f4", "f8"):
        arrays[order + kind] = quarters.astype(order + kind)
    for kind in ("i2", "i4", "i8"):
        arrays[order + kind] = (count - 3).astype(order + kind)
    for kind in ("u2", "u4", "u8"):
        arrays[order + kind] = count.astype(order + kind)
arrays["i1"], arrays["u1"], arrays["b1"] = (count - 3).astype("i1"), count.astype("u1"), count % 2 == 1
arrays["scalar"], arrays["empty"] = np.float32(2.5), np.zeros((0, 3), np.float32)
arrays["fortran"] = np.asfortranarray(np.arange(24, dtype=np.float32).reshape(2, 3, 4))
arrays["../outside"] = np.ones(2, np.float32)
names = {name.replace("<", "little_").replace(">", "big_"): array for name, array in arrays.items()}
np.savez(os.path.join(folder, "numbers.npz"), **names)
np.savez_compressed(os.path.join(folder, "compressed.npz"), quarters=quarters.astype("f4"), zeros=np.zeros((50, 200), np.float32))

for version in (1, 2, 3):
    with open(os.path.join(folder, f"version{version}.npy"), "wb") as file:
        np.lib.format.write_array(file, quarters.astype("<f4"), version=(version, 0))
np.save(os.path.join(folder, "objects.npy"), np.array([{"a": 1}], dtype=object), allow_pickle=True)
np.save(os.path.join(folder, "complex.npy"), np.ones(2, np.complex64))
np.save(os.path.join(folder, "records.npy"), np.zeros(2, [("a", "<f4"), ("b", "<i4")]))
np.save(os.path.join(folder, "words.npy"), np.array(["a", "bc"]))

bfloat = (quarters.astype("<f4").view("<u4") >> 16).astype("<u2")  # quarters have few digits: nothing is cut off
words = {"F16": "<f2", "F32": "<f4", "F64": "<f8", "I8": "i1", "I16": "<i2", "I32": "<i4", "I64": "<i8", "U8": "u1", "U16": "<u2", "U32": "<u4", "U64": "<u8"}
tensors = {}
for word, kind in words.items():
    values = quarters if word[0] == "F" else count - 3 if word[0] == "I" else count
    tensors[word] = (word, values.shape, values.astype(kind).tobytes())
tensors["BF16"] = ("BF16", bfloat.shape, bfloat.tobytes())
tensors["BOOL"] = ("BOOL", count.shape, (count % 2 == 1).tobytes())
tensors["scalar"] = ("F32", (), np.float32(2.5).tobytes())
tensors["empty"] = ("F32", (0, 3), b"")
safetensors_file.save(os.path.join(folder, "types.safetensors"), tensors, {"format": "np", "made by": "make_arrays.py"})
