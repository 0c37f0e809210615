using Unroll.Compute;
using Unroll.Models;

namespace Unroll;

/// <summary>What all models of the process share: the counters of automatic names and the generator of weights.</summary>
public static class Backend
{
    /// <summary>The library's version: <c>1.0.0</c>.</summary>
    public static string Version { get; } = typeof(Backend).Assembly.GetName().Version!.ToString(3);

    /// <summary>
    /// How many threads large products and long sequences may use. Default: all processors. Results do not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public static int Threads
    {
        get => Workers.Threads;
        set => Workers.Threads = value;
    }

    /// <summary>
    /// What Predict, Evaluate, Fit and TrainOnBatch of all models run on. Default: null, the library's own arithmetic, or the
    /// engine that the environment variable <c>UNROLL_ENGINE</c> names, by the path of its dll and perhaps a device:
    /// <c>artifacts/lib/Unroll.TorchSharp.dll;cpu</c>. It is loaded when a model first runs.
    /// </summary>
    /// <exception cref="InvalidOperationException">What the variable names cannot be used.</exception>
    /// <exception cref="NotSupportedException">The variable is set, and the program was compiled ahead of time.</exception>
    public static Engine? Engine
    {
        get => EngineChoice.Current;
        set => EngineChoice.Current = value;
    }

    /// <summary>
    /// Where warnings are written, such as that a layer loses a mask. Default: <see cref="Console.Error"/>.
    /// <see cref="TextWriter.Null"/> silences them.
    /// </summary>
    public static TextWriter Warnings
    {
        get => Session.Current.Warnings ?? Console.Error;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Session.Current.Warnings = value;
        }
    }

    /// <summary>
    /// Makes weights, shuffles and dropout repeatable: whatever is made after this call is the same each time.
    /// Keras: <c>keras.utils.set_random_seed</c>.
    /// </summary>
    /// <param name="seed">From 0 to 4294967295, as NumPy's seeds.</param>
    public static void SetRandomSeed(long seed) => Session.Current.SetRandomSeed(seed);

    /// <summary>
    /// Starts all automatic names again: the next LSTM is <c>lstm</c>, the next input <c>input_1</c>.
    /// Keras: <c>keras.backend.clear_session</c>.
    /// </summary>
    public static void ClearSession() => Session.Current.ForgetNames();
}
