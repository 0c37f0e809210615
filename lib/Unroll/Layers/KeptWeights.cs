using Unroll.Compute.Recurrent;

namespace Unroll.Layers;

/// <summary>
/// A cell's weights as its fused kernel reads them, kept from call to call while they do not change: of a step of a stream,
/// packing is most of the work. They are kept from the second call on that finds them the same, so that training, which
/// changes them at each step, keeps nothing. Weights that somebody can write to through <see cref="Tensor.Span"/> are not kept.
/// </summary>
internal sealed class KeptWeights
{
    private Kept? _kept;

    /// <summary>The packed weights; null for a kernel that is to read them as they are, this time.</summary>
    public GateWeights? For(KernelCell cell, RecurrentLayout layout, in RecurrentInputs inputs)
    {
        if (cell.Kernel.IsLent || cell.RecurrentKernel.IsLent || cell.Bias is { IsLent: true })
        {
            _kept = null;
            return null;
        }

        // Versions only count up, so that their sum tells whether one of them changed.
        var version = (long)cell.Kernel.Version + cell.RecurrentKernel.Version + (cell.Bias?.Version ?? 0);
        var kept = _kept;
        if (kept is null || kept.Version != version)
            _kept = new Kept(version, null);
        else if (kept.Weights is { } weights)
            return weights;
        else if (cell.Fused!.Pack(layout, inputs) is { } packed)
            return (_kept = new Kept(version, packed)).Weights;
        return null;
    }

    // Replaced as a whole, so that threads which predict at the same time see one or the other.
    private sealed record Kept(long Version, GateWeights? Weights);
}
