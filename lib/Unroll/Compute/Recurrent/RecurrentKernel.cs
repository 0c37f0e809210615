namespace Unroll.Compute.Recurrent;

/// <summary>A fused kernel: a recurrent layer over a whole sequence, forward and back.</summary>
internal abstract class RecurrentKernel
{
    /// <summary>An LSTM with tanh and sigmoid.</summary>
    public static RecurrentKernel Lstm { get; } = new LstmKernel();

    /// <summary>A GRU with tanh and sigmoid, whose reset gate comes after the product.</summary>
    public static RecurrentKernel Gru { get; } = new RecurrentKernel<GruMath>();

    /// <summary>A simple recurrent network with tanh.</summary>
    public static RecurrentKernel Simple { get; } = new RecurrentKernel<SimpleMath>();

    /// <summary>How many columns of the kernels belong to a unit.</summary>
    public abstract int Gates { get; }

    /// <summary>Whether there is a second state, c.</summary>
    public abstract bool HasCellState { get; }

    /// <summary>Memory for the way back.</summary>
    public abstract RecurrentTape NewTape(RecurrentLayout layout);

    /// <summary>The weights as the forward pass reads them, for many passes; null where it reads them as they are.</summary>
    public abstract GateWeights? Pack(RecurrentLayout layout, in RecurrentInputs inputs);

    /// <summary>Fills the sequence unless it is empty, the last states, and the tape where there is one.</summary>
    public abstract void Forward(RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape? tape, in RecurrentOutputs outputs);

    /// <summary>
    /// Fills the gradients of the inputs and weights; an empty span asks for none. The gradients of z take the place of the
    /// tape's gates, so that nothing as large is needed beside it: a tape goes back once.
    /// </summary>
    public abstract void Backward(
        RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape tape, in RecurrentOutputs outgoing, in RecurrentGradients gradients);
}

/// <inheritdoc/>
internal class RecurrentKernel<TMath> : RecurrentKernel
    where TMath : struct, IRecurrentMath
{
    public override int Gates => TMath.Gates;

    public override bool HasCellState => TMath.HasCellState;

    public override RecurrentTape NewTape(RecurrentLayout layout) => new(layout, TMath.HasCellState, TMath.KeepsProductsApart);

    public override GateWeights? Pack(RecurrentLayout layout, in RecurrentInputs inputs) => RecurrentForward.Pack<TMath>(layout, inputs);

    public override void Forward(RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape? tape, in RecurrentOutputs outputs) =>
        RecurrentForward.Run<TMath>(layout, inputs, tape, outputs);

    public override void Backward(
        RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape tape, in RecurrentOutputs outgoing, in RecurrentGradients gradients) =>
        RecurrentBackward.Run<TMath>(layout, inputs, tape, outgoing, gradients);
}

/// <summary>The LSTM's, which has a shorter way for small layers.</summary>
internal sealed class LstmKernel : RecurrentKernel<LstmMath>
{
    public override GateWeights? Pack(RecurrentLayout layout, in RecurrentInputs inputs) =>
        LstmSmall.Handles(layout.Units) && inputs.Mask.IsEmpty ? null : base.Pack(layout, inputs);

    public override void Forward(RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape? tape, in RecurrentOutputs outputs)
    {
        if (inputs.Mask.IsEmpty && LstmSmall.Handles(layout.Units) && !layout.IsPart)
            LstmSmall.Run(layout, inputs, tape, outputs);
        else
            base.Forward(layout, inputs, tape, outputs);
    }
}

/// <summary>
/// What a pass reads. An empty bias stands for none; empty states, which go with no tape, for zeros; an empty mask for steps
/// that all count.
/// </summary>
internal readonly ref struct RecurrentInputs
{
    public ReadOnlySpan<float> X { get; init; }

    public ReadOnlySpan<float> H0 { get; init; }

    public ReadOnlySpan<float> C0 { get; init; }

    public ReadOnlySpan<float> Kernel { get; init; }

    public ReadOnlySpan<float> RecurrentKernel { get; init; }

    public ReadOnlySpan<float> Bias { get; init; }

    /// <summary>The weights packed, where somebody keeps them so; or null.</summary>
    public GateWeights? Packed { get; init; }

    /// <summary>0 for each row of x that is passed over, in the order of these rows.</summary>
    public ReadOnlySpan<float> Mask { get; init; }

    /// <summary>Whether a step that is passed over gives zeros, not the output before it.</summary>
    public bool ZeroOutputForMask { get; init; }
}

/// <summary>What a pass gives; and of the way back, the gradients that come to it, where an empty span stands for zeros.</summary>
internal readonly ref struct RecurrentOutputs
{
    public Span<float> Sequence { get; init; }

    public Span<float> H { get; init; }

    public Span<float> C { get; init; }
}

/// <summary>The gradients that the way back gives; an empty span asks for none.</summary>
internal readonly ref struct RecurrentGradients
{
    public Span<float> X { get; init; }

    public Span<float> H0 { get; init; }

    public Span<float> C0 { get; init; }

    public Span<float> Kernel { get; init; }

    public Span<float> RecurrentKernel { get; init; }

    public Span<float> Bias { get; init; }

    /// <summary>Whether to add to the gradients of the weights what they are already.</summary>
    public bool Accumulate { get; init; }
}
