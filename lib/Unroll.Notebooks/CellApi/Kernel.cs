using Microsoft.AspNetCore.Html;
using Unroll.Notebooks.CellApi;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Wire;

namespace Microsoft.DotNet.Interactive;

/// <summary>
/// The helpers every cell has, under the names that .NET Interactive gave them, so that its notebooks run unchanged.
/// Cells see the static members of this class as their own.
/// </summary>
public static class Kernel
{
    /// <summary>Shows <paramref name="value"/> now, in the running cell's output.</summary>
    /// <param name="value">What to show; null shows too.</param>
    /// <param name="mimeTypes">The views to send, such as <c>text/html</c>; none means the value's own choice.</param>
    /// <returns>A handle that can replace what was shown.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(mimeTypes);
        var id = Guid.NewGuid().ToString("n");
        var data = ValueRenderer.Render(value, mimeTypes);
        SessionOutput.Publish(new Displayed(data, id));
        return new DisplayedValue(value, data, mimeTypes, id);
    }

    /// <summary>Text that is HTML already; it shows when it is a cell's value or is displayed.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Sends a script to the page that shows the notebook, now.</summary>
    public static void Javascript(string scriptContent) =>
        display(HTML(ScriptTag(scriptContent)));

    /// <summary>Sends a style sheet to the page that shows the notebook, now.</summary>
    public static void CSS(string content) => display(HTML($"<style>{content}</style>"));

    /// <summary>Asks the person at the notebook for a line, below the running cell.</summary>
    /// <param name="prompt">What the person is asked.</param>
    /// <param name="typeHint">What kind of text is wanted; anything but <c>text</c> is added to the prompt in brackets.</param>
    /// <returns>The line; null when the person will type nothing more.</returns>
    /// <exception cref="NotSupportedException">The notebook runs without a person.</exception>
    public static Task<string?> GetInputAsync(string prompt = "", string typeHint = "text")
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(typeHint);
        var shown = typeHint is "text" ? prompt : $"{prompt} [{typeHint}]".TrimStart();
        return AskAsync(shown, isPassword: typeHint is "password", prompt);
    }

    /// <summary>Asks the person at the notebook for a line that the page hides while it is typed.</summary>
    /// <param name="prompt">What the person is asked.</param>
    /// <returns>The line, which does not print by accident.</returns>
    /// <exception cref="NotSupportedException">The notebook runs without a person.</exception>
    public static async Task<PasswordString> GetPasswordAsync(string prompt = "")
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return new PasswordString(await AskAsync(prompt, isPassword: true, prompt).ConfigureAwait(false) ?? "");
    }

    /// <summary>Removes what the running cell has shown so far.</summary>
    /// <param name="wait">Whether it stays until the next output comes, so that a picture that changes does not flicker.</param>
    public static void ClearOutput(bool wait = false) => SessionOutput.Publish(new OutputCleared(wait));

    /// <summary>The cell waits here, on its own thread, so that an interrupt finds it.</summary>
    private static Task<string?> AskAsync(string shown, bool isPassword, string name)
    {
        var input = CellInput.Current ?? throw new InvalidOperationException("Nobody can be asked here: no notebook session runs.");
        return Task.FromResult(input.Ask(shown, isPassword, name.Length > 0 ? [name] : []));
    }

    internal static string ScriptTag(string script) => $"<script type=\"text/javascript\">{script}</script>";
}
