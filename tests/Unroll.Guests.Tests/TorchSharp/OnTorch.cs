using Unroll.TorchSharp;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>Models run on libtorch until this is disposed of.</summary>
internal sealed class OnTorch : IDisposable
{
    public OnTorch()
    {
        Libtorch.Need();
        Backend.Engine = Engine;
    }

    public TorchSharpEngine Engine { get; } = new();

    public void Dispose() => Backend.Engine = null;
}
