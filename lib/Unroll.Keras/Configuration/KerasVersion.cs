using System.Globalization;

namespace Unroll.Keras.Configuration;

/// <summary>The version of Keras that wrote a file: <c>2.3.0-tf</c>, <c>3.11.3</c>. Words changed their meaning between versions.</summary>
internal sealed class KerasVersion
{
    /// <summary>The version in whose form files are written.</summary>
    public const string Written = "3.11.3";

    /// <summary>Reads a version; null, where a file names none, is Keras 1 or an early 2.</summary>
    public KerasVersion(string? text)
    {
        Text = text ?? "unknown";
        Major = int.TryParse(Text.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 2;
    }

    public string Text { get; }

    public int Major { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
