using System.Diagnostics.CodeAnalysis;

namespace Unroll.Training;

/// <summary>
/// A rule that changes variables against their gradients. <c>Compile</c> takes one by name, <c>"adam"</c>, or as an object,
/// <c>new Adam(learningRate: 0.01)</c>.
/// </summary>
public abstract class Optimizer
{
    private static readonly Dictionary<string, Func<Optimizer>> Known = new(StringComparer.Ordinal)
    {
        ["sgd"] = () => new SGD(),
        ["rmsprop"] = () => new RMSprop(),
        ["adam"] = () => new Adam(),
    };

    private readonly Dictionary<(Variable, string), float[]> _slots = [];

    /// <summary>Makes an optimizer. One of your own derives from this and overrides <see cref="Update"/>.</summary>
    protected Optimizer(double learningRate)
    {
        if (!(learningRate >= 0))
            throw new ArgumentException(FormattableString.Invariant($"learningRate must not be negative but is {learningRate}."));
        LearningRate = learningRate;
    }

    /// <summary>How far one step goes; it may be changed between steps.</summary>
    public double LearningRate { get; set; }

    /// <summary>How many steps were made.</summary>
    public int Iterations { get; private set; }

    /// <summary>An optimizer by its name; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Optimizer?(string? name) => name is null ? null : FromString(name);

    /// <summary>An optimizer by its name, with its default arguments.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public static Optimizer FromString(string name) => NearestName.Find(Known, name, "optimizer")();

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
        Iterations++;
        for (var i = 0; i < variables.Count; i++)
            if (gradients[i] is { } gradient)
                Update(variables[i].Writable, gradient.Values, variables[i]);

        // As in Keras, when all are moved, and those too that had no gradient.
        foreach (var variable in variables)
            if (variable.Constraint is { } constraint)
                variable.Assign(constraint(variable.Value.StopGradient()));
    }

    /// <summary>
    /// Brings the slots here from an engine that made steps; set by the engine, called once before somebody here reads them.
    /// </summary>
    internal Action? SlotsElsewhere { get; set; }

    /// <summary>Counts a step that an engine makes.</summary>
    internal void CountStep() => Iterations++;

    /// <summary>The numbers kept for a variable, for an engine to read and to write.</summary>
    internal Span<float> SlotOf(Variable variable, string name) => Slot(variable, name);

    /// <summary>Whether there are such numbers yet.</summary>
    internal bool HasSlot(Variable variable, string name) => _slots.ContainsKey((variable, name));

    internal void FetchSlots()
    {
        var fetch = SlotsElsewhere;
        SlotsElsewhere = null;
        fetch?.Invoke();
    }

    /// <summary>Changes one variable's numbers in place.</summary>
    protected abstract void Update(Span<float> values, ReadOnlySpan<float> gradient, Variable variable);

    /// <summary>Numbers that the rule keeps for a variable from step to step, zeros at first.</summary>
    protected Span<float> Slot(Variable variable, string name)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(name);
        if (!_slots.TryGetValue((variable, name), out var slot))
            _slots[(variable, name)] = slot = new float[variable.Shape.Size];
        return slot;
    }
}
