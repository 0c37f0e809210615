using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>A layer over one of Keras' own cells, whose options it shows.</summary>
public abstract class StandardRNN : RNN
{
    // The cell bears the layer's name, so that weights are called lstm/kernel.
    private protected StandardRNN(
        StandardCell cell,
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
        : base(cell, returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, timeMajor, inputShape, name) =>
        ActivityRegularizer = activityRegularizer;

    /// <inheritdoc cref="StandardCell.Activation"/>
    public ActivationFunction Activation => Options.Activation;

    /// <inheritdoc cref="StandardCell.UseBias"/>
    public bool UseBias => Options.UseBias;

    /// <inheritdoc cref="StandardCell.KernelInitializer"/>
    public Initializer KernelInitializer => Options.KernelInitializer;

    /// <inheritdoc cref="StandardCell.RecurrentInitializer"/>
    public Initializer RecurrentInitializer => Options.RecurrentInitializer;

    /// <inheritdoc cref="StandardCell.BiasInitializer"/>
    public Initializer BiasInitializer => Options.BiasInitializer;

    /// <inheritdoc cref="StandardCell.KernelRegularizer"/>
    public Regularizer? KernelRegularizer => Options.KernelRegularizer;

    /// <inheritdoc cref="StandardCell.RecurrentRegularizer"/>
    public Regularizer? RecurrentRegularizer => Options.RecurrentRegularizer;

    /// <inheritdoc cref="StandardCell.BiasRegularizer"/>
    public Regularizer? BiasRegularizer => Options.BiasRegularizer;

    /// <inheritdoc cref="StandardCell.KernelConstraint"/>
    public Constraint? KernelConstraint => Options.KernelConstraint;

    /// <inheritdoc cref="StandardCell.RecurrentConstraint"/>
    public Constraint? RecurrentConstraint => Options.RecurrentConstraint;

    /// <inheritdoc cref="StandardCell.BiasConstraint"/>
    public Constraint? BiasConstraint => Options.BiasConstraint;

    /// <inheritdoc cref="StandardCell.Dropout"/>
    public double Dropout => Options.Dropout;

    /// <inheritdoc cref="StandardCell.RecurrentDropout"/>
    public double RecurrentDropout => Options.RecurrentDropout;

    private StandardCell Options => (StandardCell)Cell;
}
