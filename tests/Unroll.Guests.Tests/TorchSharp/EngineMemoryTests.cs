using TorchSharp;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>Five thousand steps take no more memory than a few hundred.</summary>
[Collection("engine")]
public class EngineMemoryTests
{
    [Fact]
    public void Memory_is_flat_over_five_thousand_steps()
    {
        var input = new Input([6, 4], batchSize: 8);
        var x = new LSTM(16, stateful: true, dropout: 0.1, returnSequences: true).Apply(input);
        x = new Bidirectional(new LSTM(8)).Apply(x);
        var model = new Model(input, new Dense(1).Apply(x));
        model.Compile(new Adam(), "mse", metrics: ["mae"]);
        var (data, truth) = (Twins.Data(1, 80, 6, 4), Twins.Data(2, 80, 1));
        using var torchEngine = new OnTorch();
        Steps(500);
        var (tensors, bytes) = (Tensors(), Resident());
        Steps(2500);
        Fit(200);
        Assert.Equal(tensors, Tensors());
        var grown = (Resident() - bytes) >> 20;
        Assert.True(grown < 16, $"The process has grown by {grown} MB.");

        void Steps(int count)
        {
            for (var step = 0; step < count; step++)
                model.TrainOnBatch(data[..8], truth[..8]);
        }

        // Ten steps of training and ten of validation an epoch, and a prediction.
        void Fit(int epochs)
        {
            model.Fit(data, truth, batchSize: 8, epochs: epochs, verbose: 0, validationData: (data, truth), callbacks: [new Looker()]);
            model.Predict(data, batchSize: 8);
        }
    }

    /// <summary>Tensors that TorchSharp has handles of on this thread; those of no scope are collected with the garbage.</summary>
    private static long Tensors()
    {
        Collect();
        return torch.Tensor.TotalCount;
    }

    private static long Resident()
    {
        Collect();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private sealed class Looker : Callback
    {
        public override void OnEpochEnd(int epoch, IReadOnlyDictionary<string, float> logs) => Model.GetWeights();
    }
}
