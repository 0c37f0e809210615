namespace Unroll;

/// <summary>Looks a thing up by name, and names the nearest known one when it is not there.</summary>
internal static class NearestName
{
    /// <summary>Finds an entry; case and underscores do not count, so <c>glorot_uniform</c> and <c>glorotUniform</c> are one.</summary>
    public static T Find<T>(IReadOnlyDictionary<string, T> known, string name, string kind)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (known.Count == 0)
            throw new ArgumentException($"Unknown {kind} \"{name}\": there is none.");
        var plain = Plain(name);
        foreach (var (key, value) in known)
            if (string.Equals(Plain(key), plain, StringComparison.Ordinal))
                return value;
        throw new ArgumentException(
            $"Unknown {kind} \"{name}\". Did you mean \"{Of(known.Keys, name)}\"? Known: {string.Join(", ", known.Keys)}.");
    }

    /// <summary>The nearest of some names to another.</summary>
    public static string Of(IEnumerable<string> names, string name) => names.MinBy(one => Distance(Plain(one), Plain(name)))!;

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Levenshtein's distance: how many letters must be put in, taken out or changed.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
