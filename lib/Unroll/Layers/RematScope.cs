namespace Unroll.Layers;

/// <summary>
/// <see cref="LSTM"/>, <see cref="GRU"/> and <see cref="SimpleRNN"/> layers that are made while it is open train with less
/// memory: of the forward pass they keep the states of every √steps-th step, and the way back makes the steps between
/// anew (Chen and others, 2016, "Training deep nets with sublinear memory cost"). Keras: <c>keras.RematScope("full")</c>.
/// </summary>
/// <remarks>
/// In place of <c>4 · batch · steps · (features + 6 · units)</c> bytes, an LSTM keeps
/// <c>8 · batch · √steps · units</c> and, while it goes back, <c>4 · batch · √steps · (features + 6 · units)</c>, beside inputs
/// and outputs. A step of training takes up to a third longer: it goes forward twice. The gradients are the same but for the
/// order of the last digits' rounding. Layers of other kinds, and cells in <see cref="RNN"/>, keep what they keep.
/// </remarks>
/// <example><code>
/// var model = new Sequential();
/// using (new RematScope())
///     model.Add(new LSTM(128, returnSequences: true, inputShape: [1000, 64]));
/// </code></example>
public sealed class RematScope : IDisposable
{
    [ThreadStatic]
    private static int _open;

    private bool _disposed;

    /// <summary>Opens the scope, on this thread.</summary>
    public RematScope() => _open++;

    internal static bool IsOpen => _open > 0;

    /// <summary>Closes it: layers made from now on keep what they need.</summary>
    public void Dispose()
    {
        if (!_disposed)
            _open--;
        _disposed = true;
    }
}
