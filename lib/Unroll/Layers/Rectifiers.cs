namespace Unroll.Layers;

/// <summary>Functions with a kink that activations and layers share; at the kink their slope is TensorFlow's and PyTorch's.</summary>
internal static class Rectifiers
{
    /// <summary>x above 0, and slope · x below. At 0 the slope is that of the left side.</summary>
    public static Tensor Leaky(Tensor x, double slope) => Tensor.Where(Tensor.Greater(x, 0), x, x * slope);

    /// <summary>x above 0, and alpha · (exp(x) - 1) below. At 0 the slope is alpha; Clip hands the gradient on at its bounds.</summary>
    public static Tensor Elu(Tensor x, double alpha = 1) =>
        Tensor.Where(Tensor.Greater(x, 0), x, (x.Clip(double.NegativeInfinity, 0).Exp() - 1) * alpha);

    /// <summary>x held between 0 and 6. At 0 and at 6 the slope is 0.</summary>
    public static Tensor Relu6(Tensor x) => Tensor.Where(Tensor.Greater(x, 6) + Tensor.Equal(x, 6), 6, x.Relu());

    /// <summary>x · relu6(x + 3) / 6.</summary>
    public static Tensor HardSilu(Tensor x) => x * Relu6(x + 3) / 6;

    /// <summary>log(exp(x) / Σ exp(x)) along the last axis, without overflow.</summary>
    public static Tensor LogSoftmax(Tensor x)
    {
        var less = x - x.Max(-1, keepDims: true).StopGradient();
        return less - less.Exp().Sum(-1, keepDims: true).Log();
    }
}
