namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>Takes what a cell shows. Nothing here waits for a front end but <see cref="ReadInputAsync"/>.</summary>
internal interface IExecutionSink
{
    /// <summary>Text on standard output, or on standard error.</summary>
    void Write(bool isError, string text);

    /// <summary>Shows a value; with an id it can be shown anew.</summary>
    void Display(MimeData value, string? displayId);

    /// <summary>Shows a value in place of what was shown under the id.</summary>
    void UpdateDisplay(MimeData value, string displayId);

    /// <summary>Removes what the cell has shown: now, or when the next output comes.</summary>
    void ClearOutput(bool waits);

    /// <summary>Shows the value of the cell.</summary>
    void Return(MimeData value);

    /// <summary>Shows a text in the front end's pager, beginning with a line, once the cell has ended well.</summary>
    void Page(MimeData text, int firstLine);

    /// <summary>Asks the user for a line.</summary>
    /// <param name="prompt">What the user is asked.</param>
    /// <param name="isPassword">Whether what is typed stays hidden.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The line, without its end; null when the user will type nothing more.</returns>
    /// <exception cref="InputUnavailableException">Nobody is there to type.</exception>
    /// <exception cref="OperationCanceledException">The user interrupted, or the kernel shuts down.</exception>
    Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation);
}

/// <summary>Code asks for input where nobody can type; the message is for the user.</summary>
internal sealed class InputUnavailableException(string message) : Exception(message);
