using TorchSharp;
using Unroll.Layers;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Plans;

/// <summary>What a stateful recurrent part keeps from batch to batch: h and c, each (layers, batch, units).</summary>
/// <param name="name">The field in the code.</param>
/// <param name="owners">For each layer of the part, whose states it has, and which of them is its h; c is the next one.</param>
internal sealed class KeptState(string name, IReadOnlyList<(RNN Layer, int Place)> owners)
{
    private (TorchTensor H, TorchTensor C)? _kept;

    public string Name => name;

    /// <summary>The states that the next batch begins with; null for zeros.</summary>
    public (TorchTensor H, TorchTensor C)? Kept => _kept;

    public IEnumerable<RNN> Layers => owners.Select(owner => owner.Layer).Distinct();

    /// <summary>Takes the place of what was kept.</summary>
    public void Keep(TorchTensor h, TorchTensor c)
    {
        Forget();
        _kept = (h.detach().DetachFromDisposeScope(), c.detach().DetachFromDisposeScope());
    }

    public void Forget()
    {
        _kept?.H.Dispose();
        _kept?.C.Dispose();
        _kept = null;
    }

    /// <summary>What is kept, in memory of its own.</summary>
    public (TorchTensor H, TorchTensor C)? Copied() => _kept is var (h, c) ? (h.clone(), c.clone()) : null;

    /// <summary>Goes back to what was kept before.</summary>
    public void PutBack((TorchTensor H, TorchTensor C)? before)
    {
        if (before is var (h, c))
            Keep(h, c);
        else
            Forget();
    }

    /// <summary>Begins with what the layers keep.</summary>
    public void TakeFromLayers(torch.Device device)
    {
        if (owners.Select(owner => owner.Layer.States).FirstOrDefault(states => states is not null) is not { } known)
        {
            Forget();
            return;
        }

        using var scope = torch.NewDisposeScope();
        var zeros = Tensor.Zeros(known[0].Shape);
        Keep(Stacked(0), Stacked(1));

        TorchTensor Stacked(int which) =>
            torch.stack(owners.Select(owner => (owner.Layer.States is { } states ? states[owner.Place + which] : zeros).ToTorch(device)));
    }

    /// <summary>The states as the layers have them: h and c of each.</summary>
    public IEnumerable<(RNN Layer, int Place, Tensor Value)> ForLayers()
    {
        if (_kept is not var (h, c))
            yield break;
        using var scope = torch.NewDisposeScope();
        for (var i = 0; i < owners.Count; i++)
        {
            yield return (owners[i].Layer, owners[i].Place, h.select(0, i).ToUnroll());
            yield return (owners[i].Layer, owners[i].Place + 1, c.select(0, i).ToUnroll());
        }
    }
}
