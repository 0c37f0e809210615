using System.Globalization;
using System.Text.RegularExpressions;

namespace Unroll.Models;

/// <summary>
/// Saves the model after epochs. This library writes no files of models by itself, so it is told how:
/// <c>new ModelCheckpoint("best-{epoch:00}.keras", save, saveBestOnly: true)</c>.
/// </summary>
public sealed partial class ModelCheckpoint : Callback
{
    private readonly string _filepath;
    private readonly Action<Model, string> _save;
    private readonly Monitor _monitor;
    private readonly int _verbose;
    private readonly bool _saveBestOnly;
    private double? _best;

    /// <summary>Makes the callback; the arguments are Keras', but for the second.</summary>
    /// <param name="filepath">Where to; <c>{epoch}</c>, counted from 1, and <c>{val_loss}</c> or another number's name are filled in,
    /// with a format of .NET after a colon: <c>{epoch:00}</c>, <c>{loss:0.000}</c>.</param>
    /// <param name="save">Saves the model, or its weights, to a path.</param>
    /// <param name="monitor">The number that says which epoch is best.</param>
    /// <param name="verbose">1 says when something is saved.</param>
    /// <param name="saveBestOnly">Whether an epoch that is no better is not saved.</param>
    /// <param name="mode"><c>min</c>, <c>max</c>, or <c>auto</c>, which goes by the number's name.</param>
    /// <param name="initialValueThreshold">What the first epoch has to beat, or null.</param>
    public ModelCheckpoint(
        string filepath,
        Action<Model, string> save,
        string monitor = "val_loss",
        int verbose = 0,
        bool saveBestOnly = false,
        string mode = "auto",
        double? initialValueThreshold = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(filepath);
        ArgumentNullException.ThrowIfNull(save);
        _monitor = new Monitor(this, monitor, mode);
        (_filepath, _save, _verbose, _saveBestOnly, _best) = (filepath, save, verbose, saveBestOnly, initialValueThreshold);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The epoch does not have the number that says which is best, or one in the path.</exception>
    public override void OnEpochEnd(int epoch, IReadOnlyDictionary<string, float> logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (_saveBestOnly)
        {
            var current = _monitor.In(logs);
            if (!_monitor.IsBetter(current, _best ?? _monitor.Worst))
                return;
            _best = current;
        }

        var path = Placeholder().Replace(_filepath, place => Filled(place, epoch, logs));
        if (_verbose > 0)
            Model.Say($"Epoch {epoch + 1}: saving model to {path}");
        _save(Model, path);
    }

    private string Filled(Match place, int epoch, IReadOnlyDictionary<string, float> logs)
    {
        var (name, format) = (place.Groups["name"].Value, place.Groups["format"].Value);
        if (name == "epoch")
            return (epoch + 1).ToString(format, CultureInfo.InvariantCulture);
        return logs.TryGetValue(name, out var value)
            ? value.ToString(format, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException(
                $"ModelCheckpoint: the path {_filepath} asks for {name}, and an epoch of this training has epoch, {string.Join(", ", logs.Keys)}.");
    }

    [GeneratedRegex(@"\{(?<name>\w+)(:(?<format>[^}]*))?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
