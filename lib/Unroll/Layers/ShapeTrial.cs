namespace Unroll.Layers;

/// <summary>
/// Finds the shapes of a layer's outputs by a call on zeros, for layers that do not say them. Nothing is left of it: tapes do
/// not record it, and stateful layers do not keep what it ends with.
/// </summary>
internal static class ShapeTrial
{
    // An axis of the output that moves with an unknown axis of the input is unknown too: two calls show it. A layer may
    // need more steps than the shortest trial has.
    private static readonly (int Small, int Large)[] Lengths = [(2, 3), (8, 9), (64, 65)];

    /// <summary>More would take too much memory and time for a question that a line answers.</summary>
    private const int MostZeros = 1 << 28;

    [ThreadStatic]
    private static int _depth;

    /// <summary>Whether what runs on this thread is a trial.</summary>
    public static bool IsRunning => _depth > 0;

    public static IReadOnlyList<Shape> Of(Layer layer, IReadOnlyList<Shape> inputs)
    {
        layer.EnsureBuilt(inputs, from: null);
        if (inputs.All(shape => shape.IsKnown))
            return Called(layer, inputs, 1);
        CheckFeatures(layer, inputs);
        CheckCount(layer, Filled(inputs, Lengths[0].Small));
        foreach (var (small, large) in Lengths[..^1])
        {
            try
            {
                return Compared(layer, inputs, small, large);
            }
            catch (ArgumentException)
            {
                // Perhaps too short.
            }
        }

        try
        {
            return Compared(layer, inputs, Lengths[^1].Small, Lengths[^1].Large);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException(
                $"{layer.Name}: no trial call could find the shape of its output for {string.Join(", ", inputs)}: {error.Message} " +
                "Give the unknown axes a length, or override ComputeOutputShape.",
                error);
        }
    }

    /// <summary>A trial must not make weights for features that it made up.</summary>
    private static void CheckFeatures(Layer layer, IReadOnlyList<Shape> inputs)
    {
        if (inputs.FirstOrDefault(shape => shape.Rank > 1 && !shape.IsKnownAt(shape.Rank - 1)) is not { } unknown)
            return;
        if (layer.SelfAndWithin().FirstOrDefault(one => !one.Built) is not { } unbuilt)
            return;
        throw new ArgumentException(
            $"{layer.Name}: the last axis of {unknown} is not known, so {unbuilt.Name} within cannot make its weights. " +
            "Give it a length where the model begins, in Input or inputShape.");
    }

    private static Shape[] Filled(IReadOnlyList<Shape> inputs, int length) =>
        [.. inputs.Select(shape => Shape.Create([.. shape.Select(axis => axis ?? length)]))];

    private static void CheckCount(Layer layer, IReadOnlyList<Shape> inputs)
    {
        if (inputs.FirstOrDefault(shape => shape.LongSize > MostZeros) is not { } shape)
            return;
        throw new ArgumentException(
            $"{layer.Name}: the shape of its output is found by a call on zeros, and {shape.LongSize} of them, {shape}, are too many. " +
            $"Override ComputeOutputShape in {layer.GetType().Name}.");
    }

    private static Shape[] Compared(Layer layer, IReadOnlyList<Shape> inputs, int small, int large)
    {
        var first = Called(layer, inputs, small);
        var second = Called(layer, inputs, large);
        if (first.Length != second.Length || first.Zip(second).Any(pair => pair.First.Rank != pair.Second.Rank))
            throw new ArgumentException($"{layer.Name}: its outputs have other axes when the input is longer.");
        return [.. first.Zip(second, (a, b) => Shape.Create([.. a.Select((axis, i) => axis == b.At(i) ? axis : null)]))];
    }

    private static Shape[] Called(Layer layer, IReadOnlyList<Shape> inputs, int length)
    {
        inputs = Filled(inputs, length);
        CheckCount(layer, inputs);
        _depth++;
        using var silence = ActiveTapes.Pause();
        try
        {
            return [.. layer.ApplyAll(new Tensors([.. inputs.Select(shape => Tensor.Zeros(shape))])).Select(output => output.Shape)];
        }
        finally
        {
            _depth--;
            layer.ForgetTrial();
        }
    }
}
