"""Times PyTorch for the benchmark. It answers requests, one JSON object a line; see README.md, "The protocol"."""

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

    from torch_parts import decode, part
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


def text(tensor):
    array = numpy.ascontiguousarray(tensor.detach().numpy(), dtype="<f4")
    return base64.b64encode(array.tobytes()).decode("ascii")


def data(request, order):
    batch, time_steps, first = request["batch"], request["time"], request["layers"][0]
    if first["kind"] == "embedding":
        return decode(request["x"], batch, time_steps).long().permute(order[:2]).contiguous()
    return decode(request["x"], batch, time_steps, first["inputs"]).permute(order).contiguous()


def forward(parts, x):
    for one in parts:
        x = one.all(x)
    return x


def inference(request, parts, x):
    for one in parts:
        one.eval()

    def call():
        with torch.inference_mode():
            return forward(parts, x)

    calls = request["steps"] if request["stream"] else 1
    return call, torch.cat([call().permute(parts[-1].order) for _ in range(calls)])


def training(request, parts, x):
    batch, last = request["batch"], request["layers"][-1]
    width = last["units"] * last["directions"]
    dense = torch.nn.Linear(width, 1)
    with torch.no_grad():
        dense.weight.copy_(decode(request["denseKernel"], 1, width))
        dense.bias.copy_(decode(request["denseBias"], 1))
    y = decode(request["y"], batch, 1)
    trained = [weight for one in [*parts, dense] for weight in one.parameters() if weight.requires_grad]
    # Keras adds epsilon at another place; so small, it makes no difference and the losses can be compared.
    optimizer = torch.optim.Adam(trained, lr=0.001, eps=1e-12)

    def call():
        optimizer.zero_grad()
        pooled = parts[-1].pooled(forward(parts[:-1], x))
        loss = torch.nn.functional.mse_loss(dense(pooled), y)
        loss.backward()
        optimizer.step()
        return loss

    return call, torch.stack([call() for _ in range(request["steps"])])


def prepare(request):
    torch.set_num_threads(request["threads"])
    parts = [part(request, layer) for layer in request["layers"]]
    x = data(request, parts[-1].order)
    return training(request, parts, x) if request["mode"] == "training" else inference(request, parts, x)


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
