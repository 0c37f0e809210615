namespace Unroll.Layers;

/// <content>Shapes of outputs: many in, many out, as tensors are.</content>
public abstract partial class Layer
{
    /// <summary>The shape of the output for a shape of the input; by default found by a trial call on zeros.</summary>
    /// <exception cref="InvalidOperationException">The layer gives several tensors; use <see cref="ComputeOutputShapes"/>.</exception>
    public virtual Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var shapes = _methods.OverridesShapes ? ComputeOutputShapes([inputShape]) : ShapeTrial.Of(this, [inputShape]);
        return shapes.Count == 1
            ? shapes[0]
            : throw new InvalidOperationException($"{Name} gives {shapes.Count} tensors, but ComputeOutputShape returns one shape. Use ComputeOutputShapes.");
    }

    /// <summary>The shapes of all outputs, where there are several inputs or outputs; by default found by a trial call on zeros.</summary>
    public virtual IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        return _methods.OverridesShape && inputShapes.Count > 0 ? [ComputeOutputShape(inputShapes[0])] : ShapeTrial.Of(this, inputShapes);
    }

    /// <summary>The shapes of all outputs, from the method that the class overrides.</summary>
    internal IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputShapes) =>
        _methods.ShapesOne && inputShapes.Count == 1 ? [ComputeOutputShape(inputShapes[0])] : ComputeOutputShapes(inputShapes);
}
