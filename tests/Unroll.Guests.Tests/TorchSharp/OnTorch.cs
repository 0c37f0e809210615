using Unroll.TorchSharp;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>Models run on libtorch until this is disposed of.</summary>
internal sealed class OnTorch : IDisposable
{
    private readonly int _threads = Backend.Threads;

    public OnTorch()
    {
        Backend.Engine = Engine;

        // Where others use the processors too, two threads of libtorch wait for each other: a step took 50 ms, and takes 1.
        Backend.Threads = 1;
    }

    public TorchSharpEngine Engine { get; } = Made();

    /// <summary>Where there is no libtorch, the test ends here.</summary>
    private static TorchSharpEngine Made()
    {
        Libtorch.Need();
        return new TorchSharpEngine();
    }

    public void Dispose()
    {
        Backend.Engine = null;
        Backend.Threads = _threads;
    }
}
