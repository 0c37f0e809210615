using Unroll.Notebooks.Jupyter.Server;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.KernelHost;

/// <summary>A cell that a kernel runs, and where what it shows goes; also what tasks that it left behind show later.</summary>
internal sealed class KernelCell(int number, IExecutionSink sink, KernelSession link)
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

    /// <summary>Takes one event of the cell.</summary>
    public void Take(SessionEvent happened)
    {
        switch (happened)
        {
            case StreamWritten written:
                sink.Write(written.Name == "stderr", written.Text);
                break;
            case Displayed shown:
                sink.Display(Data(shown.Data), shown.DisplayId);
                break;
            case DisplayUpdated updated:
                sink.UpdateDisplay(Data(updated.Data), updated.DisplayId);
                break;
            case OutputCleared cleared:
                sink.ClearOutput(cleared.Waits);
                break;
            case ValueReturned value:
                sink.Return(Data(value.Data));
                break;
            case InputRequested asked:
                _ = AskAsync(asked);
                break;
            case OutputCut cut:
                // It may well be an endless loop: it is stopped, and its variables stay.
                Fail(CrashReport.OfOutputLimit(cut.Limit));
                _ = link.SendAsync(new InterruptCell(), CancellationToken.None);
                break;
            case ErrorRaised error when Error is null && !End.IsCompleted:
                Fail(error);
                break;
            case ErrorRaised error:
                // A cell has one error in Jupyter; what fails beside it or after it is text.
                sink.Write(isError: true, string.Join('\n', error.Traceback) + "\n");
                break;
            case Notice notice:
                sink.Write(isError: true, notice.Text + "\n");
                break;
            case CellFinished:
                _end.TrySetResult();
                break;
        }
    }

    private async Task AskAsync(InputRequested asked)
    {
        GiveInput given;
        try
        {
            given = new GiveInput(await sink.ReadInputAsync(asked.Prompt, asked.IsPassword, CancellationToken.None).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException)
        {
            // The interrupt reaches the cell by itself.
            return;
        }
        catch (Exception error)
        {
            given = new GiveInput(null, error.Message);
        }

        await link.SendAsync(given, CancellationToken.None).ConfigureAwait(false);
    }

    private static MimeData Data(MimeBundle bundle) => MimeData.OfTexts(bundle);
}
