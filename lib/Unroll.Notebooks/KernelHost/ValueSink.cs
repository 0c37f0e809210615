using Unroll.Notebooks.Jupyter.Server;

namespace Unroll.Notebooks.KernelHost;

/// <summary>Keeps the value of an expression; what it prints goes nowhere.</summary>
internal sealed class ValueSink : IExecutionSink
{
    /// <summary>The value; null where the expression has none.</summary>
    public MimeData? Value { get; private set; }

    /// <inheritdoc/>
    public void Return(MimeData value) => Value = value;

    /// <inheritdoc/>
    public void Write(bool isError, string text)
    {
    }

    /// <inheritdoc/>
    public void Display(MimeData value, string? displayId)
    {
    }

    /// <inheritdoc/>
    public void UpdateDisplay(MimeData value, string displayId)
    {
    }

    /// <inheritdoc/>
    public void ClearOutput(bool waits)
    {
    }

    /// <inheritdoc/>
    public void Page(MimeData text, int firstLine)
    {
    }

    /// <inheritdoc/>
    public Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation) =>
        Task.FromException<string?>(new InputUnavailableException("An expression beside a cell cannot ask for input."));
}
