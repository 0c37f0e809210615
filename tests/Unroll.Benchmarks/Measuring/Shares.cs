namespace Unroll.Benchmarks.Measuring;

/// <summary>Which share of the multiply-add peak a time stands for: by its median, and by the least.</summary>
internal sealed record Shares(double Median, double Most)
{
    public static Shares Of(double operations, Timing time, double peakGflops) =>
        new(operations / (time.Median * 1e6) / peakGflops, operations / (time.Least * 1e6) / peakGflops);
}
