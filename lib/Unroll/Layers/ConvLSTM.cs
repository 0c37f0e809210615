using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// What <see cref="ConvLSTM1D"/> and <see cref="ConvLSTM2D"/> share: an LSTM whose products with weights are convolutions. It
/// is <see cref="RNN"/> of a <see cref="ConvLSTMCell"/>, one step at a time.
/// </summary>
public abstract class ConvLSTM : StandardRNN
{
    private protected ConvLSTM(
        ConvLSTMCell cell,
        Regularizer? activityRegularizer,
        bool returnSequences,
        bool returnState,
        bool goBackwards,
        bool stateful,
        bool unroll,
        bool zeroOutputForMask,
        Shape? inputShape,
        string name)
        : base(
            cell, activityRegularizer, returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, timeMajor: false, inputShape, name) =>
        ConvCell = cell;

    /// <summary>The length of the last axis of each state, and of the output.</summary>
    public int Filters => ConvCell.Filters;

    /// <inheritdoc cref="ConvLSTMCell.RecurrentActivation"/>
    public ActivationFunction RecurrentActivation => ConvCell.RecurrentActivation;

    /// <inheritdoc cref="ConvLSTMCell.UnitForgetBias"/>
    public bool UnitForgetBias => ConvCell.UnitForgetBias;

    /// <inheritdoc cref="ConvLSTMCell.Padding"/>
    public string Padding => ConvCell.Padding;

    internal override string Kind => $"{ClassName} · {(Filters == 1 ? "1 filter" : $"{Filters} filters")}";

    private protected ConvLSTMCell ConvCell { get; }
}
