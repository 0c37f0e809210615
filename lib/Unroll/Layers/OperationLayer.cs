using System.Runtime.CompilerServices;

namespace Unroll.Layers;

/// <summary>
/// An operation on symbolic tensors as a layer of the graph: what <c>x + y</c>, <c>x[.., 0]</c> and <see cref="Ops"/> place
/// there. It has no weights, and as in Keras its result has no mask.
/// </summary>
internal sealed class OperationLayer(string operation, Func<Tensors, Tensor> function, int operands, IReadOnlyList<object?> arguments)
    : Layer(Session.Current.UniqueName(Session.SnakeCase(operation)))
{
    internal override string ClassName => operation;

    /// <summary>
    /// What the function was made with besides its operands, in the order in which <see cref="Ops"/> takes it: axes, lengths,
    /// slices. Of two operands of an operator one may be data: it is here, and null in the place of the symbolic one.
    /// </summary>
    internal IReadOnlyList<object?> Arguments => arguments;

    internal override string ShortName => "op";

    internal override int? OutputCount => 1;

    internal override bool LeavesMasksToLayersWithin => true;

    /// <summary>Places an operation on one symbolic tensor in its graph.</summary>
    public static KerasTensor Place(
        string operation,
        Func<Tensor, Tensor> function,
        KerasTensor x,
        IReadOnlyList<object?>? arguments = null,
        [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(x, name);
        return Place(operation, all => function(all[0]), KerasTensors.Create([x]), arguments);
    }

    /// <summary>Places an operation on two symbolic tensors.</summary>
    public static KerasTensor Place(
        string operation,
        Func<Tensor, Tensor, Tensor> function,
        KerasTensor left,
        KerasTensor right,
        [CallerArgumentExpression(nameof(left))] string? leftName = null,
        [CallerArgumentExpression(nameof(right))] string? rightName = null)
    {
        ArgumentNullException.ThrowIfNull(left, leftName);
        ArgumentNullException.ThrowIfNull(right, rightName);
        return Place(operation, all => function(all[0], all[1]), KerasTensors.Create([left, right]));
    }

    /// <summary>Places an operation on some symbolic tensors.</summary>
    public static KerasTensor Place(
        string operation, Func<Tensors, Tensor> function, KerasTensors operands, IReadOnlyList<object?>? arguments = null) =>
        new OperationLayer(operation, function, operands.Count, arguments ?? []).Apply(operands);

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        return ShapeTrial.Of(this, inputShapes);
    }

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return function(inputs);
    }

    internal override void CheckInputs(IReadOnlyList<Shape> inputShapes, ITensorSource? from)
    {
        base.CheckInputs(inputShapes, from);
        if (inputShapes.Count != operands)
            throw new ArgumentException($"{Name} takes {operands} inputs but got {inputShapes.Count}.");
    }
}
