namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>One of several answers that a cell asks for: <c>Kernel.GetInputsAsync</c>.</summary>
/// <param name="name">What the answer is called.</param>
/// <param name="prompt">What the person is asked; the name where null.</param>
public sealed class InputDescription(string name, string? prompt = null)
{
    /// <summary>What the answer is called.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>What the person is asked.</summary>
    public string Prompt { get; } = prompt ?? name;

    /// <summary>What kind of text is wanted; <c>password</c> hides it.</summary>
    public string? TypeHint { get; set; }
}
