namespace Unroll.ModelTool.Files;

/// <summary>What the tool cannot do, in words for the person who asked.</summary>
/// <param name="message">The file, the place and the fix.</param>
/// <param name="exitCode">What the shell hears of it.</param>
internal sealed class ToolException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    /// <summary>What the shell hears of it.</summary>
    public int ExitCode { get; } = exitCode;
}
