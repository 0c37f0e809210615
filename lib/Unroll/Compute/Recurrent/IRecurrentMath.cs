using System.Runtime.InteropServices;
using Unroll.Compute.Simd;

namespace Unroll.Compute.Recurrent;

/// <summary>
/// The elementwise part of a recurrent layer's step, forward and back. <see cref="RecurrentForward"/> and
/// <see cref="RecurrentBackward"/> make the products, share the samples between threads and skip masked steps, the same for
/// all; they are compiled anew for each of these types.
/// </summary>
internal unsafe interface IRecurrentMath
{
    /// <summary>How many columns of the kernels belong to a unit.</summary>
    static abstract int Gates { get; }

    /// <summary>Whether there is a second state, c.</summary>
    static abstract bool HasCellState { get; }

    /// <summary>
    /// Whether x · kernel and h · recurrentKernel come apart, each with a bias of its own, as a GRU needs them, not as a sum.
    /// </summary>
    static abstract bool KeepsProductsApart { get; }

    /// <summary>One step for a vector of units and some samples.</summary>
    static abstract void Forward<V>(in StepForward step)
        where V : struct, ISimd<V>;

    /// <summary>One step back for some units of a sample.</summary>
    static abstract void Backward<V>(in StepBackward step)
        where V : struct, ISimd<V>;
}

/// <summary>Where a step finds its numbers for a vector of units, of the first of some samples, and how far the next sample's lie.</summary>
[StructLayout(LayoutKind.Auto)]
internal unsafe struct StepForward
{
    /// <summary>The product of [x, h] with both kernels, a vector for each gate; or of x alone, where products come apart.</summary>
    public float* Z;
    public int ZStep;

    /// <summary>The product of h with its kernel, where products come apart.</summary>
    public float* StateZ;
    public int StateZStep;

    /// <summary>The bias, a vector for each gate, and that of the state's product.</summary>
    public float* Bias;
    public float* StateBias;

    /// <summary>h before the step, and after.</summary>
    public float* H;
    public float* NextH;
    public int HStep;

    /// <summary>c before the step, and after, <see cref="Units"/> apart.</summary>
    public float* C;
    public float* NextC;

    /// <summary>Takes the gates after their activations, <see cref="Units"/> apart, or null.</summary>
    public float* Gates;

    /// <summary>Takes what the way back needs of the state's product, or null.</summary>
    public float* StateGates;
    public int Units;
    public int Lanes;
    public int Samples;
}

/// <summary>Where a step back finds its numbers, for one sample, from the first of some units on.</summary>
[StructLayout(LayoutKind.Auto)]
internal unsafe struct StepBackward
{
    /// <summary>The gates; on return the gradient of x · kernel, and of the whole z where products do not come apart.</summary>
    public float* Gates;

    /// <summary>On return the gradient of h · recurrentKernel, where products come apart.</summary>
    public float* StateGates;

    /// <summary>h before and after the step.</summary>
    public float* H;
    public float* NextH;

    /// <summary>c before and after the step.</summary>
    public float* C;
    public float* NextC;

    /// <summary>The gradient of the step's output, or null.</summary>
    public float* Sequence;

    /// <summary>
    /// The gradient of h after the step; on return, the part of that of h before the step which does not come through the
    /// recurrent kernel.
    /// </summary>
    public float* DH;

    /// <summary>The gradient of c after the step; on return, before it.</summary>
    public float* DC;

    /// <summary>How far the gates lie apart.</summary>
    public int Units;

    /// <summary>How many units there are.</summary>
    public int Count;
}
