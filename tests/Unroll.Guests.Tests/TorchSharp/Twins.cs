using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>Two models of one make with the same weights: one for the managed engine, one for libtorch.</summary>
internal sealed class Twins
{
    public Twins(Func<Model> make)
    {
        (Managed, Torch) = (make(), make());
        Torch.SetWeights(Managed.GetWeights());
    }

    public Model Managed { get; }

    public Model Torch { get; }

    /// <summary>Random numbers between -1 and 1, the same for the same seed.</summary>
    public static Tensor Data(long seed, params int[] shape) => new RandomState(seed).Uniform(-1, 1, shape);

    /// <summary>Does the same with both, and expects the same numbers.</summary>
    public void Same(Func<Model, IReadOnlyList<float>> act, double tolerance = 1e-4)
    {
        var expected = act(Managed);
        IReadOnlyList<float> actual;
        using (new OnTorch())
            actual = act(Torch);
        Close.Assert(Tensor.Of([.. expected]), Tensor.Of([.. actual]), tolerance, "number");
    }

    /// <summary>Expects the same weights.</summary>
    public void SameWeights(double tolerance = 1e-4) => Close.Assert(Managed.GetWeights(), Torch.GetWeights(), tolerance, "weight");
}
