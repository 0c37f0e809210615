using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>
/// What runs the code that a kernel is sent, in the words of a session. The server calls one of the methods at a time, but
/// <see cref="GiveInputAsync"/>, <see cref="InterruptAsync"/> and <see cref="IsCompleteAsync"/>, which come while another
/// runs. An exception out of any of them becomes an error reply; errors in the user's code are results.
/// </summary>
internal interface IKernelEngine
{
    /// <summary>What the engine runs.</summary>
    KernelDescription Description { get; }

    /// <summary>Runs a cell to its end; returns its error, or null.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="show">Gets what the cell shows and asks for, as it does, from any thread, also after the cell's end.</param>
    /// <param name="cancellation">Comes when the kernel shuts down.</param>
    Task<ErrorRaised?> RunAsync(RunCell cell, Action<SessionEvent> show, CancellationToken cancellation);

    /// <summary>Evaluates an expression beside a cell that succeeded; what it prints goes nowhere.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="cancellation">Comes when the user interrupts or the kernel shuts down.</param>
    /// <returns>A <see cref="ValueReturned"/>, an <see cref="ErrorRaised"/>, or null for an expression without a value.</returns>
    Task<SessionEvent?> EvaluateAsync(string expression, CancellationToken cancellation);

    /// <summary>Says what could stand at a place of the code.</summary>
    /// <param name="code">The code, unfinished.</param>
    /// <param name="position">An index into it, from 0 to its length.</param>
    /// <param name="cancellation">Comes when the user interrupts or the kernel shuts down.</param>
    Task<CodeCompleted> CompleteAsync(string code, int position, CancellationToken cancellation);

    /// <summary>Says what stands at a place of the code; null when nothing is known.</summary>
    /// <param name="code">The code.</param>
    /// <param name="position">An index into it, from 0 to its length.</param>
    /// <param name="isDetailed">Whether the user asked for all there is.</param>
    /// <param name="cancellation">Comes when the user interrupts or the kernel shuts down.</param>
    Task<MimeBundle?> InspectAsync(string code, int position, bool isDetailed, CancellationToken cancellation);

    /// <summary>Says whether code can run as it is.</summary>
    /// <param name="code">The code.</param>
    /// <param name="cancellation">Comes when the kernel shuts down.</param>
    Task<Completeness> IsCompleteAsync(string code, CancellationToken cancellation);

    /// <summary>Answers what the running cell asked for.</summary>
    /// <param name="given">What was typed, or why nobody could be asked.</param>
    Task GiveInputAsync(GiveInput given);

    /// <summary>
    /// Stops the cell that runs, which then ends with an error; without one it does nothing. It returns when the cell has
    /// been told, not when it has ended.
    /// </summary>
    /// <param name="cancellation">Comes when the kernel shuts down.</param>
    Task InterruptAsync(CancellationToken cancellation);
}
