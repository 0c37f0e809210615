using Unroll.Compute;

namespace Unroll;

/// <summary>What all models of the process share: the counters of automatic names and the generator of weights.</summary>
public static class Backend
{
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
