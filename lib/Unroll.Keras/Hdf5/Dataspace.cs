namespace Unroll.Keras.Hdf5;

/// <summary>The lengths of the axes of an array or attribute (HDF5 File Format Specification 3.0, IV.A.2.b).</summary>
/// <param name="Lengths">One for each axis; none for a single value.</param>
/// <param name="Most">How long the axes may become; -1 for no limit.</param>
/// <param name="IsNull">Whether there is no value at all.</param>
internal sealed record Dataspace(IReadOnlyList<long> Lengths, IReadOnlyList<long> Most, bool IsNull)
{
    private const int MostAxes = 32;
    private const int HasMost = 1;
    private const int Null = 2;

    /// <summary>How many values there are. Too many to count in 64 bits are the most that 64 bits hold.</summary>
    public long Count => IsNull ? 0 : (long)Lengths.Aggregate((Int128)1, (count, length) => Int128.Min(count * length, long.MaxValue));

    public static Dataspace Read(Hdf5Source source, ReadOnlyMemory<byte> message)
    {
        var space = new Cursor(source, message);
        var version = space.Byte();
        var rank = space.Byte();
        var flags = space.Byte();
        var kind = space.Byte();
        if (version is not (1 or 2) || rank > MostAxes)
            throw source.Damaged($"a shape of version {version} with {rank} axes");
        if (version == 1)
            space.Skip(4);
        var lengths = new long[rank];
        for (var i = 0; i < rank; i++)
            lengths[i] = space.Length();
        var most = lengths;
        if ((flags & HasMost) != 0)
        {
            most = new long[rank];
            for (var i = 0; i < rank; i++)
                most[i] = space.Address();
        }

        return new Dataspace(lengths, most, version == 2 && kind == Null);
    }
}
