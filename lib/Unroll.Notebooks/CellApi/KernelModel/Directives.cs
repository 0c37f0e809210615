using Unroll.Notebooks.Documents;

namespace Microsoft.DotNet.Interactive.Directives;

/// <summary>A line <c>#!name</c> that cells can use.</summary>
public abstract class KernelDirective
{
    /// <summary>Describes a line.</summary>
    /// <param name="name">What the line begins with: <c>#!</c> and a word.</param>
    /// <exception cref="ArgumentException">It is not such a name, or one that switches to a language.</exception>
    protected KernelDirective(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.StartsWith(HostLines.Prefix, StringComparison.Ordinal) || name == HostLines.Prefix || name.Any(char.IsWhiteSpace))
            throw new ArgumentException($"\"{name}\" is not the name of a directive: begin it with {HostLines.Prefix}, and use no blanks.", nameof(name));
        if (CellLanguage.Selected(name[HostLines.Prefix.Length..]) is { } language)
            throw new ArgumentException($"{name} switches to the language {language}: choose another name.", nameof(name));
        Name = name;
    }

    /// <summary>What the line begins with.</summary>
    public string Name { get; }

    /// <summary>What it does, as <c>#!lsmagic</c> says it.</summary>
    public string? Description { get; set; }

    /// <summary>Whether <c>#!lsmagic</c> and completion leave it out.</summary>
    public bool Hidden { get; set; }

    /// <summary>What may follow the name.</summary>
    public ICollection<KernelDirectiveParameter> Parameters { get; } = [];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>A line that does something: <c>Kernel.Root.AddDirective(new KernelActionDirective("#!hello"), …)</c>.</summary>
/// <param name="name">What the line begins with: <c>#!</c> and a word.</param>
public class KernelActionDirective(string name) : KernelDirective(name);

/// <summary>Something that may follow the name of a line.</summary>
/// <param name="name">How it is written, such as <c>--count</c>.</param>
/// <param name="description">What it does.</param>
public class KernelDirectiveParameter(string name, string? description = null)
{
    /// <summary>How it is written.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>What it does.</summary>
    public string? Description { get; set; } = description;

    /// <summary>Whether its value may stand without its name.</summary>
    public bool AllowImplicitName { get; set; }

    /// <summary>Whether the line does nothing without it.</summary>
    public bool Required { get; set; }

    /// <summary>Whether it stands alone, without a value.</summary>
    public bool Flag { get; set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
