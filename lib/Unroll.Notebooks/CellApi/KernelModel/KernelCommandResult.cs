using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

/// <summary>What came of a command.</summary>
public sealed class KernelCommandResult
{
    internal KernelCommandResult(KernelCommand command, IReadOnlyList<KernelEvent> events) => (Command, Events) = (command, events);

    /// <summary>The command.</summary>
    public KernelCommand Command { get; }

    /// <summary>What happened, in order; the last says whether it was done.</summary>
    public IReadOnlyList<KernelEvent> Events { get; }
}
