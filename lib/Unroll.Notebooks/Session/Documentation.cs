using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Unroll.Notebooks.Session;

/// <summary>What XML documentation says: of cells, of assemblies with an XML file beside them, and of .NET where the SDK has it.</summary>
internal static partial class Documentation
{
    /// <summary>The documentation of <paramref name="symbol"/> as text; null where there is none.</summary>
    public static string? Of(ISymbol symbol)
    {
        var own = symbol.GetDocumentationCommentXml();
        var definition = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol.OriginalDefinition;
        var xml = !string.IsNullOrWhiteSpace(own)
            ? own
            : definition.GetDocumentationCommentId() is { } id && definition.ContainingAssembly is { } assembly
                ? Files(assembly.Name).Select(file => Find(file, id)).FirstOrDefault(found => found is not null)
                : null;
        return xml is null ? null : Text(xml);
    }

    /// <summary>The likely file first.</summary>
    private static IEnumerable<string> Files(string assembly)
    {
        foreach (var loaded in AppDomain.CurrentDomain.GetAssemblies().Where(each => !each.IsDynamic && each.GetName().Name == assembly))
        {
            if (loaded.Location.Length > 0 && Path.ChangeExtension(loaded.Location, ".xml") is var beside && File.Exists(beside))
                yield return beside;
        }

        if (ReferencePack() is not { } pack)
            yield break;
        string[] likely = [Path.Combine(pack, $"{assembly}.xml"), Path.Combine(pack, "System.Runtime.xml")];
        foreach (var file in likely.Concat(Directory.EnumerateFiles(pack, "System.*.xml").Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal))
        {
            if (File.Exists(file))
                yield return file;
        }
    }

    /// <summary>The folder of the SDK that describes the .NET that runs.</summary>
    private static string? ReferencePack()
    {
        var shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.GetFullPath(Path.Combine(shared, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs))
            return null;
        var version = $"{Environment.Version.Major}.{Environment.Version.Minor}";
        return Directory.EnumerateDirectories(packs, $"{version}.*").Select(pack => Path.Combine(pack, "ref", $"net{version}"))
            .Where(Directory.Exists).Order(StringComparer.Ordinal).LastOrDefault();
    }

    /// <summary>The files are large and asked seldom: they are searched as text, and only what is found is parsed.</summary>
    private static string? Find(string file, string id)
    {
        var mark = $"<member name=\"{id}\">";
        var found = new System.Text.StringBuilder();
        foreach (var line in File.ReadLines(file))
        {
            if (found.Length == 0 && !line.Contains(mark, StringComparison.Ordinal))
                continue;
            found.Append(line).Append('\n');
            if (line.Contains("</member>", StringComparison.Ordinal))
                return found.ToString();
        }

        return null;
    }

    private static string? Text(string xml)
    {
        try
        {
            var member = XElement.Parse(xml);
            var lines = new[] { Words(member.Element("summary")) }
                .Concat(member.Elements("param").Select(each => $"{each.Attribute("name")?.Value}: {Words(each)}"))
                .Concat(member.Elements("returns").Select(each => $"Returns: {Words(each)}"))
                .Concat(member.Elements("exception").Select(each => $"Throws {Short(each.Attribute("cref")?.Value)}: {Words(each)}"));
            var text = string.Join('\n', lines.Where(line => line.Length > 0));
            return text.Length == 0 ? null : text;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Words(XElement? element) => element is null ? "" : Spaces().Replace(string.Concat(element.Nodes().Select(Inner)), " ").Trim();

    private static string Inner(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } empty => Short(empty.Attributes().FirstOrDefault()?.Value),
        XElement element => string.Concat(element.Nodes().Select(Inner)),
        _ => "",
    };

    /// <summary><c>T:System.String</c> becomes <c>System.String</c>.</summary>
    private static string Short(string? reference) => reference is [_, ':', .. var name] ? name : reference ?? "";

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
