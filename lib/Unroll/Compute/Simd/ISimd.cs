namespace Unroll.Compute.Simd;

/// <summary>
/// A vector of float32 lanes of one width. Kernels are written once over it and compiled for 128, 256 and 512 bits; the
/// wrappers stay in registers, so that the generic form costs nothing (a product tile reaches the FMA peak with it).
/// </summary>
internal interface ISimd<TSelf>
    where TSelf : struct, ISimd<TSelf>
{
    /// <summary>How many lanes there are.</summary>
    static abstract int Count { get; }

    /// <summary>
    /// How many vectors wide a tile of a matrix product is: with six rows it fills the registers (32 with 512 bits, else 16).
    /// </summary>
    static abstract int TileVectors { get; }

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    static abstract TSelf Broadcast(float value);

    static abstract TSelf Load(ref float at, nuint offset);

    static abstract void Store(TSelf value, ref float at, nuint offset);

    /// <summary>The first lanes from memory, zeros in the others; memory after them is not touched.</summary>
    static abstract unsafe TSelf LoadFirst(float* at, int lanes);

    /// <summary>Stores the first lanes; memory after them is not touched.</summary>
    static abstract unsafe void StoreFirst(TSelf value, float* at, int lanes);

    /// <summary>The first lanes, zeros in the others.</summary>
    static abstract TSelf KeepFirst(TSelf value, int lanes);

    /// <summary><c>a * b + c</c>, rounded once where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The smaller; where one is NaN, the second, so that <c>Min(bound, x)</c> lets NaN through.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The greater; where one is NaN, the second.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    static abstract TSelf Abs(TSelf value);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The size of one with the sign of the other.</summary>
    static abstract TSelf CopySign(TSelf size, TSelf sign);

    /// <summary>The nearest whole numbers.</summary>
    static abstract TSelf Round(TSelf value);

    /// <summary>2 to the power of whole numbers from -126 to 127; 0 for -127.</summary>
    static abstract TSelf PowerOfTwo(TSelf wholeNumber);

    /// <summary>The sum of the lanes.</summary>
    static abstract float Sum(TSelf value);

    /// <summary>The greatest lane.</summary>
    static abstract float Greatest(TSelf value);
}
