using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Benchmarks.Comparing;

/// <summary>A workload's network as a model of Unroll.</summary>
internal static class OurModel
{
    /// <summary>The layers with the workload's weights; all outputs are kept by default.</summary>
    public static Sequential Predicting(Workload workload, bool lastOnly = false)
    {
        var shape = workload.Shape;
        var model = new Sequential();
        model.Add(new Input(workload.X.Shape.From(1), batchSize: shape.Stream ? shape.Batch : null));
        foreach (var (i, entry) in shape.Layers.Index())
        {
            var weights = workload.Weights[i];
            var each = weights.Count / entry.Count;
            for (var j = 0; j < entry.Count; j++)
            {
                var isLast = i == shape.Layers.Count - 1 && j == entry.Count - 1;
                var layer = Layer(entry, returnSequences: !(isLast && lastOnly), shape);
                model.Add(layer);
                layer.SetWeights([.. weights.Skip(j * each).Take(each)]);
            }
        }

        return model;
    }

    /// <summary>The layers and Dense(1), compiled with Adam and the mean squared error.</summary>
    public static Sequential Training(Workload workload)
    {
        var model = Predicting(workload, lastOnly: !workload.Shape.PoolsMean);
        if (workload.Shape.PoolsMean)
            model.Add(new GlobalAveragePooling1D());
        var dense = new Dense(1);
        model.Add(dense);
        dense.SetWeights([workload.DenseKernel, workload.DenseBias]);
        // Libraries add epsilon at different places; so small, it makes no difference and the losses can be compared.
        model.Compile(optimizer: new Adam(epsilon: 1e-12f), loss: "mse");
        return model;
    }

    private static Layer Layer(LayerShape entry, bool returnSequences, NetworkShape shape)
    {
        var layer = new LSTM(
            entry.Units,
            // Weights follow; orthogonal ones take long to make.
            recurrentInitializer: "zeros",
            returnSequences: returnSequences,
            stateful: shape.Stream);
        return entry.Bidirectional ? new Bidirectional(layer) : layer;
    }
}
