namespace Unroll.Benchmarks.Comparing;

/// <summary>What a layer is; the names are those of the protocol.</summary>
internal enum LayerKind
{
    Lstm,

    /// <summary>reset_after, as Keras' default is.</summary>
    Gru,

    /// <summary>SimpleRNN, tanh.</summary>
    Rnn,

    /// <summary>Conv1D, padding "same".</summary>
    Conv,

    /// <summary>Its inputs are the words there are.</summary>
    Embedding,

    /// <summary>MultiHeadAttention of the sequence to itself.</summary>
    Attention,
}

/// <summary>The sizes of one layer, or of several recurrent ones that stand one on the other.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Inputs">Features that come in; of an Embedding, the words it knows.</param>
/// <param name="Units">Units, filters, or the embedding's length; of attention, as many as the inputs.</param>
/// <param name="Count">How many layers: all but the first take what the one before them gives.</param>
/// <param name="Bidirectional">Whether each runs in both directions, the outputs side by side.</param>
/// <param name="Size">The length of a convolution's kernel; the heads of attention.</param>
internal sealed record LayerShape(LayerKind Kind, int Inputs, int Units, int Count = 1, bool Bidirectional = false, int Size = 1)
{
    /// <summary>Features that go out.</summary>
    public int Width => Directions * Units;

    public int Directions => Bidirectional ? 2 : 1;

    private int Gates => Kind switch
    {
        LayerKind.Lstm => 4,
        LayerKind.Gru => 3,
        _ => 1,
    };

    /// <summary>The weights' shapes in Keras' order.</summary>
    public IEnumerable<int[]> WeightShapes()
    {
        var head = Units / Size;
        return Kind switch
        {
            LayerKind.Conv => [[Size, Inputs, Units], [Units]],
            LayerKind.Embedding => [[Inputs, Units]],
            LayerKind.Attention =>
            [
                .. Enumerable.Repeat<int[][]>([[Inputs, Size, head], [Size, head]], 3).SelectMany(part => part), [Size, head, Inputs], [Inputs],
            ],
            _ => Enumerable.Range(0, Count * Directions).SelectMany(i => RecurrentWeights(i < Directions ? Inputs : Width)),
        };
    }

    /// <summary>Floating-point operations of the matrix products forward.</summary>
    public double Work(int batch, int time)
    {
        var products = Kind switch
        {
            LayerKind.Conv => (double)Size * Inputs * Units,
            LayerKind.Embedding => 0,
            // Four projections; for each step, its scores and the sum of what it looks at.
            LayerKind.Attention => (4.0 * Inputs * Units) + (2.0 * time * Units),
            _ => (double)Directions * Gates * Units * (Inputs + Units + ((Count - 1) * (Width + Units))),
        };
        return 2 * products * batch * time;
    }

    private IEnumerable<int[]> RecurrentWeights(int inputs) =>
        [[inputs, Gates * Units], [Units, Gates * Units], Kind == LayerKind.Gru ? [2, Gates * Units] : [Gates * Units]];
}
