using System.Buffers.Binary;
using Unroll.Keras.Arrays;

namespace Unroll.Keras.Tests.ArrayTests;

/// <summary>.npy and .npz files that are not what they say: refused, with file, array, expected and found.</summary>
public class NpzGuardTests
{
    private const string Good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";

    public static TheoryData<string, int, string> Faults => new()
    {
        { Good, 4, "f of float32 (2,) takes 8 bytes after its header, but 4 are there." },
        { Good, 12, "f of float32 (2,) takes 8 bytes after its header, but 12 are there." },
        {
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000,), }", 8,
            "f of float32 (1000000000,) takes 4000000000 bytes after its header, but 8 are there."
        },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", 8, "f has the shape (-2); each length must be from 0 to 2147483647." },
        {
            "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536), }", 0,
            "f has the shape (65536, 65536, 65536, 65536), more than the 2147483591 numbers that a tensor can hold."
        },
        {
            "{'descr': '<q4', 'fortran_order': False, 'shape': (2,), }", 8,
            "f has an unknown type, '<q4'. Known: f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8, b1."
        },
        {
            "{'descr': '<f4', 'shape': (2,), }", 8,
            "f: its header must have descr, fortran_order (True or False) and shape (a tuple of whole numbers)."
        },
        {
            "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }", 8,
            "f: its header must have descr, fortran_order (True or False) and shape (a tuple of whole numbers)."
        },
        { "{'descr': '<f4', 'descr': '<f4', 'shape': (2,), }", 8, "f: its header is not a Python dictionary. 'descr' is there twice." },
        { "{'descr': open('x'), }", 8, "f: its header is not a Python dictionary. 'o' at character 10 was not expected." },
        { "{'descr': ((((((((((1,),),),),),),),),),), }", 8, "f: its header is not a Python dictionary. Values lie within each other more than 8 deep." },
        { "{'descr': 99999999999999999999, }", 8, "f: its header is not a Python dictionary. 99999999999999999999 is not a whole number of 64 bits." },
        { "{'descr': '<f4", 8, "f: its header is not a Python dictionary. A quotation mark is missing." },
        { "{'descr': '<f4'", 8, "f: its header is not a Python dictionary. It ends too early." },
        { "", 8, "f: its header is not a Python dictionary. It ends too early." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_contradiction_is_named(string header, int dataLength, string message) => Assert.Equal(message, RefusedNpy(Archives.Npy(header, dataLength)));

    [Fact]
    public void What_is_not_an_array_is_said()
    {
        Assert.Equal("f is not an .npy file: it does not begin as one.", RefusedNpy("a text file"u8.ToArray()));
        Assert.Equal("f is cut short, or not an .npy file: its header is not whole.", RefusedNpy([0x93]));
        Assert.Equal("f has version 4.0 of the .npy format; 1.0, 2.0 and 3.0 are known.", RefusedNpy(Archives.Npy(Good, 8, version: 4)));
        Assert.Equal("f has a header of 20000 bytes; 10000 are the most.", RefusedNpy(Archives.Npy(Good.PadRight(20_000), 8)));
    }

    [Fact]
    public void Headers_of_Python_2_and_without_an_order_of_bytes_are_read()
    {
        var file = Archives.Npy("{'shape': (2L, 3L), 'fortran_order': True, 'descr': 'f4'}\n", 24);
        Samples.Same(Tensor.Zeros(2, 3), NpyArray.Read(new MemoryStream(file), file.Length, "f"));
    }

    [Fact]
    public void An_archive_with_other_things_in_it_is_refused()
    {
        Assert.Equal("f: notes.txt is not an array: its name does not end in .npy.", Refused(Archives.Npz(("notes.txt", [1]))));
        Assert.Equal("f: there are two arrays called a.", Refused(Archives.Npz(("a.npy", Archives.Npy(Good, 8)), ("a.npy", Archives.Npy(Good, 8)))));
        Assert.StartsWith("f is not a zip archive of arrays, or is damaged.", Refused("a text file"u8.ToArray()), StringComparison.Ordinal);
        Assert.Equal("f: a.npy of float32 (2,) takes 8 bytes after its header, but 0 are there.", Refused(Archives.Npz(("a.npy", Archives.Npy(Good)))));
    }

    [Fact]
    public void Objects_in_an_archive_are_never_read() => Assert.StartsWith(
        "f: a.npy holds Python objects ('|O').",
        Assert.Throws<NotSupportedException>(() => Read(Archives.Npz(("a.npy", File.ReadAllBytes(Samples.Of("objects.npy")))))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Folders_in_an_archive_hold_nothing() =>
        Assert.Equal(["weights/a"], Read(Archives.Npz(("weights/", []), ("weights/a.npy", Archives.Npy(Good, 8)))).Keys, StringComparer.Ordinal);

    [Fact]
    public void A_changed_number_is_found_by_the_check_sum()
    {
        using var file = new MemoryStream();
        NpzArchive.Write(file, [KeyValuePair.Create("a", Samples.Quarters)], compressed: false);
        var bytes = file.ToArray();
        bytes[bytes.AsSpan().IndexOf("NUMPY"u8) + 130]++;
        Assert.StartsWith("f: a.npy is damaged: its check sum is ", Refused(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_unpacks_to_a_hundred_times_its_length_is_refused()
    {
        const int Numbers = 70 << 20;
        var bytes = Archives.Npz(("a.npy", Archives.Npy($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({Numbers},), }}", 4 * Numbers)));
        Assert.True(bytes.Length < 1 << 20);
        Assert.Equal(
            $"f has {bytes.Length} bytes and would unpack to 293601354; 268435456 are the most. " +
            "If it is what it should be, save it with np.savez, uncompressed.",
            Refused(bytes));
    }

    [Fact]
    public void A_length_that_only_the_archive_says_takes_no_memory()
    {
        // The length of the unpacked array, in the central directory and before the array: 4 bytes at 22 and at 24 after the words.
        var bytes = Archives.Npz(("a.npy", Archives.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (50000000,), }", 8)));
        foreach (var (word, place) in new[] { ("PK\u0003\u0004", 22), ("PK\u0001\u0002", 24) })
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(word)) + place), 200_000_074);
        Assert.StartsWith("f: a.npy has ", Refused(bytes), StringComparison.Ordinal);
        Assert.EndsWith(" packed bytes, which cannot unpack to 200000074.", Refused(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_in_the_same_bytes_are_refused()
    {
        var array = Archives.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2000,), }", 2000);
        new Random(1).NextBytes(array.AsSpan(^2000));
        var bytes = Archives.Npz(("a.npy", array));
        var (directory, end) = (bytes.AsSpan().IndexOf("PK\u0001\u0002"u8), bytes.AsSpan().IndexOf("PK\u0005\u0006"u8));

        // The directory's line on a.npy once more, under the name b.npy: two entries, and twice as many bytes of directory.
        var line = bytes[directory..end];
        line[46]++;
        var last = bytes[end..];
        last[8] = last[10] = 2;
        last[12] *= 2;
        byte[] bomb = [.. bytes[..end], .. line, .. last];
        Assert.Matches($"^f has {bomb.Length} bytes, but its entries would take [0-9]+: they lie in the same bytes.$", Refused(bomb));
    }

    private static OrderedDictionary<string, Tensor> Read(byte[] file) => NpzArchive.Read(new MemoryStream(file), "f");

    private static string Refused(byte[] file) => Assert.Throws<InvalidDataException>(() => Read(file)).Message;

    private static string RefusedNpy(byte[] file) => Assert.Throws<InvalidDataException>(() => NpyArray.Read(new MemoryStream(file), file.Length, "f")).Message;
}
