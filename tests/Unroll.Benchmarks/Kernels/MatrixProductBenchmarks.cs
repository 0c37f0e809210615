using BenchmarkDotNet.Attributes;
using Unroll.Compute;

namespace Unroll.Benchmarks.Kernels;

/// <summary>The matrix product at the sizes that layers ask for, on one thread.</summary>
[MemoryDiagnoser]
public class MatrixProductBenchmarks
{
    private float[] _left = [];
    private float[] _right = [];
    private float[] _result = [];

    /// <summary>Rows, depth and columns.</summary>
    [ParamsSource(nameof(Sizes))]
    public (int M, int K, int N) Size { get; set; }

    /// <summary>From a lesson's layer to a sequence through 512 units.</summary>
    public static IEnumerable<(int M, int K, int N)> Sizes => [(2, 8, 20), (32, 66, 256), (32, 512, 2048), (3200, 256, 2048)];

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Backend.Threads = 1;
        var random = new RandomState(1);
        _left = random.Uniform(-1, 1, [Size.M * Size.K]).ToArray();
        _right = random.Uniform(-1, 1, [Size.K * Size.N]).ToArray();
        _result = new float[Size.M * Size.N];
    }

    /// <summary>left · right.</summary>
    [Benchmark(Baseline = true)]
    public void Multiply() => MatrixProduct.Multiply(_left, _right, _result, Size.M, Size.K, Size.N);

    /// <summary>left · rightᵀ, as the gradient of an input.</summary>
    [Benchmark]
    public void TransposedRight() => MatrixProduct.MultiplyTransposedRight(_left, _right, _result, Size.M, Size.K, Size.N);

    /// <summary>leftᵀ · right, as the gradient of a weight.</summary>
    [Benchmark]
    public void TransposedLeft() => MatrixProduct.MultiplyTransposedLeft(_left, _right, _result, Size.M, Size.K, Size.N);
}
