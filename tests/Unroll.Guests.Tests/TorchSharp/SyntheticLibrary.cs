using System.Buffers.Binary;
using System.Text;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>
/// The least ELF file that has what the mending looks for: symbols, their versions, and the versions that are asked of
/// libstdc++. It is never loaded.
/// </summary>
internal sealed class SyntheticLibrary
{
    public const string Symbol = "_ZSt21ios_base_library_initv";

    private readonly List<byte> _file = [.. new byte[64]];
    private readonly List<byte[]> _sections = [new byte[64]];
    private readonly StringBuilder _names = new("\0");

    /// <param name="version">The version of the symbol.</param>
    /// <param name="machine">62 is x64, 183 arm64.</param>
    /// <param name="prefix">What stands before the symbol's name, as the beginning of another symbol's.</param>
    /// <param name="users">How many symbols have the version.</param>
    public SyntheticLibrary(string version = "GLIBCXX_3.4.32", ushort machine = 62, string prefix = "", int users = 1)
    {
        var library = Name("libstdc++.so.6");
        var (needed, older) = (Name(version), Name("GLIBCXX_3.4"));
        var outer = Name(prefix + Symbol);
        SymbolName = outer + prefix.Length;
        int[] symbols = [0, Name("malloc"), SymbolName, .. Enumerable.Range(0, users - 1).Select(i => Name($"other{i}"))];

        // Sections: 1 symbols, 2 names, 3 versions, 4 needs, 5 dynamic.
        SymbolsAt = Add(11, 2, 0, [.. symbols.SelectMany(name => (byte[])[.. Word(name), 0x12, 0, 0, 0, .. new byte[16]])]);
        NamesAt = Add(3, 0, 0, Encoding.ASCII.GetBytes(_names.ToString()));
        VersionsAt = Add(0x6fffffff, 1, 0, [.. symbols.SelectMany((_, i) => Half(i < 2 ? i : 3))]);
        NeedsAt = Add(
            0x6ffffffe,
            2,
            1,
            [
                .. Half(1), .. Half(2), .. Word(library), .. Word(16), .. Word(0),
                .. Word(0), .. Half(0), .. Half(2), .. Word(older), .. Word(16),
                .. Word(0), .. Half(0), .. Half(3), .. Word(needed), .. Word(0),
            ]);
        Add(6, 2, 0, [.. Long(1), .. Long(library), .. Long(0), .. Long(0)]);
        Finish(machine);
    }

    public byte[] Image => [.. _file];

    public int SymbolName { get; }

    public int SymbolsAt { get; }

    public int NamesAt { get; }

    public int VersionsAt { get; }

    public int NeedsAt { get; }

    private static byte[] Half(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Word(int value) => BitConverter.GetBytes(value);

    private static byte[] Long(long value) => BitConverter.GetBytes(value);

    private int Name(string text)
    {
        var place = _names.Length;
        _names.Append(text).Append('\0');
        return place;
    }

    private int Add(uint kind, int link, int info, byte[] content)
    {
        var place = _file.Count;
        _file.AddRange(content);
        byte[] size = [.. Long(place), .. Long(content.Length)];
        _sections.Add([.. Word(0), .. Word((int)kind), .. Long(0), .. Long(0), .. size, .. Word(link), .. Word(info), .. Long(0), .. Long(0)]);
        return place;
    }

    private void Finish(ushort machine)
    {
        var header = new byte[64];
        ((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(18), machine);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(40), _file.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(58), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(60), (ushort)_sections.Count);
        for (var i = 0; i < header.Length; i++)
            _file[i] = header[i];
        foreach (var section in _sections)
            _file.AddRange(section);
    }
}
