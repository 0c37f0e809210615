namespace Unroll.Compute;

/// <summary>
/// Memory that begins with a line of the cache (64 bytes): a vector of 512 bits that lies across two lines is read twice.
/// The collector aligns arrays to 8 bytes.
/// </summary>
internal static unsafe class CacheLine
{
    /// <summary>How many numbers a line holds, and so how many more to ask for.</summary>
    public const int Numbers = 16;

    /// <summary>The first line at or after an address.</summary>
    public static float* Align(float* start) => (float*)(((nint)start + 63) & ~(nint)63);
}
