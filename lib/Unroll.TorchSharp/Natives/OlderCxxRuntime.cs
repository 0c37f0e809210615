using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Unroll.TorchSharp.Natives;

/// <summary>
/// TorchSharp's native library on Linux where the C++ runtime is older than GCC 13's (Debian 12, Ubuntu 22.04). All that
/// such a runtime lacks is <c>std::ios_base_library_init()</c>, by which newer ones initialise their streams; older ones do
/// that by themselves. In a copy of the library the need for the version of that symbol is made weak, and the symbol becomes
/// <c>tzset</c> of the C library, which takes nothing, gives nothing and does no harm.
/// </summary>
internal static class OlderCxxRuntime
{
    private const string Runtime = "libstdc++.so.6";
    private const string Version = "GLIBCXX_3.4.32";
    private const string Symbol = "_ZSt21ios_base_library_initv";
    private const string Substitute = "tzset";

    // Numbers of the ELF format: machines, kinds of sections, sizes of entries.
    private const ushort X64 = 62;
    private const ushort Arm64 = 183;
    private const uint DynamicSection = 6;
    private const uint SymbolsSection = 11;
    private const uint NeedsSection = 0x6ffffffe;
    private const uint VersionsSection = 0x6fffffff;
    private const int SymbolSize = 24;
    private const int SectionSize = 64;
    private const ushort WeakNeed = 2;
    private const ushort AnyVersion = 1;

    /// <summary>Whether this machine's C++ runtime lacks what the library asks for. False on other systems than Linux.</summary>
    public static bool IsOlder =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Runtime, out var handle) && !NativeLibrary.TryGetExport(handle, Symbol, out _);

    /// <summary>Writes the mended copy, where it is not there yet, and returns its path; the library itself stays as it is.</summary>
    /// <param name="library">The path of libLibTorchSharp.so.</param>
    /// <param name="cacheFolder">Where copies are kept, each in a folder named after the content of the library.</param>
    /// <exception cref="InvalidDataException">The file is not the library that the changes were made for; says why.</exception>
    public static string MendedCopy(string library, string cacheFolder)
    {
        var content = File.ReadAllBytes(library);
        var folder = Directory.CreateDirectory(Path.Combine(cacheFolder, Convert.ToHexStringLower(SHA256.HashData(content)[..8])));
        var copy = Path.Combine(folder.FullName, Path.GetFileName(library));
        Mend(content, library);
        if (File.Exists(copy) && File.ReadAllBytes(copy).AsSpan().SequenceEqual(content))
            return copy;

        // Another process may write it at the same time: a file is complete under its own name before it gets that one.
        var unfinished = $"{copy}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(unfinished, content);
            File.Move(unfinished, copy, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        return copy;
    }

    /// <summary>Makes the three changes in the bytes of the library.</summary>
    /// <param name="image">The bytes; they are as they were where an error is thrown.</param>
    /// <param name="name">How errors call the file.</param>
    internal static void Mend(byte[] image, string name)
    {
        try
        {
            MendWithin(image, name);
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw Refused(name, "a place that it names lies outside of it");
        }
    }

    private static void MendWithin(byte[] image, string name)
    {
        if (image.Length < 64 || !image.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw Refused(name, "it is not a 64-bit little-endian ELF file");
        if (U16(image, 18) is not (X64 or Arm64))
            throw Refused(name, $"it is for machine {U16(image, 18)}, neither x64 nor arm64");

        var symbols = Section(image, SymbolsSection, name);
        var versions = Section(image, VersionsSection, name);
        var needs = Section(image, NeedsSection, name);
        var strings = SectionAt(image, symbols.Link);
        if (needs.Link != symbols.Link)
            throw Refused(name, "its symbols and its versions have tables of names of their own");
        if (versions.Size / 2 != symbols.Size / SymbolSize)
            throw Refused(name, "it has not one version for each symbol");

        var need = FindNeed(image, needs, strings, name);
        var version = U16(image, need + 6);
        var users = Enumerable.Range(0, symbols.Size / SymbolSize)
            .Where(i => (U16(image, versions.Offset + 2 * i) & 0x7fff) == version).ToArray();
        if (users is not [var user] || Text(image, strings, U32(image, symbols.Offset + SymbolSize * user)) != Symbol)
            throw Refused(name, $"{Symbol} is not the one symbol of version {Version}, but one of {users.Length}");
        var entry = symbols.Offset + SymbolSize * user;
        if (U16(image, entry + 6) != 0)
            throw Refused(name, $"it defines {Symbol} itself");

        var place = checked((int)U32(image, entry));
        CheckUnshared(image, symbols, needs, strings, user, place, name);
        U16(image, need + 4, (ushort)(U16(image, need + 4) | WeakNeed));
        U16(image, versions.Offset + 2 * user, AnyVersion);
        var text = image.AsSpan(strings.Offset + place, Symbol.Length);
        text.Clear();
        Encoding.ASCII.GetBytes(Substitute, text);
    }

    /// <summary>All entries that ask a library for a version, each with the place of the library's name.</summary>
    private static IEnumerable<(uint File, int Entry)> Needs(byte[] image, ElfSection needs)
    {
        for (int file = 0, left = Math.Min(needs.Info, needs.Size / 16); left > 0; left--)
        {
            var at = needs.At(file, 16);
            var next = file + checked((int)U32(image, at + 8));
            for (int i = U16(image, at + 2); i > 0; i--)
            {
                var entry = needs.At(next, 16);
                yield return (U32(image, at + 4), entry);
                next += checked((int)U32(image, entry + 12));
            }

            file += checked((int)U32(image, at + 12));
        }
    }

    private static int FindNeed(byte[] image, ElfSection needs, ElfSection strings, string name)
    {
        foreach (var (file, entry) in Needs(image, needs))
        {
            if (Text(image, strings, file) == Runtime && Text(image, strings, U32(image, entry + 8)) == Version)
                return entry;
        }

        throw Refused(name, $"it does not ask {Runtime} for {Version}");
    }

    /// <summary>A linker may let one name be the end of another: then the one cannot be written over.</summary>
    private static void CheckUnshared(byte[] image, ElfSection symbols, ElfSection needs, ElfSection strings, int user, int place, string name)
    {
        var names = Enumerable.Range(0, symbols.Size / SymbolSize).Where(i => i != user).Select(i => U32(image, symbols.Offset + SymbolSize * i));
        var words = Needs(image, needs).SelectMany(need => new[] { need.File, U32(image, need.Entry + 8) });

        // The library's own name, those of the libraries it needs, and where they are looked for.
        var dynamic = Section(image, DynamicSection, name);
        var tags = Enumerable.Range(0, dynamic.Size / 16).Where(i => U64(image, dynamic.Offset + 16 * i) is 1 or 14 or 15 or 29)
            .Select(i => checked((uint)U64(image, dynamic.Offset + 16 * i + 8)));
        if (names.Concat(words).Concat(tags).Any(used => used >= place && used <= place + Symbol.Length) || image[strings.Offset + place - 1] != 0)
            throw Refused(name, $"the name of {Symbol} is part of another name");
    }

    private static ElfSection Section(byte[] image, uint kind, string name)
    {
        var found = Enumerable.Range(0, U16(image, 60)).Select(i => SectionAt(image, i)).Where(section => section.Kind == kind).ToArray();
        return found is [var one] ? one : throw Refused(name, $"it has {found.Length} sections of kind {kind:x}, and one is expected");
    }

    private static ElfSection SectionAt(byte[] image, int index)
    {
        var at = checked((int)U64(image, 40) + index * U16(image, 58));
        if (at < 0 || at > image.Length - SectionSize)
            throw new ArgumentOutOfRangeException(nameof(index));
        var section = new ElfSection(
            U32(image, at + 4),
            checked((int)U64(image, at + 24)),
            checked((int)U64(image, at + 32)),
            checked((int)U32(image, at + 40)),
            checked((int)U32(image, at + 44)));
        if (section.Kind != 8 && (section.Offset > image.Length || section.Size > image.Length - section.Offset))
            throw new ArgumentOutOfRangeException(nameof(index));
        return section;
    }

    private static string Text(byte[] image, ElfSection strings, uint place)
    {
        var text = image.AsSpan(strings.Offset, strings.Size)[checked((int)place)..];
        return Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)]);
    }

    private static ushort U16(byte[] image, int at) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at));

    private static void U16(byte[] image, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(at), value);

    private static uint U32(byte[] image, int at) => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(at));

    private static ulong U64(byte[] image, int at) => BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(at));

    private static InvalidDataException Refused(string name, string why) => new($"{name} cannot be mended for an older C++ runtime: {why}.");

    private sealed record ElfSection(uint Kind, int Offset, int Size, int Link, int Info)
    {
        /// <summary>The place in the file of some bytes of the section, which must lie in it.</summary>
        public int At(int offset, int length) =>
            offset >= 0 && offset <= Size - length ? Offset + offset : throw new ArgumentOutOfRangeException(nameof(offset));
    }
}
