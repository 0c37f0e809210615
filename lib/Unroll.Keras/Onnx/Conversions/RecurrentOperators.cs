using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>ONNX' operations LSTM, GRU and RNN, which run a cell over a sequence, (time, batch, features), in one direction or both.</summary>
internal static class RecurrentOperators
{
    /// <summary>Whether ONNX has the cell, with its activations.</summary>
    public static bool Knows(RNNCell cell) => cell is KernelCell known && FunctionsOf(known).All(function => Activations.WordOf(function) is not null);

    /// <summary>Whether one operation can run both cells, one in each direction.</summary>
    public static bool AreAlike(RNNCell forward, RNNCell backward) => forward is KernelCell one && backward is KernelCell other &&
        one.GetType() == other.GetType() && one.Units == other.Units && Knows(one) && Knows(other) &&
        (one as GRUCell)?.ResetAfter == (other as GRUCell)?.ResetAfter;

    /// <summary>Cells on top of each other, each over the whole sequence.</summary>
    public static RecurrentResult Run(RecurrentCall call, IReadOnlyList<KernelCell> cells)
    {
        var graph = call.Graph;
        var steps = call.Mask is null ? null : new CountedSteps(graph, call.Mask);
        var x = steps is null ? call.X : steps.ToFront(call.X);
        var states = new List<Value>();
        foreach (var cell in cells)
        {
            var initial = call.Initial.Skip(states.Count).Take(cell.StateSize.Count).ToArray();
            var (sequence, last) = Add(
                graph, [cell], call.Rnn.GoBackwards ? "reverse" : "forward", x, steps, [.. initial.Select(state => graph.Unsqueeze(state, 0))]);
            x = graph.Squeeze(sequence, 1);
            foreach (var (i, state) in last.Index())
                states.Add(Kept(graph, steps, graph.Squeeze(state, 0), initial.ElementAtOrDefault(i)));
        }

        // The output of the last cell is its h.
        var output = states[^cells[^1].StateSize.Count];
        return new RecurrentResult(call.Rnn.ReturnSequences ? Spread(call, steps, x) : null, Last(call, steps, output), states);
    }

    /// <summary>The outputs of all steps, of those that do not count too.</summary>
    public static Value Spread(RecurrentCall call, CountedSteps? steps, Value sequence) =>
        steps is null ? sequence : steps.Spread(sequence, call.Rnn.GoBackwards, call.Rnn.ZeroOutputForMask);

    /// <summary>The last output, from the last h.</summary>
    public static Value Last(RecurrentCall call, CountedSteps? steps, Value h) =>
        steps is null ? h : call.Graph.OrZero(call.Graph.Unsqueeze(call.LastCounts(steps.Any), 1), h);

    /// <summary>The last state; of a sample of which no step counts, the first one.</summary>
    public static Value Kept(GraphBuilder graph, CountedSteps? steps, Value last, Value? initial) =>
        steps is null ? last : graph.Where(graph.Unsqueeze(steps.Any, 1), last, initial ?? graph.Number(0));

    /// <summary>The operation: the sequence, (time, directions, batch, units), and the last states, (directions, batch, units).</summary>
    public static (Value Sequence, Value[] Last) Add(
        GraphBuilder graph, IReadOnlyList<KernelCell> cells, string direction, Value x, CountedSteps? steps, IReadOnlyList<Value> initial)
    {
        var cell = cells[0];
        var batch = x.Shape.At(1);
        var sequence = Shape.Create([x.Shape.At(0), cells.Count, batch, cell.Units]);
        var state = Shape.Create([cells.Count, batch, cell.Units]);
        Activations.Word[] words = [.. cells.SelectMany(FunctionsOf).Select(function => Activations.WordOf(function)!)];
        var attributes = new List<(string Name, object Value)>
        {
            ("hidden_size", (long)cell.Units),
            ("direction", direction),
            ("activations", words.Select(word => word.Name).ToArray()),
        };
        if (words.Any(word => word.Alpha is not null))
            attributes.Add(("activation_alpha", words.Select(word => word.Alpha).OfType<float>().ToArray()));
        if (words.Any(word => word.Beta is not null))
            attributes.Add(("activation_beta", words.Select(word => word.Beta).OfType<float>().ToArray()));
        if (cell is GRUCell gru)
            attributes.Add(("linear_before_reset", gru.ResetAfter ? 1L : 0L));
        var weights = GateWeights.Of(graph, cells);
        var outputs = graph.AddAll(
            cell switch
            {
                LSTMCell => "LSTM",
                GRUCell => "GRU",
                _ => "RNN",
            },
            [sequence, .. cell.StateSize.Select(_ => state)],
            [x, weights.Kernel, weights.RecurrentKernel, weights.Bias, steps?.Count, .. initial],
            [.. attributes]);
        return (outputs[0], outputs[1..]);
    }

    private static IEnumerable<ActivationFunction> FunctionsOf(KernelCell cell) => cell switch
    {
        LSTMCell lstm => [lstm.RecurrentActivation, lstm.Activation, lstm.Activation],
        GRUCell gru => [gru.RecurrentActivation, gru.Activation],
        _ => [cell.Activation],
    };
}
