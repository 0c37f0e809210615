using Unroll.Keras.Arrays;

namespace Unroll.Keras.Tests.ArrayTests;

/// <summary>Safetensors files that are not what they say: refused, with file, tensor, expected and found.</summary>
public class SafetensorsGuardTests
{
    private const string Good = """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    public static TheoryData<string, int, string> Faults => new()
    {
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "f: the tensors take 8 bytes, but 4 follow the header. It is cut short." },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "f: the tensors take 8 bytes, but 12 follow the header." },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "f: tensor w of float32 (2,) takes 8 bytes, but its data_offsets hold 4." },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "f: tensor w has data_offsets [8, 0], which are not a begin and an end." },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "f: tensor w has data_offsets [-8, 0], which are not a begin and an end." },
        {
            """{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12,
            "f: tensor w should begin at byte 0 after the header, where the one before it ends, but begins at 4."
        },
        {
            """{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12,
            "f: tensor w should begin at byte 8 after the header, where the one before it ends, but begins at 4."
        },
        {
            """{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8,
            "f: tensor w should begin at byte 8 after the header, where the one before it ends, but begins at 0."
        },
        {
            """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16,
            "f: the header names w twice."
        },
        { """{"w":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "f: tensor w has dtype twice." },
        { """{"w":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "f: tensor w needs dtype, shape and data_offsets." },
        { """{"w":[1]}""", 8, "f: tensor w must be an object with dtype, shape and data_offsets." },
        { """{"w":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 8, "f: shape of tensor w must be a list of whole numbers." },
        { """{"w":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "f: shape of tensor w must be a list of whole numbers." },
        {
            """{"w":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}""", 8,
            "f: tensor w is of an unknown type, F99. Known: F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL."
        },
        { """{"__metadata__":{"a":1}}""", 0, "f: __metadata__ must be an object of strings, each once, but a is not." },

        // Shapes that overflow whatever multiplies them.
        {
            """{"w":{"dtype":"F32","shape":[4294967296],"data_offsets":[0,0]}}""", 0,
            "f: tensor w has the shape (4294967296); each length must be from 0 to 2147483647."
        },
        {
            """{"w":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,0]}}""", 0,
            "f: tensor w has the shape (2147483647, 2147483647, 2147483647), more than the 2147483591 numbers that a tensor can hold."
        },
        {
            """{"w":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}}""", 0,
            "f: tensor w has the shape (65536, 65536, 65536, 65536), more than the 2147483591 numbers that a tensor can hold."
        },
        {
            """{"w":{"dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000]}}""", 8,
            "f: the tensors take 4000000000 bytes, but 8 follow the header. It is cut short."
        },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_contradiction_is_named(string header, int dataLength, string message) =>
        Assert.Equal(message, Refused(Archives.Safetensors(header, dataLength)));

    [Fact]
    public void A_length_that_cannot_be_is_said()
    {
        Assert.Equal("f is not a safetensors file: it has 3 bytes, and the length of a header takes 8.", Refused([1, 2, 3]));
        Assert.Equal(
            "f is cut short or not a safetensors file: its header has 1000 bytes, but 54 are there.",
            Refused(Archives.Safetensors(Good, length: 1000)));
        Assert.Equal(
            "f is not a safetensors file: its header would have 18446744073709551615 bytes; 100000000 are the most.",
            Refused(Archives.Safetensors(Good, length: ulong.MaxValue)));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}{}""")]
    [InlineData("""{"w":{"dtype":5,"shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    public void A_header_that_is_none_is_said(string header) => Assert.StartsWith(
        "f is not a safetensors file: its header is not the JSON that was expected.", Refused(Archives.Safetensors(header, 8)), StringComparison.Ordinal);

    [Fact]
    public void A_type_that_is_known_and_not_read_says_so()
    {
        var file = Archives.Safetensors("""{"w":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8);
        Assert.StartsWith(
            "f: tensor w is of type F8_E4M3, which is not read. Known: F64, F32,",
            Assert.Throws<NotSupportedException>(() => Safetensors.Read(new MemoryStream(file), "f")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Spaces_after_the_header_and_words_of_later_versions_are_passed_over()
    {
        var file = Archives.Safetensors("""{"w":{"new":[{}],"data_offsets":[0,8],"shape":[2],"dtype":"F32"}}   """, 8);
        Samples.Same(Tensor.Zeros(2), Safetensors.Read(new MemoryStream(file), "f")["w"]);
    }

    private static string Refused(byte[] file) => Assert.Throws<InvalidDataException>(() => Safetensors.Read(new MemoryStream(file), "f")).Message;
}
