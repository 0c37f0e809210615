using System.Globalization;

namespace Unroll.Figures.Scene;

/// <summary>Where an axis has its marks, and what stands there.</summary>
internal static class FigureTicks
{
    private static readonly (double Days, string Format)[] DateSteps =
    [
        (1 / 86400.0, "HH:mm:ss"), (10 / 86400.0, "HH:mm:ss"), (1 / 1440.0, "HH:mm"), (10 / 1440.0, "HH:mm"), (1 / 24.0, "HH:mm"), (6 / 24.0, "MMM d HH:mm"),
        (1, "MMM d"), (2, "MMM d"), (7, "MMM d"), (14, "MMM d"),
    ];

    private static readonly int[] MonthSteps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000];

    /// <summary>Round numbers within a range, about as many as asked for: steps of 1, 2 or 5.</summary>
    public static double NiceStep(double range, double count)
    {
        var rough = range / Math.Max(1, count);
        if (rough <= 0 || !double.IsFinite(rough))
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var ratio = rough / power;
        return power * (ratio <= 1.0001 ? 1 : ratio <= 2.0001 ? 2 : ratio <= 5.0001 ? 5 : 10);
    }

    public static List<(double At, string Text)> Linear(double from, double to, double step)
    {
        var ticks = new List<(double, string)>();
        var first = (long)Math.Ceiling(from / step - 1e-6);
        var last = (long)Math.Floor(to / step + 1e-6);
        var largest = Math.Max(Math.Abs(first), Math.Abs(last)) * step;
        for (var i = first; i <= last && ticks.Count < 1000; i++)
            ticks.Add((i * step, Number(i * step, step, largest)));
        return ticks;
    }

    /// <summary>Powers of ten; where there are few of them, 2 and 5 times them too. Places are logarithms.</summary>
    public static List<(double At, string Text)> Logarithmic(double from, double to, double count)
    {
        var ticks = new List<(double, string)>();
        double[] digits = to - from < 2 ? [1, 2, 5] : [1];
        var step = Math.Max(1, (int)Math.Ceiling((to - from) / Math.Max(1, count)));
        for (var power = (int)Math.Floor(from); power <= Math.Ceiling(to); power++)
        {
            if (power % step != 0)
                continue;
            foreach (var digit in digits)
            {
                var at = power + Math.Log10(digit);
                if (at < from - 1e-9 || at > to + 1e-9)
                    continue;
                var value = digit * Math.Pow(10, power);
                ticks.Add((at, value.ToString(power is >= -4 and <= 5 ? "0.#####" : "0e0", CultureInfo.InvariantCulture)));
            }
        }

        return ticks;
    }

    /// <summary>Dates; places are days since the year 1.</summary>
    public static List<(double At, string Text)> Dates(double from, double to, double count)
    {
        var (days, format) = Array.Find(DateSteps, step => (to - from) / step.Days <= Math.Max(1, count));
        if (days == 0)
            return Months(from, to, count);
        var ticks = new List<(double, string)>();
        for (var at = Math.Ceiling(from / days) * days; at <= to + 1e-9 && ticks.Count < 1000; at += days)
        {
            var time = DateTime.MinValue.AddDays(Math.Clamp(at, 0, 3_652_058));
            ticks.Add((at, time.ToString(format, CultureInfo.InvariantCulture)));
        }

        return ticks;
    }

    /// <summary>First days of months, which are not equally long.</summary>
    private static List<(double At, string Text)> Months(double from, double to, double count)
    {
        const int LastMonth = 9999 * 12;
        var (first, last) = (MonthOf(from), Math.Min(LastMonth, MonthOf(to)));
        var found = Array.Find(MonthSteps, candidate => (last - first) / (double)candidate <= Math.Max(1, count));
        var step = found == 0 ? MonthSteps[^1] : found;
        var ticks = new List<(double, string)>();
        for (var month = (first + step - 1) / step * step; month <= last; month += step)
        {
            if (month < 12)
                continue;
            var day = new DateTime(Math.Min(9999, month / 12), month % 12 + 1, 1);
            var at = (day - DateTime.MinValue).TotalDays;
            if (at >= from && at <= to)
                ticks.Add((at, day.ToString(step % 12 == 0 ? "yyyy" : "yyyy-MM", CultureInfo.InvariantCulture)));
        }

        return ticks;
    }

    /// <summary>Months since the year 0.</summary>
    private static int MonthOf(double days)
    {
        var day = DateTime.MinValue.AddDays(Math.Clamp(days, 0, 3_652_058));
        return day.Year * 12 + day.Month - 1;
    }

    /// <summary>A number with as many decimals as its step has.</summary>
    public static string Number(double value, double step, double largest)
    {
        if (Math.Abs(value) < step * 1e-6)
            return "0";
        if (largest >= 1e15 || step < 1e-6)
            return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        var (unit, sign) = largest switch { >= 1e9 => (1e9, "B"), >= 1e6 => (1e6, "M"), >= 1e4 => (1e3, "k"), _ => (1, "") };
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step / unit) - 1e-6), 0, 9);
        return (value / unit).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + sign;
    }

    /// <summary>A number for a reader: four digits that count.</summary>
    public static string Short(double value) => Math.Abs(value) is >= 1e-4 and < 1e7 or 0
        ? value.ToString("G4", CultureInfo.InvariantCulture) is var text && text.Contains('E', StringComparison.Ordinal)
            ? value.ToString("0", CultureInfo.InvariantCulture) : value.ToString("G4", CultureInfo.InvariantCulture)
        : value.ToString("0.###e0", CultureInfo.InvariantCulture);
}
