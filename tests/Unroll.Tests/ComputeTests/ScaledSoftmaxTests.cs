using Unroll.Compute;

namespace Unroll.Tests.ComputeTests;

/// <summary>The softmax within attention, and the way back through it, against double precision.</summary>
public class ScaledSoftmaxTests
{
    private const float Scale = 0.3f;

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(7, 5)]
    [InlineData(16, 4)]
    [InlineData(17, 4)]
    [InlineData(100, 9)]
    [InlineData(512, 2)]
    [InlineData(530, 2)]
    [InlineData(40_003, 2)]
    public void Shares_and_their_gradients_are_right(int length, int rows)
    {
        var values = new RandomState(1).Normal(0, 8, [rows, length]).ToArray();
        var gradients = new RandomState(2).Normal(0, 1, [rows, length]).ToArray();
        var (shares, changes) = (values.ToArray(), gradients.ToArray());
        ScaledSoftmax.Rows(shares, length, Scale);
        ScaledSoftmax.Back(shares, changes, length, Scale);
        for (var row = 0; row < rows; row++)
        {
            var places = Enumerable.Range(row * length, length).ToArray();
            var greatest = places.Max(i => values[i]);
            var powers = places.Select(i => Math.Exp(Scale * ((double)values[i] - greatest))).ToArray();
            var sum = powers.Sum();
            var mean = places.Sum(i => (double)shares[i] * gradients[i]);
            foreach (var (place, i) in places.Index())
            {
                // Below the greatest by 20, a number in float32 is right to 1e-6.
                Assert.Equal(powers[place] / sum, shares[i], 2e-6 * powers[place] / sum + 1e-37);
                Assert.Equal(Scale * shares[i] * (gradients[i] - mean), changes[i], 1e-6);
            }
        }
    }

    [Fact]
    public void Far_below_the_greatest_the_share_is_0() => Assert.Equal([0, 1, 0], Shares(-1e30f, 0, float.NegativeInfinity));

    [Fact]
    public void Equal_numbers_have_equal_shares() => Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f], Shares(3e38f, 3e38f, 3e38f, 3e38f));

    [Fact]
    public void What_is_not_a_number_makes_its_row_so()
    {
        var values = new float[60];
        values[25] = float.NaN;
        values[50] = float.PositiveInfinity;
        ScaledSoftmax.Rows(values, 20, 1);
        Assert.All(values[..20], share => Assert.Equal(1 / 20f, share));
        Assert.All(values[20..], share => Assert.True(float.IsNaN(share)));
    }

    private static float[] Shares(params float[] values)
    {
        ScaledSoftmax.Rows(values, values.Length, 1);
        return values;
    }
}
