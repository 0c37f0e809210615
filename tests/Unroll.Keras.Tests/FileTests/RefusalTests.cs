using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Unroll.Layers;
using Unroll.Models;
using Samples = Unroll.Keras.Tests.ArrayTests.Samples;

namespace Unroll.Keras.Tests.FileTests;

/// <summary>What is not here, not a file of Keras, or not to be trusted is refused in words that name it.</summary>
public class RefusalTests
{
    public static TheoryData<string, string, string> Layers => new()
    {
        { "Lambda", """{"function": ["4wEAAA==", null, null]}""", "layer odd (Lambda) holds Python code, which is never run." },
        { "TFOpLambda", """{"function": "math.reduce_mean"}""", "layer odd (TFOpLambda) is an operation of TensorFlow, math.reduce_mean, which is not here." },
        { "Conv3D", """{"filters": 2}""", "layer odd (Conv3D) is of a class that is not here; the nearest is Conv1D." },
        { "MyPackage>Attn", "{}", "new CustomObjects().AddLayer(\"MyPackage>Attn\", config => …)" },
        { "Dense", """{"units": 2, "activation": "snake"}""", "odd has activation snake, which is not here." },
        { "Dense", """{"units": 2, "kernel_regularizer": {"class_name": "OrthogonalRegularizer", "config": {}}}""",
            "odd (OrthogonalRegularizer) is a regularizer that is not here." },
        { "Dense", """{"units": 2, "lora_rank": 4}""", "layer odd (Dense) has lora_rank: 4, which Dense here cannot do." },
        { "Conv1D", """{"filters": 2, "kernel_size": [3], "groups": 2}""", "layer odd (Conv1D) has groups: 2" },
        { "Conv1D", """{"filters": 2, "kernel_size": [3], "data_format": "channels_first"}""", "has data_format: \"channels_first\"" },
        { "LSTM", """{"units": 2, "dtype": {"class_name": "DTypePolicy", "config": {"name": "int8_from_float32"}}}""", "has dtype int8_from_float32" },
    };

    public static TheoryData<string, string> Damaged => new()
    {
        { """{"units": "many"}""", "$.config.layers[1].config.units must be a number but is \"many\"" },
        { """{"units": 2.5}""", "must be a whole number but is 2.5" },
        { """{"units": -3}""", "odd (Dense)" },
        { """{"activation": "relu"}""", "odd (Dense) has no units" },
        { """{"units": 2, "use_bias": 1}""", "must be true or false but is 1" },
    };

    public static TheoryData<string, string> OtherFiles => new()
    {
        { "", "It is empty." },
        { "version https://git-lfs.github.com/spec/v1\noid sha256:00", "git lfs pull" },
        { "\u0080\u0004\u0095pickle", "It is a Python pickle, which can run code when it is read, and is never read here." },
        { "{\"class_name\": \"Sequential\"}", "KerasFile.FromJson reads a model's configuration" },
        { "<!DOCTYPE html>", "It is a web page" },
        { "numbers", "It may be cut off at its start, or of another format." },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_or_an_option_that_is_not_here_is_named(string className, string config, string why)
    {
        var error = Assert.Throws<NotSupportedException>(() => KerasFile.FromJson(Model(className, config)));
        Assert.StartsWith("The JSON: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_value_of_the_wrong_kind_is_named_with_its_place(string config, string why)
    {
        var error = Assert.Throws<InvalidDataException>(() => KerasFile.FromJson(Model("Dense", config)));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void Another_file_is_told_by_what_it_is(string content, string why) => Samples.WithPath("other.keras", path =>
    {
        File.WriteAllBytes(path, [.. content.Select(letter => (byte)letter)]);
        var error = Assert.Throws<InvalidDataException>(() => KerasFile.Load(path));
        Assert.StartsWith("other.keras is neither a .keras file nor an HDF5 file.", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void Whole_numbers_may_come_in()
    {
        var json = JsonNode.Parse(Model("Dense", """{"units": 2}"""))!;
        json["config"]!["layers"]![0]!["config"]!["dtype"] = "uint8";
        Assert.Equal(2, KerasFile.FromJson(json.ToJsonString()).Outputs[0].Shape[^1]);
    }

    [Fact]
    public void A_function_of_CSharp_takes_the_place_of_a_Lambda()
    {
        var custom = new CustomObjects().AddLayer("Lambda", config => new Lambda(x => x * 2, name: (string?)config["name"]));
        var model = KerasFile.FromJson(Model("Lambda", """{"function": ["4wEAAA==", null, null]}"""), custom);
        Assert.Equal([6f, 8f, 10f], model.Apply(Tensor.Of([[3f, 4f, 5f]])).ToArray());
    }

    [Fact]
    public void Weights_that_are_pickled_are_never_read() =>
        WithArchive("pickled.keras", ("config.json", Model("Dense", """{"units": 2}""")), ("model.weights.npz", "PK"), path =>
    {
        var error = Assert.Throws<InvalidDataException>(() => KerasFile.Load(path));
        Assert.Contains("holds pickled Python objects", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_zip_bomb_is_not_unpacked() => WithArchive(
        "bomb.keras", ("config.json", new string(' ', 40_000_000)), ("model.weights.h5", ""), path =>
        {
            var error = Assert.Throws<InvalidDataException>(() => KerasFile.Load(path));
            Assert.StartsWith("bomb.keras: config.json says that it unpacks to 40000000 bytes from", error.Message, StringComparison.Ordinal);
        });

    [Fact]
    public void Layers_that_ask_for_more_than_the_file_holds_are_not_made() => Samples.WithPath("shapes.keras", path =>
    {
        new Sequential([new Dense(2, inputShape: [3])]).Save(path);
        Edit(path, "config.json", text => text.Replace("\"units\":2", "\"units\":500000000", StringComparison.Ordinal));
        var error = Assert.Throws<InvalidDataException>(() => KerasFile.Load(path));
        Assert.Equal(
            "shapes.keras: weight dense/kernel of shape (3, 500000000) does not fit: the layers ask for more numbers than the file can hold.", error.Message);
    });

    [Fact]
    public void Weights_of_another_model_change_nothing_and_all_differences_are_listed() => Samples.WithPath("other.weights.h5", path =>
    {
        new Sequential([new LSTM(3, inputShape: [4, 2]), new Dense(1), new Dense(2)]).SaveWeights(path);
        Backend.ClearSession();
        var model = new Sequential([new LSTM(4, inputShape: [4, 2]), new Dense(1), new BatchNormalization()]);
        var before = model.GetWeights();
        var error = Assert.Throws<InvalidDataException>(() => model.LoadWeights(path));
        Assert.Contains("The weights in other.weights.h5 are not those of the model; nothing was changed.", error.Message, StringComparison.Ordinal);
        Assert.Contains("kernel: expected (2, 16), found (2, 12) at layers/lstm/cell.", error.Message, StringComparison.Ordinal);
        Assert.Contains("layer batch_normalization (BatchNormalization): its weights are missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("layers/dense_1 has weights of a layer that the model does not have.", error.Message, StringComparison.Ordinal);
        foreach (var (one, other) in before.Zip(model.GetWeights()))
            Assert.True(one.Span.SequenceEqual(other.Span));
    });

    [Fact]
    public void A_file_with_weights_alone_is_not_loaded_as_a_model() => Samples.WithPath("alone.weights.h5", path =>
    {
        new Sequential([new Dense(2, inputShape: [3])]).SaveWeights(path);
        Assert.StartsWith("alone.weights.h5 has weights and no model.", Assert.Throws<InvalidDataException>(() =>
            KerasFile.Load(path)).Message, StringComparison.Ordinal);
    });

    [Fact]
    public void Inspect_tells_of_a_file_that_does_not_load() => Samples.WithPath("odd.keras", path =>
    {
        new Sequential([new LSTM(2, inputShape: [3, 1]), new Dense(1)], "odd").Save(path);
        Edit(path, "config.json", text => text.Replace("\"class_name\":\"Dense\"", "\"class_name\":\"Densest\"", StringComparison.Ordinal));
        var report = KerasFile.Inspect(path);
        Assert.Equal(["InputLayer", "LSTM", "Densest"], report.Layers.Select(layer => layer.ClassName), StringComparer.Ordinal);
        Assert.StartsWith("layer dense (Densest) is of a class that is not here; the nearest is Dense.", Assert.Single(report.Unsupported),
            StringComparison.Ordinal);
        Assert.Equal(5, report.Weights.Count);
        Assert.Contains("layers/lstm/cell/vars/0  (1, 8)  float32", report.ToString(), StringComparison.Ordinal);
        Assert.Null(report.Summary);
    });

    [Fact]
    public void A_loss_that_is_not_here_leaves_the_model_uncompiled_and_says_so() => Samples.WithPath("loss.keras", path =>
    {
        using var warnings = new StringWriter();
        Backend.Warnings = warnings;
        var model = new Sequential([new Dense(1, inputShape: [2])]);
        model.Compile("adam", new Training.Loss("pressure", (yTrue, yPred) => (yTrue - yPred).Square()));
        model.Save(path);
        Assert.Throws<InvalidOperationException>(() => KerasFile.Load(path).Optimizer);
        Assert.Contains("loss pressure is not here; CustomObjects.AddLoss(\"pressure\", …) tells what it is.", warnings.ToString(), StringComparison.Ordinal);
        var again = KerasFile.Load(path, new CustomObjects().AddLoss("pressure", (yTrue, yPred) => (yTrue - yPred).Square()));
        Assert.IsType<Training.Adam>(again.Optimizer);
    });

    /// <summary>Three numbers into a layer.</summary>
    private static string Model(string className, string config)
    {
        var layer = JsonNode.Parse(config)!.AsObject();
        layer["name"] = "odd";
        return new JsonObject
        {
            ["module"] = "keras",
            ["class_name"] = "Sequential",
            ["config"] = new JsonObject
            {
                ["name"] = "sequential",
                ["layers"] = new JsonArray(
                    new JsonObject { ["class_name"] = "InputLayer", ["config"] = new JsonObject { ["batch_shape"] = new JsonArray(null, 3), ["name"] = "x" } },
                    new JsonObject { ["class_name"] = className, ["config"] = layer }),
            },
        }.ToJsonString();
    }

    private static void WithArchive(string name, (string Name, string Text) first, (string Name, string Text) second, Action<string> test) =>
        Samples.WithPath(name, path =>
    {
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (var (entry, text) in new[] { first, second, ("../../outside.txt", "never unpacked") })
            {
                using var stream = zip.CreateEntry(entry).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        test(path);
    });

    private static void Edit(string path, string entry, Func<string, string> change)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        using var stream = zip.GetEntry(entry)!.Open();
        var text = change(new StreamReader(stream).ReadToEnd());
        stream.SetLength(0);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
