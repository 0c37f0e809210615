using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>A call of a recurrent layer.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Owner">The layer that errors name: this one, or the Bidirectional around it.</param>
/// <param name="Rnn">The layer.</param>
/// <param name="X">The sequence, (time, batch, …).</param>
/// <param name="Mask">True for each step that counts, (time, batch); null where all do.</param>
/// <param name="Initial">The states that it begins with; none for zeros.</param>
internal sealed record RecurrentCall(GraphBuilder Graph, Layer Owner, RNN Rnn, Value X, Value? Mask, IReadOnlyList<Value> Initial)
{
    /// <summary>A call with the sequence and mask as the layer takes them; a stateful layer begins with what it keeps.</summary>
    public static RecurrentCall Of(GraphBuilder graph, Layer owner, RNN rnn, Value x, IReadOnlyList<Value> states)
    {
        var batch = x.Shape.At(rnn.TimeMajor ? 1 : 0);
        IReadOnlyList<Value> initial = states.Count == 0 && rnn.Stateful
            ? [.. rnn.Cell.StateShapes.Select((shape, i) => graph.Kept(rnn, i, Word(rnn, i), shape.Prepend(batch)))]
            : [.. states.Select(state => state.Unmasked)];
        var mask = x.Mask is { } given && !rnn.IgnoresMask ? TimeFirst(graph, rnn, given) : null;
        return new RecurrentCall(graph, owner, rnn, TimeFirst(graph, rnn, x), mask, initial);
    }

    /// <summary>A sequence, (time, batch, …), as the layer gives it.</summary>
    public Value Arranged(Value sequence) => TimeFirst(Graph, Rnn, sequence);

    /// <summary>The states at the end, for the next call of a stateful layer.</summary>
    public void Keep(IReadOnlyList<Value> states)
    {
        if (!Rnn.Stateful)
            return;
        foreach (var (i, state) in states.Index())
            Graph.Keep(Rnn, i, state);
    }

    /// <summary>Whether the last output of a sample counts, (batch,): false for zeros.</summary>
    /// <param name="any">Whether some step of it counts.</param>
    public Value LastCounts(Value any) => Rnn.ZeroOutputForMask ? Graph.At(Mask!, 0, Rnn.GoBackwards ? 0 : -1) : any;

    /// <summary>The name of a state, as in an unpacking of the layer's outputs.</summary>
    public static string Word(RNN rnn, int place) => rnn.Cell.StateSize.Count switch
    {
        1 => "h",
        2 => place == 0 ? "h" : "c",
        _ => FormattableString.Invariant($"state{place + 1}"),
    };

    private static Value TimeFirst(GraphBuilder graph, RNN rnn, Value x) =>
        rnn.TimeMajor ? x.Unmasked : graph.Transpose(x, [1, 0, .. Enumerable.Range(2, x.Rank - 2)]);
}
