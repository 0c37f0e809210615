namespace Unroll.Notebooks.Session.Language;

/// <summary>Something that may follow the name of a command: <c>--name x</c>.</summary>
/// <param name="Name">How it is written, <c>--name</c>.</param>
/// <param name="Help">What it does, in a line.</param>
internal sealed record OptionInfo(string Name, string Help)
{
    /// <summary>Whether the command does nothing without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it stands alone, without a value.</summary>
    public bool IsFlag { get; init; }

    /// <summary>Whether its value may stand without its name.</summary>
    public bool MayBeBare { get; init; }
}

/// <summary>The value that an option was given, as it was written.</summary>
/// <param name="Text">The text; what follows the colon where the value is to be had elsewhere.</param>
/// <param name="Source">
/// Where the value comes from, <c>input</c>, <c>password</c>, <c>file</c> or a language (<c>@fsharp:x</c>); null where the
/// text itself is the value.
/// </param>
internal sealed record OptionText(string Text, string? Source);
