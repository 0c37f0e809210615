using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Unroll.Benchmarks.Growing;
using Unroll.Benchmarks.Measuring;
using Unroll.Benchmarks.Reporting;

namespace Unroll.Benchmarks.Comparing;

/// <summary>The verb <c>compare</c>.</summary>
internal static class CompareVerb
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly Option<FileInfo?> JsonFile = new("--json") { HelpName = "FILE", Description = "Write all numbers as JSON." };

    private static readonly Option<FileInfo?> MarkdownFile = new("--markdown") { HelpName = "FILE", Description = "Write what is printed." };

    private static readonly Option<bool> Quick = new("--quick") { Description = "Short and rough: fewer rounds, shorter turns." };

    private static readonly Option<NetworkShape[]> Only = new("--only")
    {
        HelpName = "ROWS",
        Description = $"Only these rows of the table with the peers: {string.Join(", ", Networks.Keys)}; with sizes where one is meant: 'stack 8'.",
        CustomParser = result =>
        {
            var filters = result.Tokens.SelectMany(token => token.Value.Split(',')).ToList();
            var rows = string.Join('\n', Networks.All.Select(row => $"{row.Key} {row.Sizes}"));
            foreach (var filter in filters.Where(filter => !Networks.Matching(filter).Any()))
                result.AddError($"--only {filter}: there is no such row. The rows are\n{rows}");
            return [.. Networks.All.Intersect(filters.SelectMany(Networks.Matching))];
        },
    };

    private static readonly Option<bool> PeersOnly = new("--peers-only") { Description = "Only the table with the peers." };

    private static readonly Option<int[]> Threads = new("--threads")
    {
        HelpName = "1,2",
        Description = "How many threads everyone may use, one table row each; 1 and, where there are two processors, 2 by default.",
        CustomParser = result =>
        {
            var words = result.Tokens.SelectMany(token => token.Value.Split(',')).ToList();
            var numbers = words.Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
            if (numbers.Any(number => number < 1))
                result.AddError("--threads needs whole numbers from 1 up, such as 1,2.");
            return numbers;
        },
        DefaultValueFactory = _ => Environment.ProcessorCount > 1 ? [1, 2] : [1],
    };

    public static Command Create()
    {
        var verb = new Command("compare", "Times networks against the peers that are installed, and the kernels against the machine.")
        {
            JsonFile, MarkdownFile, Quick, Only, PeersOnly, Threads,
        };
        verb.SetAction(parsed => Run(parsed));
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var only = parsed.GetValue(Only) is { Length: > 0 } chosen ? chosen : null;
        var report = Measure(
            parsed.GetValue(Quick) ? Effort.Quick : Effort.Full,
            parsed.GetValue(Threads)!,
            only ?? Networks.All,
            parsed.GetValue(PeersOnly) || only is not null);
        var markdown = Markdown.Of(report);
        Console.Out.Write(markdown);
        if (parsed.GetValue(MarkdownFile) is { } markdownFile)
            File.WriteAllText(markdownFile.FullName, markdown);
        if (parsed.GetValue(JsonFile) is { } jsonFile)
            File.WriteAllText(jsonFile.FullName, JsonSerializer.Serialize(report, Json) + "\n");
        return 0;
    }

    private static Report Measure(Effort effort, int[] threads, IReadOnlyList<NetworkShape> networks, bool peersOnly)
    {
        var machine = Machine.This();
        using var peers = Peers.Start();
        var (comparison, overheads) = (new List<ComparisonRow>(), new List<OverheadRow>());
        var compare = new Comparison(peers.Installed, effort);
        foreach (var workload in networks.Select(shape => new Workload(shape)))
        {
            foreach (var count in threads)
            {
                foreach (var mode in Enum.GetValues<Mode>().Where(workload.Shape.Knows))
                {
                    var row = $"{workload.Shape} {mode}, threads: {count}";
                    Say(row);
                    comparison.Add(peers.Survive(() => compare.Run(workload, mode, count), row));
                }

                if (!peersOnly && workload.Shape.Key == "lstm")
                    overheads.AddRange(OverheadRow.Measure(workload, count, effort));
            }
        }

        if (peersOnly)
            return new Report(DateTimeOffset.UtcNow, machine, effort, peers.Missing, comparison, [], [], []);
        Say("matrix products");
        var products = ProductRow.Measure(effort);
        Say("longer sequences");
        return new Report(DateTimeOffset.UtcNow, machine, effort, peers.Missing, comparison, products, overheads, GrowthRow.Measure(effort));
    }

    // Progress goes to the error stream: the output is the report.
    private static void Say(string what) => Console.Error.WriteLine(what);
}
