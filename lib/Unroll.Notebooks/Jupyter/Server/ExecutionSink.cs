using Unroll.Notebooks.Jupyter.Protocol;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>Publishes what one cell shows as answers to the request that ran it.</summary>
internal sealed class ExecutionSink(
    WireMessage request, ExecutionOptions options, IopubPublisher iopub, InputChannel input, CancellationToken interrupted) : IExecutionSink
{
    private readonly Lock _gate = new();
    private readonly List<PagePayload> _pages = [];

    /// <summary>What the front end's pager is to show.</summary>
    public IReadOnlyList<PagePayload> Pages
    {
        get
        {
            lock (_gate)
                return [.. _pages];
        }
    }

    /// <summary>The value of the cell as text, for the history.</summary>
    public string? ResultText { get; private set; }

    /// <inheritdoc/>
    public void Write(bool isError, string text)
    {
        if (!options.IsSilent && text.Length > 0)
            iopub.Write(isError ? "stderr" : "stdout", text, request.RawHeader);
    }

    /// <inheritdoc/>
    public void Display(MimeData value, string? displayId) =>
        Publish("display_data", new DisplayContent(value.Data, value.Metadata, new Transient(displayId)));

    /// <inheritdoc/>
    public void UpdateDisplay(MimeData value, string displayId) =>
        Publish("update_display_data", new DisplayContent(value.Data, value.Metadata, new Transient(displayId)));

    /// <inheritdoc/>
    public void ClearOutput(bool waits) => Publish("clear_output", new ClearOutputContent(waits));

    /// <inheritdoc/>
    public void Return(MimeData value)
    {
        ResultText = value.PlainText;
        Publish("execute_result", new ExecuteResultContent(options.ExecutionCount, value.Data, value.Metadata));
    }

    /// <inheritdoc/>
    public void Page(MimeData text, int firstLine)
    {
        lock (_gate)
            _pages.Add(new PagePayload(text.Data, firstLine));
    }

    /// <inheritdoc/>
    public async Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation)
    {
        if (!options.AllowsInput)
            throw new InputUnavailableException("The cell asks for input, but its front end does not allow questions (allow_stdin is false).");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, interrupted);
        return await input.AskAsync(request, prompt, isPassword, either.Token).ConfigureAwait(false);
    }

    private void Publish<T>(string type, T content)
    {
        if (!options.IsSilent)
            iopub.Publish(type, content, request.RawHeader);
    }
}
