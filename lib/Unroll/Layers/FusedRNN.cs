using Unroll.Compute.Recurrent;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// The fast way over a sequence for <see cref="LSTM"/>, <see cref="GRU"/> and <see cref="SimpleRNN"/>: one fused kernel over
/// all steps with its own derivative, equal to <see cref="RNN"/> of the cell. With functions that the kernel does not know,
/// and while training with recurrentDropout, the cell makes the steps.
/// </summary>
public abstract class FusedRNN : StandardRNN
{
    private readonly RecurrentTapes _tapes = new();
    private readonly bool _remat = RematScope.IsOpen;

    private protected FusedRNN(
        KernelCell cell,
        Regularizer? activityRegularizer,
        bool returnSequences,
        bool returnState,
        bool goBackwards,
        bool stateful,
        bool unroll,
        bool zeroOutputForMask,
        bool timeMajor,
        Shape? inputShape,
        string name)
        : base(cell, activityRegularizer, returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, timeMajor, inputShape, name) =>
        KernelCell = cell;

    /// <summary>The length of each state, and of the output.</summary>
    public int Units => KernelCell.Units;

    internal override string Kind => $"{ClassName} · {UnitsWord(Units)}";

    private protected KernelCell KernelCell { get; }

    private FusedRecurrent.Way Way => new(TimeMajor, GoBackwards, ReturnSequences, ZeroOutputForMask, _remat);

    private protected override (Tensor Output, Tensors States) Run(Tensor input, Tensors states, Tensor? mask, bool training)
    {
        if (KernelCell.Fused is null || (training && KernelCell.RecurrentDropout > 0))
            return base.Run(input, states, mask, training);
        if (training && KernelCell.Dropout > 0)
        {
            // The mask is the same at every step: (batch, features) with an axis of length 1 for time.
            var dropped = KernelCell.InputMask(input.Shape.Without(TimeAxis));
            input *= dropped.ExpandDims(TimeAxis);
        }

        var (sequence, last) = FusedRecurrent.Run(input, states, mask, KernelCell, _tapes, Way);
        return (sequence ?? LastOutput(last[0], mask), last);
    }

    internal override DirectStep? NewDirectStep(Shape input, bool wantsInputGradient)
    {
        var needsTape = KernelCell.Fused is null || KernelCell.Dropout > 0 || KernelCell.RecurrentDropout > 0 || Stateful || _remat || ReturnState ||
            ActivityRegularizer is not null || input[TimeAxis] == 0 || Weights.Any(weight => weight.Regularizer is not null);
        return needsTape
            ? null
            : new DirectRecurrent(KernelCell, FusedRecurrent.LayoutOf(input, KernelCell, Way), input, ReturnSequences, wantsInputGradient);
    }

    /// <summary>Inference takes no more memory than the result; the states of a stateful layer have theirs.</summary>
    private protected override Tensor? Infer(Tensor input, bool training)
    {
        var runsWhole = training || ReturnState || KernelCell.Fused is null || input.Mask is not null || GradientTape.IsRecording;
        if (runsWhole || input.Shape[TimeAxis] == 0 || (Stateful && ShapeTrial.IsRunning))
            return null;
        if (!Stateful)
            return FusedRecurrent.Infer(input, KernelCell, Way, Tensors.None, Tensors.None);
        var (before, after) = NextStates(input);
        var output = FusedRecurrent.Infer(input, KernelCell, Way, before, after);
        Advance(after);
        return output;
    }
}
