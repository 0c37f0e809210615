using static System.FormattableString;

namespace Unroll.Tests.Support;

/// <summary>Comparisons of tensors that name the place of the worst element.</summary>
internal static class Close
{
    /// <summary>
    /// Checks every element to <paramref name="tolerance"/>, absolute; where the tensor holds numbers greater than 1,
    /// times the greatest, since float32 sums of such numbers have no more digits.
    /// </summary>
    public static void Assert(Tensor expected, Tensor actual, double tolerance, string what)
    {
        if (expected.Shape != actual.Shape)
            Xunit.Assert.Fail($"{what}: expected shape {expected.Shape} but got {actual.Shape}.");
        var scale = expected.Size == 0 ? 1 : Math.Max(1, expected.ToArray().Max(value => Math.Abs((double)value)));
        if (!double.IsFinite(scale))
            scale = 1;
        var worst = -1;
        var excess = 0.0;
        for (var i = 0; i < expected.Size; i++)
        {
            double wanted = expected.Span[i], found = actual.Span[i];
            if (wanted.Equals(found))
                continue;
            var over = Math.Abs(wanted - found) / (tolerance * scale);
            if (double.IsNaN(over))
                over = double.PositiveInfinity;
            if (over <= excess)
                continue;
            (excess, worst) = (over, i);
        }

        if (excess > 1)
        {
            Xunit.Assert.Fail(Invariant(
                $"{what}: element {worst} of shape {expected.Shape} should be {expected.Span[worst]:G9} but is {actual.Span[worst]:G9}, {excess:G3} times the tolerance of {tolerance}."));
        }
    }

    /// <summary>Checks lists of tensors one by one; null, no gradient, counts as zeros.</summary>
    public static void Assert(IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor?> actual, double tolerance, string what)
    {
        Xunit.Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert(expected[i], actual[i] ?? Tensor.Zeros(expected[i].Shape), tolerance, $"{what} {i}");
    }
}
