using System.Diagnostics;

namespace Unroll.Benchmarks.Measuring;

/// <summary>Times a call again and again.</summary>
internal static class Stopclock
{
    // Calls shorter than this are timed in groups: reading the clock takes about 30 ns.
    private const double GroupMilliseconds = 0.01;

    /// <summary>Calls for about <paramref name="milliseconds"/>, at least once.</summary>
    public static Timing Run(Action call, double milliseconds)
    {
        var group = GroupSize(call);
        var times = new List<double>();
        var start = Stopwatch.GetTimestamp();
        do
        {
            var before = Stopwatch.GetTimestamp();
            for (var i = 0; i < group; i++)
                call();
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds / group);
        }
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < milliseconds);
        return new Timing(Statistics.Median(times), times.Min(), times.Count * group);
    }

    /// <summary>
    /// Calls until the compiler has made its last version. It works in the background, each time 100 ms after the last new
    /// method was called for the 30th time, in up to three rounds: first version, counting version, last version. On a busy
    /// machine it lags behind: so as long as a burst is faster than those before, another follows.
    /// </summary>
    public static void WarmUp(Action call, double milliseconds)
    {
        const int AtLeast = 4, AtMost = 16, Unchanged = 3;
        var least = double.PositiveInfinity;
        for (int burst = 0, since = 0; burst < AtLeast || (since < Unchanged && burst < AtMost); burst++, since++)
        {
            var fastest = double.PositiveInfinity;
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < 1000 && (i == 0 || Stopwatch.GetElapsedTime(start).TotalMilliseconds < milliseconds); i++)
            {
                var before = Stopwatch.GetTimestamp();
                call();
                fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }

            if (fastest < 0.95 * least)
                since = 0;
            least = Math.Min(least, fastest);
            Thread.Sleep(120);
        }
    }

    private static int GroupSize(Action call)
    {
        var before = Stopwatch.GetTimestamp();
        call();
        var one = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        return one >= GroupMilliseconds ? 1 : (int)Math.Ceiling(GroupMilliseconds / Math.Max(one, 1e-4));
    }
}
