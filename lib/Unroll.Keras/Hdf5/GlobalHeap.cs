namespace Unroll.Keras.Hdf5;

/// <summary>Where texts of any length are: collections of numbered objects (HDF5 File Format Specification 3.0, III.E).</summary>
internal sealed class GlobalHeap(Hdf5Source source)
{
    private const int HeaderLength = 16;
    private const int ObjectHeaderLength = 16;

    private readonly Dictionary<long, Dictionary<int, ReadOnlyMemory<byte>>> _collections = [];

    /// <summary>An object of a collection.</summary>
    public ReadOnlyMemory<byte> Read(long address, int index)
    {
        if (!_collections.TryGetValue(address, out var objects))
            _collections[address] = objects = Collection(address);
        return objects.TryGetValue(index, out var found) ? found : throw source.Damaged($"there is no text {index} in the heap at {address}");
    }

    private Dictionary<int, ReadOnlyMemory<byte>> Collection(long address)
    {
        var header = source.From(address);
        header.Expect("GCOL"u8, version: 1);
        header.Skip(3);
        var left = source.At(address + HeaderLength, header.Length() - HeaderLength);
        var objects = new Dictionary<int, ReadOnlyMemory<byte>>();
        while (left.Left >= ObjectHeaderLength)
        {
            var index = left.UInt16();
            left.Skip(6);
            var length = left.Length();

            // What is left free at the end is an object of number 0.
            if (index == 0)
                break;
            if (!objects.TryAdd(index, left.Memory(length)))
                throw source.Damaged($"there are two texts {index} in the heap at {address}");
            left.Align(8);
        }

        return objects;
    }
}
