using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>
/// Recurrent layers: as ONNX' LSTM, GRU and RNN where these have the cell and its activations, else as a loop over the steps.
/// </summary>
internal static class Recurrent
{
    /// <summary>Inputs are the sequence and, perhaps, the first states; outputs are the output and, perhaps, the last states.</summary>
    public static IReadOnlyList<Value> Layer(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        var rnn = (RNN)layer;
        var call = RecurrentCall.Of(graph, rnn, rnn, inputs[0], [.. inputs.Skip(1)]);
        var result = Run(call);
        var output = rnn.ReturnSequences
            ? call.Arranged(rnn.GoBackwards ? graph.Flip(result.Sequence!, 0) : result.Sequence!) with { Mask = rnn.IgnoresMask ? null : inputs[0].Mask }
            : result.Last;
        return rnn.ReturnState ? [output, .. result.States] : [output];
    }

    /// <summary>One step of a cell that stands in the graph itself.</summary>
    public static IReadOnlyList<Value> Cell(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        var (output, states) = CellSteps.Of(graph, layer, (RNNCell)layer, inputs[0].Unmasked, [.. inputs.Skip(1)]);
        return [output.Unmasked, .. states.Select(state => state.Unmasked)];
    }

    /// <summary>The steps of one layer; a stateful one keeps its states.</summary>
    public static RecurrentResult Run(RecurrentCall call)
    {
        var cells = call.Rnn.Cell.Parts;
        var result = cells.All(RecurrentOperators.Knows)
            ? RecurrentOperators.Run(call, [.. cells.Cast<KernelCell>()])
            : RecurrentLoop.Run(call);
        call.Keep(result.States);
        return result;
    }
}
