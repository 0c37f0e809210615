namespace Unroll.Benchmarks.Peers;

/// <summary>The axes of an ONNX model's input and output, in the order that its operators ask for.</summary>
/// <param name="Input">The input's shape.</param>
/// <param name="InputOrder">The order of (batch, time, features), or of words' (batch, time), in it.</param>
/// <param name="Output">The output's shape.</param>
/// <param name="OutputOrder">The order of its axes that makes it (batch, time, features).</param>
internal sealed record OnnxLayout(int[] Input, int[] InputOrder, int[] Output, int[] OutputOrder)
{
    public static OnnxLayout Of(Request request)
    {
        var (batch, time, first, last) = (request.Batch, request.Time, request.Layers[0], request.Layers[^1]);
        (int[] Shape, int[] Order) input = first.Kind switch
        {
            "embedding" => ([time, batch], [1, 0]),
            "conv" => ([batch, first.Inputs, time], [0, 2, 1]),
            "attention" => ([batch, time, first.Inputs], [0, 1, 2]),
            _ => ([time, batch, first.Inputs], [1, 0, 2]),
        };
        (int[] Shape, int[] Order) output = last.Kind switch
        {
            "conv" => ([batch, last.Units, time], [0, 2, 1]),
            "attention" => ([batch, time, last.Units], [0, 1, 2]),
            // The recurrent operators have an axis of directions before the batch.
            _ => ([time, last.Directions, batch, last.Units], [2, 0, 1, 3]),
        };
        return new(input.Shape, input.Order, output.Shape, output.Order);
    }
}
