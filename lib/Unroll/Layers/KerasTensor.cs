namespace Unroll.Layers;

/// <summary>
/// A tensor that does not exist yet: a place in the graph of a model, with a shape. Layers are placed on it with
/// <see cref="Layer.Apply(KerasTensors)"/>.
/// </summary>
[Views.TypeFormatterSource(typeof(Views.TextFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public partial class KerasTensor
{
    private protected KerasTensor(Shape shape) => Shape = shape;

    internal KerasTensor(Shape shape, Node producer)
        : this(shape) => Producer = producer;

    /// <summary>The lengths of the axes; the batch axis is <c>None</c> unless it was given.</summary>
    public Shape Shape { get; }

    /// <summary>The layer that gives this tensor.</summary>
    public Layer Layer => Producer.Layer;

    /// <summary>The call of a layer that gives this tensor.</summary>
    internal Node Producer { get; private protected set; } = null!;

    /// <summary>Prints as Keras 2 does.</summary>
    public override string ToString() => $"<KerasTensor: shape={Shape} dtype=float32 (created by layer '{Layer.Name}')>";
}
