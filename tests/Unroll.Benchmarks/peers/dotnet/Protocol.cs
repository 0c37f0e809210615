using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Unroll.Benchmarks.Peers;

/// <summary>Answers requests, one JSON object a line; see the benchmark's README, "The protocol".</summary>
internal static class Protocol
{
    public static int Serve(Func<IPeer> start)
    {
        IPeer peer;
        try
        {
            peer = start();
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException)
        {
            Say(new JsonObject { ["missing"] = error.GetBaseException().Message });
            return 0;
        }

        Say(new JsonObject { ["peer"] = peer.Library, ["version"] = peer.Version, ["modes"] = new JsonArray([.. peer.Modes.Select(mode => (JsonNode)mode)]) });
        Action? call = null;
        while (Console.ReadLine() is { } line)
        {
            var request = JsonNode.Parse(line)!;
            try
            {
                if ((string?)request["do"] == "prepare")
                {
                    (call, var result) = peer.Prepare(new Request(request));
                    Say(new JsonObject { ["result"] = Convert.ToBase64String(MemoryMarshal.AsBytes<float>(result)) });
                }
                else
                    Say(Clock(call ?? throw new InvalidOperationException("Nothing is prepared."), (double)request["milliseconds"]!));
            }
            catch (Exception error)
            {
                // The other side stops the comparison and shows it.
                Say(new JsonObject { ["error"] = error.ToString() });
            }
        }

        return 0;
    }

    private static void Say(JsonObject answer)
    {
        Console.Out.WriteLine(answer.ToJsonString());
        Console.Out.Flush();
    }

    private static JsonObject Clock(Action call, double milliseconds)
    {
        var times = new List<double>();
        var watch = Stopwatch.StartNew();
        while (times.Count == 0 || watch.Elapsed.TotalMilliseconds < milliseconds)
        {
            var start = Stopwatch.GetTimestamp();
            call();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        var middle = times.Count / 2;
        var median = times.Count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
        return new JsonObject { ["median"] = median, ["least"] = times[0], ["calls"] = times.Count };
    }
}
