namespace Unroll;

/// <summary>An operation on a tape: what it gave, of what, and how gradients go back through it.</summary>
/// <param name="outputs">What it gave.</param>
/// <param name="inputs">All tensors whose numbers the rule may read.</param>
/// <param name="followed">Which of the inputs the tape follows.</param>
/// <param name="rule">Turns the outputs' gradients into those of the inputs that are wanted.</param>
internal class Operation(Tensor[] outputs, Tensor[] inputs, bool[] followed, Func<Tensor?[], bool[], Tensor?[]>? rule)
{
    public Tensor[] Outputs => outputs;

    public Tensor[] Inputs => inputs;

    /// <summary>Whether it depends on what is asked for.</summary>
    public bool IsReached { get; set; }

    /// <summary>Whether some followed input is among the tensors.</summary>
    public bool ReachedBy(HashSet<Tensor> tensors)
    {
        for (var i = 0; i < inputs.Length; i++)
            if (followed[i] && tensors.Contains(inputs[i])) return true;
        return false;
    }

    /// <summary>Adds the gradients of the inputs that lead to the sources.</summary>
    public virtual void GoBack(Dictionary<Tensor, Tensor> gradients, HashSet<Tensor> reached)
    {
        var wanted = new bool[inputs.Length];
        for (var i = 0; i < inputs.Length; i++) wanted[i] = followed[i] && reached.Contains(inputs[i]);
        var results = rule!(Array.ConvertAll(outputs, output => gradients.GetValueOrDefault(output)), wanted);
        for (var i = 0; i < inputs.Length; i++)
            if (wanted[i] && results[i] is { } gradient) Collect(gradients, inputs[i], gradient);
    }

    protected static void Collect(Dictionary<Tensor, Tensor> gradients, Tensor input, Tensor gradient) =>
        gradients[input] = gradients.TryGetValue(input, out var sum) ? sum + gradient : gradient;
}

/// <summary>An operation with one output and a rule for each input, which is run only where it is wanted.</summary>
internal sealed class SingleOperation(Tensor output, Tensor[] inputs, bool[] followed, Func<Tensor, Tensor>[] rules)
    : Operation([output], inputs, followed, rule: null)
{
    private readonly bool[] _followed = followed;

    public override void GoBack(Dictionary<Tensor, Tensor> gradients, HashSet<Tensor> reached)
    {
        var incoming = gradients[Outputs[0]];
        for (var i = 0; i < rules.Length; i++)
            if (_followed[i] && reached.Contains(Inputs[i])) Collect(gradients, Inputs[i], rules[i](incoming));
    }
}
