"""State dicts of PyTorch (1.13), with inputs and what torch makes of them: /usr/bin/python3 -B make_torch.py"""
import os

import safetensors_file
import torch
from torch import nn

folder = os.path.dirname(os.path.abspath(__file__))


def write(name, tensors):
    words = {torch.float32: "F32", torch.int64: "I64"}
    safetensors_file.save(
        os.path.join(folder, name + ".safetensors"),
        {key: (words[value.dtype], value.shape, value.detach().contiguous().numpy().tobytes()) for key, value in tensors.items()},
        {"format": "pt"},
    )


def make(name, net, x, y, isSorted=False):
    state = net.state_dict()
    write(name, dict(sorted(state.items())) if isSorted else state)
    write(name + "_run", {"x": x.float(), "y": y})


def randomized(module):
    """Parameters that are not near their defaults, so that nothing is right by chance."""
    for parameter in module.parameters():
        nn.init.normal_(parameter, 0, 0.5)
    return module.eval()


class Net(nn.Module):
    def __init__(self, **modules):
        super().__init__()
        for name, module in modules.items():
            self.add_module(name, module)


torch.manual_seed(1)
with torch.no_grad():
    net = randomized(Net(lstm=nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True), fc=nn.Linear(8, 2)))
    x = torch.randn(2, 5, 3)
    make("torch_bilstm", net, x, net.fc(net.lstm(x)[0]))

    net = randomized(Net(gru=nn.GRU(3, 5, batch_first=True), fc=nn.Linear(5, 1)))
    x = torch.randn(3, 6, 3)
    make("torch_gru", net, x, net.fc(net.gru(x)[0][:, -1]))

    net = randomized(Net(rnn=nn.RNN(3, 4, nonlinearity="relu", batch_first=True), fc=nn.Linear(4, 2)))
    x = torch.randn(2, 4, 3)
    make("torch_rnn", net, x, net.fc(net.rnn(x)[0][:, -1]))

    net = randomized(Net(embedding=nn.Embedding(10, 4), lstm=nn.LSTM(4, 5, batch_first=True), fc=nn.Linear(5, 3)))
    x = torch.randint(0, 10, (2, 7))
    make("torch_embedding", net, x, net.fc(net.lstm(net.embedding(x))[0][:, -1]))

    # In alphabetical order, as the format's own library writes: "layers.10" stands before "layers.2".
    net = randomized(
        Net(
            conv=nn.Conv1d(3, 6, 3),
            lstm=nn.LSTM(6, 4, batch_first=True, bias=False),
            norm=nn.LayerNorm(4),
            batch=nn.BatchNorm1d(4),
            layers=nn.Sequential(*[nn.Linear(4, 4) for _ in range(11)], nn.Linear(4, 1)),
        )
    )
    nn.init.normal_(net.batch.running_mean)
    nn.init.uniform_(net.batch.running_var, 0.5, 2)
    x = torch.randn(2, 8, 3)
    y = net.lstm(net.conv(x.transpose(1, 2)).transpose(1, 2))[0][:, -1]
    make("torch_conv", net, x, net.layers(net.batch(net.norm(y))), isSorted=True)
