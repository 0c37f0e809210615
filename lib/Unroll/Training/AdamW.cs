namespace Unroll.Training;

/// <summary>
/// <see cref="Adam"/> whose weights decay apart from the gradient (Loshchilov and Hutter, 2019):
/// <c>w -= learningRate * weightDecay * w</c> before each step.
/// </summary>
public sealed class AdamW : Adam
{
    /// <summary>Makes the optimizer; the arguments are Keras'.</summary>
    /// <param name="learningRate">A number or a schedule. Default: 0.001.</param>
    /// <param name="weightDecay">The share of each weight that a step takes away, times the learning rate.</param>
    /// <param name="beta1">How much of the mean stays at each step.</param>
    /// <param name="beta2">How much of the mean square stays at each step.</param>
    /// <param name="epsilon">Keeps the quotient finite.</param>
    /// <param name="amsgrad">Whether the greatest mean square so far is used (Reddi and others, 2018).</param>
    /// <param name="clipNorm">The greatest norm of the gradient of each variable, or null.</param>
    /// <param name="clipValue">The greatest size of each number of a gradient, or null.</param>
    /// <param name="globalClipNorm">The greatest norm of all gradients together, or null.</param>
    public AdamW(
        LearningRateSchedule? learningRate = null,
        double weightDecay = 0.004,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null)
        : base(learningRate, beta1, beta2, epsilon, amsgrad, weightDecay, clipNorm, clipValue, globalClipNorm)
    {
    }
}
