using System.Globalization;
using System.Text;
using Unroll.Benchmarks.Comparing;

namespace Unroll.Benchmarks.Reporting;

/// <summary>The report as Markdown.</summary>
internal static class Markdown
{
    // Processes that wanted to run while we had not begun.
    private const double BusyFrom = 0.5;

    public static string Of(Report report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Measured on {report.Date:yyyy-MM-dd}: {report.Machine}.\n");
        text.Append("Milliseconds: the median, and the least in parentheses. A ratio is the peer's time over ours, above 1 where Unroll is faster:\n");
        text.Append("the median of the rounds, and of the least times in parentheses.\n");
        if (report.Machine.LoadAverage > BusyFrom)
            text.Append("\n**The machine was busy.** Least times are the better measure then, and those of two threads are worth little.\n");
        foreach (var (library, why) in report.MissingPeers)
            text.Append(CultureInfo.InvariantCulture, $"\n{library} {why}.\n");
        text.Append("\n### Against other libraries\n\n").Append(Comparison(report));
        if (report.Products.Count > 0)
            text.Append("\n### Matrix product, one thread\n\n").Append(Products(report));
        if (report.Overheads.Count > 0)
            text.Append("\n### As users call it, against the bare kernels\n\n").Append(Overheads(report));
        if (report.Growth.Count > 0)
            text.Append("\n### Longer sequences, one thread\n\n").Append(Growth(report));
        return text.ToString();
    }

    private static Table Comparison(Report report)
    {
        var libraries = report.Comparison.SelectMany(row => row.Peers).DistinctBy(peer => peer.Library, StringComparer.Ordinal).ToList();
        var table = new Table(
        [
            "network (batch, time, inputs, units)", "mode", "threads", "Unroll", "FMA peak, GFLOP/s", "share of it",
            .. libraries.SelectMany(peer => new[] { $"{peer.Library} {peer.Version}", "ratio" }),
            "bytes beyond the result",
        ]);
        foreach (var row in report.Comparison)
        {
            table.Add(
            [
                row.Shape.ToString(), Word(row.Mode), Invariant(row.Threads),
                Numbers.Both(row.Ours), Numbers.Short(row.PeakGflops), Numbers.Both(row.PeakShare),
                .. libraries.SelectMany(library => Cells(row.Peers.FirstOrDefault(peer => peer.Library == library.Library))),
                Numbers.Bytes(row.AllocatedBytes),
            ]);
        }

        return table;
    }

    private static string[] Cells(PeerResult? peer) =>
        peer is null ? ["", ""] : [Numbers.Both(peer.Time), Numbers.Both(peer.Ratio, peer.LeastRatio)];

    private static Table Products(Report report)
    {
        var table = new Table("m × k × n", "right matrix", "Unroll", "FMA peak, GFLOP/s", "share of it");
        foreach (var row in report.Products)
        {
            table.Add(
                $"{row.M} × {row.K} × {row.N}",
                row.Packed ? "packed before" : "packed each time",
                Numbers.Both(row.Time),
                Numbers.Short(row.PeakGflops),
                Numbers.Both(row.PeakShare));
        }

        return table;
    }

    private static Table Overheads(Report report)
    {
        var table = new Table("batch, time, inputs, units", "call", "threads", "Unroll", "over the kernels");
        foreach (var row in report.Overheads)
            table.Add(row.Shape.Sizes, row.What, Invariant(row.Threads), Numbers.Both(row.Time), Numbers.Both(row.Ratio, row.Time.Least / row.Bare.Least));
        return table;
    }

    private static Table Growth(Report report)
    {
        var table = new Table("batch, time, inputs, units", "mode", "Unroll", "µs a step", "bytes, first call", "bytes, further calls", "bytes, formula");
        foreach (var row in report.Growth)
        {
            table.Add(
                row.Shape.Sizes,
                Word(row.Mode),
                Numbers.Both(row.Time),
                Numbers.Short(row.StepMicroseconds),
                Numbers.Bytes(row.FirstBytes),
                Numbers.Bytes(row.SteadyBytes),
                row.Formula is { } bytes ? Numbers.Bytes(bytes) : "");
        }

        return table;
    }

    private static string Word(Mode mode) => mode switch
    {
        Mode.Inference => "inference",
        Mode.Predict => "Predict",
        _ => "training step",
    };

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
