using Unroll.Keras.Onnx.Format;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Graphs;

/// <summary>Puts a graph together, node by node.</summary>
internal sealed partial class GraphBuilder
{
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<Wire, (Value Source, int[] Axes)> _turned = [];
    private readonly List<(Value Value, string Name)> _inputs = [];
    private Subgraph? _body;
    private string _scope = "";

    /// <summary>What comes in, with the names that users of the file give it by.</summary>
    public Value Input(string name, Shape shape)
    {
        var value = new Value(new Wire(name), shape);
        _inputs.Add((value, name));
        return value;
    }

    /// <summary>One operation with one result.</summary>
    /// <param name="operation">ONNX' name.</param>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="inputs">What it takes; null for an input that is left out.</param>
    /// <param name="attributes">Its arguments.</param>
    public Value Add(string operation, Shape shape, IReadOnlyList<Value?> inputs, params (string Name, object Value)[] attributes) =>
        AddAll(operation, [shape], inputs, attributes)[0];

    /// <summary>One operation with several results.</summary>
    /// <inheritdoc cref="Add"/>
    public Value[] AddAll(string operation, IReadOnlyList<Shape> shapes, IReadOnlyList<Value?> inputs, params (string Name, object Value)[] attributes)
    {
        Value[] outputs = [.. shapes.Select(shape => new Value(new Wire(Scoped(operation)), shape))];
        var count = inputs.Count;
        while (count > 0 && inputs[count - 1] is null)
            count--;
        (_body?.Nodes ?? _nodes).Add(new GraphNode(
            _scope, operation, [.. inputs.Take(count).Select(input => input?.Wire)], [.. outputs.Select(output => output.Wire)], attributes));
        return outputs;
    }

    /// <summary>The axes in another order; what is turned back is what it was.</summary>
    public Value Transpose(Value x, params int[] axes)
    {
        if (axes.Order().SequenceEqual(axes))
            return x.Unmasked;
        if (_turned.TryGetValue(x.Wire, out var before) && axes.Select(axis => before.Axes[axis]).SequenceEqual(axes.Order()))
            return before.Source;
        var turned = Add(
            "Transpose", Shape.Create([.. axes.Select(axis => x.Shape.At(axis))]), [x], ("perm", (long[])[.. axes.Select(axis => (long)axis)]));
        _turned.Add(turned.Wire, (x.Unmasked, axes));
        return turned;
    }

    /// <summary>Nodes that are made meanwhile have the layer's name before their own.</summary>
    public T Within<T>(Layer layer, Func<T> convert)
    {
        var before = _scope;
        _scope = Scoped(layer.Name);
        try
        {
            return convert();
        }
        finally
        {
            _scope = before;
        }
    }

    /// <summary>A loop's body: nodes that are made meanwhile are its own.</summary>
    /// <param name="inputs">What the body takes at each step.</param>
    /// <param name="steps">Makes the nodes, and gives what the body gives.</param>
    public Subgraph Body(
        IReadOnlyList<(Shape Shape, ElementType Type)> inputs, Func<IReadOnlyList<Value>, IReadOnlyList<(Value Value, ElementType Type)>> steps)
    {
        if (_body is not null)
            throw new InvalidOperationException($"{_scope}: a loop within a loop.");
        var body = _body = new Subgraph(Scoped("steps"));
        try
        {
            Value[] given = [.. inputs.Select(input => new Value(new Wire(Scoped("step")), input.Shape))];
            body.Inputs.AddRange(inputs.Zip(given, (input, value) => (value.Wire, input.Type, input.Shape)));

            // What a body hands on unchanged, or gives twice, needs a node of its own.
            var known = given.Select(value => value.Wire).ToHashSet();
            foreach (var (value, type) in steps(given))
            {
                var own = known.Add(value.Wire) ? value : Add("Identity", value.Shape, [value]);
                body.Outputs.Add((own.Wire, type, own.Shape));
            }

            return body;
        }
        finally
        {
            _body = null;
        }
    }

    private string Scoped(string name) => _scope.Length == 0 ? name : $"{_scope}/{name}";
}
