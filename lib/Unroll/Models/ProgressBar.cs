using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Unroll.Models;

/// <summary>
/// What Fit, Evaluate and Predict print: 0 nothing, 1 a bar for each epoch that grows in place on a terminal, 2 a line for
/// each epoch.
/// </summary>
internal sealed class ProgressBar(int verbose, int? batches, TextWriter output)
{
    private const int Width = 30;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _batch;
    private readonly bool _inPlace = verbose == 1 && output == Console.Out && !Console.IsOutputRedirected;

    /// <summary>Shows the numbers after a batch, counted from 1.</summary>
    public void Update(int batch, Tally tally)
    {
        _batch = batch;
        if (_inPlace && batch < batches)
            output.Write("\r" + Line(batch, tally.Values()));
    }

    /// <summary>Shows the numbers of the whole epoch.</summary>
    public void Finish(IReadOnlyDictionary<string, float> logs)
    {
        if (verbose == 0)
            return;
        output.WriteLine((_inPlace ? "\r" : "") + Line(batches ?? _batch, logs));
    }

    private string Line(int batch, IReadOnlyDictionary<string, float> logs)
    {
        var all = batches ?? batch;
        var line = new StringBuilder();
        if (verbose == 1)
        {
            var done = Width * batch / Math.Max(1, all);
            var bar = done == Width ? new string('=', Width) : new string('=', Math.Max(0, done - 1)) + (done > 0 ? ">" : "") + new string('.', Width - done);
            line.Append(CultureInfo.InvariantCulture, $"{batch}/{all} [{bar}] - ");
        }
        else
        {
            line.Append(CultureInfo.InvariantCulture, $"{batch}/{all} - ");
        }

        var step = _watch.Elapsed.TotalMilliseconds / Math.Max(1, batch);
        line.Append(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds:F0}s {step:F0}ms/step");
        foreach (var (name, value) in logs)
            line.Append(CultureInfo.InvariantCulture, $" - {name}: {Number(value)}");
        return line.ToString();
    }

    private static string Number(float value) => MathF.Abs(value) is > 1e-3f or 0
        ? value.ToString("F4", CultureInfo.InvariantCulture)
        : value.ToString("0.0000e+00", CultureInfo.InvariantCulture);
}
