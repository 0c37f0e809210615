using System.Globalization;

namespace Unroll.Keras.Hdf5;

/// <summary>A group of an HDF5 file: groups and arrays by their names, and attributes.</summary>
internal sealed class Hdf5Group
{
    // Deeper than any network is nested; a group that holds itself ends here.
    private const int MostDepth = 64;

    private readonly Hdf5Source _source;
    private readonly GlobalHeap _texts;
    private readonly int _depth;
    private readonly IReadOnlyDictionary<string, long> _addresses;
    private readonly Dictionary<string, object?> _children = new(StringComparer.Ordinal);
    private readonly Lazy<Hdf5Attributes> _attributes;

    /// <param name="source">The file.</param>
    /// <param name="texts">Where its longer texts are.</param>
    /// <param name="header">What describes the group.</param>
    /// <param name="path">The way from the root, <c>layers/lstm/cell</c>; empty at the root.</param>
    /// <param name="depth">How many groups are above it.</param>
    public Hdf5Group(Hdf5Source source, GlobalHeap texts, ObjectHeader header, string path, int depth)
    {
        (_source, _texts, _depth, Path) = (source, texts, depth, path);
        _addresses = Links.Of(source, header, path);
        _attributes = new(() => new Hdf5Attributes(source, texts, header));
    }

    public string Path { get; }

    /// <summary>The names of the groups within, in the order of the file.</summary>
    public IEnumerable<string> GroupNames => _addresses.Keys.Where(name => Child(name) is Hdf5Group);

    /// <summary>The names of the arrays within, in the order of the file.</summary>
    public IEnumerable<string> ArrayNames => _addresses.Keys.Where(name => Child(name) is Hdf5Array);

    /// <summary>A group within, or null.</summary>
    public Hdf5Group? Group(string name) => Child(name) as Hdf5Group;

    /// <summary>An array within, or null.</summary>
    public Hdf5Array? Array(string name) => Child(name) as Hdf5Array;

    /// <summary>A group some steps down, <c>lstm/lstm_cell</c>, or null.</summary>
    public Hdf5Group? Descend(string way) =>
        way.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((Hdf5Group?)this, (at, step) => at?.Group(step));

    /// <summary>An attribute that is a text, or null.</summary>
    public string? Text(string name) => _attributes.Value.Text(name);

    /// <summary>
    /// An attribute that is a list of texts, or null. Keras parts a list that is too long for one attribute among several:
    /// <c>weight_names0</c>, <c>weight_names1</c>, ….
    /// </summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (_attributes.Value.Texts(name) is { } whole)
            return whole;
        var all = new List<string>();
        for (var part = 0; _attributes.Value.Texts(name + part.ToString(CultureInfo.InvariantCulture)) is { } texts; part++)
            all.AddRange(texts);
        return all.Count > 0 ? all : null;
    }

    /// <summary>A group or an array; null where there is neither, such as a type by itself.</summary>
    private object? Child(string name)
    {
        if (_children.TryGetValue(name, out var child) || !_addresses.TryGetValue(name, out var address))
            return child;
        var path = Path.Length == 0 ? name : $"{Path}/{name}";
        if (_depth >= MostDepth)
            throw new InvalidDataException($"{_source.Name}: groups are nested more than {MostDepth} deep at {Path}.");
        var header = new ObjectHeader(_source, address);
        return _children[name] = header switch
        {
            _ when header.Has(MessageKind.Layout) => new Hdf5Array(_source, _texts, header, path),
            _ when header.Has(MessageKind.SymbolTable) || header.Has(MessageKind.LinkInfo) || header.Has(MessageKind.Link) =>
                new Hdf5Group(_source, _texts, header, path, _depth + 1),
            _ => null,
        };
    }
}
