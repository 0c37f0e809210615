using System.Globalization;
using PureHDF;

namespace Unroll.Keras.Hdf5;

/// <summary>A group of an HDF5 file: groups and arrays by their names, and attributes.</summary>
/// <param name="group">The package's group.</param>
/// <param name="file">What errors call the file.</param>
/// <param name="path">The way from the root, <c>layers/lstm/cell</c>; empty at the root.</param>
/// <param name="depth">How many groups are above it.</param>
/// <param name="room">The bytes of the whole file, which nothing in it can be longer than.</param>
internal sealed class Hdf5Group(IH5Group group, string file, string path, int depth, long room)
{
    // Deeper than any network is nested; a group that holds itself ends here.
    private const int MostDepth = 64;

    private readonly Dictionary<string, IH5Object> _children = Hdf5Reader.Guarded(file, () => Children(group, file, path));

    public string Path => path;

    /// <summary>The names of the groups within, in the order of the file.</summary>
    public IEnumerable<string> GroupNames => _children.Where(child => child.Value is IH5Group).Select(child => child.Key);

    /// <summary>The names of the arrays within, in the order of the file.</summary>
    public IEnumerable<string> ArrayNames => _children.Where(child => child.Value is IH5Dataset).Select(child => child.Key);

    /// <summary>A group within, or null.</summary>
    public Hdf5Group? Group(string name)
    {
        if (_children.GetValueOrDefault(name) is not IH5Group child)
            return null;
        return depth < MostDepth
            ? new Hdf5Group(child, file, Within(name), depth + 1, room)
            : throw new InvalidDataException($"{file}: groups are nested more than {MostDepth} deep at {path}.");
    }

    /// <summary>An array within, or null.</summary>
    public Hdf5Array? Array(string name) => _children.GetValueOrDefault(name) is IH5Dataset dataset
        ? Hdf5Reader.Guarded(file, () => new Hdf5Array(dataset, file, Within(name)))
        : null;

    /// <summary>A group some steps down, <c>lstm/lstm_cell</c>, or null.</summary>
    public Hdf5Group? Descend(string way) =>
        way.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((Hdf5Group?)this, (at, step) => at?.Group(step));

    /// <summary>An attribute that is a text, or null.</summary>
    public string? Text(string name) => Hdf5Reader.Guarded(file, () =>
        group.AttributeExists(name) ? Fitting(group.Attribute(name)).Read<string>() : null);

    /// <summary>
    /// An attribute that is a list of texts, or null. Keras parts a list that is too long for one attribute among several:
    /// <c>weight_names0</c>, <c>weight_names1</c>, ….
    /// </summary>
    public IReadOnlyList<string>? Texts(string name) => Hdf5Reader.Guarded<IReadOnlyList<string>?>(file, () =>
    {
        if (group.AttributeExists(name))
            return TextsOf(group.Attribute(name));
        var all = new List<string>();
        for (var part = 0; group.AttributeExists(Part(part)); part++)
            all.AddRange(TextsOf(group.Attribute(Part(part))));
        return all.Count > 0 ? all : null;

        string Part(int part) => name + part.ToString(CultureInfo.InvariantCulture);
    });

    /// <summary>The package makes room for what an attribute says that it holds before it looks for it.</summary>
    private IH5Attribute Fitting(IH5Attribute attribute)
    {
        var size = attribute.Space.Dimensions.Aggregate((Int128)Math.Max(1, attribute.Type.Size), (bytes, length) => bytes * length);
        return size <= room ? attribute : throw new IOException($"attribute {attribute.Name} says that it is longer than the file");
    }

    // An empty list is written as numbers, of which there are none.
    private string[] TextsOf(IH5Attribute attribute)
    {
        if (attribute.Space.Dimensions.Any(length => length == 0) || attribute.Space.Type == H5DataspaceType.Null)
            return [];
        var texts = Fitting(attribute).Read<string[]>();
        return texts.Contains(null) ? throw new IOException($"attribute {attribute.Name} has places without a text") : texts;
    }

    private static Dictionary<string, IH5Object> Children(IH5Group group, string file, string path)
    {
        var children = new Dictionary<string, IH5Object>(StringComparer.Ordinal);
        foreach (var child in group.Children())
        {
            if (child is IH5UnresolvedLink)
                throw new InvalidDataException($"{file}: {path}/{child.Name} is a link to another place, which Keras never writes. It is not followed.");
            if (!children.TryAdd(child.Name, child))
                throw new InvalidDataException($"{file}: {path} has two entries named {child.Name}.");
        }

        return children;
    }

    private string Within(string name) => path.Length == 0 ? name : $"{path}/{name}";
}
