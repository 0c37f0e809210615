using Unroll.Compute;

namespace Unroll.Tests.ComputeTests;

/// <summary>Sigmoid and tanh against double precision, in units in the last place of the right result.</summary>
public class ActivationKernelTests
{
    // What SimdMath promises.
    private const double Ulps = 3;

    /// <summary>Small and large numbers of both signs, over all that float32 has between 1e-30 and 100.</summary>
    private static float[] Numbers
    {
        get
        {
            var random = new RandomState(7);
            var numbers = new float[200_003];
            for (var i = 0; i < numbers.Length; i++)
            {
                var size = i % 2 == 0 ? random.Uniform(0, 20) : Math.Pow(10, random.Uniform(-30, 2));
                numbers[i] = (float)(random.Uniform(0, 1) < 0.5 ? -size : size);
            }

            return numbers;
        }
    }

    [Fact]
    public void Tanh_is_right_to_the_last_digits() => Check(ActivationKernels.Tanh, Math.Tanh, numbers: Numbers);

    [Fact]
    public void Sigmoid_is_right_to_the_last_digits() =>
        Check(ActivationKernels.Sigmoid, x => 1 / (1 + Math.Exp(-x)), numbers: [.. Numbers.Where(x => x > -80)]);

    [Fact]
    public void Special_numbers()
    {
        float[] x = [0, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1e30f, -1e30f];
        var tanh = new float[x.Length];
        var sigmoid = new float[x.Length];
        ActivationKernels.Tanh(x, tanh);
        ActivationKernels.Sigmoid(x, sigmoid);
        Assert.Equal([0, -0f, 1, -1, float.NaN, 1, -1], tanh);
        Assert.True(float.IsNegative(tanh[1]));
        Assert.Equal([0.5f, 0.5f, 1, 0, float.NaN, 1, 0], sigmoid);
    }

    [Fact]
    public void A_place_in_the_array_changes_nothing()
    {
        var x = Numbers[..67];
        var whole = new float[x.Length];
        ActivationKernels.Tanh(x, whole);
        for (var i = 0; i < x.Length; i++)
        {
            var single = new float[1];
            ActivationKernels.Tanh(x.AsSpan(i, 1), single);
            Assert.Equal(whole[i], single[0]);
        }
    }

    private static void Check(Kernel kernel, Func<double, double> exact, float[] numbers)
    {
        var result = new float[numbers.Length];
        kernel(numbers, result);
        for (var i = 0; i < numbers.Length; i++)
        {
            var right = exact(numbers[i]);
            var ulp = (double)MathF.BitIncrement(MathF.Abs((float)right)) - MathF.Abs((float)right);
            Assert.True(Math.Abs(result[i] - right) <= Ulps * ulp, $"f({numbers[i]:R}) is {result[i]:R}, {right:R} is right: {Math.Abs(result[i] - right) / ulp} ulp");
        }
    }

    private delegate void Kernel(ReadOnlySpan<float> values, Span<float> result);
}
