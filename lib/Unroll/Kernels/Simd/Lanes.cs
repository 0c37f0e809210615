using System.Runtime.CompilerServices;

namespace Unroll.Kernels.Simd;

/// <summary>Loads and stores of a vector's first lanes, for the end of a row that no whole vector fits in.</summary>
internal static class Lanes
{
    // The widest vector.
    private const int Most = 16;

    /// <summary>The first lanes from memory, zeros in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(ref float at, int lanes)
        where V : struct, ISimd<V> => lanes >= V.Count ? V.Load(ref at, 0) : LoadSome<V>(ref at, lanes);

    /// <summary>Stores the first lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V value, ref float at, int lanes)
        where V : struct, ISimd<V>
    {
        if (lanes >= V.Count) V.Store(value, ref at, 0);
        else StoreSome(value, ref at, lanes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V LoadSome<V>(ref float at, int lanes)
        where V : struct, ISimd<V>
    {
        Span<float> whole = stackalloc float[Most];
        whole.Clear();
        for (var i = 0; i < lanes; i++) whole[i] = Unsafe.Add(ref at, i);
        return V.Load(ref whole[0], 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void StoreSome<V>(V value, ref float at, int lanes)
        where V : struct, ISimd<V>
    {
        Span<float> whole = stackalloc float[Most];
        V.Store(value, ref whole[0], 0);
        for (var i = 0; i < lanes; i++) Unsafe.Add(ref at, i) = whole[i];
    }
}
