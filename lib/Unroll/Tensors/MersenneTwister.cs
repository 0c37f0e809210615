using System.Numerics;

namespace Unroll;

/// <summary>
/// The Mersenne Twister MT19937 of Matsumoto and Nishimura: 32 random bits at a time from a state of 624 words, and
/// the numbers that NumPy builds from them.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Words = 624;
    private const int Offset = 397;
    private const uint UpperBit = 0x80000000;
    private const uint Twist = 0x9908b0df;

    private readonly uint[] _state = new uint[Words];
    private int _next = Words;

    /// <summary>Fills the state from one word.</summary>
    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Words; i++)
            _state[i] = (1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i;
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_next == Words)
            Regenerate();

        var word = _state[_next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c5680;
        word ^= (word << 15) & 0xefc60000;
        return word ^ (word >> 18);
    }

    /// <summary>A number in [0, 1) with all 53 bits that a double there has room for.</summary>
    public double NextDouble()
    {
        var high = NextUInt32() >> 5;
        var low = NextUInt32() >> 6;
        return ((high * (double)(1 << 26)) + low) / (1L << 53);
    }

    /// <summary>
    /// A whole number from 0 to <paramref name="max"/>, all equally likely: as many bits as the largest one has,
    /// drawn again while they are too large. No bits are drawn when zero is the only choice.
    /// </summary>
    public ulong NextUpTo(ulong max)
    {
        if (max == 0)
            return 0;

        var mask = ulong.MaxValue >> BitOperations.LeadingZeroCount(max);
        ulong number;
        do
            number = mask & (max <= uint.MaxValue ? NextUInt32() : NextUInt64());
        while (number > max);
        return number;
    }

    private ulong NextUInt64() => ((ulong)NextUInt32() << 32) | NextUInt32();

    private void Regenerate()
    {
        for (var i = 0; i < Words; i++)
        {
            var joined = (_state[i] & UpperBit) | (_state[(i + 1) % Words] & ~UpperBit);
            var twisted = uint.IsOddInteger(joined) ? (joined >> 1) ^ Twist : joined >> 1;
            _state[i] = _state[(i + Offset) % Words] ^ twisted;
        }

        _next = 0;
    }
}
