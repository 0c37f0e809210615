namespace Unroll.Notebooks.Programs;

/// <summary>
/// The names of a program. A notebook may declare a name again in every cell; in one file each name is declared once, and a
/// later one gets a number.
/// </summary>
internal sealed class ProgramNames
{
    // What the file has without the notebook's doing.
    private static readonly string[] Reserved = ["args", ProgramDisplay.Class, ProgramDisplay.Shown, ProgramExtensions.Class];

    private readonly HashSet<string> _declared = new(Reserved, StringComparer.Ordinal);
    private readonly HashSet<string> _inBlocks = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> _used;

    /// <param name="used">Every name in the notebook, whatever it means: a number is not to make one of them.</param>
    public ProgramNames(IReadOnlySet<string> used) => _used = used;

    /// <summary>The name that something declared by a cell has in the program.</summary>
    public string Declare(string name)
    {
        var free = _declared.Contains(name) || _inBlocks.Contains(name) ? Numbered(name) : name;
        _declared.Add(free);
        return free;
    }

    /// <summary>The name of a variable of a loop or block: several may have the same, but none that of one outside, before or after.</summary>
    public string DeclareInBlock(string name)
    {
        if (_declared.Contains(name))
            return Declare(name);
        _inBlocks.Add(name);
        return name;
    }

    private string Numbered(string name)
    {
        for (var number = 2; ; number++)
        {
            var numbered = $"{name}{number}";
            if (!_declared.Contains(numbered) && !_used.Contains(numbered))
                return numbered;
        }
    }
}
