namespace Unroll.Layers;

/// <summary>The calls of layers between a model's inputs and outputs, in an order in which each finds its inputs made.</summary>
internal sealed class Graph
{
    private Graph(KerasTensors inputs, KerasTensors outputs, IReadOnlyList<Node> nodes, IReadOnlyList<Layer> met)
    {
        Inputs = inputs;
        Outputs = outputs;
        Nodes = nodes;
        Layers = InOrder(nodes, met);
        if (IsChain && outputs.Count == 1 && nodes.All(node => node.Outputs.Count == 1))
            Line = [.. nodes.Where(node => node.Inputs.Count == 1).Select(node => node.Layer)];
    }

    public KerasTensors Inputs { get; }

    public KerasTensors Outputs { get; }

    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>
    /// Each layer once, in Keras' order, which is that of the weights: the farthest from the outputs first; among equally far
    /// ones as a walk back from the outputs meets them.
    /// </summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>Whether the layers form one line, with no branch and no layer called twice.</summary>
    public bool IsChain => Inputs.Count == 1 && Outputs.Count >= 1 && Nodes.Count == Layers.Count &&
        Nodes.All(node => node.Inputs.Count <= 1) &&
        Nodes.SelectMany(node => node.Inputs).Select(input => input.Producer).Distinct().Count() == Nodes.Count - 1;

    /// <summary>The layers after the input, where each has one input and one output and is the next one's; else null.</summary>
    public Layer[]? Line { get; }

    /// <summary>Finds the calls that lead from the inputs to the outputs.</summary>
    /// <exception cref="ArgumentException">An output depends on an input that is not named, or a name stands twice.</exception>
    public static Graph Between(KerasTensors inputs, KerasTensors outputs, string model)
    {
        var nodes = new List<Node>();
        var seen = new HashSet<Node>();
        var met = new OrderedDictionary<Layer, bool>();
        foreach (var input in inputs)
        {
            if (input is not Input)
                throw new ArgumentException($"{model}: {input} is not an Input. Begin the model with new Input([…]).");
            seen.Add(input.Producer);
            nodes.Add(input.Producer);
        }

        foreach (var output in outputs)
            Visit(output);
        var graph = new Graph(inputs, outputs, nodes, [.. met.Keys]);
        if (graph.Layers.GroupBy(layer => layer.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"{model}: two layers have the name {twice.Key}. Names must differ.");
        return graph;

        void Visit(KerasTensor tensor)
        {
            met.TryAdd(tensor.Layer, true);
            if (!seen.Add(tensor.Producer))
                return;
            if (tensor is Input)
            {
                throw new ArgumentException(
                    $"{model}: the output depends on {tensor.Layer.Name}, which is not among the inputs. Add it to inputs.");
            }

            foreach (var input in tensor.Producer.Inputs)
                Visit(input);
            nodes.Add(tensor.Producer);
        }
    }

    private static Layer[] InOrder(IReadOnlyList<Node> nodes, IReadOnlyList<Layer> met)
    {
        var distances = new Dictionary<Node, int>();
        var farthest = new Dictionary<Layer, int>();
        foreach (var node in nodes.Reverse())
        {
            // Every call of a shared layer counts as far as its farthest one.
            var distance = Math.Max(distances.GetValueOrDefault(node), farthest.GetValueOrDefault(node.Layer));
            farthest[node.Layer] = distance;
            foreach (var input in node.Inputs)
                distances[input.Producer] = Math.Max(distance + 1, distances.GetValueOrDefault(input.Producer));
        }

        // An input that leads nowhere was not met, and stands before the others.
        return [.. nodes.Select(node => node.Layer).Distinct().Except(met).Concat(met).OrderByDescending(layer => farthest[layer])];
    }

    /// <summary>Calls every layer of a line in turn.</summary>
    public static Tensor Run(Layer[] line, Tensor input, bool training)
    {
        foreach (var layer in line)
            input = layer.Apply(input, training);
        return input;
    }

    /// <summary>Calls every layer in an order in which each finds its inputs.</summary>
    public Tensors Run(Tensors inputs, bool training)
    {
        if (Line is not null)
            return Run(Line, inputs[0], training);

        var values = new Dictionary<KerasTensor, Tensor>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < inputs.Count; i++)
            values[Inputs[i]] = inputs[i];
        foreach (var node in Nodes)
        {
            if (node.Inputs.Count == 0)
                continue;
            var results = node.Layer.ApplyAll(new Tensors([.. node.Inputs.Select(input => values[input])]), training);
            node.CheckOutputs(results.Count);
            for (var i = 0; i < results.Count; i++)
                values[node.Outputs[i]] = results[i];
        }

        return new Tensors([.. Outputs.Select(output => values[output])]);
    }

    /// <summary>The shapes of the outputs for other shapes of the inputs.</summary>
    public IReadOnlyList<Shape> Shapes(IReadOnlyList<Shape> inputShapes)
    {
        var shapes = new Dictionary<KerasTensor, Shape>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < inputShapes.Count; i++)
            shapes[Inputs[i]] = inputShapes[i];
        foreach (var node in Nodes)
        {
            if (node.Inputs.Count == 0)
                continue;
            var results = node.Layer.OutputShapes([.. node.Inputs.Select(input => shapes[input])]);
            node.CheckOutputs(results.Count);
            for (var i = 0; i < results.Count; i++)
                shapes[node.Outputs[i]] = results[i];
        }

        return [.. Outputs.Select(output => shapes[output])];
    }

    /// <summary>Whether the graph takes inputs of these shapes.</summary>
    public bool Accepts(IReadOnlyList<Shape> shapes)
    {
        if (shapes.Count != Inputs.Count)
            return false;
        for (var i = 0; i < shapes.Count; i++)
            if (!Inputs[i].Shape.Accepts(shapes[i]))
                return false;
        return true;
    }

    /// <summary>Says which input does not fit.</summary>
    public void CheckInputs(IReadOnlyList<Shape> shapes, string model)
    {
        if (shapes.Count != Inputs.Count)
        {
            throw new ArgumentException(
                $"{model} has {Inputs.Count} inputs ({string.Join(", ", Inputs.Select(input => input.Layer.Name))}) but got {shapes.Count}.");
        }

        for (var i = 0; i < shapes.Count; i++)
        {
            var expected = Inputs[i].Shape;
            if (!expected.Accepts(shapes[i]))
            {
                throw new ArgumentException(
                    $"{model}: input {Inputs[i].Layer.Name} expects shape {expected} but got {shapes[i]}.{Advice(expected, shapes[i])}");
            }
        }
    }

    private static string Advice(Shape expected, Shape found) => found.Rank == expected.Rank - 1 && expected.From(1).Accepts(found)
        ? " A batch axis is missing: one sample is a batch of 1, x.ExpandDims(0)."
        : "";
}
