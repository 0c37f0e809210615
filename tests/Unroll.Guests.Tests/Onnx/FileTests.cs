using System.Diagnostics;
using Google.Protobuf;
using Unroll.Guests.Tests.Support;
using Unroll.Keras;
using Unroll.Keras.Onnx.Conversions;
using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>The file itself: whole or not there, with versions that older engines read, and written without a second copy.</summary>
public class FileTests
{
    [Fact]
    public void A_file_is_written_whole_and_replaces_what_was_there()
    {
        using var folder = new TempFolder();
        var model = Small();
        File.WriteAllText(folder["model.onnx"], "what was there");
        OnnxFile.Save(model, folder["model.onnx"]);
        var file = File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.Path)));
        Assert.Equal(OnnxProgram.BytesOf(model), file);
        using var program = new OnnxProgram(file);
        var x = Numbers.Of(1, 2, 5, 3);
        Close.Assert(model.Predict(x), program.Run(x)[0], 1e-5, "output");
    }

    [Fact]
    public void A_bad_path_says_what_to_do()
    {
        using var folder = new TempFolder();
        var model = Small();
        var isFolder = Assert.Throws<ArgumentException>(() => OnnxFile.Save(model, folder.Path));
        Assert.Contains("is a folder. Name the file in it", isFolder.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OnnxFile.Save(model, " "));
        var missing = Assert.Throws<DirectoryNotFoundException>(() => OnnxFile.Save(model, folder["missing/model.onnx"]));
        Assert.Contains("Make it first", missing.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OnnxFile.Save(model, new MemoryStream([], writable: false)));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void The_versions_are_those_of_ONNX_1_12()
    {
        var (version, fields) = TopLevel(OnnxProgram.BytesOf(Small()));
        Assert.Equal(8UL, version);
        Assert.Equal("Unroll", fields[2].ToStringUtf8());
        Assert.Contains("lstm_input", fields[7].ToStringUtf8(), StringComparison.Ordinal);

        // OperatorSetIdProto: an empty domain, and version 17.
        Assert.Equal([10, 0, 16, 17], fields[8].ToByteArray());
    }

    [Fact]
    public void A_file_is_the_same_bytes_each_time()
    {
        var model = Small();
        Assert.Equal(OnnxProgram.BytesOf(model), OnnxProgram.BytesOf(model));
    }

    [Fact]
    public void What_is_longer_than_a_file_can_be_is_refused_before_its_numbers_are_made()
    {
        var graph = new GraphBuilder();
        var weight = graph.Weight(new Variable(Tensor.Zeros(1), "dense/kernel"), "large", [30_000, 20_000], _ => Assert.Fail("Nobody asked for them."));
        var x = graph.Input("x", Shape.Create([null, 30_000]));
        var error = Assert.Throws<NotSupportedException>(() => ModelExport.Of("vast", graph, [(graph.Product(x, weight), "y")]));
        Assert.StartsWith("vast would be 2288 MB, and an ONNX file holds 2047 MB at most", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_model_is_written_one_weight_at_a_time()
    {
        var model = new Sequential(
        [
            new LSTM(1024, recurrentInitializer: "randomUniform", returnSequences: true, inputShape: Shape.Create([null, 64])),
            new LSTM(1024, recurrentInitializer: "randomUniform"),
            new Dense(8),
        ]);
        var size = OnnxProgram.BytesOf(model).Length;
        Assert.InRange(size, 50_000_000, 53_000_000);
        using var folder = new TempFolder();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        OnnxFile.Save(model, folder["large.onnx"]);
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"{size} bytes in {watch.Elapsed.TotalMilliseconds:F0} ms"));

        // Each weight is laid out once, and nothing holds them all.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, size + 2_000_000);
        Assert.Equal(size, new FileInfo(folder["large.onnx"]).Length);
    }

    private static Sequential Small() =>
        (Sequential)new Sequential([new LSTM(4, inputShape: [5, 3], name: "lstm"), new Dense(2, activation: "softmax")]).Trained();

    /// <summary>The first number of a ModelProto, and its texts and messages by their fields.</summary>
    private static (ulong IrVersion, Dictionary<int, ByteString> Fields) TopLevel(byte[] file)
    {
        var input = new CodedInputStream(file);
        var rest = new Dictionary<int, ByteString>();
        ulong version = 0;
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (tag == 8)
                version = input.ReadUInt64();
            else
                rest.Add((int)(tag >> 3), input.ReadBytes());
        }

        return (version, rest);
    }
}
