using TorchSharp;
using static TorchSharp.torch;

namespace Unroll.Benchmarks.Peers;

/// <summary>
/// Works on tensors within a scope that holds them until the end: one that only a native call still used could be finalised in
/// the middle of it, which is probably why the process ended once, on a busy machine.
/// </summary>
internal static class TorchWeights
{
    /// <summary>Fills weights.</summary>
    public static void Fill(Action copies)
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        copies();
    }

    /// <summary>Makes a tensor that stays.</summary>
    public static torch.Tensor Make(Func<torch.Tensor> made)
    {
        using var scope = NewDisposeScope();
        return made().DetachFromDisposeScope();
    }
}
