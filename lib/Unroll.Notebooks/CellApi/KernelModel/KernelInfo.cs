namespace Microsoft.DotNet.Interactive;

/// <summary>What a kernel says of itself.</summary>
public sealed class KernelInfo
{
    internal KernelInfo(string localName, string languageName, string[] aliases) =>
        (LocalName, LanguageName, Aliases) = (localName, languageName, aliases);

    /// <summary>Its name, as in <c>#!csharp</c>.</summary>
    public string LocalName { get; }

    /// <summary>Its language, as people write it.</summary>
    public string LanguageName { get; }

    /// <summary>Its name and its language.</summary>
    public string DisplayName => $"{LocalName} - {LanguageName}";

    /// <summary>Other names of it.</summary>
    public string[] Aliases { get; }

    /// <summary>The name.</summary>
    public override string ToString() => LocalName;
}
