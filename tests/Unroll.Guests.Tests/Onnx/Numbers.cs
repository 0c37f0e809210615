using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>Random inputs, and comparisons of a model with its file.</summary>
internal static class Numbers
{
    private const double Tolerance = 1e-5;

    /// <summary>Random numbers between -1 and 1, the same for the same seed.</summary>
    public static Tensor Of(long seed, params int[] shape) => new RandomState(seed).Uniform(-1, 1, shape);

    /// <summary>Weights that are not those of a new layer, whose biases are zeros.</summary>
    public static Model Trained(this Model model)
    {
        foreach (var (i, weight) in model.Weights.Index())
        {
            var isVariance = weight.Name.Contains("variance", StringComparison.Ordinal);
            var numbers = Of(100 + i, [.. weight.Shape.Select(axis => axis!.Value)]);
            weight.Assign(isVariance ? numbers.Square() + 0.1f : numbers * 0.6f + 0.1f);
        }

        return model;
    }

    /// <summary>Expects the same numbers from the model and from its file, for each batch of inputs.</summary>
    public static void Same(Model model, params IReadOnlyList<Tensor[]> batches)
    {
        using var program = new OnnxProgram(model);
        foreach (var inputs in batches)
            Close.Assert([.. model.ApplyAll(inputs)], program.Run(inputs), Tolerance, $"output for {string.Join(", ", inputs.Select(input => input.Shape))}");
    }
}
