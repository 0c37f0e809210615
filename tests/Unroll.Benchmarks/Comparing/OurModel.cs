using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Benchmarks.Comparing;

/// <summary>A workload's network as a model of Unroll.</summary>
internal static class OurModel
{
    /// <summary>The layers with the workload's weights; all outputs are kept by default.</summary>
    public static Model Predicting(Workload workload, bool lastOnly = false) => Composed(workload, Layers(workload, lastOnly));

    /// <summary>The layers and Dense(1), compiled with Adam and the mean squared error.</summary>
    public static Model Training(Workload workload)
    {
        var mean = workload.Shape.PoolsMean;
        var model = Composed(
            workload,
            [
                .. Layers(workload, lastOnly: !mean),
                .. mean ? [new Placed(new GlobalAveragePooling1D(), [])] : (Placed[])[],
                new Placed(new Dense(1), [workload.DenseKernel, workload.DenseBias]),
            ]);
        // Libraries add epsilon at different places; so small, it makes no difference and the losses can be compared.
        model.Compile(optimizer: new Adam(epsilon: 1e-12f), loss: "mse");
        return model;
    }

    private static IEnumerable<Placed> Layers(Workload workload, bool lastOnly)
    {
        var shape = workload.Shape;
        if (shape.Masked)
            yield return new Placed(new Masking(), []);
        foreach (var (i, entry) in shape.Layers.Index())
        {
            var each = workload.Weights[i].Count / entry.Count;
            for (var j = 0; j < entry.Count; j++)
            {
                var isLast = i == shape.Layers.Count - 1 && j == entry.Count - 1;
                var layer = OurLayer.Of(entry, returnSequences: !(isLast && lastOnly), shape.Stream);
                yield return new Placed(layer, [.. workload.Weights[i].Skip(j * each).Take(each)]);
            }
        }
    }

    /// <summary>One after the other, as users write it: Sequential, or where a layer takes its input twice, a graph.</summary>
    private static Model Composed(Workload workload, IEnumerable<Placed> layers)
    {
        var placed = layers.ToList();
        var input = new Input(workload.X.Shape.From(1), batchSize: workload.Shape.Stream ? workload.Shape.Batch : null);
        var model = placed.Exists(one => one.Layer is MultiHeadAttention) ? Graph() : Row();
        foreach (var (layer, weights) in placed)
            layer.SetWeights(weights);
        return model;

        Model Graph()
        {
            KerasTensor output = input;
            foreach (var (layer, _) in placed)
                output = layer is MultiHeadAttention ? layer.Apply([output, output]) : layer.Apply(output);
            return new Model(input, output);
        }

        Sequential Row()
        {
            var row = new Sequential();
            row.Add(input);
            foreach (var (layer, _) in placed)
                row.Add(layer);
            return row;
        }
    }

    private sealed record Placed(Layer Layer, Tensor[] Weights);
}
