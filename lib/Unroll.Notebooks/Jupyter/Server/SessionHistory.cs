using System.Text.Json;
using System.Text.Json.Nodes;
using Unroll.Notebooks.Jupyter.Protocol;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>What has been run in this session, the oldest forgotten first.</summary>
internal sealed class SessionHistory
{
    private const int MostEntries = 10_000;
    private const long MostCharacters = 16_000_000;

    /// <summary>Every kernel process is one session, and there is no other.</summary>
    private const int Session = 1;

    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _entries = new();
    private long _characters;

    /// <summary>Adds the input of the cell <paramref name="line"/>.</summary>
    public void Add(int line, string input)
    {
        lock (_gate)
        {
            _entries.AddLast(new Entry(line, input));
            _characters += input.Length;
            while (_entries.Count > MostEntries || (_characters > MostCharacters && _entries.Count > 1))
            {
                _characters -= _entries.First!.Value.Length;
                _entries.RemoveFirst();
            }
        }
    }

    /// <summary>Adds the value of the cell <paramref name="line"/>, if it is not forgotten already.</summary>
    public void SetOutput(int line, string? output)
    {
        lock (_gate)
        {
            if (output is null || _entries.Last?.Value is not { } entry || entry.Line != line)
                return;
            entry.Output = output;
            _characters += output.Length;
        }
    }

    /// <summary>The entries that <paramref name="request"/> asks for, in the order they were run.</summary>
    /// <exception cref="BadContentException">It asks for what there is not.</exception>
    public HistoryReply Find(HistoryRequest request)
    {
        lock (_gate)
        {
            var found = request.HistAccessType switch
            {
                "tail" => Last(_entries, request.N),
                "range" => Range(request),
                "search" => Search(request),
                var other => throw new BadContentException($"hist_access_type is '{other}'; there are 'range', 'tail' and 'search'."),
            };
            return new HistoryReply([.. found.Select(entry => ToJson(entry, request.Output))]);
        }
    }

    private IEnumerable<Entry> Range(HistoryRequest request)
    {
        if (request.Session is not (0 or Session))
            return [];
        var next = (_entries.Last?.Value.Line ?? 0) + 1;
        var start = FromEnd(request.Start ?? 1, next);
        var stop = FromEnd(request.Stop ?? next, next);
        return _entries.Where(entry => entry.Line >= start && entry.Line < stop);
    }

    /// <summary>Negative numbers count from the end, as in Python.</summary>
    private static int FromEnd(int line, int next) => line < 0 ? line + next : line;

    private IEnumerable<Entry> Search(HistoryRequest request)
    {
        var pattern = request.Pattern ?? "*";
        var found = _entries.Where(entry => Glob.Matches(pattern, entry.Input));
        if (request.Unique)
        {
            // Of equal inputs the latest counts.
            found = found.Reverse().DistinctBy(entry => entry.Input, StringComparer.Ordinal).Reverse();
        }

        return Last(found, request.N);
    }

    private static IEnumerable<Entry> Last(IEnumerable<Entry> entries, int? count) =>
        count is { } some ? entries.TakeLast(Math.Max(some, 0)) : entries;

    private static JsonElement ToJson(Entry entry, bool withOutput)
    {
        JsonNode text = withOutput ? new JsonArray(entry.Input, entry.Output) : JsonValue.Create(entry.Input);
        return JsonSerializer.SerializeToElement(new JsonArray(Session, entry.Line, text), ProtocolJson.Default.JsonArray);
    }

    private sealed record Entry(int Line, string Input)
    {
        public string? Output { get; set; }

        public long Length => Input.Length + (Output?.Length ?? 0);
    }
}
