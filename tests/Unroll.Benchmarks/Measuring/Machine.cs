using System.Globalization;
using System.Runtime.InteropServices;

namespace Unroll.Benchmarks.Measuring;

/// <summary>What the numbers were measured on.</summary>
internal sealed record Machine(string Processor, int Processors, string OperatingSystem, string Runtime, int VectorBits, double LoadAverage)
{
    public static Machine This() => new(
        ProcessorName(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        FmaPeak.VectorBits,
        ReadLoadAverage());

    public override string ToString() =>
        $"{Processor}, {Processors} logical processors; {OperatingSystem}; {Runtime}, vectors of {VectorBits} bits" +
        (LoadAverage < 0 ? "" : FormattableString.Invariant($"; load before the start {LoadAverage:0.0}"));

    private static string ProcessorName()
    {
        const string Linux = "/proc/cpuinfo";
        var line = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static double ReadLoadAverage()
    {
        const string Linux = "/proc/loadavg";
        return File.Exists(Linux) ? double.Parse(File.ReadAllText(Linux).Split(' ')[0], CultureInfo.InvariantCulture) : -1;
    }
}
