using System.Runtime.CompilerServices;

namespace Unroll.Layers;

/// <content>Arithmetic on what does not exist yet: each operator places a layer in the graph, as in Keras.</content>
public partial class KerasTensor
{
    /// <summary>
    /// A part of each batch: <c>x[.., ^1]</c> is the last step of a sequence. The first place is the batch axis; an index drops its
    /// axis, a range keeps it, and axes not named are taken whole.
    /// </summary>
    [IndexerName("Part")]
    public KerasTensor this[params ReadOnlySpan<Slice> places]
    {
        get
        {
            var copy = places.ToArray();
            return OperationLayer.Place("GetItem", x => x[copy], this, [copy]);
        }
    }

    /// <summary>The sum, elementwise, broadcasting; the other operators likewise.</summary>
    public static KerasTensor operator +(KerasTensor left, KerasTensor right) => OperationLayer.Place("Add", (l, r) => l + r, left, right);

    /// <inheritdoc cref="op_Addition(KerasTensor, KerasTensor)"/>
    public static KerasTensor operator +(KerasTensor left, Tensor right) =>
        OperationLayer.Place("Add", Right(right, (x, y) => x + y), left, [null, right]);

    /// <inheritdoc cref="op_Addition(KerasTensor, KerasTensor)"/>
    public static KerasTensor operator +(Tensor left, KerasTensor right) =>
        OperationLayer.Place("Add", Left(left, (x, y) => x + y), right, [left, null]);

    /// <inheritdoc cref="op_Addition(KerasTensor, KerasTensor)"/>
    public static KerasTensor operator -(KerasTensor left, KerasTensor right) => OperationLayer.Place("Subtract", (l, r) => l - r, left, right);

    /// <inheritdoc cref="op_Addition(KerasTensor, KerasTensor)"/>
    public static KerasTensor operator -(KerasTensor left, Tensor right) =>
        OperationLayer.Place("Subtract", Right(right, (x, y) => x - y), left, [null, right]);

    /// <inheritdoc cref="op_Addition(KerasTensor, KerasTensor)"/>
    public static KerasTensor operator -(Tensor left, KerasTensor right) =>
        OperationLayer.Place("Subtract", Left(left, (x, y) => x - y), right, [left, null]);

    /// <inheritdoc cref="op_Addition(KerasTensor, KerasTensor)"/>
    public static KerasTensor operator *(KerasTensor left, KerasTensor right) => OperationLayer.Place("Multiply", (l, r) => l * r, left, right);

    /// <inheritdoc cref="op_Addition(KerasTensor, KerasTensor)"/>
    public static KerasTensor operator *(KerasTensor left, Tensor right) =>
        OperationLayer.Place("Multiply", Right(right, (x, y) => x * y), left, [null, right]);

    /// <inheritdoc cref="op_Addition(KerasTensor, KerasTensor)"/>
    public static KerasTensor operator *(Tensor left, KerasTensor right) =>
        OperationLayer.Place("Multiply", Left(left, (x, y) => x * y), right, [left, null]);

    /// <inheritdoc cref="op_Addition(KerasTensor, KerasTensor)"/>
    public static KerasTensor operator /(KerasTensor left, KerasTensor right) => OperationLayer.Place("TrueDivide", (l, r) => l / r, left, right);

    /// <inheritdoc cref="op_Addition(KerasTensor, KerasTensor)"/>
    public static KerasTensor operator /(KerasTensor left, Tensor right) =>
        OperationLayer.Place("TrueDivide", Right(right, (x, y) => x / y), left, [null, right]);

    /// <inheritdoc cref="op_Addition(KerasTensor, KerasTensor)"/>
    public static KerasTensor operator /(Tensor left, KerasTensor right) =>
        OperationLayer.Place("TrueDivide", Left(left, (x, y) => x / y), right, [left, null]);

    /// <summary>Every sign turned.</summary>
    public static KerasTensor operator -(KerasTensor value) => OperationLayer.Place("Negative", x => -x, value);

    /// <summary>The named form of <c>+</c>.</summary>
    public static KerasTensor Add(KerasTensor left, KerasTensor right) => left + right;

    /// <summary>The named form of binary <c>-</c>.</summary>
    public static KerasTensor Subtract(KerasTensor left, KerasTensor right) => left - right;

    /// <summary>The named form of <c>*</c>.</summary>
    public static KerasTensor Multiply(KerasTensor left, KerasTensor right) => left * right;

    /// <summary>The named form of <c>/</c>.</summary>
    public static KerasTensor Divide(KerasTensor left, KerasTensor right) => left / right;

    /// <summary>The named form of unary <c>-</c>.</summary>
    public static KerasTensor Negate(KerasTensor value) => -value;

    private static Func<Tensor, Tensor> Right(Tensor right, Func<Tensor, Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(right);
        return x => function(x, right);
    }

    private static Func<Tensor, Tensor> Left(Tensor left, Func<Tensor, Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(left);
        return x => function(left, x);
    }
}
