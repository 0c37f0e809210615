using System.ComponentModel;

namespace Microsoft.DotNet.Interactive;

/// <summary>The cell that runs, seen from its code.</summary>
public sealed class KernelInvocationContext
{
    /// <summary>What an interrupted cell has left running in other threads ends within this time, or never.</summary>
    private const int MillisecondsToEnd = 1000;

    private static KernelInvocationContext _current = new(CancellationToken.None);
    private static readonly AsyncLocal<KernelInvocationContext> StartedIn = new();
    private static volatile bool _isInterrupted;
    private static long _interruptedAt;

    private KernelInvocationContext(CancellationToken cancellation) => CancellationToken = cancellation;

    /// <summary>The cell that runs, or ran last.</summary>
    public static KernelInvocationContext Current => Volatile.Read(ref _current);

    /// <summary>The kernel whose code runs.</summary>
    // Notebooks ask an object for it.
#pragma warning disable CA1822
    public Kernel HandlingKernel => Kernel.Current;
#pragma warning restore CA1822

    /// <summary>Comes when the cell is interrupted.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Ends what runs if the cell that started it was interrupted; the host has loops ask in each round.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void ThrowIfInterrupted()
    {
        // One look at a flag first: a short round would take twice as long with the rest.
        if (_isInterrupted)
            StartedIn.Value?.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>A cell begins.</summary>
    internal static void Begin(CancellationToken cancellation)
    {
        if (Environment.TickCount64 - Interlocked.Read(ref _interruptedAt) > MillisecondsToEnd)
            _isInterrupted = false;
        var cell = new KernelInvocationContext(cancellation);
        StartedIn.Value = cell;
        Volatile.Write(ref _current, cell);
        cancellation.UnsafeRegister(
            _ =>
            {
                Interlocked.Exchange(ref _interruptedAt, Environment.TickCount64);
                _isInterrupted = true;
            },
            state: null);
    }
}

/// <summary>What a cell does with its context.</summary>
public static class KernelInvocationContextExtensions
{
    /// <summary>Shows <paramref name="value"/> now.</summary>
    /// <param name="context">The cell that runs.</param>
    /// <param name="value">What to show; null shows too.</param>
    /// <param name="mimeTypes">The views to send; none means the value's own choice.</param>
    /// <returns>A handle that can replace what was shown.</returns>
    public static DisplayedValue Display(this KernelInvocationContext context, object? value, params string[] mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Kernel.display(value, mimeTypes);
    }

    /// <summary>Shows text that already is of the MIME type <paramref name="mimeType"/>.</summary>
    /// <param name="context">The cell that runs.</param>
    /// <param name="value">The text.</param>
    /// <param name="mimeType">What it is.</param>
    /// <returns>A handle that can replace what was shown.</returns>
    public static DisplayedValue DisplayAs(this KernelInvocationContext context, string value, string mimeType)
    {
        ArgumentNullException.ThrowIfNull(context);
        return value.DisplayAs(mimeType);
    }
}
