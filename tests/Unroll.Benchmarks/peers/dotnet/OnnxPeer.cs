using Microsoft.ML.OnnxRuntime;

namespace Unroll.Benchmarks.Peers;

/// <summary>
/// ONNX Runtime. Inference writes into memory that is there; Predict gives a new result each time, as its users call it. A
/// stream's states go out of one call and into the next.
/// </summary>
internal sealed class OnnxPeer : IPeer
{
    public string Library => "ONNX Runtime";

    public string Version { get; } = OrtEnv.Instance().GetVersionString();

    public string[] Modes => ["inference", "predict"];

    public (Action Call, float[] Result) Prepare(Request request)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = request.Threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        var network = new OnnxNetwork(request);
        var session = new InferenceSession(network.ToArray(), options);
        return request.IsStream ? Stream(request, network, session) : Whole(request, network, session);
    }

    private static (Action, float[]) Whole(Request request, OnnxNetwork network, InferenceSession session)
    {
        var run = new RunOptions();
        var (inputs, feeds) = (new List<string> { "x" }, new List<OrtValue> { X(request, network) });
        if (request.Lengths is { } lengths)
        {
            inputs.Add("lengths");
            feeds.Add(OrtValue.CreateTensorValueFromMemory(lengths, [lengths.Length]));
        }

        string[] outputs = ["y"];
        using var first = session.Run(run, inputs, feeds, outputs);
        var result = Output(network, first[0]);
        if (request.IsPredict)
            return (() => session.Run(run, inputs, feeds, outputs).Dispose(), result);
        OrtValue[] fetches = [Empty(network.Layout.Output)];
        return (() => session.Run(run, inputs, feeds, outputs, fetches), result);
    }

    private static (Action, float[]) Stream(Request request, OnnxNetwork network, InferenceSession session)
    {
        var run = new RunOptions();
        int[] state = [1, request.Batch, request.Layers[0].Units];
        string[] inputs = ["x", .. network.States], outputs = ["y", .. network.States.Select(name => $"{name}_next")];
        var x = X(request, network);

        // The first x and y stay; of two sets of states one goes in while the other comes out.
        OrtValue[] feeds = [x, .. network.States.Select(_ => Empty(state))];
        OrtValue[] fetches = [Empty(network.Layout.Output), .. network.States.Select(_ => Empty(state))];
        Action call = request.IsPredict ? Predict : Infer;
        return (call, [.. Enumerable.Range(0, request.Steps).SelectMany(_ => Called())]);

        void Infer()
        {
            session.Run(run, inputs, feeds, outputs, fetches);
            for (var i = 1; i < feeds.Length; i++)
                (feeds[i], fetches[i]) = (fetches[i], feeds[i]);
        }

        void Predict()
        {
            var results = session.Run(run, inputs, feeds, outputs);
            fetches[0].Dispose();
            fetches[0] = results[0];
            for (var i = 1; i < feeds.Length; i++)
            {
                feeds[i].Dispose();
                feeds[i] = results[i];
            }
        }

        float[] Called()
        {
            call();
            return Output(network, fetches[0]);
        }
    }

    private static OrtValue X(Request request, OnnxNetwork network)
    {
        var values = request.Numbers("x");
        long[] dims = [.. network.Layout.Input];
        if (network.HasWords)
        {
            var words = Axes.Permuted(values, [request.Batch, request.Time], network.Layout.InputOrder);
            return OrtValue.CreateTensorValueFromMemory<long>([.. words.Select(word => (long)word)], dims);
        }

        return OrtValue.CreateTensorValueFromMemory(
            Axes.Permuted(values, [request.Batch, request.Time, request.Layers[0].Inputs], network.Layout.InputOrder), dims);
    }

    private static OrtValue Empty(int[] dims) =>
        OrtValue.CreateTensorValueFromMemory(new float[dims.Aggregate(1, (size, dim) => size * dim)], [.. dims.Select(dim => (long)dim)]);

    private static float[] Output(OnnxNetwork network, OrtValue y) =>
        Axes.Permuted(y.GetTensorDataAsSpan<float>(), network.Layout.Output, network.Layout.OutputOrder);
}
