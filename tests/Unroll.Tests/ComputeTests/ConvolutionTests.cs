using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.ComputeTests;

/// <summary>Conv1D's kernel, forward and back, against plain loops in double precision.</summary>
[Collection(nameof(OneByOne))]
public class ConvolutionTests
{
    public static TheoryData<int, int, int, int, int, int, int, string> Sizes => new()
    {
        { 1, 1, 1, 1, 1, 1, 1, "valid" },
        { 2, 9, 3, 2, 2, 1, 1, "same" },
        { 3, 7, 2, 5, 3, 2, 1, "same" },
        { 2, 8, 3, 4, 5, 1, 1, "causal" },
        { 40, 11, 5, 33, 4, 1, 2, "same" },
        { 70, 5, 3, 7, 3, 1, 3, "causal" },
        { 5, 70, 7, 65, 3, 1, 1, "same" },
        { 5, 71, 7, 32, 4, 1, 1, "causal" },
        { 3, 131, 17, 130, 3, 2, 1, "same" },
        { 3, 140, 4, 9, 2, 2, 1, "valid" },
        { 2, 300, 3, 20, 2, 3, 1, "valid" },
        { 4, 90, 6, 31, 3, 1, 4, "valid" },
        { 2, 97, 5, 64, 90, 1, 1, "same" },
        { 6, 100, 64, 128, 3, 1, 1, "same" },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Output_and_gradients_are_those_of_plain_loops(
        int batch, int time, int features, int filters, int size, int strides, int dilation, string padding)
    {
        var layer = new Conv1D(filters, size, strides, padding, dilation, biasInitializer: new Initializers.RandomNormal(seed: 5));
        var x = new RandomState(1).Normal(0, 1, [batch, time, features]);
        var gradient = new RandomState(2).Normal(0, 1, [.. layer.Apply(x).Shape]);
        var expected = Plain(layer, x, gradient);
        var before = Backend.Threads;
        try
        {
            Backend.Threads = 1;
            var one = Run(layer, x, gradient);
            for (var i = 0; i < expected.Length; i++)
                Close.Assert(expected[i], one[i], 1e-6 * Math.Sqrt(batch * time + size * features), $"result {i}");
            Backend.Threads = 3;
            foreach (var (alone, shared) in one.Zip(Run(layer, x, gradient)))
                Assert.Equal(alone.ToArray(), shared.ToArray());
        }
        finally
        {
            Backend.Threads = before;
        }
    }

    [Fact]
    public void A_gradient_has_a_gradient()
    {
        var layer = new Conv1D(3, 2, padding: "same");
        var x = new RandomState(1).Normal(0, 1, [2, 5, 2]);
        layer.Apply(x);
        var kernel = layer.Weights[0].Value;
        using var outer = new GradientTape();
        outer.Watch(kernel);
        var second = outer.Gradient(Steepness(layer, x), kernel)!;
        var step = kernel * 0.01f;
        var (more, less) = (kernel + step, kernel - step);
        var (above, below) = (With(more), With(less));
        Assert.Equal((above - below) / 2, (second * step).Sum().Item(), 1e-3 * Math.Abs(above));

        double With(Tensor other)
        {
            layer.SetWeights([other, layer.Weights[1].Value]);
            return Steepness(layer, x).Item();
        }
    }

    [Fact]
    public void A_tape_from_after_the_layer_goes_back_through_its_gradient()
    {
        var layer = new Conv1D(3, 2, padding: "same", useBias: false);
        var x = new RandomState(1).Normal(0, 1, [2, 5, 2]);
        var factors = new RandomState(2).Normal(0, 1, [2, 5, 3]);
        layer.Apply(x);
        var kernel = layer.Weights[0].Value;
        using var tape = new GradientTape();
        tape.Watch(x);
        var y = (layer.Apply(x) * factors).Sum();
        using var later = new GradientTape();
        later.Watch(kernel);
        var ofKernel = later.Gradient(tape.Gradient(y, x)!.Sum(), kernel)!;

        // Each number of the kernel meets the factors of the windows in which a step of the sequence stands at its place.
        for (var filter = 0; filter < 3; filter++)
        {
            var all = Enumerable.Range(0, 10).Sum(window => (double)factors.Span[window * 3 + filter]);
            var outside = factors.Span[4 * 3 + filter] + (double)factors.Span[9 * 3 + filter];
            for (var feature = 0; feature < 2; feature++)
            {
                Assert.Equal(all, ofKernel.Span[feature * 3 + filter], 1e-5);
                Assert.Equal(all - outside, ofKernel.Span[(2 + feature) * 3 + filter], 1e-5);
            }
        }
    }

    /// <summary>The sum of the squares of the gradients by the input and the kernel.</summary>
    private static Tensor Steepness(Conv1D layer, Tensor x)
    {
        var kernel = layer.Weights[0].Value;
        using var tape = new GradientTape();
        tape.Watch(x);
        tape.Watch(kernel);
        var gradients = tape.Gradient(layer.Apply(x).Square().Sum(), [x, kernel]);
        return gradients[0]!.Square().Sum() + gradients[1]!.Square().Sum();
    }

    private static Tensor[] Run(Conv1D layer, Tensor x, Tensor gradient)
    {
        using var tape = new GradientTape();
        tape.Watch(x);
        var y = layer.Apply(x);
        var loss = (y * gradient).Sum();
        return [y, .. tape.Gradient(loss, [x, .. layer.Weights.Select(weight => weight.Value)]).Select(result => result!)];
    }

    private static Tensor[] Plain(Conv1D layer, Tensor x, Tensor gradient)
    {
        var (kernel, bias) = (layer.Weights[0].Value.ToArray(), layer.Weights[1].Value.ToArray());
        var (time, features, count, filters) = (x.Shape[1], x.Shape[2], gradient.Shape[1], layer.Filters);
        var span = (layer.KernelSize - 1) * layer.DilationRate + 1;
        var before = layer.Padding switch
        {
            "valid" => 0,
            "causal" => span - 1,
            _ => Math.Max(0, (count - 1) * layer.Strides + span - time) / 2,
        };
        double[] y = new double[gradient.Size], dX = new double[x.Size], dKernel = new double[kernel.Length], dBias = new double[filters];
        for (var i = 0; i < y.Length; i++)
        {
            var (window, filter) = Math.DivRem(i, filters);
            y[i] = bias[filter];
            dBias[filter] += gradient.Span[i];
            for (var place = 0; place < layer.KernelSize; place++)
            {
                var step = window % count * layer.Strides + place * layer.DilationRate - before;
                if (step < 0 || step >= time)
                    continue;
                for (var feature = 0; feature < features; feature++)
                {
                    var from = (window / count * time + step) * features + feature;
                    var weight = (place * features + feature) * filters + filter;
                    y[i] += (double)x.Span[from] * kernel[weight];
                    dX[from] += (double)gradient.Span[i] * kernel[weight];
                    dKernel[weight] += (double)gradient.Span[i] * x.Span[from];
                }
            }
        }

        return [Made(y, gradient.Shape), Made(dX, x.Shape), Made(dKernel, layer.Weights[0].Shape), Made(dBias, layer.Weights[1].Shape)];
    }

    private static Tensor Made(double[] values, Shape shape) => Tensor.Of(Array.ConvertAll(values, value => (float)value)).Reshape(shape.Axes);
}
