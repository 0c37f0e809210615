using TorchSharp;

namespace Unroll.TorchSharp.Plans;

/// <summary>One of TorchSharp's own modules in a plan; it is made when it is first asked for, so that a plan needs no natives.</summary>
/// <param name="name">Its name, a C# identifier: the field in the code, and the first word of the keys in the state dict.</param>
/// <param name="type">The C# type of the field.</param>
/// <param name="construction">The C# expression that makes it; null where there is none.</param>
/// <param name="make">Makes it.</param>
/// <param name="weights">Whose weights it has, with keys in the part itself.</param>
/// <param name="layer">The layer that it stands for.</param>
internal sealed class Part(
    string name, string type, string? construction, Func<torch.nn.Module> make, IReadOnlyList<TorchSharpWeight> weights, Layers.Layer layer)
{
    private torch.nn.Module? _module;

    public string Name => name;

    public string Type => type;

    public string? Construction => construction;

    public IReadOnlyList<TorchSharpWeight> Weights => weights;

    public Layers.Layer Layer => layer;

    public torch.nn.Module Module => _module ??=
        make() ?? throw new InvalidOperationException($"{layer.Name}: its conversion returned null; it must give a module.");
}
