using Unroll.Keras.Hdf5;
using Samples = Unroll.Keras.Tests.ArrayTests.Samples;

namespace Unroll.Keras.Tests.FileTests;

/// <summary>Every way in which HDF5 lists chunks and keeps what does not fit a header, made by Data/hdf5/make_hdf5.py.</summary>
public class Hdf5ReaderTests
{
    public static TheoryData<string> Files => ["numbers.h5", "numbers_1_8.h5", "numbers_newest.h5"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Arrays_of_every_layout_and_type_are_read(string file)
    {
        var root = Open(file);
        string[] others = ["partly", "never"];
        string[] names = [.. root.ArrayNames.Except(others, StringComparer.Ordinal)];
        Assert.Equal(29, names.Length);
        foreach (var name in names)
        {
            var array = root.Array(name)!;
            float[] expected = [.. Enumerable.Range(0, (int)array.Shape.Size).Select(number => (float)number)];
            Assert.True(expected.SequenceEqual(array.Read().ToArray()), $"{file}: {name}, {array.Kind}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_was_never_written_is_the_fill_value(string file)
    {
        var partly = Open(file).Array("partly")!.Read();
        Assert.Equal(Enumerable.Range(0, 56).Select(i => i / 8 < 2 && i % 8 < 3 ? 1 : 2.5f), partly.ToArray());
        Assert.Equal([-1.5f, -1.5f, -1.5f, -1.5f], Open(file).Array("never")!.Read().ToArray());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Groups_and_attributes_may_be_many(string file)
    {
        var groups = Open(file).Group("groups")!;
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"group_{i}").Order(StringComparer.Ordinal), groups.GroupNames.Order(StringComparer.Ordinal));
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal($"text {i}", groups.Text($"text_{i}")));
        Assert.Equal(["a", "bc"], groups.Texts("two"));
        Assert.Equal("", groups.Text("none"));
        Assert.Null(groups.Text("another"));
        Assert.Empty(groups.Group("group_7")!.GroupNames);
    }

    /// <summary>The values that lookup3's author gives, and the sum of h5py's own chunk.</summary>
    [Theory]
    [InlineData("", 0xDEADBEEF)]
    [InlineData("Four score and seven years ago", 0x17770551)]
    public void Sums_are_those_of_the_specification(string text, uint sum) => Assert.Equal(sum, Checksum.Of(System.Text.Encoding.ASCII.GetBytes(text)));

    /// <summary>The structures of the newest form carry sums: a changed letter does not go unseen.</summary>
    [Fact]
    public void A_structure_that_was_changed_is_refused()
    {
        var bytes = File.ReadAllBytes(Path("newest.h5"));
        var place = bytes.AsSpan().IndexOf("recurrent_kernel"u8);
        Assert.True(place > 0);
        bytes[place] ^= 1;
        var error = Assert.Throws<InvalidDataException>(() => ReadAll(Hdf5Reader.Open(bytes, "newest.h5")));
        Assert.Equal("newest.h5 cannot be read as an HDF5 file: the sum of an object's header is wrong.", error.Message);
    }

    [Fact]
    public void A_chunk_that_was_changed_is_refused()
    {
        var bytes = File.ReadAllBytes(Path("gzip_shuffle_sum.h5"));
        var array = (string at) => Hdf5Reader.Open(bytes, "file.h5").Group("model_weights")!.Descend("lstm/lstm")!.Array(at)!.Read();
        array("kernel:0");
        for (var place = bytes.Length - 1; place > 0; place--)
        {
            // zlib's first two bytes, as h5py writes them.
            if (bytes[place - 1] == 0x78 && bytes[place] == 0x5E)
                bytes[place + 3] ^= 1;
        }

        var error = Assert.Throws<InvalidDataException>(() => array("kernel:0"));
        Assert.Equal("file.h5 cannot be read as an HDF5 file: the sum of a chunk of model_weights/lstm/lstm/kernel:0 is wrong.", error.Message);
    }

    /// <summary>A shape of a gigabyte, and chunks that say they are long enough for it.</summary>
    [Fact]
    public void No_room_is_made_for_what_a_file_cannot_hold()
    {
        var bytes = File.ReadAllBytes(Path("gzip.h5"));
        byte[] shape = [2, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0];
        var place = bytes.AsSpan().IndexOf(shape);
        Assert.True(place > 0);
        BitConverter.TryWriteBytes(bytes.AsSpan(place), 1L << 14);
        BitConverter.TryWriteBytes(bytes.AsSpan(place + 8), 1L << 14);
        for (var tree = bytes.AsSpan().IndexOf("TREE\u0001"u8); tree >= 0; tree = Next(bytes, tree))
            BitConverter.TryWriteBytes(bytes.AsSpan(tree + 24), 0x0FFFFFFF);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() =>
            Hdf5Reader.Open(bytes, "file.h5").Descend("model_weights/lstm/lstm")!.Array("kernel:0")!.Read());
        Assert.Contains("far more than the file can hold", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);

        static int Next(byte[] bytes, int tree) =>
            bytes.AsSpan(tree + 1).IndexOf("TREE\u0001"u8) is var next && next >= 0 ? tree + 1 + next : -1;
    }

    /// <summary>Reads every array within a group, and some attributes.</summary>
    internal static void ReadAll(Hdf5Group group)
    {
        group.Text("text_7");
        group.Texts("two");
        foreach (var name in group.ArrayNames)
            group.Array(name)!.Read();
        foreach (var name in group.GroupNames)
            ReadAll(group.Group(name)!);
    }

    private static Hdf5Group Open(string file) => Hdf5Reader.Open(File.ReadAllBytes(Path(file)), file);

    private static string Path(string name) => Samples.Of(System.IO.Path.Combine("hdf5", name));
}
