using System.Text;

namespace Unroll.Notebooks.Wire;

/// <summary>
/// What a session's process writes to its real standard output or error, past Console: native code does, and so do
/// processes that a cell starts. The session writes a mark there after each cell, so that text finds its cell.
/// </summary>
internal sealed class RawOutput
{
    private const int Tail = 65_536;
    private static readonly TimeSpan RestTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MarkTimeout = TimeSpan.FromSeconds(10);

    private readonly string _token;
    private readonly Task _reading;
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isCut;

    /// <summary>
    /// Reads <paramref name="source"/> until it ends; <paramref name="token"/> is what marks begin with.
    /// </summary>
    public RawOutput(StreamReader source, string token)
    {
        _token = token;
        _reading = ReadAsync(source);
    }

    /// <summary>The mark after the cell <paramref name="number"/>, a line of its own.</summary>
    public static string Mark(string token, int number) =>
        $"\u0001{token}:{number}\n";

    /// <summary>
    /// The text up to the mark of the cell <paramref name="number"/>, and whether some of it was cut.
    /// </summary>
    public async Task<(string Text, bool IsCut)> ReadCellAsync(int number)
    {
        var mark = Mark(_token, number);
        using var limit = new CancellationTokenSource(MarkTimeout);
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                var text = _text.ToString();
                var end = text.IndexOf(mark, StringComparison.Ordinal);
                if (end >= 0 || limit.IsCancellationRequested || _reading.IsCompleted)
                {
                    _text.Clear();
                    _text.Append(end < 0 ? "" : text[(end + mark.Length)..]);
                    var isCut = _isCut;
                    _isCut = false;
                    return (WithoutMarks(end < 0 ? text : text[..end]), isCut);
                }

                grown = _grown.Task;
            }

            await Task.WhenAny(grown, _reading, Task.Delay(MarkTimeout, limit.Token)).ConfigureAwait(false);
        }
    }

    /// <summary>All that is left, once the process has ended.</summary>
    public async Task<string> ReadRestAsync()
    {
        // A process that a cell started may hold the stream open for longer than we want to wait.
        await _reading.WaitAsync(RestTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
            return WithoutMarks(_text.ToString());
    }

    /// <summary>A mark that came too late for its own cell is not output of the next one.</summary>
    private string WithoutMarks(string text)
    {
        for (var at = MarkIn(text); at >= 0; at = MarkIn(text))
        {
            var end = text.IndexOf('\n', at);
            text = end < 0 ? text[..at] : text.Remove(at, end - at + 1);
        }

        return text;
    }

    private int MarkIn(string text) => text.IndexOf($"\u0001{_token}:", StringComparison.Ordinal);

    private async Task ReadAsync(StreamReader source)
    {
        var buffer = new char[4096];
        while (await source.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
        {
            lock (_gate)
            {
                Append(buffer.AsSpan(0, count));
                _grown.TrySetResult();
                _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Beyond the limit only the end is kept: the mark, or the last words of a crash, stand there.</summary>
    private void Append(ReadOnlySpan<char> piece)
    {
        _text.Append(piece);
        if (_text.Length <= OutputCut.CellLimit + (2 * Tail))
            return;
        _text.Remove((int)OutputCut.CellLimit, _text.Length - (int)OutputCut.CellLimit - Tail);
        _isCut = true;
    }
}
