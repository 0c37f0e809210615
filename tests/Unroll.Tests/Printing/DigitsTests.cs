using System.Globalization;

namespace Unroll.Tests.Printing;

/// <summary>What holds for the digits of any float, on floats of all sizes.</summary>
public class DigitsTests
{
    [Fact]
    public void A_printed_number_reads_back_as_the_same_float()
    {
        foreach (var value in FloatsOfAllSizes())
        {
            var printed = ArrayPrinter.Format([value], [], PrintOptions.Default);
            Assert.Equal(value, float.Parse(printed, CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void No_digit_is_more_than_needed()
    {
        foreach (var value in FloatsOfAllSizes())
        {
            var digits = DecimalDigits.Shortest(value);
            if (digits.Digits.Length == 1)
                continue;
            // One digit less, rounded either way, is another float.
            var cut = long.Parse(digits.Digits[..^1], CultureInfo.InvariantCulture);
            var exponent = digits.Exponent - (digits.Digits.Length - 2);
            Assert.NotEqual(value, Read(cut, exponent));
            Assert.NotEqual(value, Read(cut + 1, exponent));
        }
    }

    private static float Read(long digits, int exponent) =>
        float.Parse(string.Create(CultureInfo.InvariantCulture, $"{digits}e{exponent}"), CultureInfo.InvariantCulture);

    private static IEnumerable<float> FloatsOfAllSizes()
    {
        yield return float.Epsilon;
        yield return float.MaxValue;
        for (var power = -149; power < 128; power++)
            yield return MathF.ScaleB(1, power);

        var random = new Random(313);
        for (var i = 0; i < 20_000; i++)
            yield return BitConverter.Int32BitsToSingle(random.Next(1, 0x7f800000));
    }
}
