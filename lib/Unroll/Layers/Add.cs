namespace Unroll.Layers;

/// <summary>Adds several inputs of one shape.</summary>
public sealed class Add(string? name = null) : Layer(name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckInputs(inputShapes, from: null);
        foreach (var shape in inputShapes)
        {
            if (!shape.Accepts(inputShapes[0]))
                throw new ArgumentException($"{Name}: shapes {string.Join(", ", inputShapes)} must be equal.");
        }

        return [inputShapes[0]];
    }

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ComputeOutputShapes([.. inputs.Select(input => input.Shape)]);
        return inputs.Aggregate((sum, input) => sum + input);
    }
}
