using BenchmarkDotNet.Attributes;
using Unroll.Benchmarks.Comparing;

namespace Unroll.Benchmarks.Kernels;

/// <summary>The LSTM's kernels with nothing around them, on one thread.</summary>
[MemoryDiagnoser]
public class LstmBenchmarks
{
    private BareKernels? _kernels;

    /// <summary>Batch, time, inputs and units.</summary>
    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = "";

    /// <summary>The shapes of the comparison.</summary>
    public static IEnumerable<string> Shapes => Networks.Matching("lstm").Select(network => network.Sizes);

    /// <summary>Makes weights and data.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Backend.Threads = 1;
        _kernels = new BareKernels(new Workload(Networks.Matching("lstm").Single(network => network.Sizes == Shape)));
    }

    /// <summary>Inference.</summary>
    [Benchmark(Baseline = true)]
    public void Forward() => _kernels!.Forward();

    /// <summary>With a tape, and back.</summary>
    [Benchmark]
    public void ForwardAndBackward() => _kernels!.ForwardAndBackward();
}
