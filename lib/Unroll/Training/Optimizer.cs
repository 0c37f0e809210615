using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace Unroll.Training;

/// <summary>
/// A rule that changes variables against their gradients. <c>Compile</c> takes one by name, <c>"adam"</c>, or as an object,
/// <c>new Adam(learningRate: 0.01)</c>.
/// </summary>
/// <remarks>
/// A step is, in this order: gradients are clipped, by one of three ways; weights decay,
/// <c>w -= learningRate * weightDecay * w</c>; the rule changes the weights.
/// </remarks>
public abstract class Optimizer
{
    private static readonly Dictionary<string, Func<Optimizer>> Known = new(StringComparer.Ordinal)
    {
        ["sgd"] = () => new SGD(),
        ["rmsprop"] = () => new RMSprop(),
        ["adam"] = () => new Adam(),
        ["adamw"] = () => new AdamW(),
        ["adagrad"] = () => new Adagrad(),
        ["adadelta"] = () => new Adadelta(),
        ["adamax"] = () => new Adamax(),
        ["nadam"] = () => new Nadam(),
    };

    private readonly OptimizerSlots _slots = new();
    private readonly HashSet<Variable> _undecayed = [];
    private LearningRateSchedule _schedule;

    /// <summary>Makes an optimizer. One of your own derives from this and overrides <see cref="Update"/>.</summary>
    /// <param name="learningRate">A number or a schedule.</param>
    /// <param name="weightDecay">The share of each weight that a step takes away, times the learning rate; null for none.</param>
    /// <param name="clipNorm">The greatest norm of the gradient of each variable, or null.</param>
    /// <param name="clipValue">The greatest size of each number of a gradient, or null.</param>
    /// <param name="globalClipNorm">The greatest norm of all gradients together, or null.</param>
    /// <exception cref="ArgumentException">A number is out of range, or gradients are to be clipped in two ways.</exception>
    protected Optimizer(
        LearningRateSchedule learningRate,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        if (weightDecay is { } decay)
            LearningRateSchedule.NotNegative(decay, nameof(weightDecay));
        (_schedule, WeightDecay) = (learningRate, weightDecay);
        Clipping = new GradientClipping(clipNorm, clipValue, globalClipNorm);
    }

    /// <summary>How far the next step goes. A number that was given may be changed between steps; a schedule decides by itself.</summary>
    /// <exception cref="InvalidOperationException">Set, while a schedule decides.</exception>
    public double LearningRate
    {
        get => _schedule.At(Iterations);
        set => _schedule = _schedule is ConstantRate ? value : throw new InvalidOperationException(
            $"The learning rate follows a schedule, {_schedule.GetType().Name}, and cannot be set. Make the optimizer with a number to change it.");
    }

    /// <summary>The schedule that the learning rate follows; null where it is a number.</summary>
    public LearningRateSchedule? Schedule => _schedule is ConstantRate ? null : _schedule;

    /// <summary>The share of each weight that a step takes away, times the learning rate; null for none.</summary>
    public double? WeightDecay { get; }

    /// <summary>The greatest norm of the gradient of each variable, or null.</summary>
    public double? ClipNorm => Clipping.Norm;

    /// <summary>The greatest size of each number of a gradient, or null.</summary>
    public double? ClipValue => Clipping.Value;

    /// <summary>The greatest norm of all gradients together, or null.</summary>
    public double? GlobalClipNorm => Clipping.GlobalNorm;

    /// <summary>How many steps were made.</summary>
    public int Iterations { get; private set; }

    /// <summary>The gradients that a step uses in place of those that came.</summary>
    internal GradientClipping Clipping { get; }

    /// <summary>
    /// Brings the slots here from an engine that made steps; set by the engine, called once before somebody here reads them.
    /// </summary>
    internal Action? SlotsElsewhere { get; set; }

    /// <summary>The names of what the rule keeps for each variable, in Keras' order.</summary>
    protected internal virtual IReadOnlyList<string> SlotNames => [];

    /// <summary>An optimizer by its name; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Optimizer?(string? name) => name is null ? null : FromString(name);

    /// <summary>An optimizer by its name, with its default arguments.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public static Optimizer FromString(string name) => NearestName.Find(Known, name, "optimizer")();

    /// <summary>Names variables that do not decay, such as biases.</summary>
    public void ExcludeFromWeightDecay(IEnumerable<Variable> varList)
    {
        ArgumentNullException.ThrowIfNull(varList);
        _undecayed.UnionWith(varList);
    }

    /// <summary>
    /// Makes one step: changes each variable by its gradient, and puts those that have a constraint back to it. A variable
    /// whose gradient is null stays as it is.
    /// </summary>
    /// <exception cref="ArgumentException">The lists do not match, or there is no gradient at all.</exception>
    public void ApplyGradients(IReadOnlyList<Tensor?> gradients, IReadOnlyList<Variable> variables)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        NullCheck.Items(variables);
        if (gradients.Count != variables.Count)
            throw new ArgumentException($"{gradients.Count} gradients came for {variables.Count} variables.");
        if (variables.Count > 0 && gradients.All(gradient => gradient is null))
            throw new ArgumentException($"No gradient came for any of {string.Join(", ", variables.Select(variable => variable.Name))}.");
        for (var i = 0; i < variables.Count; i++)
        {
            if (gradients[i] is { } gradient && gradient.Shape != variables[i].Shape)
                throw new ArgumentException($"{variables[i].Name} has shape {variables[i].Shape} but its gradient has {gradient.Shape}.");
        }

        FetchSlots();
        var clipped = Clipping.Of(gradients);
        for (var i = 0; i < variables.Count; i++)
        {
            if (clipped[i] is not { } gradient)
                continue;
            var values = variables[i].Writable;
            if (DecayOf(variables[i]) is var decay and > 0)
                TensorPrimitives.Multiply(values, (float)(1 - decay), values);
            Update(values, gradient.Values, variables[i]);
        }

        // As in Keras, when all are moved, and those too that had no gradient.
        foreach (var variable in variables)
            if (variable.Constraint is { } constraint)
                variable.Assign(constraint(variable.Value.StopGradient()));
        Iterations++;
    }

    /// <summary>
    /// What the optimizer has gathered: how many steps were made, then for each variable what the rule keeps, in the order in which
    /// Keras has them (momentum and velocity of the first variable, of the second, …).
    /// </summary>
    public IReadOnlyList<Tensor> GetWeights()
    {
        FetchSlots();
        return [Tensor.FromSpan([Iterations]).Reshape(), .. _slots.All];
    }

    /// <summary>Goes on from what <see cref="GetWeights"/> gave, also in another process.</summary>
    /// <param name="weights">The state.</param>
    /// <param name="variables">The variables that it is about, in the order of the first step: <c>model.TrainableWeights</c>.</param>
    /// <exception cref="ArgumentException">The state does not fit this optimizer and these variables.</exception>
    public void SetWeights(IReadOnlyList<Tensor> weights, IReadOnlyList<Variable> variables)
    {
        NullCheck.Items(weights);
        NullCheck.Items(variables);
        if (weights.Count == 0 || weights[0].Size != 1)
            throw new ArgumentException($"{GetType().Name}: the first number of a state is how many steps were made.", nameof(weights));
        SlotsElsewhere = null;
        _slots.Set([.. weights.Skip(1)], variables, SlotNames, GetType().Name, FirstOf);
        Iterations = (int)weights[0].Item();
    }

    /// <summary>Counts a step that an engine makes.</summary>
    internal void CountStep() => Iterations++;

    /// <summary>What a step takes away of a variable: learning rate times weight decay; 0 for one that does not decay.</summary>
    internal double DecayOf(Variable variable) =>
        WeightDecay is { } decay && !_undecayed.Contains(variable) ? LearningRate * decay : 0;

    /// <summary>The numbers kept for a variable, for an engine to read and to write.</summary>
    internal Span<float> SlotOf(Variable variable, string name) => Slot(variable, name);

    /// <summary>What a slot holds before the first step.</summary>
    internal float FirstOf(string name) => FirstValue(name);

    /// <summary>Whether there are such numbers yet.</summary>
    internal bool HasSlot(Variable variable, string name) => _slots.Has(variable, name);

    internal void FetchSlots()
    {
        var fetch = SlotsElsewhere;
        SlotsElsewhere = null;
        fetch?.Invoke();
    }

    /// <summary>Changes one variable's numbers in place. <see cref="Iterations"/> does not count this step yet.</summary>
    protected abstract void Update(Span<float> values, ReadOnlySpan<float> gradient, Variable variable);

    /// <summary>What a slot holds before the first step. Default: zeros.</summary>
    protected virtual float FirstValue(string name) => 0;

    /// <summary>Numbers that the rule keeps for a variable from step to step, as many as the variable has.</summary>
    protected Span<float> Slot(Variable variable, string name)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(name);
        return _slots.Of(variable, name, FirstOf);
    }
}
