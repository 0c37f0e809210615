using System.Diagnostics;
using Microsoft.CodeAnalysis.Scripting;

namespace Unroll.Notebooks.Session;

/// <summary>
/// Runs the compiler where its faults can be told from those of cells. It works on several threads, and an exception on one
/// of them would leave the others waiting for ever.
/// </summary>
internal static class CompilerThread
{
    private static TaskCompletionSource? _current;

    /// <summary>Runs <paramref name="compile"/> to its end, or to that of the compiler.</summary>
    /// <exception cref="CompilerFaultException">The compiler failed.</exception>
    /// <exception cref="OperationCanceledException">The interruption came first.</exception>
    public static void Run(Action compile, CancellationToken interruption)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _current, end);
        new Thread(() => Work(compile, end), CellThread.StackSize) { IsBackground = true, Name = "Compiler" }.Start();
        try
        {
            // Waiting for the task itself would wrap what it throws.
            Task.WhenAny(end.Task).Wait(interruption);
            end.Task.GetAwaiter().GetResult();
        }
        finally
        {
            Volatile.Write(ref _current, null);
        }
    }

    /// <summary>Ends the waiting for the compiler where <paramref name="error"/>, on a thread that nobody watches, is the compiler's.</summary>
    /// <returns>Whether it was.</returns>
    public static bool TryFail(Exception error) =>
        Volatile.Read(ref _current) is { } current && IsOfCompiler(error) && current.TrySetException(new CompilerFaultException(error));

    private static void Work(Action compile, TaskCompletionSource end)
    {
        try
        {
            compile();
            end.TrySetResult();
        }
        catch (Exception error) when (error is not CompilationErrorException and not OperationCanceledException && IsOfCompiler(error))
        {
            end.TrySetException(new CompilerFaultException(error));
        }
        catch (Exception error)
        {
            end.TrySetException(error);
        }
    }

    private static bool IsOfCompiler(Exception error) => new StackTrace(error).GetFrames().Any(frame =>
        frame.GetMethod()?.DeclaringType?.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true);
}

/// <summary>The compiler failed on a cell, and it is not the cell's author's fault alone.</summary>
internal sealed class CompilerFaultException(Exception inner) : Exception(
    $"The C# compiler itself failed on this cell ({inner.GetType().Name}): write it in another way. The variables of earlier cells are kept.", inner);
