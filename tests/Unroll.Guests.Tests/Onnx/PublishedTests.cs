using Unroll.Keras;
using Unroll.Layers;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>From a file that somebody trained in Keras and published to ONNX Runtime, without Python.</summary>
public class PublishedTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Keras");

    public static TheoryData<string> Names => new(
        Directory.EnumerateFiles(Folder).Where(IsModel).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_published_file_gives_the_same_numbers_as_ONNX(string name)
    {
        var model = KerasFile.Load(Path.Combine(Folder, name));
        var vocabulary = model.Layers.OfType<Embedding>().FirstOrDefault()?.InputDim;
        Numbers.Same(model, [.. Enumerable.Range(2, 3).Select(seed => model.Inputs.Select(input => Data(seed, input.Shape, vocabulary)).ToArray())]);
    }

    [Fact]
    public void They_are_there() => Assert.True(Names.Count >= 9);

    private static bool IsModel(string file) => Path.GetExtension(file) is ".h5" or ".keras";

    /// <summary>Numbers for a batch of as many samples as the seed, where the file leaves that open; of tokens, whole ones.</summary>
    private static Tensor Data(int seed, Shape shape, int? vocabulary)
    {
        var numbers = Numbers.Of(seed, [.. shape.Select((axis, i) => axis ?? (i == 0 ? seed : 9))]);
        return vocabulary is { } tokens
            ? Tensor.FromSpan([.. numbers.ToArray().Select((_, i) => (float)(i * seed % tokens))], [.. numbers.Shape.Select(axis => axis!.Value)])
            : numbers;
    }
}
