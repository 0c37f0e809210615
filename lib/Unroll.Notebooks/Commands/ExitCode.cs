namespace Unroll.Notebooks.Commands;

/// <summary>What the program says to the shell.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Passed = 0;

    /// <summary>A cell failed or differs, a notebook ran no cell, or a conversion left something out.</summary>
    public const int Failed = 1;

    /// <summary>Something that was named cannot be run, read or written.</summary>
    public const int BadInput = 2;

    /// <summary>The user stopped it.</summary>
    public const int Interrupted = 130;
}
