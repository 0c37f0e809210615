namespace Unroll.Training;

/// <summary>The numbers that an optimizer keeps for each variable from step to step, in the order in which they were first asked for.</summary>
internal sealed class OptimizerSlots
{
    private readonly OrderedDictionary<(Variable Variable, string Name), float[]> _slots = [];

    /// <summary>Copies of all.</summary>
    public IEnumerable<Tensor> All => _slots.Select(slot => Tensor.FromSpan(slot.Value, slot.Key.Variable.Shape));

    public bool Has(Variable variable, string name) => _slots.ContainsKey((variable, name));

    public Span<float> Of(Variable variable, string name, Func<string, float> first)
    {
        if (!_slots.TryGetValue((variable, name), out var slot))
        {
            slot = new float[variable.Shape.Size];
            slot.AsSpan().Fill(first(name));
            _slots.Add((variable, name), slot);
        }

        return slot;
    }

    /// <summary>Takes a state that <see cref="All"/> gave: of no step, or with the slots of all variables.</summary>
    /// <exception cref="ArgumentException">Number or shapes do not fit.</exception>
    public void Set(
        IReadOnlyList<Tensor> state, IReadOnlyList<Variable> variables, IReadOnlyList<string> names, string optimizer, Func<string, float> first)
    {
        var wanted = variables.SelectMany(variable => names.Select(name => (variable, name))).ToList();
        if (state.Count > 0 && state.Count != wanted.Count)
        {
            throw new ArgumentException(
                $"{optimizer} keeps {Counted(names.Count, "tensor")} for each of {Counted(variables.Count, "variable")}, {wanted.Count} in all, but {state.Count} came.");
        }

        for (var i = 0; i < state.Count; i++)
        {
            var (variable, name) = wanted[i];
            if (state[i].Shape != variable.Shape)
                throw new ArgumentException($"{optimizer}: {name} of {variable.Name} has shape {variable.Shape}, but {state[i].Shape} came.");
        }

        _slots.Clear();
        foreach (var ((variable, name), value) in wanted.Zip(state))
            value.Values.CopyTo(Of(variable, name, first));
    }

    private static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
