using System.Numerics;

namespace Unroll;

/// <summary>
/// What is left of a float while its decimal digits are taken off: exact integers over a common scale, with the
/// half distances to the neighbouring floats, inside which every number reads back as this one.
/// </summary>
internal sealed class FloatRemainder
{
    private const int MantissaBits = 23;
    private const int LowestPowerOfTwo = -149;

    private readonly bool _isEven;
    private readonly BigInteger _scale;
    private BigInteger _value;
    private BigInteger _below;
    private BigInteger _above;

    /// <summary>
    /// Starts with the whole of <paramref name="magnitude"/>, positive and finite, such that the first digit taken
    /// is the one of 10^<paramref name="exponent"/>.
    /// </summary>
    public FloatRemainder(float magnitude, int exponent)
    {
        var bits = BitConverter.SingleToUInt32Bits(magnitude);
        var biasedPower = (int)(bits >> MantissaBits);
        var mantissa = bits & ((1u << MantissaBits) - 1);
        // Below a power of two the floats lie twice as close as above it.
        var isPowerOfTwo = mantissa == 0 && biasedPower > 1;
        if (biasedPower > 0)
            mantissa |= 1u << MantissaBits;
        var power = LowestPowerOfTwo + Math.Max(biasedPower - 1, 0);

        // In quarters of the lowest bit, so that half a distance below a power of two is a whole number.
        var unit = BigInteger.Pow(2, Math.Max(power, 0)) * PowerOfTen(-exponent);
        _value = 4 * mantissa * unit;
        _above = 2 * unit;
        _below = isPowerOfTwo ? unit : 2 * unit;
        _scale = 4 * BigInteger.Pow(2, Math.Max(-power, 0)) * PowerOfTen(exponent);
        // A float with an even mantissa wins the ties at both ends of its interval.
        _isEven = mantissa % 2 == 0;
    }

    /// <summary>Whether the digits taken so far read back as the float.</summary>
    public bool IsCloseToDigit => _isEven ? _value <= _below : _value < _below;

    /// <summary>Whether the digits taken so far, the last one raised by one, read back as the float.</summary>
    public bool IsCloseToNextDigit => _isEven ? _value + _above >= _scale : _value + _above > _scale;

    /// <summary>Takes the digit before the point off the remainder.</summary>
    public int TakeDigit() => (int)BigInteger.DivRem(_value, _scale, out _value);

    /// <summary>Moves on to the next decimal place.</summary>
    public void MoveToNextPlace()
    {
        _value *= 10;
        _below *= 10;
        _above *= 10;
    }

    /// <summary>Whether the rest is better dropped by raising <paramref name="digit"/>, the last one taken.</summary>
    public bool RoundsUp(int digit)
    {
        if (IsCloseToDigit != IsCloseToNextDigit)
            return IsCloseToNextDigit;
        var comparison = (2 * _value).CompareTo(_scale);
        return comparison == 0 ? int.IsOddInteger(digit) : comparison > 0;
    }

    private static BigInteger PowerOfTen(int exponent) => BigInteger.Pow(10, Math.Max(exponent, 0));
}
