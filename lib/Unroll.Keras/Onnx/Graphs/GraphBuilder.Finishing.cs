using Unroll.Keras.Onnx.Format;

namespace Unroll.Keras.Onnx.Graphs;

/// <content>The whole graph: names for all wires, and nothing that nobody reads.</content>
internal sealed partial class GraphBuilder
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The graph of the nodes that lead to the outputs.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="outputs">What goes out, with the names that users of the file find it by.</param>
    public GraphProto Finish(string name, IReadOnlyList<(Value Value, string Name)> outputs)
    {
        // Each output has a wire of its own: an input that goes out, or one tensor that goes out twice, is copied.
        var given = _inputs.Concat(_states.Values.Select(state => (Value: state.First, state.Name)))
            .Select(input => input.Value.Wire).Concat(_constants.Values.Select(constant => constant.Value.Wire)).ToHashSet();
        (Value Value, string Name)[] last =
        [
            .. outputs.Concat(_states.Values.Select(state => (state.Last, $"{state.Name}_out")))
                .Select(output => given.Add(output.Item1.Wire) ? output : (Add("Identity", output.Item1.Shape, [output.Item1]), output.Item2)),
        ];
        (Value Value, string Name)[] first = [.. _inputs, .. _states.Values.Select(state => (state.First, state.First.Wire.Hint))];
        foreach (var (value, wanted) in first.Concat(last))
            value.Wire.Name = Unique(wanted);

        var nodes = Needed(_nodes, last.Select(output => output.Value.Wire));
        var read = nodes.SelectMany(node => node.Read).ToHashSet();
        var constants = _constants.Values.Where(constant => read.Contains(constant.Value.Wire)).ToArray();
        foreach (var (value, _) in constants)
            value.Wire.Name = Unique(value.Wire.Hint);
        var own = first.Concat(last).Select(named => named.Value.Wire).ToHashSet();
        return new GraphProto(
            name,
            Written(nodes, own),
            [.. constants.Select(constant => constant.Make(constant.Value.Wire.Name))],
            [.. first.Select(input => Described(input.Value, AxisNames.OfInput(input.Value, [.. first.Select(one => one.Value)])))],
            [.. last.Select(output => Described(output.Value, AxisNames.OfOutput(output.Value)))]);
    }

    private static ValueInfoProto Described(Value value, Axis[] axes) => new(value.Wire.Name, ElementType.Float, axes);

    /// <summary>Without the nodes whose results nobody takes.</summary>
    private static List<GraphNode> Needed(IReadOnlyList<GraphNode> nodes, IEnumerable<Wire> outputs)
    {
        var wanted = outputs.ToHashSet();
        var needed = new List<GraphNode>();
        foreach (var node in nodes.Reverse().Where(node => node.Outputs.Any(wanted.Contains)))
        {
            wanted.UnionWith(node.Read);
            needed.Add(node);
        }

        needed.Reverse();
        return needed;
    }

    /// <summary>The nodes in the file's form; wires that have no name yet get one.</summary>
    private NodeProto[] Written(IReadOnlyList<GraphNode> nodes, HashSet<Wire> named) =>
    [
        .. nodes.Select(node =>
        {
            foreach (var output in node.Outputs.Where(output => !named.Contains(output)))
                output.Name = Unique(output.Hint);
            return new NodeProto(
                Unique(node.Scope.Length == 0 ? $"{node.Operation}_node" : $"{node.Scope}/{node.Operation}_node"),
                node.Operation,
                [.. node.Inputs.Select(input => input?.Name ?? "")],
                [.. node.Outputs.Select(output => output.Name)],
                [.. node.Attributes.Select(attribute => Written(attribute.Name, attribute.Value))]);
        }),
    ];

    private AttributeProto Written(string name, object value) => value switch
    {
        long number => new AttributeProto(name, number),
        float number => new AttributeProto(name, number),
        string word => new AttributeProto(name, word),
        long[] numbers => new AttributeProto(name, numbers),
        float[] numbers => new AttributeProto(name, numbers),
        string[] words => new AttributeProto(name, words),
        Subgraph body => new AttributeProto(name, Written(body)),
        _ => throw new InvalidOperationException($"{name}: {value.GetType()} is not the type of an attribute."),
    };

    private GraphProto Written(Subgraph body)
    {
        foreach (var (wire, _, _) in body.Inputs)
            wire.Name = Unique(wire.Hint);
        return new GraphProto(
            body.Name,
            Written(Needed(body.Nodes, body.Outputs.Select(output => output.Wire)), []),
            [],
            [.. body.Inputs.Select(input => new ValueInfoProto(input.Wire.Name, input.Type, null))],
            [.. body.Outputs.Select(output => new ValueInfoProto(output.Wire.Name, output.Type, null))]);
    }

    private string Unique(string wanted)
    {
        var name = wanted;
        for (var i = 1; !_taken.Add(name); i++)
            name = FormattableString.Invariant($"{wanted}_{i}");
        return name;
    }
}
