using System.Text;
using System.Text.Json.Nodes;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Runner;

/// <summary>What a cell has shown so far, gathered as Jupyter gathers it.</summary>
internal sealed class CellOutputs
{
    private readonly List<Output> _items = [];
    private bool _clearsNext;

    /// <summary>
    /// Adds text to the stream <paramref name="name"/>; it joins what the same stream wrote just before.
    /// </summary>
    public void Write(string name, string text)
    {
        ClearIfDue();
        if (_items.LastOrDefault() is not StreamOutput stream || stream.Name != name)
            _items.Add(stream = new StreamOutput(name, new StringBuilder()));
        stream.Text.Append(text);
    }

    /// <summary>Adds a value that was shown.</summary>
    public void Show(MimeBundle data, string displayId) => Add(new Value(null, displayId) { Data = data });

    /// <summary>Adds the value of the cell.</summary>
    public void Return(MimeBundle data, int executionCount) => Add(new Value(executionCount, null) { Data = data });

    /// <summary>Adds an error.</summary>
    public void Fail(ErrorRaised error) => Add(new Error(error));

    /// <summary>Removes everything, now or when the next output comes.</summary>
    public void Clear(bool waits)
    {
        _clearsNext = true;
        if (!waits)
            ClearIfDue();
    }

    /// <summary>Replaces every value shown under <paramref name="displayId"/>.</summary>
    public void Update(MimeBundle data, string displayId)
    {
        foreach (var value in _items.OfType<Value>())
        {
            if (value.DisplayId == displayId)
                value.Data = data;
        }
    }

    /// <summary>The outputs as a notebook file stores them.</summary>
    public JsonArray ToJson() => new([.. _items.Select(item => item.ToJson())]);

    private void Add(Output item)
    {
        ClearIfDue();
        _items.Add(item);
    }

    private void ClearIfDue()
    {
        if (_clearsNext)
            _items.Clear();
        _clearsNext = false;
    }

    /// <summary>Text as a list of lines.</summary>
    private static JsonArray Lines(string text) => new([.. PythonLines.Split(text).Select(line => (JsonNode)line)]);

    /// <summary>Keys stand in the order in which Jupyter sorts them.</summary>
    private abstract record Output
    {
        public abstract JsonObject ToJson();
    }

    private sealed record StreamOutput(string Name, StringBuilder Text) : Output
    {
        public override JsonObject ToJson() =>
            new() { ["name"] = Name, ["output_type"] = "stream", ["text"] = Lines(Text.ToString()) };
    }

    private sealed record Error(ErrorRaised Raised) : Output
    {
        public override JsonObject ToJson() => new()
        {
            ["ename"] = Raised.Name,
            ["evalue"] = Raised.Value,
            ["output_type"] = "error",
            ["traceback"] = new JsonArray([.. Raised.Traceback.Select(line => (JsonNode)line)]),
        };
    }

    private sealed record Value(int? ExecutionCount, string? DisplayId) : Output
    {
        public required MimeBundle Data { get; set; }

        public override JsonObject ToJson()
        {
            var data = new JsonObject(Data.Select(view => KeyValuePair.Create(view.Key, Node(view.Key, view.Value))));
            return ExecutionCount is { } count
                ? new()
                {
                    ["data"] = data,
                    ["execution_count"] = count,
                    ["metadata"] = new JsonObject(),
                    ["output_type"] = "execute_result",
                }
                : new() { ["data"] = data, ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };
        }

        /// <summary>
        /// JSON is stored as JSON, text as lines, and what is neither (a base64 picture) as one string.
        /// </summary>
        private static JsonNode? Node(string mimeType, string text)
        {
            if (JsonText.IsType(mimeType))
                return JsonText.TryParse(text, out var json) ? json : text;
            var isText = mimeType is "application/javascript" or "image/svg+xml"
                || mimeType.StartsWith("text/", StringComparison.Ordinal);
            return isText ? Lines(text) : text;
        }
    }
}
