using System.Text;

namespace Unroll;

/// <summary>What all models of the process share: the counters of automatic names and the generator of weights.</summary>
public static class Backend
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, int> Counters = [];
    private static RandomState _random = Unseeded();

    /// <summary>
    /// How many threads large products and long sequences may use. Default: all processors. Results do not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public static int Threads
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>
    /// Makes weights, shuffles and dropout repeatable: whatever is made after this call is the same each time.
    /// Keras: <c>keras.utils.set_random_seed</c>.
    /// </summary>
    /// <param name="seed">From 0 to 4294967295, as NumPy's seeds.</param>
    public static void SetRandomSeed(long seed)
    {
        lock (Gate) _random = new RandomState(seed);
    }

    /// <summary>
    /// Starts all automatic names again: the next LSTM is <c>lstm</c>, the next input <c>input_1</c>.
    /// Keras: <c>keras.backend.clear_session</c>.
    /// </summary>
    public static void ClearSession()
    {
        lock (Gate) Counters.Clear();
    }

    /// <summary>A seed for one use, drawn from the shared generator.</summary>
    internal static long NextSeed()
    {
        lock (Gate) return _random.RandInt(0, int.MaxValue);
    }

    /// <summary>The next automatic name for a layer type: <c>max_pooling1d</c>, <c>max_pooling1d_1</c>, ….</summary>
    internal static string UniqueName(Type type)
    {
        var word = SnakeCase(type.Name.Split('`')[0]);
        var number = Count(word);
        return number == 1 ? word : $"{word}_{number - 1}";
    }

    /// <summary>The next automatic name for an input, counted from 1: <c>input_1</c>.</summary>
    internal static string UniqueInputName() => $"input_{Count("input")}";

    /// <summary>Keras' form of a class name: LSTMCell is lstm_cell, MaxPooling1D is max_pooling1d.</summary>
    internal static string SnakeCase(string name)
    {
        var word = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            // A word begins at a capital that follows a small letter, or that a small letter follows.
            var begins = i > 0 && char.IsUpper(name[i]) &&
                (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins) word.Append('_');
            word.Append(char.ToLowerInvariant(name[i]));
        }

        return word.ToString();
    }

    private static int Count(string word)
    {
        lock (Gate) return Counters[word] = Counters.GetValueOrDefault(word) + 1;
    }

    private static RandomState Unseeded() => new(Random.Shared.NextInt64(0, uint.MaxValue));
}
