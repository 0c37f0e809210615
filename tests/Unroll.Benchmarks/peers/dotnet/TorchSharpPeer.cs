using TorchSharp;
using Unroll.TorchSharp;
using static TorchSharp.torch;

namespace Unroll.Benchmarks.Peers;

/// <summary>The same network as a user of TorchSharp writes it, its axes in the order that libtorch likes best.</summary>
internal sealed class TorchSharpPeer : IPeer
{
    public TorchSharpPeer()
    {
        // Before anything else asks for libtorch.
        TorchSharpNatives.Load();
        Version = $"{typeof(torch).Assembly.GetName().Version!.ToString(3)} (libtorch {__version__})";
    }

    public string Library => "TorchSharp";

    public string Version { get; }

    public string[] Modes => ["inference", "predict", "training"];

    public (Action Call, float[] Result) Prepare(Request request)
    {
        set_num_threads(request.Threads);
        TorchPart[] parts = [.. request.Layers.Select(layer => TorchPart.Of(request, layer))];
        var x = Input(request, parts[^1].Order);
        return request.IsTraining ? Training(request, parts, x) : Inference(request, parts, x);
    }

    private static torch.Tensor Input(Request request, long[] order)
    {
        var values = request.Numbers("x");
        return TorchWeights.Make(() => request.Layers[0].Kind == "embedding"
            ? tensor(values, [request.Batch, request.Time]).@long().permute(order[..2]).contiguous()
            : tensor(values, [request.Batch, request.Time, request.Layers[0].Inputs]).permute(order).contiguous());
    }

    private static (Action, float[]) Inference(Request request, TorchPart[] parts, torch.Tensor x)
    {
        return (() => Call(kept: false), [.. Enumerable.Range(0, request.IsStream ? request.Steps : 1).SelectMany(_ => Call(kept: true))]);

        float[] Call(bool kept)
        {
            using var mode = inference_mode();
            using var scope = NewDisposeScope();
            var y = parts.Aggregate(x, (x, part) => part.All(x));
            return kept ? y.permute(parts[^1].Order).contiguous().data<float>().ToArray() : [];
        }
    }

    private static (Action, float[]) Training(Request request, TorchPart[] parts, torch.Tensor x)
    {
        var dense = nn.Linear(request.Width, 1);
        TorchWeights.Fill(() =>
        {
            dense.weight.copy_(tensor(request.Numbers("denseKernel"), [1, request.Width]));
            dense.bias!.copy_(tensor(request.Numbers("denseBias"), [1]));
        });

        var y = tensor(request.Numbers("y"), [request.Batch, 1]);

        // Keras adds epsilon at another place; so small, it makes no difference and the losses can be compared.
        var optimizer = optim.Adam([.. parts.SelectMany(part => part.Weights), .. dense.parameters()], lr: 0.001, eps: 1e-12);
        return (() => Step(), [.. Enumerable.Range(0, request.Steps).Select(_ => Step())]);

        float Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var features = parts[..^1].Aggregate(x, (x, part) => part.All(x));
            var loss = nn.functional.mse_loss(dense.call(parts[^1].Pooled(features)), y);
            loss.backward();
            optimizer.step();
            return loss.item<float>();
        }
    }
}
