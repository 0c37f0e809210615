using System.Runtime.Intrinsics;
using Unroll.Compute.Simd;

namespace Unroll.Compute;

/// <summary>
/// Sigmoid and tanh of arrays, with the formulas of <see cref="SimdMath"/>. TensorPrimitives has both, but its tanh(0) is
/// -6e-8, and a state of zeros must stay one.
/// </summary>
internal static unsafe class ActivationKernels
{
    public static void Sigmoid(ReadOnlySpan<float> values, Span<float> result) => Run<SigmoidFunction>(values, result);

    public static void Tanh(ReadOnlySpan<float> values, Span<float> result) => Run<TanhFunction>(values, result);

    private static void Run<TFunction>(ReadOnlySpan<float> values, Span<float> result)
        where TFunction : struct, IFunction
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Simd512, TFunction>(values, result);
        else if (Vector256.IsHardwareAccelerated)
            Run<Simd256, TFunction>(values, result);
        else
            Run<Simd128, TFunction>(values, result);
    }

    private static void Run<V, TFunction>(ReadOnlySpan<float> values, Span<float> result)
        where V : struct, ISimd<V>
        where TFunction : struct, IFunction
    {
        fixed (float* source = values, target = result)
        {
            // The lanes do not look at each other: a number's place does not change its result.
            for (var at = 0; at < values.Length; at += V.Count)
                Lanes.Store(TFunction.Invoke(Lanes.Load<V>(source + at, values.Length - at)), target + at, values.Length - at);
        }
    }

    private interface IFunction
    {
        static abstract V Invoke<V>(V x)
            where V : struct, ISimd<V>;
    }

    private readonly struct SigmoidFunction : IFunction
    {
        public static V Invoke<V>(V x)
            where V : struct, ISimd<V> => SimdMath.Sigmoid(x);
    }

    private readonly struct TanhFunction : IFunction
    {
        public static V Invoke<V>(V x)
            where V : struct, ISimd<V> => SimdMath.Tanh(x);
    }
}
