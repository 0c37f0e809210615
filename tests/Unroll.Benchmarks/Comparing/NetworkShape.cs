namespace Unroll.Benchmarks.Comparing;

/// <summary>A small network on one batch: a row of the comparison.</summary>
/// <param name="Key">One word for rows of its kind: what <c>--only</c> asks for, and what a peer says it knows.</param>
/// <param name="Title">What the table calls it.</param>
/// <param name="Batch">Sequences in the batch.</param>
/// <param name="Time">Steps of a sequence; of a stream, of one call.</param>
/// <param name="Layers">From the input to the output.</param>
internal sealed record NetworkShape(string Key, string Title, int Batch, int Time, IReadOnlyList<LayerShape> Layers)
{
    /// <summary>Whether states are kept from call to call. There is no training then.</summary>
    public bool Stream { get; init; }

    /// <summary>Whether the sequences are of different lengths, with zeros after their ends.</summary>
    public bool Masked { get; init; }

    /// <summary>What Dense(1) is put on in training: the last output of a recurrent layer, the mean of the others'.</summary>
    public bool PoolsMean => Layers[^1].Kind is LayerKind.Conv or LayerKind.Attention;

    /// <summary>Whether what comes in are the numbers of words, (batch, time), and not (batch, time, inputs).</summary>
    public bool TakesWords => Layers[0].Kind == LayerKind.Embedding;

    /// <summary>Features that go out.</summary>
    public int Width => Layers[^1].Width;

    /// <summary>The shapes at which the multiplier is what counts, and its peak is a measure.</summary>
    public bool IsLarge => Batch * Layers[^1].Units >= 1024;

    /// <summary>The sizes of the last kind of layer alone.</summary>
    public string Sizes => FormattableString.Invariant($"({Batch}, {Time}, {Layers[^1].Inputs}, {Layers[^1].Units})");

    /// <summary>One LSTM layer.</summary>
    public static NetworkShape Lstm(int batch, int time, int inputs, int units) =>
        new("lstm", "LSTM", batch, time, [new(LayerKind.Lstm, inputs, units)]);

    public bool Knows(Mode mode) => mode != Mode.Training || !Stream;

    /// <summary>
    /// Floating-point operations of the matrix products. Training counts three times those of inference: forward, back to
    /// inputs and states, back to weights. (The first layer of a model is spared the gradient of x; the peers are too.)
    /// </summary>
    public double Work(Mode mode) => (mode == Mode.Training ? 3 : 1) * Layers.Sum(layer => layer.Work(Batch, Time));

    public override string ToString() => $"{Title} {Sizes}";
}
