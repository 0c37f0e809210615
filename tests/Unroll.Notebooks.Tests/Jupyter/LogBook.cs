using System.Collections.Concurrent;
using System.Text;

namespace Unroll.Notebooks.Tests.Jupyter;

/// <summary>Keeps what is logged, readable while others write.</summary>
internal sealed class LogBook : TextWriter
{
    private readonly ConcurrentQueue<string> _lines = new();

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>All lines so far.</summary>
    public string Text => string.Join('\n', _lines);

    public override void WriteLine(string? value) => _lines.Enqueue(value ?? "");
}
