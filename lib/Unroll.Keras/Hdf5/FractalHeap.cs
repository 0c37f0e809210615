using System.Numerics;

namespace Unroll.Keras.Hdf5;

/// <summary>
/// A heap of objects of different lengths, such as the entries of a large group (HDF5 File Format Specification 3.0, III.G). Its
/// blocks double in length from row to row of a table; blocks too large for one hold tables of their own.
/// </summary>
internal sealed class FractalHeap
{
    private const int AddressLength = 8;
    private const int Statistics = 12 * 8;
    private const int SignatureAndVersion = 5;
    private const int MostRows = 64;

    private readonly Hdf5Source _source;
    private readonly long _header;
    private readonly int _idLength;
    private readonly int _offsetLength;
    private readonly int _lengthLength;
    private readonly int _width;
    private readonly long _startingBlock;
    private readonly long _mostDirectBlock;
    private readonly long _root;
    private readonly int _rows;

    public FractalHeap(Hdf5Source source, long address)
    {
        (_source, _header) = (source, address);
        var header = source.From(address);
        header.Expect("FRHP"u8, version: 0);
        _idLength = header.UInt16();
        var filters = header.UInt16();
        header.Skip(1);
        var mostObject = header.UInt32();
        header.Skip(Statistics);
        _width = header.UInt16();
        _startingBlock = header.Length();
        _mostDirectBlock = header.Length();
        var bits = header.UInt16();
        header.Skip(2);
        _root = header.Address();
        _rows = header.UInt16();
        header.EndWithSum("a heap");
        if (filters != 0)
            throw source.Damaged("a heap is compressed, which Keras never writes");
        if (_width == 0 || !BitOperations.IsPow2(_startingBlock) || !BitOperations.IsPow2(_mostDirectBlock) || _mostDirectBlock < _startingBlock ||
            _mostDirectBlock > int.MaxValue || bits is 0 or > 64 || _rows > MostRows)
            throw source.Damaged($"a heap of {bits} bits with blocks of {_startingBlock} to {_mostDirectBlock} bytes");
        _offsetLength = (bits + 7) / 8;
        _lengthLength = Math.Min((BitOperations.Log2((ulong)_mostDirectBlock) + 7) / 8, (BitOperations.Log2(Math.Max(1, mostObject)) / 8) + 1);
    }

    /// <summary>An object.</summary>
    /// <param name="record">What begins with the object's ID in this heap.</param>
    public ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> record)
    {
        const int Managed = 0;
        const int Tiny = 2;
        var id = new Cursor(_source, record[..Math.Min(record.Length, _idLength)]);
        var first = id.Byte();
        switch (first >> 4)
        {
            case Managed:
                var offset = id.Number(_offsetLength);
                return Object(offset, id.Number(_lengthLength));
            case Tiny:
                return id.Memory((first & 15) + 1);
            default:
                throw _source.Damaged("an object is too large for its heap, which Keras never writes");
        }
    }

    private ReadOnlyMemory<byte> Object(long offset, long length)
    {
        var (block, blockLength) = _rows == 0 ? (_root, _startingBlock) : Direct(_root, _rows, ref offset);
        if (offset > blockLength - length)
            throw _source.Damaged("an object is outside of its heap");
        var start = _source.At(block, blockLength);
        start.Expect("FHDB"u8, version: 0);
        if (start.Address() != _header)
            throw _source.Damaged("a heap has a block of another heap");
        _source.Spend(length);
        return _source.Slice(block + offset, length);
    }

    /// <summary>The block that an offset is in; the offset becomes one within the block.</summary>
    private (long Address, long Length) Direct(long table, int rows, ref long offset)
    {
        var (row, length) = RowOf(ref offset);
        if (row >= rows)
            throw _source.Damaged("an object is outside of its heap");
        var directRows = BitOperations.Log2((ulong)(_mostDirectBlock / _startingBlock)) + 2;
        var column = offset / length;
        offset %= length;
        var cursor = _source.From(table);
        cursor.Expect("FHIB"u8, version: 0);
        cursor.Skip(AddressLength + _offsetLength + (AddressLength * ((row * _width) + column)));
        var child = cursor.Address();
        CheckSum(table, rows);
        if (row < directRows)
            return (child, length);
        var childRows = BitOperations.Log2((ulong)length) - BitOperations.Log2((ulong)(_startingBlock * _width)) + 1;
        return Direct(child, childRows, ref offset);
    }

    /// <summary>The row of an offset in a table, and the length of the row's blocks; the offset becomes one within the row.</summary>
    private (int Row, long Length) RowOf(ref long offset)
    {
        var (row, length) = (0, _startingBlock);
        while (offset >= length * _width)
        {
            offset -= length * _width;
            row++;
            length = row == 1 ? _startingBlock : length * 2;
            if (row >= MostRows || length > long.MaxValue / 2 / _width)
                throw _source.Damaged("an object is outside of its heap");
        }

        return (row, length);
    }

    private void CheckSum(long table, int rows)
    {
        var cursor = _source.From(table);
        cursor.Skip(SignatureAndVersion + AddressLength + _offsetLength + ((long)AddressLength * rows * _width));
        cursor.EndWithSum("a heap's table");
    }
}
