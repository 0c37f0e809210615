using System.Collections.Concurrent;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace Unroll.Notebooks.CellApi;

/// <summary>The commands and lines <c>#!…</c> that the cells of a session have added.</summary>
internal sealed class OwnCommands
{
    private readonly ConcurrentDictionary<(string Kernel, Type Command), KernelCommandInvocation> _handlers = new();
    private readonly ConcurrentDictionary<string, OwnDirective> _directives = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The lines.</summary>
    public IEnumerable<OwnDirective> Directives => _directives.Values.OrderBy(each => each.Directive.Name, StringComparer.Ordinal);

    /// <summary>The line of that name, or null.</summary>
    public OwnDirective? Find(string directive) => _directives.GetValueOrDefault(directive);

    /// <summary>What does a command for a kernel; null where no cell has said it.</summary>
    public KernelCommandInvocation? Find(string kernel, Type command) => _handlers.GetValueOrDefault((kernel, command));

    /// <summary>A cell that is run again says it anew.</summary>
    public void Set(string kernel, Type command, KernelCommandInvocation handler) => _handlers[(kernel, command)] = handler;

    /// <inheritdoc cref="Set(string, Type, KernelCommandInvocation)"/>
    public void Set(KernelActionDirective directive, Type command, KernelCommandInvocation handler) =>
        _directives[directive.Name] = new OwnDirective(directive, command, handler);
}

/// <summary>A line that a cell has added.</summary>
/// <param name="Directive">What it is called, and what may follow.</param>
/// <param name="Command">The command that its parameters become.</param>
/// <param name="Handler">What does that.</param>
internal sealed record OwnDirective(KernelActionDirective Directive, Type Command, KernelCommandInvocation Handler);

/// <summary>The command of a line whose handler wants none of its own.</summary>
internal sealed class DirectiveCommand : KernelCommand;
