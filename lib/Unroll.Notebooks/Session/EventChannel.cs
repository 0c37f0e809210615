using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>
/// Sends events as lines, each at once and in the order they happened, whichever thread they come from: a process that
/// dies has said all it had to say. What exceeds the limit for one cell is dropped, and said once.
/// </summary>
internal sealed class EventChannel(Stream stream)
{
    private readonly Lock _gate = new();
    private int _cell;
    private long _shown;

    /// <summary>From now on events belong to the cell <paramref name="cell"/>.</summary>
    public void Start(int cell)
    {
        lock (_gate)
        {
            _cell = cell;
            _shown = 0;
        }
    }

    /// <summary>Sends <paramref name="happened"/>.</summary>
    public void Publish(SessionEvent happened)
    {
        // What is shown is checked here, where it is the cell's, and not where it would harm the runner or the kernel.
        Shown(happened)?.Sound();

        // An interrupt stops a thread between any two instructions, but for those of a finally: no line is ever sent in part.
        try
        {
        }
        finally
        {
            lock (_gate)
                SendWithinLimit(happened);
        }
    }

    private void SendWithinLimit(SessionEvent happened)
    {
        var fits = _shown <= OutputCut.CellLimit;
        _shown += Length(happened);
        if (_shown <= OutputCut.CellLimit || Length(happened) == 0)
            Send(happened);
        else if (fits)
            Send(new OutputCut(OutputCut.CellLimit));
    }

    private void Send(SessionEvent happened)
    {
        stream.Write(SessionLine.Write(happened with { Cell = _cell }));
        stream.Flush();
    }

    private static long Length(SessionEvent happened) =>
        happened is StreamWritten written ? written.Text.Length : Shown(happened)?.Length ?? 0;

    private static MimeBundle? Shown(SessionEvent happened) => happened switch
    {
        Displayed shown => shown.Data,
        DisplayUpdated updated => updated.Data,
        ValueReturned value => value.Data,
        _ => null,
    };
}
