namespace Unroll.Initializers;

/// <summary>All zeros.</summary>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape) => Tensor.Zeros(shape);
}

/// <summary>All ones.</summary>
public sealed class Ones : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape) => Tensor.Ones(shape);
}

/// <summary>One value everywhere.</summary>
public sealed class Constant(double value = 0) : Initializer
{
    /// <summary>The value.</summary>
    public double Value { get; } = value;

    /// <inheritdoc/>
    public override Tensor Create(Shape shape) => Tensor.Full(shape, Value);
}
