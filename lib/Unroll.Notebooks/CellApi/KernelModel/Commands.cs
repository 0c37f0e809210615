using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>
/// What a kernel can be asked to do: <c>await Kernel.Root.SendAsync(new SubmitCode("1 + 1"))</c>. A cell may derive commands of
/// its own, which <see cref="Kernel.RegisterCommandHandler{TCommand}"/> or <see cref="Handler"/> says how to do.
/// </summary>
/// <param name="targetKernelName">The kernel that is to do it; the one that is asked where null.</param>
public abstract class KernelCommand(string? targetKernelName = null)
{
    /// <summary>The kernel that is to do it; the one that is asked where null.</summary>
    public string? TargetKernelName { get; } = targetKernelName;

    /// <summary>What does it, where no kernel has a handler for it.</summary>
    [JsonIgnore]
    public KernelCommandInvocation? Handler { get; set; }

    /// <summary>Does it, where no kernel has a handler for it.</summary>
    /// <param name="context">The cell that runs.</param>
    /// <exception cref="NotSupportedException">It has no <see cref="Handler"/>.</exception>
    public virtual Task InvokeAsync(KernelInvocationContext context) => Handler?.Invoke(this, context) ?? throw new NotSupportedException(
        $"No kernel of this host does {GetType().Name}: register a handler, csharpKernel.RegisterCommandHandler<{GetType().Name}>((command, context) => …).");
}

/// <summary>Run code, and show what it shows.</summary>
/// <param name="code">The code; lines <c>#!…</c> count as in a cell.</param>
/// <param name="targetKernelName">The language; C# where null.</param>
public sealed class SubmitCode(string code, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    /// <summary>The code.</summary>
    public string Code { get; } = code ?? throw new ArgumentNullException(nameof(code));
}

/// <summary>Declare a variable.</summary>
/// <param name="name">Its name.</param>
/// <param name="value">Its value; where null, what <paramref name="formattedValue"/> says.</param>
/// <param name="formattedValue">The value as a text.</param>
/// <param name="targetKernelName">The language; C# where null.</param>
public sealed class SendValue(string name, object? value, FormattedValue? formattedValue = null, string? targetKernelName = null)
    : KernelCommand(targetKernelName)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>The value.</summary>
    public object? Value { get; } = value;

    /// <summary>The value as a text.</summary>
    public FormattedValue? FormattedValue { get; } = formattedValue;
}

/// <summary>Give the value of a variable: <see cref="Events.ValueProduced"/>.</summary>
/// <param name="name">Its name.</param>
/// <param name="mimeType">As what to format it; JSON where null.</param>
/// <param name="targetKernelName">The language; C# where null.</param>
public sealed class RequestValue(string name, string? mimeType = null, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>As what to format it.</summary>
    public string MimeType { get; } = mimeType ?? JsonFormatter.MimeType;
}

/// <summary>Give the names of the variables: <see cref="Events.ValueInfosProduced"/>.</summary>
/// <param name="targetKernelName">The language; C# where null.</param>
public sealed class RequestValueInfos(string? targetKernelName = null) : KernelCommand(targetKernelName);

/// <summary>Show a text of some MIME type.</summary>
/// <param name="formattedValue">The text.</param>
/// <param name="valueId">What to know it by, for <see cref="UpdateDisplayedValue"/>.</param>
public sealed class DisplayValue(FormattedValue formattedValue, string? valueId = null) : KernelCommand(targetKernelName: null)
{
    /// <summary>The text.</summary>
    public FormattedValue FormattedValue { get; } = formattedValue ?? throw new ArgumentNullException(nameof(formattedValue));

    /// <summary>What to know it by.</summary>
    public string ValueId { get; } = valueId ?? Guid.NewGuid().ToString("n");
}

/// <summary>Replace what was shown.</summary>
/// <param name="formattedValue">The new text.</param>
/// <param name="valueId">What it is known by.</param>
public sealed class UpdateDisplayedValue(FormattedValue formattedValue, string valueId) : KernelCommand(targetKernelName: null)
{
    /// <summary>The text.</summary>
    public FormattedValue FormattedValue { get; } = formattedValue ?? throw new ArgumentNullException(nameof(formattedValue));

    /// <summary>What it is known by.</summary>
    public string ValueId { get; } = valueId ?? throw new ArgumentNullException(nameof(valueId));
}

/// <summary>Ask the person for a line: <see cref="Events.InputProduced"/>.</summary>
/// <param name="prompt">What the person is asked.</param>
/// <param name="inputTypeHint">What kind of text is wanted; <c>password</c> hides it.</param>
public sealed class RequestInput(string prompt, string? inputTypeHint = null) : KernelCommand(targetKernelName: null)
{
    /// <summary>What the person is asked.</summary>
    public string Prompt { get; } = prompt ?? throw new ArgumentNullException(nameof(prompt));

    /// <summary>What kind of text is wanted.</summary>
    public string? InputTypeHint { get; } = inputTypeHint;

    /// <summary>Whether it stays hidden.</summary>
    public bool IsPassword => InputTypeHint is "password";
}
