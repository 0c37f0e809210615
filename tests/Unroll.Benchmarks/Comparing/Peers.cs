namespace Unroll.Benchmarks.Comparing;

/// <summary>The libraries we are timed against: those that are installed, and why others are missing or were lost.</summary>
internal sealed class Peers : IDisposable
{
    private const string DotNetPeers = "dotnet/bin/Release/net10.0/Unroll.Benchmarks.Peers.dll";

    private static readonly (string Library, string Program, string Script, string[] Arguments)[] Known =
    [
        ("ONNX Runtime", "dotnet", DotNetPeers, ["onnx"]),
        ("TorchSharp", "dotnet", DotNetPeers, ["torchsharp"]),
        ("PyTorch", File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", "torch_peer.py", []),
        ("TensorFlow.js (wasm)", "node", "tfjs_lstm.mjs", []),
    ];

    private readonly List<Peer> _installed = [];
    private readonly Dictionary<string, string> _missing = [];

    private Peers()
    {
    }

    public IReadOnlyList<Peer> Installed => _installed;

    /// <summary>By a library's name, why it could not be asked, or where it was lost.</summary>
    public IReadOnlyDictionary<string, string> Missing => _missing;

    public static Peers Start()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Unroll.Benchmarks", "peers");
        var peers = new Peers();
        foreach (var (library, program, script, arguments) in Known)
        {
            var (peer, missing) = Peer.Start(program, Path.Combine(folder, script), arguments);
            if (peer is not null)
                peers._installed.Add(peer);
            else
                peers._missing.Add(library, $"was not compared: {missing}");
        }

        return peers;
    }

    /// <summary>Measures a row, and if a peer is lost there, once more without it.</summary>
    public ComparisonRow Survive(Func<ComparisonRow> measure, string row)
    {
        while (true)
        {
            try
            {
                return measure();
            }
            catch (PeerLostException lost)
            {
                var peer = _installed.Single(peer => peer.Name == lost.Name);
                _installed.Remove(peer);
                _missing[peer.Library] = $"was lost at {row}: {lost.Why}";
                peer.Dispose();
            }
        }
    }

    public void Dispose()
    {
        foreach (var peer in _installed)
            peer.Dispose();
    }
}
