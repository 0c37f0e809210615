namespace Unroll.Training;

/// <summary>The losses of an epoch so far: means over samples, in the order in which they first came.</summary>
internal sealed class RunningMeans
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, (double Sum, double Weight)> _sums = new(StringComparer.Ordinal);

    public void Add(string name, float value, double weight)
    {
        if (!_sums.TryGetValue(name, out var sum))
            _names.Add(name);
        _sums[name] = (sum.Sum + value * weight, sum.Weight + weight);
    }

    /// <summary>Adds the means to <paramref name="values"/>, with a word before their names.</summary>
    public void CopyTo(OrderedDictionary<string, float> values, string prefix)
    {
        foreach (var name in _names)
            values.Add(prefix + name, _sums[name].Weight == 0 ? 0 : (float)(_sums[name].Sum / _sums[name].Weight));
    }
}
