using System.Globalization;
using Unroll.Layers;

namespace Unroll.Pictures.Network;

/// <summary>How the steps of a recurrent layer go: the cells of one step, the first one nearest to the input, the direction, and the states' names.</summary>
internal sealed record CellRow(IReadOnlyList<string> Cells, bool GoesBackwards, string States);

/// <summary>A tensor between two cards: which output of one is which input of the other.</summary>
internal sealed record NetworkEdge(NetworkCard From, int Output, NetworkCard To, int Input, StepSlots? Slots)
{
    /// <summary>Whether this is a state, not a layer's output.</summary>
    public bool IsState => (From.HandsOnStates && Output >= From.FirstState) || (Input > 0 && To.Rows.Count > 0);
}

/// <summary>One call of a layer, as it is drawn.</summary>
internal sealed class NetworkCard
{
    /// <summary>The call; null for a place at which the model's output leaves.</summary>
    public Node? Node { get; init; }

    public required string Name { get; init; }

    /// <summary>What stands beside the drawing: kind and size, shapes, parameters.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>What stands on a box.</summary>
    public required string Word { get; init; }

    /// <summary>The directions of a recurrent layer; none for other layers.</summary>
    public IReadOnlyList<CellRow> Rows { get; init; } = [];

    /// <summary>How the two directions become one; null where there is one, or both are given.</summary>
    public string? Merge { get; init; }

    public bool ReturnsSequences { get; init; }

    public bool ReturnsState { get; init; }

    /// <summary>Whether the same layer works at each step for itself.</summary>
    public bool WorksEachStep { get; init; }

    /// <summary>Whether the card is an input's or an output's.</summary>
    public bool IsEnd { get; init; }

    /// <summary>The layers of a model within, where they are shown.</summary>
    public NetworkGraph? Inner { get; init; }

    /// <summary>The steps of what comes in; null where it is not a sequence.</summary>
    public StepSlots? In { get; init; }

    /// <summary>The steps of what goes out; null where it is not a sequence.</summary>
    public StepSlots? Out { get; init; }

    /// <summary>Whether the last outputs are states.</summary>
    public bool HandsOnStates => Rows.Count > 0 && ReturnsState;

    /// <summary>The place of the first state among the outputs: two directions that are not merged come before.</summary>
    public int FirstState => Rows.Count == 2 && Merge is null ? 2 : 1;

    public static NetworkCard Of(Node node, string shared, int most, bool showShapes, bool expandNested)
    {
        var layer = node.Layer;
        var isEnd = layer.IsInput;
        var lines = new List<string> { layer.Kind };
        if (showShapes)
        {
            lines.Add(node.Outputs[0].Shape.ToString());
            if (node.Outputs.Count > 1)
                lines.Add($"+ {string.Join(" ", node.Outputs.Skip(1).Select(output => output.Shape).Distinct())}");
        }

        if (!isEnd)
            lines.Add(shared.Length > 0 ? shared : Parameters(layer));
        var directions = layer.Directions;
        lines.AddRange(Notes(directions));
        var timeMajor = IsTimeMajor(layer);
        return new NetworkCard
        {
            Node = node,
            Name = layer.Name,
            Lines = lines,
            Word = layer.ShortName,
            Rows = [.. directions.Select(Row)],
            Merge = layer.DirectionsMerge,
            ReturnsSequences = directions.Any(rnn => rnn.ReturnSequences),
            ReturnsState = directions.Any(rnn => rnn.ReturnState),
            WorksEachStep = layer.WorksEachStep,
            IsEnd = isEnd,
            Inner = expandNested && layer.LayerGraph is { } graph ? NetworkGraph.Of(graph, most, showShapes, expandNested) : null,
            In = node.Inputs.Count == 0 ? null : Slots(node.Inputs[0], timeMajor, most),
            Out = Slots(node.Outputs[0], timeMajor, most),
        };
    }

    /// <summary>A place at which a tensor leaves the model.</summary>
    public static NetworkCard Leaving(KerasTensor tensor, string name, StepSlots? slots, bool showShapes) => new()
    {
        Name = name,
        Lines = showShapes ? [tensor.Shape.ToString()] : [],
        Word = "y",
        IsEnd = true,
        In = slots,
    };

    /// <summary>The steps of a tensor of at least three axes.</summary>
    public static StepSlots? Slots(KerasTensor tensor, bool timeMajor, int most) =>
        tensor.Shape.Rank >= 3 ? StepSlots.Of(tensor.Shape.At(timeMajor ? 0 : 1), most) : null;

    /// <summary>Whether a recurrent layer reads and gives time on the first axis.</summary>
    public static bool IsTimeMajor(Layer layer) => layer.Directions.Any(rnn => rnn.TimeMajor);

    private static CellRow Row(RNN rnn) => new([.. rnn.Cell.Parts.Select(cell => cell.ShortName)], rnn.GoBackwards, rnn.Cell.StateWord);

    private static string Parameters(Layer layer) => layer.CountParams() is var count && count == 1
        ? "1 parameter" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} parameters");

    private static IEnumerable<string> Notes(IReadOnlyList<RNN> directions)
    {
        if (directions.Count == 0)
            yield break;
        var rnn = directions[0];
        if (directions.Count == 1 && rnn.GoBackwards)
            yield return rnn.ReturnSequences ? "gives its last step first" : "goes backwards";
        if (rnn.Stateful)
            yield return "stateful";
        if (rnn.TimeMajor)
            yield return "time first";
    }
}
