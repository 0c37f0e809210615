using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Unroll.Benchmarks.Measuring;

namespace Unroll.Benchmarks.Comparing;

/// <summary>Another library in a process of its own, which answers one JSON object a line.</summary>
internal sealed class Peer : IContender, IDisposable
{
    // Longer than the slowest preparation; a peer that hangs, or whose threads get no processor, is not waited for for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly HashSet<string> _modes;
    private readonly HashSet<string>? _networks;
    private readonly int _mostThreads;
    private readonly double _mostWork;

    private Peer(Process process, JsonNode hello)
    {
        _process = process;
        Library = (string)hello["peer"]!;
        Version = (string)hello["version"]!;
        _modes = [.. hello["modes"]!.AsArray().Select(mode => (string)mode!)];
        _networks = hello["networks"]?.AsArray().Select(network => (string)network!).ToHashSet(StringComparer.Ordinal);
        _mostThreads = (int?)hello["threads"] ?? int.MaxValue;
        _mostWork = (double?)hello["operations"] ?? double.PositiveInfinity;
    }

    public string Library { get; }

    public string Version { get; }

    public string Name => $"{Library} {Version}";

    /// <summary>Starts a peer; null, and why, where it is not installed.</summary>
    public static (Peer? Peer, string? Missing) Start(string program, string script, params string[] arguments)
    {
        if (!File.Exists(script))
            return (null, $"{script} is not built: run peers/setup");
        var start = new ProcessStartInfo(program, [script, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process? process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, $"{program} is not installed");
        }

        var hello = Read(process, script);
        if (hello["missing"] is not { } missing)
            return (new Peer(process, hello), null);
        Stop(process);
        return (null, (string?)missing);
    }

    public bool Knows(NetworkShape shape, Mode mode, int threads) =>
        threads <= _mostThreads
        && shape.Work(Mode.Inference) <= _mostWork
        && _modes.Contains(Word(mode))
        && _networks?.Contains(shape.Key) != false;

    public float[] Prepare(Workload workload, Mode mode, int threads)
    {
        var request = PeerRequest.Of(workload);
        request["do"] = "prepare";
        request["mode"] = Word(mode);
        request["threads"] = threads;
        var answer = Ask(request);
        return MemoryMarshal.Cast<byte, float>(Convert.FromBase64String((string)answer["result"]!)).ToArray();
    }

    public Timing Time(double milliseconds)
    {
        var answer = Ask(new JsonObject { ["do"] = "time", ["milliseconds"] = milliseconds });
        return new Timing((double)answer["median"]!, (double)answer["least"]!, (int)answer["calls"]!);
    }

    public void Dispose() => Stop(_process);

    private static void Stop(Process process)
    {
        try
        {
            // The end of its input ends a peer.
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended, and a request was on its way.
        }

        if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static string Word(Mode mode) => mode switch
    {
        Mode.Inference => "inference",
        Mode.Predict => "predict",
        _ => "training",
    };

    private static JsonNode Read(Process process, string who)
    {
        var line = process.StandardOutput.ReadLineAsync();
        if (!line.Wait(Patience))
            throw new PeerLostException(who, $"it did not answer within {Patience.TotalSeconds} seconds");
        return JsonNode.Parse(line.Result ?? throw new PeerLostException(who, "it ended without an answer"))!;
    }

    private JsonNode Ask(JsonObject request)
    {
        try
        {
            _process.StandardInput.WriteLine(request.ToJsonString());
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw new PeerLostException(Name, "it has ended");
        }

        var answer = Read(_process, Name);
        return answer["error"] is { } error ? throw new InvalidOperationException($"{Name} failed: {error}") : answer;
    }
}
