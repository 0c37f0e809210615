"""The networks of the benchmark in PyTorch's words: each part has the order of the axes batch, time, features that PyTorch likes
best (the same order leads back), all its outputs, and what Dense(1) stands on in training."""

import base64

import numpy
import torch


def decode(text, *shape):
    array = numpy.frombuffer(base64.b64decode(text), dtype="<f4").reshape(shape)
    return torch.from_numpy(array.copy())


class Recurrent(torch.nn.Module):
    """LSTM, GRU or RNN, of one layer or several, the time axis first."""

    order = (1, 0, 2)
    # The module, and where its gates stand in Keras: its LSTM's i, f, c, o are PyTorch's i, f, g, o; its GRU's z, r, h are r, z, n.
    kinds = {
        "lstm": (torch.nn.LSTM, (0, 1, 2, 3)),
        "gru": (torch.nn.GRU, (1, 0, 2)),
        "rnn": (torch.nn.RNN, (0,)),
    }

    def __init__(self, request, layer):
        super().__init__()
        module, gates = self.kinds[layer["kind"]]
        units, self.directions = layer["units"], layer["directions"]
        self.layers = module(layer["inputs"], units, layer["count"], bidirectional=self.directions == 2)
        self.keeps_states, self.states = request["stream"], None
        self.lengths = None if request["lengths"] is None else torch.tensor(request["lengths"])

        def turned(text):
            values = decode(text, -1, len(gates) * units).chunk(len(gates), 1)
            return torch.cat([values[gate] for gate in gates], 1).T

        with torch.no_grad():
            for i in range(layer["count"] * self.directions):
                kernel, recurrent, bias = (turned(text) for text in layer["weights"][3 * i : 3 * i + 3])
                name = f"l{i // self.directions}{'_reverse' if i % self.directions else ''}"
                getattr(self.layers, f"weight_ih_{name}").copy_(kernel)
                getattr(self.layers, f"weight_hh_{name}").copy_(recurrent)
                getattr(self.layers, f"bias_ih_{name}").copy_(bias[:, 0])
                second = getattr(self.layers, f"bias_hh_{name}")
                if bias.shape[1] == 2:
                    second.copy_(bias[:, 1])
                else:
                    # Only Keras' GRU has two biases; a second one would train twice as fast.
                    second.zero_()
                    second.requires_grad = False

    def packed(self, x):
        return torch.nn.utils.rnn.pack_padded_sequence(x, self.lengths, enforce_sorted=False)

    def all(self, x):
        if self.lengths is not None:
            return torch.nn.utils.rnn.pad_packed_sequence(self.layers(self.packed(x))[0], total_length=x.shape[0])[0]
        output, states = self.layers(x, self.states)
        if self.keeps_states:
            self.states = states
        return output

    def pooled(self, x):
        states = self.layers(x if self.lengths is None else self.packed(x))[1]
        h = states[0] if isinstance(states, tuple) else states
        return h[-1] if self.directions == 1 else torch.cat([h[-2], h[-1]], 1)


class Conv(torch.nn.Module):
    """Conv1d with padding "same", on (batch, features, time). Keras' kernels are (size, inputs, filters)."""

    order = (0, 2, 1)

    def __init__(self, _, layer):
        super().__init__()
        self.conv = torch.nn.Conv1d(layer["inputs"], layer["units"], layer["size"], padding="same")
        with torch.no_grad():
            kernel, bias = layer["weights"]
            self.conv.weight.copy_(decode(kernel, layer["size"], layer["inputs"], layer["units"]).permute(2, 1, 0))
            self.conv.bias.copy_(decode(bias, -1))

    def all(self, x):
        return self.conv(x)

    def pooled(self, x):
        return self.all(x).mean(2)


class Embedding(torch.nn.Module):
    """On words of any order; not the last part."""

    def __init__(self, _, layer):
        super().__init__()
        self.embedding = torch.nn.Embedding(layer["inputs"], layer["units"])
        with torch.no_grad():
            self.embedding.weight.copy_(decode(layer["weights"][0], layer["inputs"], layer["units"]))

    def all(self, x):
        return self.embedding(x)


class Attention(torch.nn.Module):
    """Attention of a sequence to itself, the batch first: so PyTorch has one fused operator for inference."""

    order = (0, 1, 2)

    def __init__(self, _, layer):
        super().__init__()
        size, weights = layer["units"], layer["weights"]
        self.attention = torch.nn.MultiheadAttention(size, layer["size"], batch_first=True)
        with torch.no_grad():
            # Kernels and biases of query, key, value and output in turn; kernels have the inputs first.
            self.attention.in_proj_weight.copy_(torch.cat([decode(weights[i], size, size).T for i in (0, 2, 4)]))
            self.attention.in_proj_bias.copy_(torch.cat([decode(weights[i], size) for i in (1, 3, 5)]))
            self.attention.out_proj.weight.copy_(decode(weights[6], size, size).T)
            self.attention.out_proj.bias.copy_(decode(weights[7], size))

    def all(self, x):
        return self.attention(x, x, x, need_weights=False)[0]

    def pooled(self, x):
        return self.all(x).mean(1)


def part(request, layer):
    kinds = {"conv": Conv, "embedding": Embedding, "attention": Attention}
    return kinds.get(layer["kind"], Recurrent)(request, layer)
