using Unroll.Keras.Arrays;

namespace Unroll.Keras.Tests.ArrayTests;

/// <summary>Files that NumPy wrote (Data/make_arrays.py), and what we write.</summary>
public class ArrayFileTests
{
    public static TheoryData<string, string> Numbers => new(
        new[] { "f2", "f4", "f8" }.Select(kind => (kind, "quarters")).Concat(new[] { "i2", "i4", "i8" }.Select(kind => (kind, "signed")))
            .Concat(new[] { "u2", "u4", "u8" }.Select(kind => (kind, "unsigned")))
            .SelectMany(one => new[] { ($"little_{one.kind}", one.Item2), ($"big_{one.kind}", one.Item2) })
            .Concat([("i1", "signed"), ("u1", "unsigned"), ("b1", "odd")]));

    public static TheoryData<string, string> Types => new()
    {
        { "F16", "quarters" }, { "F32", "quarters" }, { "F64", "quarters" }, { "BF16", "quarters" }, { "I8", "signed" }, { "I16", "signed" },
        { "I32", "signed" }, { "I64", "signed" }, { "U8", "unsigned" }, { "U16", "unsigned" }, { "U32", "unsigned" }, { "U64", "unsigned" }, { "BOOL", "odd" },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Numbers_of_every_type_of_NumPys_come_in(string name, string expected) =>
        Samples.Same(Expected(expected), NpzFile.Load(Samples.Of("numbers.npz"))[name]);

    [Theory]
    [MemberData(nameof(Types))]
    public void Numbers_of_every_type_of_safetensors_come_in(string name, string expected) =>
        Samples.Same(Expected(expected), SafetensorsFile.Load(Samples.Of("types.safetensors"))[name]);

    [Fact]
    public void Scalars_empty_arrays_and_Fortrans_order_come_in()
    {
        var arrays = NpzFile.Load(Samples.Of("numbers.npz"));
        Samples.Same(2.5f, arrays["scalar"]);
        Samples.Same(Tensor.Zeros(0, 3), arrays["empty"]);
        Samples.Same(Tensor.Arange(24).Reshape(2, 3, 4), arrays["fortran"]);
        var tensors = SafetensorsFile.Load(Samples.Of("types.safetensors"));
        Samples.Same(2.5f, tensors["scalar"]);
        Samples.Same(Tensor.Zeros(0, 3), tensors["empty"]);
    }

    [Fact]
    public void A_name_that_looks_like_a_path_is_a_name() => Samples.Same(Tensor.Ones(2), NpzFile.Load(Samples.Of("numbers.npz"))["../outside"]);

    [Fact]
    public void Compressed_archives_come_in()
    {
        var arrays = NpzFile.Load(Samples.Of("compressed.npz"));
        Assert.Equal(["quarters", "zeros"], arrays.Keys, StringComparer.Ordinal);
        Samples.Same(Samples.Quarters, arrays["quarters"]);
        Samples.Same(Tensor.Zeros(50, 200), arrays["zeros"]);
    }

    [Theory]
    [InlineData("version1.npy")]
    [InlineData("version2.npy")]
    [InlineData("version3.npy")]
    public void Every_version_of_npy_comes_in(string file) => Samples.Same(Samples.Quarters, NpyFile.Load(Samples.Of(file)));

    [Fact]
    public void Words_beside_tensors_come_in_in_their_order() => Assert.Equal(
        ["format: np", "made by: make_arrays.py"],
        SafetensorsFile.Metadata(Samples.Of("types.safetensors")).Select(pair => $"{pair.Key}: {pair.Value}"),
        StringComparer.Ordinal);

    [Theory]
    [InlineData("objects.npy", "objects.npy holds Python objects ('|O'). They are saved as a pickle, which runs code where it is read, so they are never read. "
        + "Save an array of numbers: np.save(path, array.astype(np.float32)).")]
    [InlineData("complex.npy", "complex.npy is an array of type '<c8', which no tensor holds. Known: f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8, b1.")]
    [InlineData("words.npy", "words.npy is an array of type '<U2', which no tensor holds. Known: f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8, b1.")]
    [InlineData("records.npy", "records.npy is an array of records, whose descr is not one type. Save each field as an array of its own.")]
    public void What_no_tensor_holds_is_refused(string file, string message) =>
        Assert.Equal(message, Assert.Throws<NotSupportedException>(() => NpyFile.Load(Samples.Of(file))).Message);

    [Fact]
    public void What_is_written_comes_back_in_its_order()
    {
        var random = new RandomState(3);
        var tensors = new OrderedDictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["b/kernel"] = random.Normal(0, 1, [3, 5]),
            ["a \"ü\""] = 1.5f,
            ["empty"] = Tensor.Zeros(2, 0, 3),
            [""] = Tensor.Of([float.NaN, float.PositiveInfinity, -0f, float.Epsilon]),
        };
        Samples.WithPath("file", path =>
        {
            SafetensorsFile.Save(path, tensors, new Dictionary<string, string>(StringComparer.Ordinal) { ["epoch"] = "3" });
            Back(SafetensorsFile.Load(path));
            Assert.Equal("3", SafetensorsFile.Metadata(path)["epoch"]);
            NpzFile.Save(path, tensors);
            Back(NpzFile.Load(path));
            NpzFile.Save(path, tensors, compressed: true);
            Back(NpzFile.Load(path));
            foreach (var tensor in tensors.Values)
            {
                NpyFile.Save(path, tensor);
                Samples.Same(tensor, NpyFile.Load(path));
            }
        });

        void Back(IReadOnlyDictionary<string, Tensor> back)
        {
            Assert.Equal(tensors.Keys, back.Keys, StringComparer.Ordinal);
            foreach (var (name, tensor) in tensors)
                Samples.Same(tensor, back[name]);
        }
    }

    [Fact]
    public void The_same_tensors_give_the_same_bytes() => Samples.WithPath("file.npz", path =>
    {
        NpzFile.Save(path, [KeyValuePair.Create("a", Samples.Quarters)]);
        var first = File.ReadAllBytes(path);
        NpzFile.Save(path, [KeyValuePair.Create("a", Samples.Quarters)]);
        Assert.Equal(first, File.ReadAllBytes(path));
    });

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_nothing_else() => Samples.WithPath("file", path =>
    {
        File.WriteAllText(path, "old");
        Assert.Throws<ArgumentException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new ArgumentException("no");
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    });

    [Fact]
    public void Names_that_cannot_be_saved_are_refused() => Samples.WithPath("file", path =>
    {
        KeyValuePair<string, Tensor>[] twice = [KeyValuePair.Create("a", (Tensor)1), KeyValuePair.Create("a", (Tensor)2)];
        var error = Assert.Throws<ArgumentException>(() => NpzFile.Save(path, twice));
        Assert.StartsWith("There are two tensors called a.", error.Message, StringComparison.Ordinal);
        KeyValuePair<string, Tensor>[] reserved = [KeyValuePair.Create("__metadata__", (Tensor)1)];
        error = Assert.Throws<ArgumentException>(() => SafetensorsFile.Save(path, reserved));
        Assert.StartsWith("No tensor may be called __metadata__", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    });

    private static Tensor Expected(string word) => word switch
    {
        "quarters" => Samples.Quarters,
        "signed" => Samples.Of(i => i - 3),
        "unsigned" => Samples.Of(i => i),
        _ => Samples.Of(i => i % 2),
    };
}
