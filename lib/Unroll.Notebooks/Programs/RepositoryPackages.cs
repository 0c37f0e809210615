using System.Xml;
using System.Xml.Linq;

namespace Unroll.Notebooks.Programs;

/// <summary>
/// What the repository around a program gives it. A program with packages says their versions itself, and so takes none from
/// the repository's Directory.Packages.props: a package that Directory.Build.props adds without a version is in its way then,
/// and nothing that a program can say takes it out.
/// </summary>
internal static class RepositoryPackages
{
    private const string Rules = "Directory.Build.props";

    /// <summary>A line for each package that keeps a program with packages from being built.</summary>
    /// <param name="program">The path of the program.</param>
    public static IEnumerable<string> Remarks(string program)
    {
        for (var folder = Directory.GetParent(Path.GetFullPath(program)); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, Rules);
            if (File.Exists(path))
            {
                return Unversioned(path).Select(name => $"{path} adds {name} without a version to the program, which cannot be built then (NU1015): " +
                    "make it a GlobalPackageReference in Directory.Packages.props, or write the program to another folder");
            }
        }

        return [];
    }

    private static List<string> Unversioned(string path)
    {
        try
        {
            return [.. XDocument.Load(path).Descendants()
                .Where(each => each.Name.LocalName == "PackageReference")
                .Where(each => !each.AncestorsAndSelf().Any(part => part.Attribute("Condition") is not null))
                .Where(each => each.Attribute("Version") is null && !each.Elements().Any(part => part.Name.LocalName == "Version"))
                .Select(each => each.Attribute("Include")?.Value).OfType<string>()];
        }
        catch (Exception error) when (error is XmlException or IOException or UnauthorizedAccessException)
        {
            // Whoever builds the program is told of it.
            return [];
        }
    }
}
