using Unroll.Notebooks.CellApi;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Session.Language;

/// <summary>A command that cells may use.</summary>
/// <param name="Name">What follows <c>#!</c>.</param>
/// <param name="Help">What it does, in a line.</param>
internal sealed record CommandInfo(string Name, string Help)
{
    /// <summary>Why it is refused, where it is one of .NET Interactive's that this host does not have.</summary>
    public string? Refusal { get; init; }

    /// <summary>What it does, where a cell has added it.</summary>
    public OwnDirective? Own { get; init; }

    /// <summary>What may follow the name.</summary>
    public IReadOnlyList<OptionInfo> Options { get; init; } = [];
}

/// <summary>The commands, and the messages for those that do not exist.</summary>
internal static class CommandList
{
    private static readonly OptionInfo MimeType = new("--mime-type", "As what the value is copied, such as text/plain.");

    private static readonly CommandInfo[] Commands =
    [
        new("about", "Shows the versions of this host and of .NET."),
        new("import", "Runs the cells of another notebook or file here: #!import \"setup.ipynb\" (.ipynb, .dib, .cs, .csx, .fs, .fsx).")
        {
            Options = [new("--file", "The file.") { IsRequired = true, MayBeBare = true }],
        },
        new("lsmagic", "Shows this list."),
        new("set", "Gives a variable a value: #!set --name x --value @fsharp:y, @value:y, @input:\"Prompt\", @file:path or a text.")
        {
            Options =
            [
                new("--name", "The variable.") { IsRequired = true },
                new("--value", "Its value.") { IsRequired = true },
                new("--byref", "Takes the object itself and not a copy of it.") { IsFlag = true },
                MimeType,
            ],
        },
        new("share", "Takes a variable of another language: #!share --from fsharp x --as y.")
        {
            Options =
            [
                new("--from", "The language that has it, or value.") { IsRequired = true },
                new("--name", "The variable.") { IsRequired = true, MayBeBare = true },
                new("--as", "Its name here."),
                MimeType,
            ],
        },
        new("time", "Shows how long the cell took."),
        new("who", "Shows the names of the variables."),
        new("whos", "Shows the variables with their types and values."),
        new("connect", "") { Refusal = "there is nothing to connect to: this host runs C# and F#" },
    ];

    /// <summary>What <c>#!value</c> may say.</summary>
    public static IReadOnlyList<OptionInfo> ValueOptions { get; } =
    [
        new("--name", "The name to keep it under.") { IsRequired = true },
        new("--from-file", "Takes what is in a file."),
        new("--from-url", "Takes what an address answers."),
        new("--from-value", "Takes this text."),
        new("--mime-type", "What the text is, such as application/json; it is shown then."),
    ];

    /// <summary>What <c>#!mermaid</c> may say.</summary>
    public static IReadOnlyList<OptionInfo> DiagramOptions { get; } =
    [
        new("--display-width", "The width, such as 400px."),
        new("--display-height", "The height."),
        new("--display-background-color", "The colour behind it; white by default."),
    ];

    /// <summary>The commands that do something; of two with one name, the one that a cell has added.</summary>
    public static IEnumerable<CommandInfo> Supported => Commands.Where(command => command.Refusal is null && FindOwn(command.Name) is null)
        .Concat((KernelWork.Added?.Directives ?? []).Where(own => !own.Directive.Hidden).Select(Info));

    /// <summary>The command called <paramref name="name"/>, or null.</summary>
    public static CommandInfo? Find(string name) => FindOwn(name) is { } own ? Info(own)
        : Array.Find(Commands, command => string.Equals(command.Name, name, StringComparison.OrdinalIgnoreCase));

    private static OwnDirective? FindOwn(string name) => KernelWork.Added?.Find($"{HostLines.Prefix}{name}");

    private static CommandInfo Info(OwnDirective own) => new(own.Directive.Name[HostLines.Prefix.Length..], own.Directive.Description ?? "")
    {
        Own = own,
        Options = [.. own.Directive.Parameters.Select(each => new OptionInfo(each.Name, each.Description ?? "")
        {
            IsRequired = each.Required, IsFlag = each.Flag, MayBeBare = each.AllowImplicitName,
        })],
    };

    /// <summary>Everything that a line may begin with, with what it does.</summary>
    public static IEnumerable<(string Directive, string Help)> All =>
    [
        ("#!csharp", "What follows is C#. Also #!c#."),
        ("#!fsharp", "What follows is F#. Also #!f#. The first such cell fetches the F# compiler."),
        ("#!html", "What follows is HTML, and is shown."),
        ("#!javascript", "What follows is a script for the page. Also #!js."),
        ("#!markdown", "What follows is Markdown, and is shown."),
        ("#!mermaid", "What follows is a diagram in Mermaid's language, and is shown."),
        ("#!value", "Keeps the text that follows, a file or an address under a name: #!value --name x --from-file data.csv."),
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
        if (step.Arguments.Length > 0 && command.Options.Count == 0 && !IsHelp(step))
            throw new DirectiveException($"#!{command.Name} takes no arguments, but has \"{step.Arguments}\".", step.Line);
    }

    /// <summary>Whether the line asks what its command does: <c>#!set -h</c>.</summary>
    public static bool IsHelp(CommandStep step) => step.Arguments is "-h" or "--help" or "-?";

    /// <summary>The languages that a cell can switch to.</summary>
    public static string Languages => string.Join(", ", CellLanguage.Known.Select(language => $"#!{language}"));
}
