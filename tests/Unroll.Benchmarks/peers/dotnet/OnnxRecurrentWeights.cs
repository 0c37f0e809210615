namespace Unroll.Benchmarks.Peers;

/// <summary>The weights of one recurrent layer, all directions, as ONNX wants them.</summary>
internal sealed class OnnxRecurrentWeights
{
    // Where each gate of ONNX' operator stands in Keras: i o f c of i f c o; z r h of z r h.
    private readonly int[] _order;

    public OnnxRecurrentWeights(LayerRequest layer, int number)
    {
        _order = layer.Kind switch
        {
            "lstm" => [0, 3, 1, 2],
            "gru" => [0, 1, 2],
            "rnn" => [0],
            _ => throw new NotSupportedException($"There is no {layer.Kind} here."),
        };
        var directions = Enumerable.Range(number * layer.Directions, layer.Directions).ToList();
        Kernel = Joined(0, values => Turned(values, layer.Units));
        Recurrent = Joined(1, values => Turned(values, layer.Units));
        Bias = Joined(2, values => Biases(values, layer.Units));

        float[] Joined(int which, Func<float[], float[]> arranged) => [.. directions.SelectMany(direction => arranged(layer.Weights[3 * direction + which]))];
    }

    public int Gates => _order.Length;

    /// <summary>(directions, gates · units, inputs).</summary>
    public float[] Kernel { get; }

    /// <summary>(directions, gates · units, units).</summary>
    public float[] Recurrent { get; }

    /// <summary>(directions, 2 · gates · units): one for the input and one for the state, which only Keras' GRU has.</summary>
    public float[] Bias { get; }

    /// <summary>(rows, gates · units) becomes (gates · units, rows).</summary>
    private float[] Turned(float[] values, int units)
    {
        var rows = values.Length / (Gates * units);
        var turned = Axes.Permuted(values, [rows, Gates, units], [1, 2, 0]);
        return [.. _order.SelectMany(gate => turned.Skip(gate * units * rows).Take(units * rows))];
    }

    private float[] Biases(float[] values, int units)
    {
        var one = Gates * units;
        var ofInput = Turned(values[..one], units);
        return [.. ofInput, .. values.Length > one ? Turned(values[one..], units) : new float[one]];
    }
}
