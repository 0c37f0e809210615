namespace Unroll.Training;

/// <summary>What <c>Fit</c> returns: the numbers of every epoch. <c>history["loss"]</c> is a list, one for each epoch.</summary>
[Views.TypeFormatterSource(
    "Unroll.Pictures.Looks.HistoryFormatters, Unroll.Pictures, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null",
    PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class History
{
    private readonly Dictionary<string, List<float>> _values = new(StringComparer.Ordinal);
    private readonly List<int> _epochs = [];

    /// <summary>The epochs, counted from 0.</summary>
    public IReadOnlyList<int> Epoch => _epochs;

    /// <summary>The names of the numbers: <c>loss</c>, the metrics, and the same with <c>val_</c> for validation.</summary>
    public IReadOnlyCollection<string> Keys => _values.Keys;

    /// <summary>One number, for every epoch.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public IReadOnlyList<float> this[string name] => NearestName.Find(_values, name, "number in History");

    /// <summary>Prints each list.</summary>
    public override string ToString() => string.Join(
        "\n", _values.Select(pair => $"{pair.Key}: [{string.Join(", ", pair.Value.Select(value => FormattableString.Invariant($"{value:G6}")))}]"));

    internal void Add(int epoch, IReadOnlyDictionary<string, float> logs)
    {
        _epochs.Add(epoch);
        foreach (var (name, value) in logs)
        {
            if (!_values.TryGetValue(name, out var list))
                _values[name] = list = [];
            list.Add(value);
        }
    }
}
