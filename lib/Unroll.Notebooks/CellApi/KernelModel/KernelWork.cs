using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

namespace Unroll.Notebooks.CellApi;

/// <summary>What does the work of <c>Kernel.Root</c>: the session, which knows what cells know nothing of.</summary>
internal abstract class KernelWork
{
    private static KernelWork? _current;

    /// <summary>The work of the session of this process.</summary>
    public static KernelWork Current
    {
        get => _current ?? throw new InvalidOperationException("Kernels do nothing here: no notebook session runs.");
        set => _current = value;
    }

    /// <summary>What cells have added to what kernels do; null where no session runs.</summary>
    public static OwnCommands? Added => _current?.Own;

    /// <summary>What cells have added to what kernels do.</summary>
    public OwnCommands Own { get; } = new();

    /// <summary>The language whose piece runs.</summary>
    public abstract string Language { get; }

    /// <summary>Does what a kernel is asked to do, before it returns.</summary>
    public abstract KernelCommandResult Do(string kernelName, KernelCommand command);

    /// <summary>The value of a variable of a language.</summary>
    public abstract bool TryFind(string language, string name, out object? value);

    /// <summary>Declares a variable of a language.</summary>
    public abstract void Set(string language, string name, object? value);
}
