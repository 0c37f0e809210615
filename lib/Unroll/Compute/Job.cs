using System.Runtime.ExceptionServices;

namespace Unroll.Compute;

/// <summary>Work that helpers may join while it lasts. Whoever has the job can finish it alone.</summary>
internal abstract class Job
{
    private ExceptionDispatchInfo? _error;

    /// <summary>Whether it goes on only when each helper has done its part of a moment's work.</summary>
    public virtual bool NeedsPromptHelp => false;

    /// <summary>Whether a helper kept the others waiting, as it does not have a processor to itself.</summary>
    public virtual bool WasKeptWaiting => false;

    /// <summary>Whether a helper met an error, which ends the job.</summary>
    protected bool HasFailed => Volatile.Read(ref _error) is not null;

    /// <summary>Does the work, on the thread that has the job; returns when all of it is done.</summary>
    public abstract void Lead();

    /// <summary>Takes part until there is nothing left to do.</summary>
    public abstract void Help();

    /// <summary>Ends the job, done or not: when this returns no helper works on it, and none will.</summary>
    public abstract void End();

    /// <summary>An error of a helper becomes one of the thread that has the job.</summary>
    public void ThrowIfFailed() => Volatile.Read(ref _error)?.Throw();

    protected void Fail(Exception error) => Volatile.Write(ref _error, ExceptionDispatchInfo.Capture(error));
}
