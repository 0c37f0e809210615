namespace Unroll.Layers;

/// <summary>
/// A layer's part of a training step, for inputs of one shape: forward and back in memory that stays from step to step, with
/// no tape. A layer that can make one says its derivative itself; the numbers are those that the tape gives.
/// </summary>
internal abstract class DirectStep
{
    /// <summary>What the last <see cref="Forward"/> gave.</summary>
    public abstract Tensor Output { get; }

    /// <summary>The weights, and the gradient of each that the last <see cref="Backward"/> gave.</summary>
    public abstract IReadOnlyList<(Variable Weight, Tensor Gradient)> Weights { get; }

    /// <summary>How many numbers it keeps from step to step.</summary>
    public abstract long Size { get; }

    /// <summary>Fills the output.</summary>
    public abstract void Forward(Tensor input);

    /// <summary>Fills the gradients of the weights, and gives that of the input where it is asked for. It may use up <paramref name="gradient"/>.</summary>
    public abstract Tensor? Backward(Tensor input, Tensor gradient);
}
