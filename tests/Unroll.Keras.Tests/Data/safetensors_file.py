"""The safetensors format, written with nothing but json and struct: 8 bytes of length, JSON, numbers."""
import json
import struct


def save(path, tensors, metadata=None):
    """tensors: name -> (dtype word, shape, bytes)."""
    header, start = {}, 0
    if metadata is not None:
        header["__metadata__"] = metadata
    for name, (dtype, shape, data) in tensors.items():
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [start, start + len(data)]}
        start += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _, _, data in tensors.values():
            file.write(data)


def load(path):
    """name -> (dtype word, shape, bytes), and the metadata."""
    with open(path, "rb") as file:
        whole = file.read()
    (length,) = struct.unpack("<Q", whole[:8])
    header = json.loads(whole[8 : 8 + length])
    metadata = header.pop("__metadata__", None)
    places = sorted(entry["data_offsets"] for entry in header.values())
    assert [begin for begin, _ in places] == [0] + [end for _, end in places[:-1]], places
    assert places[-1][1] == len(whole) - 8 - length
    return {
        name: (entry["dtype"], entry["shape"], whole[8 + length + entry["data_offsets"][0] : 8 + length + entry["data_offsets"][1]])
        for name, entry in header.items()
    }, metadata
