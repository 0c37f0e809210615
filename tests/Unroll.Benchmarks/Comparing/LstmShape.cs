namespace Unroll.Benchmarks.Comparing;

/// <summary>The sizes of one LSTM layer on one batch.</summary>
internal sealed record LstmShape(int Batch, int Time, int Inputs, int Units)
{
    /// <summary>From a lesson's model to one that keeps the machine busy.</summary>
    public static IReadOnlyList<LstmShape> Compared { get; } =
        [new(1, 3, 1, 1), new(2, 9, 3, 5), new(32, 10, 2, 64), new(32, 100, 64, 128), new(32, 100, 256, 512)];

    /// <summary>The shapes at which the multiplier is what counts, and its peak is a measure.</summary>
    public bool IsLarge => Batch * Units >= 1024;

    /// <summary>
    /// Floating-point operations of the matrix products. Training counts three times those of inference: forward, back to
    /// inputs and states, back to weights. (The first layer of a model is spared the gradient of x; the peers are too.)
    /// </summary>
    public double Work(Mode mode) => (mode == Mode.Training ? 3.0 : 1.0) * 2 * Batch * Time * 4 * Units * (Inputs + Units);

    public override string ToString() => FormattableString.Invariant($"({Batch}, {Time}, {Inputs}, {Units})");
}
