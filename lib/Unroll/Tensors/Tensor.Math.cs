using System.Numerics.Tensors;

namespace Unroll;

public sealed partial class Tensor
{
    private delegate void UnaryKernel(ReadOnlySpan<float> values, Span<float> result);

    /// <summary>e to the power of each element.</summary>
    public Tensor Exp()
    {
        var result = Unary(Compute.Exponential.Run);
        return GradientTape.Record(result, (this, g => g * result));
    }

    /// <summary>The natural logarithm of each element.</summary>
    public Tensor Log() => GradientTape.Record(Unary(TensorPrimitives.Log), (this, g => g / this));

    /// <summary>log(1 + x) of each element, exact near 0.</summary>
    public Tensor Log1P() => GradientTape.Record(
        Unary(static (values, result) =>
        {
            // Kahan's form: what rounding 1 + x loses is made up for. TensorPrimitives.LogP1 is log(x + 1).
            for (var i = 0; i < values.Length; i++)
            {
                double x = values[i], sum = 1 + x;
                result[i] = (float)(sum == 1 || double.IsPositiveInfinity(x) ? x : Math.Log(sum) * (x / (sum - 1)));
            }
        }),
        (this, g => g / (this + 1)));

    /// <summary>The square root of each element.</summary>
    public Tensor Sqrt()
    {
        var result = Unary(TensorPrimitives.Sqrt);
        return GradientTape.Record(result, (this, g => g / (result * 2)));
    }

    /// <summary>Each element times itself.</summary>
    public Tensor Square() => this * this;

    /// <summary>Each element to a constant power. x⁰ is 1 everywhere and its gradient 0.</summary>
    public Tensor Pow(double exponent) => GradientTape.Record(
        Unary((values, result) => TensorPrimitives.Pow(values, (float)exponent, result)),
        (this, g => exponent == 0 ? ZerosLike(g) : g * Pow(exponent - 1) * exponent));

    /// <summary>The sizes without their signs. The gradient at 0 is 0.</summary>
    public Tensor Abs() => GradientTape.Record(Unary(TensorPrimitives.Abs), (this, g => g * Sign()));

    /// <summary>-1, 0 or 1 for each element, without a gradient; NaN stays NaN.</summary>
    public Tensor Sign() => Unary(static (values, result) =>
    {
        for (var i = 0; i < values.Length; i++)
            result[i] = float.IsNaN(values[i]) ? float.NaN : MathF.Sign(values[i]);
    });

    /// <summary>Each element held between two bounds; outside of them the gradient is 0.</summary>
    /// <exception cref="ArgumentException"><paramref name="min"/> is above <paramref name="max"/>.</exception>
    public Tensor Clip(double min, double max)
    {
        if (!(min <= max))
            throw new ArgumentException(FormattableString.Invariant($"Clip: min {min} is above max {max}."));
        return GradientTape.Record(
            Unary((values, result) =>
            {
                for (var i = 0; i < values.Length; i++)
                    result[i] = Math.Clamp(values[i], (float)min, (float)max);
            }),
            (this, g => g * (1 - Greater(min, this)) * (1 - Greater(this, max))));
    }

    /// <summary>The hyperbolic tangent of each element.</summary>
    public Tensor Tanh()
    {
        var result = Unary(Compute.ActivationKernels.Tanh);
        return GradientTape.Record(result, (this, g => g * (1 - result * result)));
    }

    /// <summary>1 / (1 + exp(-x)) of each element.</summary>
    public Tensor Sigmoid()
    {
        var result = Unary(Compute.ActivationKernels.Sigmoid);
        return GradientTape.Record(result, (this, g => g * result * (1 - result)));
    }

    /// <summary>max(x, 0) of each element. The gradient at 0 is 0.</summary>
    public Tensor Relu() => GradientTape.Record(
        Unary(static (values, result) => TensorPrimitives.Max(values, 0f, result)),
        (this, g => g * Greater(this, 0)));

    /// <summary>exp(x) / sum(exp(x)) along an axis; default: the last one.</summary>
    /// <exception cref="InvalidOperationException">The axis has the length 0.</exception>
    public Tensor Softmax(int axis = -1)
    {
        axis = CheckedAxis(axis);
        if (axis != Rank - 1)
            return MoveAxis(axis, -1).Softmax().MoveAxis(-1, axis);
        if (Shape[axis] == 0)
            throw new InvalidOperationException($"Softmax over axis {axis} of shape {Shape}: there is no element.");
        var result = Unwritten(Shape);
        Compute.SoftmaxKernel.Run(_values, Shape[axis], result._values);
        return GradientTape.Record(result, (this, g =>
        {
            var shares = g * result;
            return shares - result * shares.Sum(axis, keepDims: true);
        }
        ));
    }

    /// <summary>log(1 + exp(x)) of each element, without overflow.</summary>
    public Tensor Softplus()
    {
        Tensor result;
        using (ActiveTapes.Pause())
            result = Maximum(this, 0) + (-Abs()).Exp().Log1P();
        return GradientTape.Record(result, (this, g => g * Sigmoid()));
    }

    /// <summary>
    /// The Gauss error function of each element, the integral of 2/√π·exp(-t²) from 0 to x, to float32 accuracy.
    /// </summary>
    public Tensor Erf() => GradientTape.Record(
        Unary(static (values, result) =>
        {
            for (var i = 0; i < values.Length; i++)
                result[i] = (float)Compute.ErrorFunction.Erf(values[i]);
        }),
        (this, g => g * (-(this * this)).Exp() * (float)(2 / Math.Sqrt(Math.PI))));

    /// <summary>The same numbers in a tensor that no tape follows back.</summary>
    public Tensor StopGradient() => Copy();

    private Tensor Unary(UnaryKernel kernel)
    {
        var result = Allocate(Shape, cleared: false);
        if (Size > 0)
            kernel(_values, result);
        return new Tensor(Shape, result);
    }
}
