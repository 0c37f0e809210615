using System.Globalization;

namespace Unroll.Keras.Configuration;

/// <summary>The version of Keras that wrote a file: <c>2.3.0-tf</c>, <c>3.11.3</c>. Words changed their meaning between versions.</summary>
internal sealed class KerasVersion
{
    /// <summary>The version in whose form files are written.</summary>
    public const string Written = "3.11.3";

    /// <summary>Reads a version; null, where a file names none, is an early 2.</summary>
    public KerasVersion(string? text)
    {
        Text = text ?? "unknown";
        Major = int.TryParse(Text.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 2;
    }

    public string Text { get; }

    public int Major { get; }

    /// <summary>
    /// Whether it is Keras as it was beside TensorFlow, to 2.3.1; TensorFlow's own of that time calls itself <c>2.2.4-tf</c>.
    /// </summary>
    public bool IsBeforeTensorFlow => Major == 2 && !Text.EndsWith("-tf", StringComparison.Ordinal) &&
        (Text.Split('.') is not [_, var minor, ..] || !int.TryParse(minor, out var number) || number < 4);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
