using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Unroll.Benchmarks.Measuring;

namespace Unroll.Benchmarks.Startup;

/// <summary>What a person waits for at a Jupyter kernel, in milliseconds, and the kernel's peak memory in bytes.</summary>
internal sealed record KernelTimes(
    double FirstResult, double SmallCell, double SlowestSmallCell, double FirstCompletion, double Completion, long Kernel, long Session)
{
    private const int SmallCells = 50;
    private const int Completions = 20;

    /// <summary>Starts the kernel, as a front end does, and asks it.</summary>
    public static KernelTimes Measure(string host)
    {
        var folder = Directory.CreateTempSubdirectory("unroll-kernel").FullName;
        var ports = FreePorts();
        var file = Path.Combine(folder, "connection.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            transport = "tcp",
            ip = "127.0.0.1",
            key = "key",
            signature_scheme = "hmac-sha256",
            shell_port = ports[0],
            control_port = ports[1],
            stdin_port = ports[2],
            iopub_port = ports[3],
            hb_port = ports[4],
        }));
        var start = new ProcessStartInfo("dotnet", [host, "kernel", "run", file]) { UseShellExecute = false };
        var before = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            using var client = new KernelClient(new IPEndPoint(IPAddress.Loopback, ports[0]), "key", TimeSpan.FromSeconds(60));
            Run(client, "6 * 7");
            var first = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
            Run(client, "var numbers = new List<int> { 1, 2, 3 };");
            var cells = Times(SmallCells, i => Run(client, string.Create(CultureInfo.InvariantCulture, $"numbers.Sum() + {i}")));
            var firstCompletion = Times(1, _ => Complete(client))[0];
            var completions = Times(Completions, _ => Complete(client));
            var memory = ProcessTree.IsReadable ? ProcessTree.PeakMemory(process.Id) : new Dictionary<int, long>();
            return new KernelTimes(
                first, Statistics.Median(cells), cells.Max(), firstCompletion, Statistics.Median(completions),
                memory.GetValueOrDefault(process.Id), memory.Where(each => each.Key != process.Id).Select(each => each.Value).DefaultIfEmpty().Max());
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<double> Times(int count, Action<int> action) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var before = Stopwatch.GetTimestamp();
        action(i);
        return Stopwatch.GetElapsedTime(before).TotalMilliseconds;
    })];

    private static void Run(KernelClient client, string code)
    {
        var reply = client.Ask("execute_request", new { code });
        if ((string?)reply["status"] != "ok")
            throw new InvalidOperationException($"The kernel could not run {code}: {reply}");
    }

    private static void Complete(KernelClient client)
    {
        var reply = client.Ask("complete_request", new { code = "numbers.Sel", cursor_pos = 11 });
        if (!reply["matches"]!.AsArray().Any(match => (string?)match == "Select"))
            throw new InvalidOperationException($"The kernel did not complete: {reply}");
    }

    private static int[] FreePorts()
    {
        var listeners = Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }
}
