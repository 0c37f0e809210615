using System.Globalization;

namespace Unroll.Notebooks.Jupyter;

/// <summary>
/// What the kernel tells whoever looks after it. Of what strangers make it say, only so much for each stretch of time:
/// the log must not grow by their doing.
/// </summary>
internal sealed class KernelLog(TextWriter writer)
{
    private const int DropsInStretch = 20;
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _stretchStart = Environment.TickCount64;
    private int _drops;

    /// <summary>How many things were dropped since the start.</summary>
    public long DropCount { get; private set; }

    /// <summary>Says <paramref name="text"/>.</summary>
    public void Write(string text)
    {
        lock (_gate)
            Say(text);
    }

    /// <summary>Says that something was dropped, and why.</summary>
    public void Drop(string text)
    {
        lock (_gate)
        {
            DropCount++;
            var now = Environment.TickCount64;
            if (now - _stretchStart > Stretch.TotalMilliseconds)
            {
                if (_drops > DropsInStretch)
                    Say(string.Create(CultureInfo.InvariantCulture, $"and {_drops - DropsInStretch} more of this kind"));
                _stretchStart = now;
                _drops = 0;
            }

            if (++_drops <= DropsInStretch)
                Say(text);
        }
    }

    private void Say(string text)
    {
        try
        {
            writer.WriteLine($"[kernel] {text}");
            writer.Flush();
        }
        catch (IOException)
        {
            // Nobody reads it.
        }
    }
}
