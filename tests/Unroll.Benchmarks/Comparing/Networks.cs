using System.Text.RegularExpressions;
using static Unroll.Benchmarks.Comparing.LayerKind;

namespace Unroll.Benchmarks.Comparing;

/// <summary>The rows of the comparison.</summary>
internal static partial class Networks
{
    /// <summary>From a lesson's model to those that keep the machine busy.</summary>
    public static IReadOnlyList<NetworkShape> All { get; } =
    [
        NetworkShape.Lstm(1, 3, 1, 1),
        NetworkShape.Lstm(2, 9, 3, 5),
        NetworkShape.Lstm(32, 10, 2, 64),
        NetworkShape.Lstm(32, 100, 64, 128),
        NetworkShape.Lstm(32, 100, 256, 512),
        NetworkShape.Lstm(1, 100, 64, 128),
        NetworkShape.Lstm(1, 1000, 128, 256),
        Stack(1),
        Stack(8),
        Stack(32),
        new("bidirectional", "Bidirectional LSTM", 32, 100, [new(Lstm, 64, 128, Bidirectional: true)]),
        new("stream", "a step of 2 LSTM", 1, 1, [new(Lstm, 64, 128, Count: 2)]) { Stream = true },
        new("masked", "masked LSTM", 32, 100, [new(Lstm, 64, 128)]) { Masked = true },
        new("gru", "GRU", 32, 100, [new(Gru, 64, 128)]),
        new("rnn", "SimpleRNN", 32, 100, [new(Rnn, 64, 128)]),
        new("conv", "Conv1D of size 3", 32, 100, [new(Conv, 64, 128, Size: 3)]),
        new("embedding", "Embedding of 1000 words, LSTM", 32, 100, [new(Embedding, 1000, 64), new(Lstm, 64, 128)]),
        new("attention", "MultiHeadAttention of 4 heads", 32, 100, [new(Attention, 128, 128, Size: 4)]),
    ];

    /// <summary>The keys, each once.</summary>
    public static IEnumerable<string> Keys => All.Select(network => network.Key).Distinct(StringComparer.Ordinal);

    /// <summary>
    /// The rows that a filter means, such as <c>stream</c>, <c>stack 8</c>, <c>1000</c>: those whose key and sizes hold all of its words.
    /// </summary>
    public static IEnumerable<NetworkShape> Matching(string filter)
    {
        var wanted = Words(filter);
        return All.Where(network => wanted.IsSubsetOf(Words($"{network.Key} {network.Sizes}")));
    }

    private static NetworkShape Stack(int batch) => new("stack", "4 LSTM", batch, 100, [new(Lstm, 64, 128, Count: 4)]);

    private static HashSet<string> Words(string text) =>
        [.. Word().Matches(text).Select(match => match.Value.ToLowerInvariant())];

    [GeneratedRegex(@"\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
