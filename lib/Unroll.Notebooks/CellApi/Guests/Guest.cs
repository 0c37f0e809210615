namespace Unroll.Notebooks.CellApi.Guests;

/// <summary>
/// Values of a package that this host shows well without knowing the package: its types are found by their names, its
/// members by reflection. So any version of the package will do, and the host needs none.
/// </summary>
/// <param name="typeName">The full name of the type; types derived from it are meant too.</param>
/// <param name="mimeTypes">The views that are sent.</param>
internal abstract class Guest(string typeName, params string[] mimeTypes)
{
    /// <summary>The full name of the type.</summary>
    public string TypeName => typeName;

    /// <summary>The views that are sent, unless a cell wants others.</summary>
    public IReadOnlyList<string> MimeTypes => mimeTypes;

    /// <summary>
    /// Reads a value once, for all of its views: a function from MIME type to text, null for a view that it does not have.
    /// Null where the members that are expected are not there, as in a version that nobody has seen yet.
    /// </summary>
    public abstract Func<string, string?>? Look(object value);
}
