namespace Unroll.Layers;

/// <summary>
/// Applies one layer, or model, to every time step with the same weights: (batch, time, …) becomes (batch, time, …), where
/// the layer sees (batch, …), without a mask. Several inputs and outputs each have a time axis.
/// </summary>
public sealed class TimeDistributed : Layer
{
    /// <summary>Wraps a layer: <c>new TimeDistributed(new Dense(8))</c>.</summary>
    /// <param name="layer">The layer for one step.</param>
    /// <param name="inputShape">The shape of one sample, (time, …), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public TimeDistributed(Layer layer, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Layer = Track(layer);
        SupportsMasking = true;
        InputSpec = new InputSpec(MinRank: 3, Axes: "batch, time, …");
    }

    /// <summary>The layer for one step.</summary>
    public Layer Layer { get; }

    internal override string Kind => $"{ClassName} · {Layer.ClassName}";

    internal override string ShortName => Layer.ShortName;

    internal override bool WorksEachStep => true;

    internal override int? OutputCount => Layer.OutputCount;

    internal override string OneOutputAdvice => Layer.OneOutputAdvice;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckInputs(inputShapes, from: null);
        var (batch, time) = (inputShapes[0].At(0), inputShapes[0].At(1));
        var outputs = Layer.OutputShapes(StepShapes(inputShapes));
        foreach (var output in outputs)
            CheckBatchAxis(output, Layer.IsBoundToBatch ? batch : null);
        return [.. outputs.Select(step => step.From(1).Prepend(time).Prepend(batch))];
    }

    /// <inheritdoc/>
    protected override void BuildAll(IReadOnlyList<Shape> inputShapes) => Layer.EnsureBuilt(StepShapes(inputShapes), from: null);

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);

        // States go from step to step, and a batch of another size does not fit them.
        return Layer.IsBoundToBatch ? CallStepByStep(inputs, training) : CallAtOnce(inputs, training);
    }

    internal override void CheckInputs(IReadOnlyList<Shape> inputShapes, ITensorSource? from)
    {
        base.CheckInputs(inputShapes, from);
        foreach (var shape in inputShapes.Skip(1))
        {
            InputSpec.Check(this, shape, from as Layer);
            if (!Agree(inputShapes[0], shape, 0) || !Agree(inputShapes[0], shape, 1))
                throw new ArgumentException($"{Name}: inputs {string.Join(", ", inputShapes)} must have the same batch and time.");
        }
    }

    /// <summary>All steps of all samples are one large batch.</summary>
    private Tensors CallAtOnce(Tensors inputs, bool training)
    {
        var (batch, time) = (inputs[0].Shape[0], inputs[0].Shape[1]);
        var rows = Arguments.Length((long)batch * time, Name, $"the batch of {batch} samples of {time} steps");
        var steps = Layer.ApplyAll(new Tensors([.. inputs.Select(input => input.Reshape(input.Shape.From(2).Prepend(rows)))]), training);
        foreach (var step in steps)
            CheckBatchAxis(step.Shape, rows);
        return new Tensors([.. steps.Select(step => step.Reshape(step.Shape.From(1).Prepend(time).Prepend(batch)))]);
    }

    private Tensors CallStepByStep(Tensors inputs, bool training)
    {
        if (inputs[0].Shape[1] == 0)
            throw new ArgumentException($"{Name} got no time step: {inputs[0].Shape}.");
        var steps = inputs.Select(input => input.Unstack(1)).ToArray();
        var outputs = Enumerable.Range(0, inputs[0].Shape[1])
            .Select(time => Layer.ApplyAll(new Tensors([.. steps.Select(step => step[time])]), training))
            .ToArray();
        return new Tensors([.. Enumerable.Range(0, outputs[0].Count).Select(i => Tensor.Stack([.. outputs.Select(output => output[i])], axis: 1))]);
    }

    /// <summary>What the layer sees; of a batch whose size does not matter to it, any number.</summary>
    private Shape[] StepShapes(IReadOnlyList<Shape> inputShapes) =>
        [.. inputShapes.Select(shape => Layer.IsBoundToBatch ? shape.Without(1) : shape.Without(1).With(0, null))];

    private void CheckBatchAxis(Shape output, int? rows)
    {
        if (output.Rank == 0 || (rows is not null && output.At(0) is { } found && found != rows))
            throw new ArgumentException($"{Name}: {Layer.Name} gives {output}, but the first axis must stay the batch{(rows is null ? "" : $", {rows}")}.");
    }

    private static bool Agree(Shape one, Shape other, int axis) => one.At(axis) is not { } a || other.At(axis) is not { } b || a == b;
}
