namespace Unroll.ModelTool.Files;

/// <summary>What the program says to the shell.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;

    /// <summary>A file cannot be read or written, or holds what is not supported.</summary>
    public const int Failed = 1;

    /// <summary>The command line asks for what cannot be.</summary>
    public const int WrongUsage = 2;
}
