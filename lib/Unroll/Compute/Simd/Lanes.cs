using System.Runtime.CompilerServices;

namespace Unroll.Compute.Simd;

/// <summary>Loads and stores of a vector's first lanes, for the end of a row that no whole vector fits in.</summary>
internal static unsafe class Lanes
{
    // The widest vector.
    private const int Most = 16;

    /// <summary>The first lanes from memory, zeros in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* at, int lanes)
        where V : struct, ISimd<V> => lanes >= V.Count ? V.Load(ref *at, 0) : V.LoadFirst(at, lanes);

    /// <summary>Stores the first lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V value, float* at, int lanes)
        where V : struct, ISimd<V>
    {
        if (lanes >= V.Count)
            V.Store(value, ref *at, 0);
        else
            V.StoreFirst(value, at, lanes);
    }

    /// <summary>The first lanes one by one, for machines without masks.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V LoadEach<V>(float* at, int lanes)
        where V : struct, ISimd<V>
    {
        var whole = stackalloc float[Most];
        for (var i = 0; i < lanes; i++)
            whole[i] = at[i];
        return V.Load(ref *whole, 0);
    }

    /// <summary>Stores the first lanes one by one, for machines without masks.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static void StoreEach<V>(V value, float* at, int lanes)
        where V : struct, ISimd<V>
    {
        var whole = stackalloc float[Most];
        V.Store(value, ref *whole, 0);
        for (var i = 0; i < lanes; i++)
            at[i] = whole[i];
    }
}
