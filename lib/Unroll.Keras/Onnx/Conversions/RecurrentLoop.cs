using Unroll.Keras.Onnx.Format;
using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Any cell over a sequence, as ONNX' Scan: a body that makes one step, and hands the states on.</summary>
internal static class RecurrentLoop
{
    public static RecurrentResult Run(RecurrentCall call)
    {
        var (graph, rnn) = (call.Graph, call.Rnn);
        var sample = call.X.Shape.Without(0);
        Shape[] shapes = [.. rnn.Cell.StateShapesOn(sample)];
        var output = rnn.Cell.OutputShapeOn(sample);
        Value[] initial =
        [
            .. call.Initial.Count > 0 ? call.Initial : shapes.Select(shape => graph.Zeros(call.X, 1, shape)),
            graph.Zeros(call.X, 1, output.From(1)),
        ];
        Value[] sequences = call.Mask is { } mask ? [call.X, mask] : [call.X];
        (Shape Shape, ElementType Type)[] given =
        [
            .. initial.Select(state => (state.Shape, ElementType.Float)),
            (sample, ElementType.Float),
            .. sequences.Skip(1).Select(one => (one.Shape.Without(0), ElementType.Bool)),
        ];
        var body = graph.Body(given, inputs => Step(call, inputs, initial.Length));
        var directions = (long)(rnn.GoBackwards ? 1 : 0);
        Shape[] results = [.. initial.Select(state => state.Shape), .. rnn.ReturnSequences ? [output.Prepend(call.X.Shape.At(0))] : (Shape[])[]];
        var attributes = new List<(string, object)>
        {
            ("body", body),
            ("num_scan_inputs", (long)sequences.Length),
            ("scan_input_directions", sequences.Select(_ => directions).ToArray()),
        };
        if (rnn.ReturnSequences)
            attributes.Add(("scan_output_directions", (long[])[directions]));
        var outputs = graph.AddAll("Scan", results, [.. initial, .. sequences], [.. attributes]);
        return new RecurrentResult(rnn.ReturnSequences ? outputs[^1] : null, outputs[shapes.Length], outputs[..shapes.Length]);
    }

    /// <summary>One step: the states and the output before it, the input, and perhaps whether it counts.</summary>
    private static (Value Value, ElementType Type)[] Step(RecurrentCall call, IReadOnlyList<Value> inputs, int kept)
    {
        var graph = call.Graph;
        Value[] before = [.. inputs.Take(kept - 1)];
        var (output, states) = CellSteps.Of(graph, call.Owner, call.Rnn.Cell, inputs[kept], before);
        Value[] after = [.. states, output];
        if (inputs.Count > kept + 1)
        {
            var counts = inputs[kept + 1];
            after =
            [
                .. states.Zip(before, (next, state) => graph.Where(Widened(next), next, state)),
                call.Rnn.ZeroOutputForMask ? graph.OrZero(Widened(output), output) : graph.Where(Widened(output), output, inputs[kept - 1]),
            ];

            Value Widened(Value like) => graph.Unsqueeze(counts, [.. Enumerable.Range(1, like.Rank - 1)]);
        }

        return [.. after.Append(after[^1]).Take(kept + (call.Rnn.ReturnSequences ? 1 : 0)).Select(value => (value, ElementType.Float))];
    }
}
