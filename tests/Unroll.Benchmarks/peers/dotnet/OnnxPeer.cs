using Microsoft.ML.OnnxRuntime;

namespace Unroll.Benchmarks.Peers;

/// <summary>
/// ONNX Runtime's LSTM. The bare layer writes into memory that is there; Predict gives a new result each time, as its users
/// call it.
/// </summary>
internal sealed class OnnxPeer : IPeer
{
    public string Library => "ONNX Runtime";

    public string Version { get; } = OrtEnv.Instance().GetVersionString();

    public string[] Modes => ["inference", "predict"];

    public (Action Call, float[] Result) Prepare(Request request)
    {
        var (batch, time, inputs, units) = (request.Batch, request.Time, request.Inputs, request.Units);
        using var options = new SessionOptions
        {
            IntraOpNumThreads = request.Threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        var session = new InferenceSession(OnnxModel.OfLstm(request), options);
        var run = new RunOptions();
        var x = OrtValue.CreateTensorValueFromMemory(Request.SwapAxes(request.Numbers("x"), batch, time, inputs), [time, batch, inputs]);
        string[] inputNames = ["x"], outputNames = ["y"];
        OrtValue[] feeds = [x];

        using var first = session.Run(run, inputNames, feeds, outputNames);
        var result = Request.SwapAxes(first[0].GetTensorDataAsSpan<float>(), time, batch, units);
        if (request.Mode == "predict")
            return (() => session.Run(run, inputNames, feeds, outputNames).Dispose(), result);
        var y = new float[time * batch * units];
        OrtValue[] fetches = [OrtValue.CreateTensorValueFromMemory(y, [time, 1, batch, units])];
        return (() => session.Run(run, inputNames, feeds, outputNames, fetches), result);
    }
}
