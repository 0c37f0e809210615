using Unroll.Notebooks.Session;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>An error in Jupyter's words.</summary>
/// <param name="Name">Its type.</param>
/// <param name="Value">Its message.</param>
/// <param name="Traceback">The lines that front ends show.</param>
internal sealed record KernelError(string Name, string Value, IReadOnlyList<string> Traceback);

/// <summary>How a cell ended: well, or with an error.</summary>
internal sealed record ExecutionResult(KernelError? Error)
{
    /// <summary>It ended well.</summary>
    public static ExecutionResult Ok { get; } = new((KernelError?)null);
}

/// <summary>What an expression is: a value, or an error.</summary>
internal sealed record EvaluationResult
{
    /// <summary>It has a value.</summary>
    public EvaluationResult(MimeData value) => Value = value;

    /// <summary>It has none.</summary>
    public EvaluationResult(KernelError error) => Error = error;

    /// <summary>The value.</summary>
    public MimeData? Value { get; }

    /// <summary>The error.</summary>
    public KernelError? Error { get; }
}
