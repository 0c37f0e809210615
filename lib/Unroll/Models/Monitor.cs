using Unroll.Training;

namespace Unroll.Models;

/// <summary>One of an epoch's numbers, watched: what it is, and which of two is better.</summary>
internal sealed class Monitor
{
    private readonly Callback _callback;
    private readonly string _name;
    private readonly string _mode;

    /// <summary>Watches a number.</summary>
    /// <param name="callback">The callback that watches, for errors.</param>
    /// <param name="name">The number's name in the logs.</param>
    /// <param name="mode"><c>min</c>, <c>max</c>, or <c>auto</c>: as the name tells.</param>
    public Monitor(Callback callback, string name, string mode)
    {
        ArgumentNullException.ThrowIfNull(name, "monitor");
        ArgumentNullException.ThrowIfNull(mode);
        if (mode is not ("auto" or "min" or "max"))
            throw new ArgumentException($"{callback.GetType().Name}: mode must be \"auto\", \"min\" or \"max\" but is \"{mode}\".");
        (_callback, _name, _mode) = (callback, name, mode);
    }

    /// <summary>Whether one value is better than another by more than a difference.</summary>
    public bool IsBetter(double value, double than, double minDelta = 0) => IsMax ? value - minDelta > than : value + minDelta < than;

    /// <summary>Worse than every value.</summary>
    public double Worst => IsMax ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>The value of this epoch.</summary>
    /// <exception cref="InvalidOperationException">The logs do not have it; names those that they have.</exception>
    public float In(IReadOnlyDictionary<string, float> logs) => logs.TryGetValue(_name, out var value)
        ? value
        : throw new InvalidOperationException(
            $"{_callback.GetType().Name} watches \"{_name}\", and an epoch of this training has {string.Join(", ", logs.Keys)}." +
            (_name.StartsWith("val_", StringComparison.Ordinal) ? " Give Fit a validationSplit or validationData, or watch another number." : ""));

    private bool IsMax => _mode == "auto" ? Metrics.IsBetterGreater(_name, _callback.Model.AllMetrics) : _mode == "max";
}
