using TorchSharp;
using TorchSharp.Modules;
using Unroll.TorchSharp;
using static TorchSharp.torch;

namespace Unroll.Benchmarks.Peers;

/// <summary>The same network as a user of TorchSharp writes it, time first, as libtorch likes it best.</summary>
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
        var x = tensor(Request.SwapAxes(request.Numbers("x"), request.Batch, request.Time, request.Inputs), [request.Time, request.Batch, request.Inputs]);
        return request.Mode == "training" ? Training(request, x) : Inference(request, x);
    }

    private static (Action, float[]) Inference(Request request, torch.Tensor x)
    {
        var lstm = Lstm(request);
        lstm.eval();
        using (inference_mode())
        {
            using var scope = NewDisposeScope();
            var result = lstm.call(x).Item1.transpose(0, 1).contiguous().data<float>().ToArray();
            return (Call, result);
        }

        void Call()
        {
            using var mode = inference_mode();
            using var scope = NewDisposeScope();
            lstm.call(x);
        }
    }

    private static (Action, float[]) Training(Request request, torch.Tensor x)
    {
        var lstm = Lstm(request);
        var dense = nn.Linear(request.Units, 1);
        using (no_grad())
        {
            dense.weight.copy_(tensor(request.Numbers("denseKernel"), [1, request.Units]));
            dense.bias!.copy_(tensor(request.Numbers("denseBias"), [1]));
        }

        var y = tensor(request.Numbers("y"), [request.Batch, 1]);

        // Keras adds epsilon at another place; so small, it makes no difference and the losses can be compared.
        var optimizer = optim.Adam([.. lstm.parameters().Concat(dense.parameters()).Where(weight => weight.requires_grad)], lr: 0.001, eps: 1e-12);
        return (() => Step(), [.. Enumerable.Range(0, request.Steps).Select(_ => Step())]);

        float Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(dense.call(lstm.call(x).Item1[-1]), y);
            loss.backward();
            optimizer.step();
            return loss.item<float>();
        }
    }

    /// <summary>Keras' gates i, f, c, o are libtorch's i, f, g, o; its matrices stand the other way round.</summary>
    private static LSTM Lstm(Request request)
    {
        var (inputs, units) = (request.Inputs, request.Units);
        var lstm = nn.LSTM(inputs, units);
        using (no_grad())
        {
            lstm.get_parameter("weight_ih_l0")!.copy_(tensor(Request.Transposed(request.Numbers("kernel"), inputs, 4 * units), [4 * units, inputs]));
            lstm.get_parameter("weight_hh_l0")!.copy_(tensor(Request.Transposed(request.Numbers("recurrent"), units, 4 * units), [4 * units, units]));
            lstm.get_parameter("bias_ih_l0")!.copy_(tensor(request.Numbers("bias"), [4 * units]));
            lstm.get_parameter("bias_hh_l0")!.zero_();
        }

        // Keras has one bias; a second one would train twice as fast.
        lstm.get_parameter("bias_hh_l0")!.requires_grad = false;
        return lstm;
    }
}
