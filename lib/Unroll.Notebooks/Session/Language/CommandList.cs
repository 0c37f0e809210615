using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Session.Language;

/// <summary>A command that cells may use.</summary>
/// <param name="Name">What follows <c>#!</c>.</param>
/// <param name="Help">What it does, in a line.</param>
internal sealed record CommandInfo(string Name, string Help)
{
    /// <summary>Why it is refused, where it is one of .NET Interactive's that this host does not have.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether anything may follow the name.</summary>
    public bool TakesArguments { get; init; }
}

/// <summary>The commands, and the messages for those that do not exist.</summary>
internal static class CommandList
{
    private const string OneLanguage = "C# is the only language that has values here: what earlier cells declared is there already";

    private static readonly CommandInfo[] Commands =
    [
        new("about", "Shows the versions of this host and of .NET."),
        new("import", "Runs the cells of another notebook or file here: #!import \"setup.ipynb\" (.ipynb, .dib, .cs, .csx).") { TakesArguments = true },
        new("lsmagic", "Shows this list."),
        new("time", "Shows how long the cell took."),
        new("who", "Shows the names of the variables."),
        new("whos", "Shows the variables with their types and values."),
        new("set", "") { Refusal = $"{OneLanguage}; assign the value in C#" },
        new("share", "") { Refusal = OneLanguage },
        new("connect", "") { Refusal = "there is nothing to connect to: this host runs C# alone" },
    ];

    /// <summary>The commands that do something.</summary>
    public static IEnumerable<CommandInfo> Supported => Commands.Where(command => command.Refusal is null);

    /// <summary>The command called <paramref name="name"/>, or null.</summary>
    public static CommandInfo? Find(string name) =>
        Array.Find(Commands, command => string.Equals(command.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Everything that a line may begin with, with what it does.</summary>
    public static IEnumerable<(string Directive, string Help)> All =>
    [
        ("#!csharp", "What follows is C#. Also #!c#."),
        ("#!html", "What follows is HTML, and is shown."),
        ("#!javascript", "What follows is a script for the page. Also #!js."),
        ("#!markdown", "What follows is Markdown, and is shown."),
        .. Supported.Select(command => ($"#!{command.Name}", command.Help)),
        ("#r", "Loads a dll, #r \"path.dll\", or a package, #r \"nuget: Name, Version\"."),
        ("#i", "Names a source of packages: #i \"nuget: folder or address\"."),
        ("#load", "Compiles a file into the cell: #load \"file.csx\"."),
    ];

    /// <summary>Refuses an unknown command before anything of its cell has run.</summary>
    /// <exception cref="DirectiveException">It says which commands there are, or why this one is refused.</exception>
    public static void Check(CommandStep step)
    {
        if (Find(step.Name) is not { } command)
        {
            var names = string.Join(", ", Supported.Select(each => $"#!{each.Name}"));
            throw new DirectiveException(
                $"There is no command #!{step.Name}. There are {names}, and the languages {Languages}.", step.Line);
        }

        if (command.Refusal is { } refusal)
            throw new DirectiveException($"#!{command.Name} is not supported: {refusal}.", step.Line);
        if (step.Arguments.Length > 0 && !command.TakesArguments)
            throw new DirectiveException($"#!{command.Name} takes no arguments, but has \"{step.Arguments}\".", step.Line);
    }

    /// <summary>The languages that a cell can switch to.</summary>
    public static string Languages => string.Join(", ", CellLanguage.Known.Select(language => $"#!{language}"));
}
