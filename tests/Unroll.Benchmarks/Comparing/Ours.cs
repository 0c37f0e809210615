using Unroll.Benchmarks.Measuring;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Benchmarks.Comparing;

/// <summary>Unroll, through its public API.</summary>
internal sealed class Ours : IContender
{
    private int _threads = 1;

    public string Name => "Unroll";

    /// <summary>What is timed; it leaves its result for the collector, as in use.</summary>
    public Action Call { get; private set; } = () => { };

    public bool Knows(Mode mode, int threads) => true;

    public float[] Prepare(Workload workload, Mode mode, int threads)
    {
        Backend.Threads = _threads = threads;
        var shape = workload.Shape;
        if (mode == Mode.Training)
        {
            var model = TrainingModel(workload);
            Call = () => model.TrainOnBatch(workload.X, workload.Y);
            return [.. Enumerable.Range(0, ResultCheck.TrainingSteps).Select(_ => model.TrainOnBatch(workload.X, workload.Y)[0])];
        }

        var layer = Layer(workload, returnSequences: true);
        if (mode == Mode.Inference)
        {
            Call = () => layer.Apply(workload.X);
            return layer.Apply(workload.X).ToArray();
        }

        var predicting = new Sequential([layer]);
        Call = () => predicting.Predict(workload.X, shape.Batch);
        return predicting.Predict(workload.X, shape.Batch).ToArray();
    }

    public Timing Time(double milliseconds)
    {
        Backend.Threads = _threads;
        return Stopclock.Run(Call, milliseconds);
    }

    /// <summary>LSTM → Dense(1), compiled with Adam and the mean squared error.</summary>
    public static Sequential TrainingModel(Workload workload)
    {
        var model = new Sequential([Layer(workload, returnSequences: false)]);
        var dense = new Dense(1);
        model.Add(dense);
        dense.SetWeights([workload.DenseKernel, workload.DenseBias]);
        // Libraries add epsilon at different places; so small, it makes no difference and the losses can be compared.
        model.Compile(optimizer: new Adam(epsilon: 1e-12f), loss: "mse");
        return model;
    }

    /// <summary>The layer with the workload's weights.</summary>
    public static LSTM Layer(Workload workload, bool returnSequences)
    {
        var shape = workload.Shape;
        var layer = new LSTM(
            shape.Units,
            // Weights follow; orthogonal ones take long to make.
            recurrentInitializer: "zeros",
            returnSequences: returnSequences,
            inputShape: [shape.Time, shape.Inputs]);
        _ = new Sequential([layer]);
        layer.SetWeights([workload.Kernel, workload.Recurrent, workload.Bias]);
        return layer;
    }
}
