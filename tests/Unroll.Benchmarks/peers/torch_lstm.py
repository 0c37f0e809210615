"""Times PyTorch's LSTM for the benchmark. It answers requests, one JSON object a line; see README.md, "The protocol"."""

import base64
import json
import statistics
import sys
import time


def say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


try:
    import numpy
    import torch
except ImportError as missing:
    say({"missing": f"{missing.name} is not installed for {sys.executable}"})
    sys.exit(0)


def fast_blas():
    """Debian's PyTorch takes whichever BLAS is installed; other builds bring one of their own."""
    if "BLAS_INFO=generic" not in torch.__config__.show():
        return True
    with open("/proc/self/maps", encoding="utf-8") as maps:
        libraries = maps.read()
    return any(name in libraries for name in ("openblas", "blis", "mkl"))


def numbers(request, name, *shape):
    array = numpy.frombuffer(base64.b64decode(request[name]), dtype="<f4").reshape(shape)
    return torch.from_numpy(array.copy())


def text(tensor):
    array = numpy.ascontiguousarray(tensor.detach().numpy(), dtype="<f4")
    return base64.b64encode(array.tobytes()).decode("ascii")


def make_lstm(request):
    # Keras' gates i, f, c, o are PyTorch's i, f, g, o; its matrices stand the other way round.
    inputs, units = request["inputs"], request["units"]
    lstm = torch.nn.LSTM(inputs, units)
    with torch.no_grad():
        lstm.weight_ih_l0.copy_(numbers(request, "kernel", inputs, 4 * units).T)
        lstm.weight_hh_l0.copy_(numbers(request, "recurrent", units, 4 * units).T)
        lstm.bias_ih_l0.copy_(numbers(request, "bias", 4 * units))
        lstm.bias_hh_l0.zero_()
    # Keras has one bias; a second one would train twice as fast.
    lstm.bias_hh_l0.requires_grad = False
    return lstm


def inference(request, x):
    lstm = make_lstm(request).eval()

    def call():
        with torch.inference_mode():
            return lstm(x)[0]

    return call, call().transpose(0, 1)


def training(request, x):
    batch, units = request["batch"], request["units"]
    lstm = make_lstm(request)
    dense = torch.nn.Linear(units, 1)
    with torch.no_grad():
        dense.weight.copy_(numbers(request, "denseKernel", 1, units))
        dense.bias.copy_(numbers(request, "denseBias", 1))
    y = numbers(request, "y", batch, 1)
    trained = [weight for weight in [*lstm.parameters(), *dense.parameters()] if weight.requires_grad]
    # Keras adds epsilon at another place; so small, it makes no difference and the losses can be compared.
    optimizer = torch.optim.Adam(trained, lr=0.001, eps=1e-12)

    def call():
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(dense(lstm(x)[0][-1]), y)
        loss.backward()
        optimizer.step()
        return loss

    return call, torch.stack([call() for _ in range(request["steps"])])


def prepare(request):
    torch.set_num_threads(request["threads"])
    # Time first, as PyTorch likes it best.
    x = numbers(request, "x", request["batch"], request["time"], request["inputs"]).transpose(0, 1).contiguous()
    return training(request, x) if request["mode"] == "training" else inference(request, x)


def clock(call, milliseconds):
    times = []
    end = time.perf_counter_ns() + milliseconds * 1e6
    while not times or time.perf_counter_ns() < end:
        start = time.perf_counter_ns()
        call()
        times.append((time.perf_counter_ns() - start) / 1e6)
    return {"median": statistics.median(times), "least": min(times), "calls": len(times)}


if not fast_blas():
    say({"missing": "its matrix products would go through the reference BLAS, 25 times slower: apt-get install libopenblas0-openmp"})
    sys.exit(0)
say({"peer": "PyTorch", "version": torch.__version__, "modes": ["inference", "predict", "training"]})
call = None
for line in sys.stdin:
    request = json.loads(line)
    try:
        if request["do"] == "prepare":
            call, result = prepare(request)
            say({"result": text(result)})
        else:
            say(clock(call, request["milliseconds"]))
    except Exception as error:  # The other side stops the comparison and shows it.
        say({"error": f"{type(error).__name__}: {error}"})
