using System.Globalization;

namespace Unroll.Models;

/// <summary>
/// Writes the numbers of each epoch to a file, a line an epoch, each line at once: the epoch counted from 0, then the numbers by
/// name. The first line names them.
/// </summary>
public sealed class CSVLogger : Callback
{
    private readonly string _filename;
    private readonly string _separator;
    private readonly bool _append;
    private string[]? _keys;

    /// <summary>Makes the callback; the arguments are Keras'.</summary>
    /// <param name="filename">The file.</param>
    /// <param name="separator">What stands between two numbers.</param>
    /// <param name="append">Whether lines are added to a file that is there, without a new first line.</param>
    public CSVLogger(string filename, string separator = ",", bool append = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(filename);
        ArgumentException.ThrowIfNullOrEmpty(separator);
        (_filename, _separator, _append) = (filename, separator, append);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written; found before the first epoch.</exception>
    public override void OnTrainBegin()
    {
        _keys = null;
        if (!_append)
            File.WriteAllText(_filename, "");
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IReadOnlyDictionary<string, float> logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (_keys is null)
        {
            _keys = [.. logs.Keys.Order(StringComparer.Ordinal)];
            if (!File.Exists(_filename) || new FileInfo(_filename).Length == 0)
                Write(["epoch", .. _keys]);
        }

        // A number that only some epochs have, as with validationFreq, is not available in the others.
        Write([epoch.ToString(CultureInfo.InvariantCulture), .. _keys.Select(key =>
            logs.TryGetValue(key, out var value) ? value.ToString(CultureInfo.InvariantCulture) : "NA")]);
    }

    private void Write(IEnumerable<string> values) => File.AppendAllText(_filename, string.Join(_separator, values) + "\n");
}
