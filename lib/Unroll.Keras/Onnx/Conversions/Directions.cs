using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Bidirectional: one operation of both directions where the two layers are alike, otherwise two.</summary>
internal static class Directions
{
    /// <summary>A sequence has the mask of the input, both of them where they are not merged.</summary>
    public static IReadOnlyList<Value> Bidirectional(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        var both = (Bidirectional)layer;
        var (forward, backward) = (both.ForwardLayer, both.BackwardLayer);
        var states = inputs.Count > 1 ? forward.Cell.StateSize.Count : 0;
        var there = RecurrentCall.Of(graph, both, forward, inputs[0], [.. inputs.Skip(1).Take(states)]);
        var back = RecurrentCall.Of(graph, both, backward, inputs[0], [.. inputs.Skip(1 + states)]);
        var isOne = !forward.GoBackwards && forward.IgnoresMask == backward.IgnoresMask &&
            RecurrentOperators.AreAlike(forward.Cell, backward.Cell);
        var (first, second) = isOne
            ? Together(there, back)
            : (Recurrent.Run(there), Recurrent.Run(back));
        Value[] outputs = forward.ReturnSequences ? [Sequence(there, forward, first), Sequence(back, forward, second)] : [first.Last, second.Last];
        var mask = forward.ReturnSequences ? inputs[0].Mask : null;
        var merged = Merged(graph, both, outputs[0], outputs[1]).Select(output => output with { Mask = mask });
        return forward.ReturnState ? [.. merged, .. first.States, .. second.States] : [.. merged];
    }

    private static (RecurrentResult Forward, RecurrentResult Backward) Together(RecurrentCall there, RecurrentCall back)
    {
        var graph = there.Graph;
        RecurrentCall[] calls = [there, back];
        KernelCell[] cells = [.. calls.Select(call => (KernelCell)call.Rnn.Cell)];
        var steps = there.Mask is null ? null : new CountedSteps(graph, there.Mask);
        Value[] initial = [.. there.Initial.Zip(back.Initial, (one, other) => graph.Concat([graph.Unsqueeze(one, 0), graph.Unsqueeze(other, 0)], 0))];
        var (sequence, last) = RecurrentOperators.Add(graph, cells, "bidirectional", steps is null ? there.X : steps.ToFront(there.X), steps, initial);
        return (Result(0), Result(1));

        RecurrentResult Result(int direction)
        {
            var call = calls[direction];
            Value[] states =
            [
                .. last.Select((state, i) => RecurrentOperators.Kept(graph, steps, graph.At(state, 0, direction), call.Initial.ElementAtOrDefault(i))),
            ];
            call.Keep(states);
            var outputs = call.Rnn.ReturnSequences ? RecurrentOperators.Spread(call, steps, graph.At(sequence, 1, direction)) : null;
            return new RecurrentResult(outputs, RecurrentOperators.Last(call, steps, states[0]), states);
        }
    }

    /// <summary>The sequences stand side by side in the order in which the forward layer gives its own.</summary>
    private static Value Sequence(RecurrentCall call, RNN forward, RecurrentResult result) =>
        call.Arranged(forward.GoBackwards ? call.Graph.Flip(result.Sequence!, 0) : result.Sequence!);

    private static Value[] Merged(GraphBuilder graph, Bidirectional both, Value forward, Value backward) => both.MergeMode switch
    {
        null => [forward, backward],
        "concat" => [graph.Concat([forward, backward], forward.Rank - 1)],
        "sum" => [graph.Plus(forward, backward)],
        "mul" => [graph.Times(forward, backward)],
        "ave" => [graph.Times(graph.Plus(forward, backward), graph.Number(0.5f))],
        _ => throw Refusal.Of(both, $"mergeMode \"{both.MergeMode}\"", "Use \"concat\", \"sum\", \"mul\", \"ave\" or null."),
    };
}
