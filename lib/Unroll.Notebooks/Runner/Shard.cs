using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Unroll.Notebooks.Runner;

/// <summary>One of the parts that a run is spread over: <c>2/8</c>.</summary>
internal sealed record Shard(int Number, int Count)
{
    /// <summary>How many parts there may be.</summary>
    public const int MostCount = 1000;

    /// <summary>Reads <c>NUMBER/COUNT</c>, the first part being 1.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Shard? shard)
    {
        shard = text.Split('/') is [var left, var right]
            && int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= MostCount && number >= 1 && number <= count
                ? new Shard(number, count)
                : null;
        return shard is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Number}/{Count}";
}
