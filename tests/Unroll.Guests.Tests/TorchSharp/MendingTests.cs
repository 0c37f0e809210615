using System.Reflection;
using System.Text;
using Unroll.Guests.Tests.Support;
using Unroll.TorchSharp.Natives;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>The three changes in the copy of TorchSharp's library, on a synthetic file and on the real one.</summary>
public class MendingTests
{
    [Theory]
    [InlineData(62)]
    [InlineData(183)]
    public void The_three_changes_are_made_and_no_other(ushort machine)
    {
        var library = new SyntheticLibrary(machine: machine);
        var (before, after) = (library.Image, library.Image);
        OlderCxxRuntime.Mend(after, "it");

        var name = library.NamesAt + library.SymbolName;
        Assert.Equal("tzset\0", Encoding.ASCII.GetString(after, name, 6));
        Assert.Equal(1, BitConverter.ToUInt16(after, library.VersionsAt + 4));
        Assert.Equal(2, BitConverter.ToUInt16(after, library.NeedsAt + 16 + 16 + 4));
        var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).ToArray();
        Assert.All(changed, place => Assert.True(
            (place >= name && place < name + SyntheticLibrary.Symbol.Length) || place == library.VersionsAt + 4 || place == library.NeedsAt + 36));
    }

    [Fact]
    public void A_library_that_does_not_need_it_is_refused()
    {
        Refused(new SyntheticLibrary(version: "GLIBCXX_3.4.30").Image, "it does not ask libstdc++.so.6 for GLIBCXX_3.4.32");
        Refused(new SyntheticLibrary(users: 2).Image, "is not the one symbol of version GLIBCXX_3.4.32, but one of 2");
        Refused(new SyntheticLibrary(machine: 3).Image, "it is for machine 3");
        Refused(new SyntheticLibrary(prefix: "x").Image, "is part of another name");
        Refused(Encoding.ASCII.GetBytes("#!/bin/sh\n"), "it is not a 64-bit little-endian ELF file");
    }

    [Fact]
    public void A_file_that_was_cut_or_spoiled_is_refused_and_stays_as_it_is()
    {
        var whole = new SyntheticLibrary().Image;
        for (var length = 0; length < whole.Length; length += 7)
            Refused(whole[..length], "cannot be mended");
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var spoiled = (byte[])whole.Clone();
            for (var i = 0; i < 3; i++)
                spoiled[random.Next(spoiled.Length)] = (byte)random.Next(256);
            var before = (byte[])spoiled.Clone();
            try
            {
                OlderCxxRuntime.Mend(spoiled, "it");
            }
            catch (InvalidDataException)
            {
                Assert.Equal(before, spoiled);
            }
        }
    }

    [Fact]
    public void The_copy_of_the_real_library_is_written_once_and_again_where_it_was_spoiled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the changes are for Linux");
        var library = NativeFolders.Find("libLibTorchSharp.so");
        Assert.SkipWhen(library is null, $"TorchSharp has no library for {NativeFolders.Platform}");
        using var cache = new TempFolder();
        var original = File.ReadAllBytes(library);

        var copy = OlderCxxRuntime.MendedCopy(library, cache.Path);
        var content = File.ReadAllBytes(copy);
        Assert.Equal("libLibTorchSharp.so", Path.GetFileName(copy));
        Assert.InRange(Enumerable.Range(0, original.Length).Count(i => original[i] != content[i]), 20, 40);
        Assert.Equal(original, File.ReadAllBytes(library));

        File.WriteAllText(copy, "spoiled");
        Assert.Equal(copy, OlderCxxRuntime.MendedCopy(library, cache.Path));
        Assert.Equal(content, File.ReadAllBytes(copy));
        Assert.Equal([copy], Directory.GetFiles(cache.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_version_of_libtorch_is_the_one_that_TorchSharp_asks_for()
    {
        var field = typeof(global::TorchSharp.torch).GetField("libtorchPackageVersion", BindingFlags.NonPublic | BindingFlags.Static)!;
        Assert.Equal($"{NativeFolders.LibtorchVersion}.0", field.GetRawConstantValue());
    }

    private static void Refused(byte[] image, string why)
    {
        var before = (byte[])image.Clone();
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => OlderCxxRuntime.Mend(image, "it")).Message, StringComparison.Ordinal);
        Assert.Equal(before, image);
    }
}
