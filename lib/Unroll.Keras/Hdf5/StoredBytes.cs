namespace Unroll.Keras.Hdf5;

/// <summary>Gathers the bytes of an array from where its layout says that they are.</summary>
internal sealed class StoredBytes(Hdf5Source source, ObjectHeader header, Datatype type, Dataspace space, string path)
{
    // The most that deflate can shorten, and what is small enough to be unpacked without a question.
    private const long MostExpansion = 1032;
    private const long AlwaysFits = 1 << 24;

    /// <summary>All bytes, the last axis of the array counting fastest.</summary>
    public ReadOnlyMemory<byte> Read()
    {
        if (header.Has(MessageKind.ExternalFiles))
            throw new InvalidDataException($"{source.Name}: the numbers of {path} lie in other files, which Keras never writes. They are not read.");
        var length = space.Count * type.Size;
        return Layout.Read(source, header.One(MessageKind.Layout), path) switch
        {
            InHeader inside => inside.Bytes.Length >= length ? inside.Bytes[..(int)length] : throw Short(inside.Bytes.Length),
            InOneRun { Address: Hdf5Source.Undefined } => length <= AlwaysFits ? Filled(length) : throw TooLarge(),
            InOneRun run => run.Length >= length ? source.Slice(run.Address, length) : throw Short(run.Length),
            InChunks chunks => Gathered(chunks, length),
            _ => throw source.Damaged($"{path} has an unknown layout"),
        };

        InvalidDataException Short(long found) => source.Damaged($"{path} has {found} bytes, and its shape needs {length}");
    }

    private byte[] Gathered(InChunks layout, long length)
    {
        var filters = new Filters(source, header.All(MessageKind.Filters).FirstOrDefault(), path);
        if (layout.Lengths.Count != space.Lengths.Count)
            throw source.Damaged($"{path} has {space.Lengths.Count} axes, and its chunks {layout.Lengths.Count}");
        var chunkLength = layout.Lengths.Aggregate((Int128)type.Size, (bytes, axis) => Int128.Min(bytes * axis, long.MaxValue));
        var grid = ChunkGrid.Of(space, layout.Lengths, (long)chunkLength);
        StoredChunk[] chunks = [.. layout.Index.Chunks(source, grid)];

        // Chunks do not overlap: however long they say that they are, together they are not longer than the file.
        var stored = Int128.Min(source.Length, chunks.Aggregate((Int128)0, (sum, chunk) => sum + chunk.Length));
        var most = Int128.Max(AlwaysFits, filters.Packs ? stored * MostExpansion : stored);
        if (length > Array.MaxLength || chunkLength > Array.MaxLength || length > most || chunkLength * chunks.Length > most)
            throw TooLarge();

        var bytes = Filled(length);
        foreach (var chunk in chunks)
        {
            var content = filters.Undo(source.Slice(chunk.Address, chunk.Length), chunk.Skipped, (int)chunkLength, type.Size);
            Place(content.Span, chunk.Place, layout.Lengths, bytes, axis: 0, from: 0, to: 0);
        }

        return bytes;
    }

    /// <summary>Copies a chunk, row by row, as far as it lies within the array.</summary>
    private void Place(ReadOnlySpan<byte> chunk, IReadOnlyList<long> place, IReadOnlyList<long> lengths, byte[] bytes, int axis, long from, long to)
    {
        if (place[axis] > int.MaxValue)
            return;
        var first = place[axis] * lengths[axis];
        var count = Math.Min(lengths[axis], space.Lengths[axis] - first);
        (from, to) = (from * lengths[axis], (to * space.Lengths[axis]) + first);
        if (axis == lengths.Count - 1)
        {
            if (count > 0)
                chunk.Slice((int)(from * type.Size), (int)(count * type.Size)).CopyTo(bytes.AsSpan((int)(to * type.Size)));
            return;
        }

        for (var i = 0L; i < count; i++)
            Place(chunk, place, lengths, bytes, axis + 1, from + i, to + i);
    }

    /// <summary>What an array holds where nothing was written (IV.A.2.f, the fill value message): zeros, unless it says otherwise.</summary>
    private byte[] Filled(long length)
    {
        var bytes = new byte[length];
        if (header.All(MessageKind.FillValue).FirstOrDefault() is var message && !message.IsEmpty && FillValue(message) is { Length: > 0 } value)
        {
            for (var i = 0; i < bytes.Length; i += value.Length)
                value.CopyTo(bytes.AsSpan(i));
        }

        return bytes;
    }

    private ReadOnlySpan<byte> FillValue(ReadOnlyMemory<byte> message)
    {
        const int Given = 0x20;
        var fill = new Cursor(source, message);
        var version = fill.Byte();
        var flags = fill.Byte();
        fill.Skip(version < 3 ? 1 : 0);
        var isGiven = version < 3 ? fill.Byte() != 0 : (flags & Given) != 0;
        var value = isGiven ? fill.Bytes(fill.UInt32()) : [];
        return value.Length == type.Size && value.ContainsAnyExcept((byte)0) ? value : [];
    }

    private InvalidDataException TooLarge() =>
        new($"{source.Name}: {path} says that it has shape ({string.Join(", ", space.Lengths)}), far more than the file can hold.");
}
