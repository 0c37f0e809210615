using static System.FormattableString;

namespace Unroll.Tests.Support;

/// <summary>
/// Derivatives by central differences, the second opinion on those of the tape: (f(x + ε) - f(x - ε)) / 2ε, once with ε
/// and once with half of it. Both together (Richardson's extrapolation) have an error of order ε⁴. Where slope or curvature
/// of the two differ, a kink (of relu, say) lies within reach, and the element is passed over.
/// </summary>
internal static class FiniteDifferences
{
    private const float Step = 0.02f;
    private const double Tolerance = 2e-3;

    /// <summary>
    /// Checks the gradients of Σ output · coefficient, with random coefficients, by each of <paramref name="points"/>, whose
    /// numbers <paramref name="function"/> reads anew at each call.
    /// </summary>
    public static void Check(Func<Tensors> function, IReadOnlyList<(string Name, Tensor Value)> points, RandomState random)
    {
        Tensor?[] gradients;
        Tensor[] coefficients;
        using (var tape = new GradientTape())
        {
            foreach (var (_, value) in points)
                tape.Watch(value);
            var outputs = function();
            coefficients = [.. outputs.Select(output => random.Normal(0, 1, output.Shape))];
            var loss = outputs.Zip(coefficients, (output, factor) => (output * factor).Sum()).Aggregate((a, b) => a + b);
            gradients = tape.Gradient(loss, [.. points.Select(point => point.Value)]);
        }

        var (skipped, count) = (0, 0);
        for (var i = 0; i < points.Count; i++)
        {
            var gradient = gradients[i] ?? Tensor.Zeros(points[i].Value.Shape);
            for (var place = 0; place < gradient.Size; place++, count++)
            {
                var wide = Slopes(points[i].Value, place, Step);
                var narrow = Slopes(points[i].Value, place, Step / 2);
                var size = Math.Max(1, Math.Abs(narrow.Slope));
                if (Math.Abs(wide.Slope - narrow.Slope) > Tolerance * size || Math.Abs(wide.Bend - 2 * narrow.Bend) > Tolerance * size)
                {
                    skipped++;
                    continue;
                }

                var slope = (4 * narrow.Slope - wide.Slope) / 3;
                Assert.True(
                    Math.Abs(slope - gradient.Span[place]) <= Tolerance * size,
                    Invariant($"{points[i].Name}, element {place}: the tape gives {gradient.Span[place]:G6}, differences give {slope:G6}."));
            }
        }

        Assert.True(skipped <= count / 10, $"{skipped} of {count} elements lie beside a kink: choose other numbers.");

        // The slope, and how much the slopes of the two sides differ: for a smooth function in proportion to the step.
        (double Slope, double Bend) Slopes(Tensor value, int place, float step)
        {
            var was = value.Span[place];
            var here = Loss();
            value.Span[place] = was + step;
            var above = Loss();
            double width = value.Span[place];
            value.Span[place] = was - step;
            var below = Loss();
            width -= value.Span[place];
            value.Span[place] = was;
            return ((above - below) / width, (above - 2 * here + below) / step);
        }

        double Loss()
        {
            var sum = 0.0;
            foreach (var (output, factor) in function().Zip(coefficients))
            {
                for (var i = 0; i < output.Size; i++)
                    sum += (double)output.Span[i] * factor.Span[i];
            }

            return sum;
        }
    }
}
