using Unroll.Layers;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Plans;

/// <summary>Puts a plan together.</summary>
internal sealed class PlanBuilder
{
    private readonly List<(Value Value, string Name)> _inputs = [];
    private readonly List<Step> _steps = [];
    private readonly OrderedDictionary<(Layer Layer, string Role), Part> _parts = [];
    private readonly OrderedDictionary<Part, KeptState> _states = [];
    private readonly List<string> _refusals = [];
    private readonly PlanNames _names = new();
    private string _scope = "";
    private int _places;

    public Value Input(string name, int rank)
    {
        var value = NewValue(rank);
        _inputs.Add((value, name));
        return value;
    }

    /// <summary>One tensor made of one.</summary>
    public Value Map(Value x, int rank, Func<TorchTensor, TorchTensor> run, Func<string, string> code) =>
        Add([x], [rank], (inputs, _) => [run(inputs[0])], names => code(names[0]))[0];

    /// <summary>One tensor made of several.</summary>
    public Value Join(IReadOnlyList<Value> values, int rank, Func<TorchTensor[], TorchTensor> run, Func<string[], string> code) =>
        Add(values, [rank], (inputs, _) => [run(inputs)], code)[0];

    /// <summary>Any step; the ranks are those of the tensors that it makes.</summary>
    public Value[] Add(IReadOnlyList<Value> inputs, int[] ranks, Func<TorchTensor[], bool, TorchTensor[]> run, Func<string[], string> code)
    {
        Value[] outputs = [.. ranks.Select(NewValue)];
        _steps.Add(new Step(inputs, outputs, run, code));
        return outputs;
    }

    /// <summary>The part of a layer; a layer that is called twice has it once.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="role">Which of the layer's parts it is, as the end of its name; empty where there is one alone.</param>
    /// <param name="make">Makes it, by its name.</param>
    public Part PartOf(Layer layer, string role, Func<string, Part> make)
    {
        if (!_parts.TryGetValue((layer, role), out var part))
            _parts.Add((layer, role), part = make(_names.Unique($"{_scope}{layer.Name}{role}")));
        return part;
    }

    /// <summary>What a stateful part keeps.</summary>
    public KeptState StateOf(Part part, IReadOnlyList<(RNN Layer, int Place)> owners)
    {
        if (!_states.TryGetValue(part, out var state))
            _states.Add(part, state = new KeptState(_names.Unique($"{part.Name}_state"), owners));
        return state;
    }

    /// <summary>Remembers that the layer cannot be trained in TorchSharp.</summary>
    public void RefuseTraining(string reason)
    {
        if (!_refusals.Contains(reason, StringComparer.Ordinal))
            _refusals.Add(reason);
    }

    /// <summary>Parts that are made meanwhile have the name of the layer that they are in before their own.</summary>
    public IReadOnlyList<Value> Within(Layer layer, Func<IReadOnlyList<Value>> convert)
    {
        var before = _scope;
        _scope = $"{_scope}{layer.Name}_";
        try
        {
            return convert();
        }
        finally
        {
            _scope = before;
        }
    }

    public Plan Finish(string name, IReadOnlyList<Value> outputs)
    {
        // A tensor that came in, or goes out twice, is not handed out itself: who disposes of the one would lose the other.
        var given = _inputs.Select(input => input.Value).ToHashSet();
        Value[] apart = [.. outputs.Select(output => given.Add(output) ? output : Map(output, output.Rank, x => x.alias(), x => $"{x}.alias()"))];
        return new Plan(name, _inputs, apart, [.. _parts.Values], Needed(apart), [.. _states.Values], _refusals, _places);
    }

    /// <summary>Without the steps whose results nobody takes; those that make nothing keep something.</summary>
    private List<Step> Needed(IReadOnlyList<Value> outputs)
    {
        var wanted = outputs.Select(output => output.Place).ToHashSet();
        var needed = new List<Step>();
        foreach (var step in Enumerable.Reverse(_steps))
        {
            if (step.Outputs.Count > 0 && !step.Outputs.Any(output => wanted.Contains(output.Place)))
                continue;
            wanted.UnionWith(step.Inputs.Select(input => input.Place));
            needed.Insert(0, step);
        }

        return needed;
    }

    private Value NewValue(int rank) => new(_places++, rank);
}
