using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>Publishes what one cell shows as answers to the request that ran it, and gets what the cell asks for.</summary>
internal sealed class CellPublisher(
    WireMessage request, RunCell cell, bool isSilent, IKernelEngine engine, IopubPublisher iopub, InputChannel input, CancellationToken interrupted)
{
    /// <summary>The value of the cell as text, for the history.</summary>
    public string? ResultText { get; private set; }

    /// <summary>Passes one event of the cell on.</summary>
    public void Show(SessionEvent happened)
    {
        if (happened is InputRequested asked)
            _ = AskAsync(asked);
        if (happened is ValueReturned { Data: var data })
            ResultText = data.GetValueOrDefault(MimeBundle.Plain);
        if (!isSilent)
            Publish(happened);
    }

    private void Publish(SessionEvent happened)
    {
        switch (happened)
        {
            case StreamWritten written:
                iopub.Write(written.Name, written.Text, request.RawHeader);
                break;
            case Displayed shown:
                Publish("display_data", new DisplayContent(shown.Data, new Transient(shown.DisplayId)));
                break;
            case DisplayUpdated updated:
                Publish("update_display_data", new DisplayContent(updated.Data, new Transient(updated.DisplayId)));
                break;
            case OutputCleared cleared:
                Publish("clear_output", new ClearOutputContent(cleared.Waits));
                break;
            case ValueReturned value:
                Publish("execute_result", new ExecuteResultContent(cell.Cell, value.Data));
                break;
            case ErrorRaised error:
                // A cell has one error in Jupyter, in its reply; what fails beside it or after it is text.
                iopub.Write("stderr", string.Join('\n', error.Traceback) + "\n", request.RawHeader);
                break;
            case Notice notice:
                iopub.Write("stderr", notice.Text + "\n", request.RawHeader);
                break;
        }
    }

    private void Publish<T>(string type, T content) => iopub.Publish(type, content, request.RawHeader);

    private async Task AskAsync(InputRequested asked)
    {
        GiveInput given;
        try
        {
            if (!cell.AllowsInput)
                throw new InputUnavailableException("The cell asks for input, but its front end does not allow questions (allow_stdin is false).");
            given = new GiveInput(await input.AskAsync(request, asked.Prompt, asked.IsPassword, interrupted).ConfigureAwait(false), null);
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

        await engine.GiveInputAsync(given).ConfigureAwait(false);
    }
}

/// <summary>Code asks for input where nobody can type; the message is for the user.</summary>
internal sealed class InputUnavailableException(string message) : Exception(message);
