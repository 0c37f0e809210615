using Unroll.TorchSharp.Plans;

namespace Unroll.TorchSharp.Source;

/// <summary>The names of a method's variables: those of the inputs, then x1, x2, …; none is a field's.</summary>
internal sealed class LocalNames
{
    private readonly Dictionary<int, string> _known = [];
    private readonly PlanNames _names = new();
    private int _count;

    public LocalNames(Plan plan)
    {
        foreach (var field in plan.Parts.Select(part => part.Name).Concat(plan.States.Select(state => state.Name)).Append("inputs"))
            _names.Unique(field);
        foreach (var (value, name) in plan.Inputs)
            _known[value.Place] = _names.Unique(name);
    }

    public string Of(Value value)
    {
        if (!_known.TryGetValue(value.Place, out var name))
            _known[value.Place] = name = _names.Unique(System.FormattableString.Invariant($"x{++_count}"));
        return name;
    }
}
