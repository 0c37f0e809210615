namespace Unroll.Layers;

/// <content>Calls on data and on symbolic tensors: many tensors in, many out; a single one is a list of one.</content>
public abstract partial class Layer : ITensorSource
{
    private readonly LayerMethods _methods;

    /// <summary>How many tensors the layer gives, where it knows before it is called.</summary>
    internal virtual int? OutputCount => _methods.CallsOne ? 1 : null;

    /// <summary>The layer's part of training steps on inputs of one shape; null where the tape must follow it.</summary>
    internal virtual DirectStep? NewDirectStep(Shape input, bool wantsInputGradient) => null;

    /// <summary>Whether calls end in what <paramref name="type"/> writes, and no class derived from it has another way.</summary>
    private protected bool IsCalledAs(Type type) => _methods.CallAllOwner == type && !_methods.OverridesCall;

    /// <summary>Calls the layer on data: Python's <c>layer(x)</c>. The weights are made at the first call.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    /// <exception cref="InvalidOperationException">The layer gives several tensors; use <see cref="ApplyAll(Tensors, bool)"/>.</exception>
    public Tensor Apply(Tensor input, bool training = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Built)
            CheckInput(input.Shape);
        else
            EnsureBuilt([input.Shape], from: null);
        if (!_methods.AnswersOne)
            return Single(Run(new Tensors([input]), training));
        NoteCall();
        try
        {
            var output = Call(input, training) ?? throw GaveNull(nameof(Call));
            if (output == input)
                output = output.Identity();
            if (input.Mask is not null || MakesMasks)
                PassMasks(input, [output]);
            if (ActivityRegularizer is not null)
                ChargeActivity([output]);
            return output;
        }
        catch (Exception error) when (Shape.IsTooLarge(error))
        {
            throw TooLarge(error, input.Shape);
        }
    }

    /// <summary>Calls the layer on several inputs: <c>add.Apply([x, y])</c>.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    /// <exception cref="InvalidOperationException">The layer gives several tensors; use <see cref="ApplyAll(Tensors, bool)"/>.</exception>
    public Tensor Apply(Tensors inputs, bool training = false) => Single(ApplyAll(inputs, training));

    /// <summary>Calls the layer on data and returns all that it gives: output, states.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    public Tensors ApplyAll(Tensors inputs, bool training = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        EnsureBuilt([.. inputs.Select(input => input.Shape)], inputs.Source);
        return _methods.CallsOne ? new Tensors([Apply(inputs[0], training)], this) : Run(inputs, training);
    }

    /// <summary>Places the layer in a graph: Python's <c>layer(x)</c> on a symbolic tensor.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    /// <exception cref="InvalidOperationException">The layer gives several tensors; use <see cref="ApplyAll(KerasTensors)"/>.</exception>
    public KerasTensor Apply(KerasTensors inputs) => Single(ApplyAll(inputs));

    /// <summary>Places the layer in a graph and returns all that it gives: output, states.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    public KerasTensors ApplyAll(KerasTensors inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Shape[] shapes = [.. inputs.Select(input => input.Shape)];
        EnsureBuilt(shapes, inputs.Count > 0 ? inputs[0].Layer : null);
        return Node.Connect(this, inputs, OutputShapes(shapes));
    }

    /// <summary>The layer's function of one input and one output, written with tensor operations.</summary>
    protected virtual Tensor Call(Tensor input, bool training) =>
        _methods.OverridesCallAll ? Single(CallAll(input, training)) : throw Overrides(nameof(Call), nameof(CallAll));

    /// <summary>The layer's function, where there are several inputs or outputs.</summary>
    protected virtual Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        CheckOneInput(inputs.Count, inputs.Source);
        return _methods.OverridesCall ? Call(inputs[0], training) : throw Overrides(nameof(CallAll), nameof(Call));
    }

    /// <summary>Why a call's outputs cannot be taken apart into so many.</summary>
    string ITensorSource.Explain(int count, int wanted) => ExplainOutputs(count, wanted);

    /// <summary>Why the outputs of a call cannot be taken apart into so many, and what to do.</summary>
    internal virtual string ExplainOutputs(int count, int wanted) =>
        $"{Name} gives {Counted(count)}; {(count == 1 ? "it was" : "they were")} taken apart into {wanted}.";

    /// <summary>What to do about a layer that gives several tensors where one is meant.</summary>
    internal virtual string OneOutputAdvice => "Build the model with new Model(inputs, outputs), and say which output goes where.";

    internal static string Counted(int tensors) => tensors == 1 ? "one tensor" : $"{tensors} tensors";

    private Tensors Run(Tensors inputs, bool training)
    {
        NoteCall();
        try
        {
            var outputs = Apart(CallAll(inputs, training) ?? throw GaveNull(nameof(CallAll)), inputs);
            PassMasks(inputs, outputs);
            ChargeActivity(outputs);
            return outputs;
        }
        catch (Exception error) when (Shape.IsTooLarge(error))
        {
            throw TooLarge(error, inputs[0].Shape);
        }
    }

    private ArgumentException TooLarge(Exception error, Shape input) =>
        new($"{Name} cannot work on {input}: {error.Message} Use smaller batches, or a smaller layer.", error);

    /// <summary>No two results share their memory, with each other or with an input.</summary>
    private Tensors Apart(Tensors outputs, Tensors inputs)
    {
        var apart = new Tensor[outputs.Count];
        for (var i = 0; i < apart.Length; i++)
        {
            var output = outputs[i];
            var isShared = Array.IndexOf(apart, output, 0, i) >= 0;
            for (var j = 0; j < inputs.Count && !isShared; j++)
                isShared = inputs[j] == output;
            apart[i] = isShared ? output.Identity() : output;
            if (isShared && LeavesMasksToLayersWithin)
                apart[i].Mask = output.Mask;
        }

        return new Tensors(apart, this);
    }

    private void CheckOneInput(int count, ITensorSource? source)
    {
        if (count == 1)
            return;
        throw new ArgumentException(source is Layer from && count > 1
            ? $"{Name} takes one input but got {count}: {from.Name} gives {Counted(count)}. {from.OneOutputAdvice}"
            : $"{Name} takes one input but got {count}.");
    }

    private NotSupportedException Overrides(string called, string other) => new(
        _methods.OverridesCall || _methods.OverridesCallAll
            ? $"{GetType().Name} overrides {called} alone, so there is no base.{called} to call; {other} is not overridden."
            : $"{GetType().Name} overrides neither Call nor CallAll.");

    private InvalidOperationException GaveNull(string method) =>
        new($"{Name}: {method} of {GetType().Name} returned null; a layer gives a tensor.");

    private T Single<T>(IReadOnlyList<T> outputs) => outputs.Count == 1
        ? outputs[0]
        : throw new InvalidOperationException(
            $"{Name} gives {outputs.Count} tensors, but Apply returns one. Use ApplyAll: var (output, …) = layer.ApplyAll(x);");

    private (Delegate One, Delegate All)[] Overridden() =>
    [
        ((Func<Tensor, bool, Tensor>)Call, (Func<Tensors, bool, Tensors>)CallAll),
        ((Func<Shape, Shape>)ComputeOutputShape, (Func<IReadOnlyList<Shape>, IReadOnlyList<Shape>>)ComputeOutputShapes),
        ((Action<Shape>)Build, (Action<IReadOnlyList<Shape>>)BuildAll),
        (ComputeMask, ComputeMask),
    ];
}
