using Unroll.Benchmarks.Measuring;

namespace Unroll.Benchmarks.Comparing;

/// <summary>Unroll, through its public API.</summary>
internal sealed class Ours : IContender
{
    private int _threads = 1;

    public string Name => "Unroll";

    /// <summary>What is timed; it leaves its result for the collector, as in use.</summary>
    public Action Call { get; private set; } = () => { };

    public bool Knows(NetworkShape shape, Mode mode, int threads) => true;

    public float[] Prepare(Workload workload, Mode mode, int threads)
    {
        Backend.Threads = _threads = threads;
        if (mode == Mode.Training)
        {
            var trained = OurModel.Training(workload);
            Call = () => trained.TrainOnBatch(workload.X, workload.Y);
            return [.. Enumerable.Range(0, ResultCheck.Steps).Select(_ => trained.TrainOnBatch(workload.X, workload.Y)[0])];
        }

        var shape = workload.Shape;
        var model = OurModel.Predicting(workload);
        var bare = model.Layers.Count == 1 ? model.Layers[0] : model;
        Func<Tensor> call = mode == Mode.Predict ? () => model.Predict(workload.X, shape.Batch) : () => bare.Apply(workload.X);
        Call = () => call();
        return [.. Enumerable.Range(0, ResultCheck.Calls(shape)).SelectMany(_ => call().ToArray())];
    }

    public Timing Time(double milliseconds)
    {
        Backend.Threads = _threads;
        return Stopclock.Run(Call, milliseconds);
    }
}
