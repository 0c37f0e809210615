using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.KernelHost;

/// <summary>A cell that a kernel runs, and the receiver of what it shows; also of what its background tasks show later.</summary>
internal sealed class KernelCell(int number, Action<SessionEvent> show, Action stop)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The number that events call the cell by.</summary>
    public int Number => number;

    /// <summary>Ends with the cell.</summary>
    public Task End => _end.Task;

    /// <summary>The first error.</summary>
    public ErrorRaised? Error { get; private set; }

    /// <summary>The cell failed.</summary>
    public void Fail(ErrorRaised error) => Error ??= error;

    /// <summary>Handles one event of the cell.</summary>
    public void Handle(SessionEvent happened)
    {
        switch (happened)
        {
            case OutputCut cut:
                // It may well be an endless loop: it is stopped, and its variables stay.
                Fail(CrashReport.OfOutputLimit(cut.Limit));
                stop();
                break;
            case ErrorRaised error when Error is null && !End.IsCompleted:
                Fail(error);
                break;
            case CellFinished:
                _end.TrySetResult();
                break;
            default:
                show(happened);
                break;
        }
    }
}
