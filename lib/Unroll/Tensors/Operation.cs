namespace Unroll;

/// <summary>An operation on a tape: what it gave, of what, and how gradients go back through it.</summary>
internal abstract class Operation
{
    /// <summary>Whether it depends on what is asked for.</summary>
    public bool IsReached { get; private set; }

    /// <summary>What it gave.</summary>
    public abstract ReadOnlySpan<Tensor> Outputs { get; }

    /// <summary>How many tensors it was made of: all whose numbers the way back may read.</summary>
    public abstract int InputCount { get; }

    /// <summary>One of them.</summary>
    public abstract Tensor Input(int i);

    /// <summary>Adds the gradients of the inputs that lead to the sources.</summary>
    public abstract void GoBack(Dictionary<Tensor, Tensor> gradients, HashSet<Tensor> reached);

    /// <summary>Adds the outputs to what is reached, where a followed input is.</summary>
    public void Reach(HashSet<Tensor> reached)
    {
        IsReached = false;
        for (var i = 0; i < InputCount && !IsReached; i++)
            IsReached = IsWanted(i, reached);
        if (!IsReached)
            return;
        foreach (var output in Outputs)
            reached.Add(output);
    }

    /// <summary>Whether some gradient came to an output.</summary>
    public bool HasGradient(Dictionary<Tensor, Tensor> gradients)
    {
        foreach (var output in Outputs)
            if (gradients.ContainsKey(output))
                return true;
        return false;
    }

    protected abstract bool Follows(int i);

    protected bool IsWanted(int i, HashSet<Tensor> reached) => Follows(i) && reached.Contains(Input(i));

    protected static void Collect(Dictionary<Tensor, Tensor> gradients, Tensor input, Tensor gradient) =>
        gradients[input] = gradients.TryGetValue(input, out var sum) ? sum + gradient : gradient;
}

/// <summary>An operation with one output and a rule for each input, which is run only where it is wanted.</summary>
/// <param name="output">What it gave.</param>
/// <param name="inputs">Its inputs with their rules.</param>
/// <param name="followed">Which of the inputs the tape follows; null for a single one.</param>
internal sealed class SingleOperation(Tensor output, (Tensor Input, Func<Tensor, Tensor> Rule)[] inputs, bool[]? followed) : Operation
{
    private readonly Tensor _output = output;

    public override ReadOnlySpan<Tensor> Outputs => new(in _output);

    public override int InputCount => inputs.Length;

    public override Tensor Input(int i) => inputs[i].Input;

    public override void GoBack(Dictionary<Tensor, Tensor> gradients, HashSet<Tensor> reached)
    {
        var incoming = gradients[_output];
        for (var i = 0; i < inputs.Length; i++)
            if (IsWanted(i, reached))
                Collect(gradients, inputs[i].Input, inputs[i].Rule(incoming));
    }

    protected override bool Follows(int i) => followed is null || followed[i];
}

/// <summary>An operation with several outputs, and one rule for all inputs that are wanted.</summary>
internal sealed class JointOperation(Tensor[] outputs, Tensor[] inputs, bool[] followed, Func<Tensor?[], bool[], Tensor?[]> rule) : Operation
{
    public override ReadOnlySpan<Tensor> Outputs => outputs;

    public override int InputCount => inputs.Length;

    public override Tensor Input(int i) => inputs[i];

    public override void GoBack(Dictionary<Tensor, Tensor> gradients, HashSet<Tensor> reached)
    {
        var wanted = new bool[inputs.Length];
        for (var i = 0; i < wanted.Length; i++)
            wanted[i] = IsWanted(i, reached);
        var results = rule(Array.ConvertAll(outputs, output => gradients.GetValueOrDefault(output)), wanted);
        for (var i = 0; i < wanted.Length; i++)
            if (wanted[i] && results[i] is { } gradient)
                Collect(gradients, inputs[i], gradient);
    }

    protected override bool Follows(int i) => followed[i];
}
