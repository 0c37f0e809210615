namespace Unroll.Layers;

/// <summary>
/// Keras' <c>ops</c> on symbolic tensors: each places a layer without weights in the graph. On data the methods of
/// <see cref="Tensor"/> do the same.
/// </summary>
/// <example><code>
/// var x = new Input([9, 3]);
/// var y = Ops.Concatenate([Ops.Mean(x, axis: 1), Ops.Max(x, axis: 1)]);
/// </code></example>
public static class Ops
{
    /// <summary>e to the power of each element.</summary>
    public static KerasTensor Exp(KerasTensor x) => One("Exp", x, t => t.Exp());

    /// <summary>The natural logarithm of each element.</summary>
    public static KerasTensor Log(KerasTensor x) => One("Log", x, t => t.Log());

    /// <summary>The square root of each element.</summary>
    public static KerasTensor Sqrt(KerasTensor x) => One("Sqrt", x, t => t.Sqrt());

    /// <summary>Each element times itself.</summary>
    public static KerasTensor Square(KerasTensor x) => One("Square", x, t => t.Square());

    /// <summary>Each element to a constant power.</summary>
    public static KerasTensor Power(KerasTensor x, double exponent) => One("Power", x, t => t.Pow(exponent), exponent);

    /// <summary>The sizes without their signs.</summary>
    public static KerasTensor Absolute(KerasTensor x) => One("Absolute", x, t => t.Abs());

    /// <summary>Each element held between two bounds.</summary>
    public static KerasTensor Clip(KerasTensor x, double min, double max) => One("Clip", x, t => t.Clip(min, max), min, max);

    /// <summary>The hyperbolic tangent of each element.</summary>
    public static KerasTensor Tanh(KerasTensor x) => One("Tanh", x, t => t.Tanh());

    /// <summary>1 / (1 + exp(-x)) of each element.</summary>
    public static KerasTensor Sigmoid(KerasTensor x) => One("Sigmoid", x, t => t.Sigmoid());

    /// <summary>max(x, 0) of each element.</summary>
    public static KerasTensor Relu(KerasTensor x) => One("Relu", x, t => t.Relu());

    /// <summary>exp(x) / sum(exp(x)) along an axis.</summary>
    public static KerasTensor Softmax(KerasTensor x, int axis = -1) => One("Softmax", x, t => t.Softmax(axis), axis);

    /// <summary>The sums along an axis, which goes, or stays with length 1.</summary>
    public static KerasTensor Sum(KerasTensor x, int axis, bool keepdims = false) => One("Sum", x, t => t.Sum(axis, keepdims), axis, keepdims);

    /// <summary>The means along an axis, which goes, or stays with length 1.</summary>
    public static KerasTensor Mean(KerasTensor x, int axis, bool keepdims = false) => One("Mean", x, t => t.Mean(axis, keepdims), axis, keepdims);

    /// <summary>The greatest elements along an axis, which goes, or stays with length 1.</summary>
    public static KerasTensor Max(KerasTensor x, int axis, bool keepdims = false) => One("Max", x, t => t.Max(axis, keepdims), axis, keepdims);

    /// <summary>The smallest elements along an axis, which goes, or stays with length 1.</summary>
    public static KerasTensor Min(KerasTensor x, int axis, bool keepdims = false) => One("Min", x, t => t.Min(axis, keepdims), axis, keepdims);

    /// <summary>A new axis of length 1.</summary>
    public static KerasTensor ExpandDims(KerasTensor x, int axis) => One("ExpandDims", x, t => t.ExpandDims(axis), axis);

    /// <summary>The same elements in another shape, the batch among its lengths; one may be -1 and is found.</summary>
    public static KerasTensor Reshape(KerasTensor x, params ReadOnlySpan<int> newshape)
    {
        var shape = newshape.ToArray();
        return One("Reshape", x, t => t.Reshape(shape), shape);
    }

    /// <summary>The axes in another order, the batch's among them.</summary>
    public static KerasTensor Transpose(KerasTensor x, params ReadOnlySpan<int> axes)
    {
        var order = axes.ToArray();
        return One("Transpose", x, t => order.Length == 0 ? t.Transpose() : t.Transpose(order), order);
    }

    /// <summary>The elements along an axis in the opposite order.</summary>
    public static KerasTensor Flip(KerasTensor x, int axis) => One("Flip", x, t => t.Flip(axis), axis);

    /// <summary>The matrix product of the last two axes.</summary>
    public static KerasTensor Matmul(KerasTensor x1, KerasTensor x2) => OperationLayer.Place("Matmul", (a, b) => a.MatMul(b), x1, x2);

    /// <summary>The greater of two, elementwise.</summary>
    public static KerasTensor Maximum(KerasTensor x1, KerasTensor x2) => OperationLayer.Place("Maximum", Tensor.Maximum, x1, x2);

    /// <summary>The smaller of two, elementwise.</summary>
    public static KerasTensor Minimum(KerasTensor x1, KerasTensor x2) => OperationLayer.Place("Minimum", Tensor.Minimum, x1, x2);

    /// <summary>1 where the first is greater, else 0; without a gradient.</summary>
    public static KerasTensor Greater(KerasTensor x1, KerasTensor x2) => OperationLayer.Place("Greater", Tensor.Greater, x1, x2);

    /// <summary>The second where the condition is not 0, else the third.</summary>
    public static KerasTensor Where(KerasTensor condition, KerasTensor x1, KerasTensor x2)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(x1);
        ArgumentNullException.ThrowIfNull(x2);
        return OperationLayer.Place("Where", all => Tensor.Where(all[0], all[1], all[2]), KerasTensors.Create([condition, x1, x2]));
    }

    /// <summary>Joins tensors along an axis that they have.</summary>
    public static KerasTensor Concatenate(KerasTensors xs, int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(xs);
        return OperationLayer.Place("Concatenate", all => Tensor.Concat(all, axis), xs, [axis]);
    }

    /// <summary>Joins tensors of one shape along a new axis.</summary>
    public static KerasTensor Stack(KerasTensors xs, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(xs);
        return OperationLayer.Place("Stack", all => Tensor.Stack(all, axis), xs, [axis]);
    }

    private static KerasTensor One(string operation, KerasTensor x, Func<Tensor, Tensor> function, params object?[] arguments) =>
        OperationLayer.Place(operation, function, x, arguments);
}
