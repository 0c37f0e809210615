using PureHDF;

namespace Unroll.Keras.Hdf5;

/// <summary>Gathers groups and arrays, and writes them as an HDF5 file.</summary>
internal sealed class Hdf5Writer
{
    private readonly H5File _file = [];

    /// <summary>Adds a group, and those that lead to it.</summary>
    /// <param name="path">The way from the root, <c>layers/lstm/cell</c>.</param>
    /// <param name="name">An attribute <c>name</c>, or null.</param>
    public void Group(string path, string? name)
    {
        var group = At(path);
        if (name is not null)
            group.Attributes["name"] = new H5Attribute<string>(name);
    }

    /// <summary>Adds an array.</summary>
    public void Array(string path, Tensor value)
    {
        var slash = path.LastIndexOf('/');
        At(path[..slash])[path[(slash + 1)..]] = value.Rank == 0
            ? new H5Dataset<float>(value.Item())
            : new H5Dataset<float[]>(value.ToArray(), fileDims: [.. value.Shape.Axes.ToArray().Select(length => (ulong)length)]);
    }

    /// <summary>Adds a whole number by itself.</summary>
    public void Whole(string path, long value)
    {
        var slash = path.LastIndexOf('/');
        At(path[..slash])[path[(slash + 1)..]] = new H5Dataset<long>(value);
    }

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        _file.Write(stream);
        return stream.ToArray();
    }

    private H5Group At(string path)
    {
        H5Group group = _file;
        foreach (var name in path.Split('/'))
        {
            if (!group.TryGetValue(name, out var child))
                group[name] = child = new H5Group();
            group = (H5Group)child;
        }

        return group;
    }
}
