using System.Text;

namespace Unroll;

/// <summary>
/// What all that is made together shares: the counters of automatic names, the generator of seeds, and how arrays print. A
/// process has one; <see cref="Backend"/> is its public face.
/// </summary>
internal sealed class Session
{
    private static readonly Session OfProcess = new();

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counters = new(StringComparer.Ordinal);
    private RandomState _random = new(Random.Shared.NextInt64(0, uint.MaxValue));

    /// <summary>Finds another session than the process' one, or null: tests that run side by side have one each.</summary>
    public static Func<Session?>? Chosen { get; set; }

    public static Session Current => Chosen?.Invoke() ?? OfProcess;

    /// <summary>How arrays print where no options are given.</summary>
    public PrintOptions Printing { get; set; } = new();

    /// <summary>Where warnings go; null for the process' error output.</summary>
    public TextWriter? Warnings { get; set; }

    /// <summary>Says what will surprise, though nothing is wrong with it.</summary>
    public void Warn(string text) => (Warnings ?? Console.Error).WriteLine($"Warning: {text}");

    public void SetRandomSeed(long seed)
    {
        lock (_gate)
            _random = new RandomState(seed);
    }

    public void ForgetNames()
    {
        lock (_gate)
            _counters.Clear();
    }

    /// <summary>A seed for one use, drawn from the shared generator.</summary>
    public long NextSeed()
    {
        lock (_gate)
            return _random.RandInt(0, int.MaxValue);
    }

    /// <summary>The next automatic name for a layer type: <c>max_pooling1d</c>, <c>max_pooling1d_1</c>, ….</summary>
    public string UniqueName(Type type) => UniqueName(SnakeCase(type.Name.Split('`')[0]));

    /// <summary>The next automatic name for a word: <c>get_item</c>, <c>get_item_1</c>, ….</summary>
    public string UniqueName(string word)
    {
        var number = Count(word);
        return number == 1 ? word : $"{word}_{number - 1}";
    }

    /// <summary>The next automatic name for an input, counted from 1: <c>input_1</c>.</summary>
    public string UniqueInputName() => $"input_{Count("input")}";

    /// <summary>Keras' form of a class name: LSTMCell is lstm_cell, MaxPooling1D is max_pooling1d.</summary>
    public static string SnakeCase(string name)
    {
        var word = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            // A word begins at a capital that follows a small letter, or that a small letter follows.
            var begins = i > 0 && char.IsUpper(name[i]) &&
                (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins)
                word.Append('_');
            word.Append(char.ToLowerInvariant(name[i]));
        }

        return word.ToString();
    }

    private int Count(string word)
    {
        lock (_gate)
            return _counters[word] = _counters.GetValueOrDefault(word) + 1;
    }
}
