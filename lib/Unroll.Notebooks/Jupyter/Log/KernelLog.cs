using System.Globalization;

namespace Unroll.Notebooks.Jupyter.Log;

/// <summary>
/// The kernel's log. Messages caused by unauthenticated peers are rate-limited, so that they cannot make the log grow.
/// </summary>
internal sealed class KernelLog(TextWriter writer)
{
    private const int DropsInPeriod = 20;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _periodStart = Environment.TickCount64;
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
            if (now - _periodStart > Period.TotalMilliseconds)
            {
                if (_drops > DropsInPeriod)
                    Say(string.Create(CultureInfo.InvariantCulture, $"and {_drops - DropsInPeriod} more of this kind"));
                _periodStart = now;
                _drops = 0;
            }

            if (++_drops <= DropsInPeriod)
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
