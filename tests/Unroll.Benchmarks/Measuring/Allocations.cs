namespace Unroll.Benchmarks.Measuring;

/// <summary>Counts the bytes that calls allocate, on all threads.</summary>
internal static class Allocations
{
    /// <summary>Bytes a call, once the pools are filled.</summary>
    public static long PerCall(Action call, int calls = 16)
    {
        call();
        call();
        return During(() =>
        {
            for (var i = 0; i < calls; i++)
                call();
        }) / calls;
    }

    /// <summary>Bytes that one call allocates, pools and all.</summary>
    public static long During(Action call)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        call();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
