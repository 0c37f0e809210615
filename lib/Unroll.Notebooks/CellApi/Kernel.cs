using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Unroll.Notebooks.CellApi;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Wire;

namespace Microsoft.DotNet.Interactive;

/// <summary>Does a command.</summary>
/// <param name="command">The command.</param>
/// <param name="context">The cell that runs.</param>
public delegate Task KernelCommandInvocation(KernelCommand command, KernelInvocationContext context);

/// <summary>
/// The helpers every cell has, under the names that .NET Interactive gave them, so that its notebooks run unchanged.
/// Cells see the static members of this class as their own.
/// </summary>
public abstract class Kernel
{
    private static readonly CompositeKernel All = new();

    private protected Kernel(string name, string languageName, string[] aliases)
    {
        Name = name;
        KernelInfo = new KernelInfo(name, languageName, aliases);
    }

    /// <summary>All kernels of the session.</summary>
    public static CompositeKernel Root => All;

    /// <summary>The kernel whose code runs.</summary>
    public static Kernel Current => All.FindKernelByName(KernelWork.Current.Language) ?? All;

    /// <summary>Its name, as in <c>#!csharp</c>.</summary>
    public string Name { get; }

    /// <summary>What it says of itself.</summary>
    public KernelInfo KernelInfo { get; }

    /// <summary>The kernel that it is one of; null for the root.</summary>
    public CompositeKernel? ParentKernel { get; internal set; }

    /// <summary>All kernels of the session.</summary>
    public CompositeKernel RootKernel => ParentKernel ?? All;

    /// <summary>
    /// Does what <paramref name="command"/> says, as a part of the running cell, which shows what it shows. Variables that
    /// code declares this way are there for later cells; types and functions are not.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Not begun where it has come already; once begun, the cell's own interrupt ends it.</param>
    /// <returns>What came of it; an error of the code is one of the events, and fails nothing.</returns>
    public Task<KernelCommandResult> SendAsync(KernelCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(KernelWork.Current.Do(this == All ? All.DefaultKernelName : Name, command));
    }

    /// <summary>Says how this kernel does commands that a cell has declared, until another cell says it anew.</summary>
    /// <typeparam name="TCommand">The command.</typeparam>
    /// <param name="handler">What does it, as a part of the cell that sends it.</param>
    /// <exception cref="NotSupportedException">The command is one of the host's.</exception>
    public void RegisterCommandHandler<TCommand>(Func<TCommand, KernelInvocationContext, Task> handler)
        where TCommand : KernelCommand
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (typeof(TCommand).Assembly == typeof(Kernel).Assembly)
        {
            throw new NotSupportedException(
                $"{typeof(TCommand).Name} is done by this host, and takes no other handler: derive a command of your own from KernelCommand.");
        }

        KernelWork.Current.Own.Set(Name, typeof(TCommand), (command, context) => handler((TCommand)command, context));
    }

    /// <summary>Adds a line <c>#!…</c> that later cells can use, in any language.</summary>
    /// <param name="directive">What it is called, and what may follow.</param>
    /// <param name="handler">What it does, as a part of the cell that has it.</param>
    // Notebooks ask an object for it.
#pragma warning disable CA1822
    public void AddDirective(KernelActionDirective directive, KernelCommandInvocation handler)
#pragma warning restore CA1822
    {
        ArgumentNullException.ThrowIfNull(directive);
        ArgumentNullException.ThrowIfNull(handler);
        KernelWork.Current.Own.Set(directive, typeof(DirectiveCommand), handler);
    }

    /// <summary>
    /// Adds a line <c>#!…</c> that later cells can use, in any language. Its parameters become the properties of a command:
    /// <c>--variable-name</c> is VariableName.
    /// </summary>
    /// <typeparam name="TCommand">The command.</typeparam>
    /// <param name="directive">What it is called, and what may follow.</param>
    /// <param name="handler">What it does, as a part of the cell that has it.</param>
    // Notebooks ask an object for it.
#pragma warning disable CA1822
    public void AddDirective<TCommand>(KernelActionDirective directive, Func<TCommand, KernelInvocationContext, Task> handler)
#pragma warning restore CA1822
        where TCommand : KernelCommand
    {
        ArgumentNullException.ThrowIfNull(directive);
        ArgumentNullException.ThrowIfNull(handler);
        KernelWork.Current.Own.Set(directive, typeof(TCommand), (command, context) => handler((TCommand)command, context));
    }

    /// <summary>The name.</summary>
    public override string ToString() => $"{GetType().Name}: {Name}";

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

    /// <summary>Asks the person for several lines, one after the other.</summary>
    /// <param name="inputDescriptions">What is asked for.</param>
    /// <returns>The answers by their names.</returns>
    /// <exception cref="NotSupportedException">The notebook runs without a person.</exception>
    public static async Task<IDictionary<string, string?>> GetInputsAsync(IEnumerable<InputDescription> inputDescriptions)
    {
        ArgumentNullException.ThrowIfNull(inputDescriptions);
        var answers = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var each in inputDescriptions)
            answers[each.Name] = await AskAsync(each.Prompt, each.TypeHint is "password", each.Name).ConfigureAwait(false);
        return answers;
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
