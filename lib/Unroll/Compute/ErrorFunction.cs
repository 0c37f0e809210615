namespace Unroll.Compute;

/// <summary>
/// The Gauss error function in double precision: its Maclaurin series near 0, the continued fraction of erfc further out
/// (Abramowitz and Stegun, 7.1.6 and 7.1.14).
/// </summary>
internal static class ErrorFunction
{
    public static double Erf(double x)
    {
        if (double.IsNaN(x))
            return x;
        var size = Math.Abs(x);
        if (size > 6)
            return Math.Sign(x);
        return size < 2 ? Series(x) : Math.Sign(x) * (1 - Tail(size));
    }

    /// <summary>2/√π · exp(-x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)).</summary>
    private static double Series(double x)
    {
        double term = x, sum = x;
        for (var n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>erfc(x) for x ≥ 2: exp(-x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), from the inside out.</summary>
    private static double Tail(double x)
    {
        var fraction = x;
        for (var n = 60; n >= 1; n--)
            fraction = x + n / 2.0 / fraction;
        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }
}
