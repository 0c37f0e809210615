using System.Text.Json;
using System.Text.Json.Nodes;
using Unroll.Keras.Configuration;
using Unroll.Keras.Hdf5;
using Unroll.Keras.Weights;
using Unroll.Layers;

namespace Unroll.Keras;

/// <summary>Looks into a file of Keras without loading its weights.</summary>
internal static class Inspector
{
    /// <summary>What a person wants to know of a layer at first sight.</summary>
    private static readonly string[] Telling =
        ["units", "filters", "kernel_size", "input_dim", "output_dim", "mask_zero", "rate", "activation", "return_sequences", "return_state", "go_backwards", "stateful",
         "merge_mode", "target_shape", "n", "pool_size", "num_heads", "key_dim"];

    /// <summary>The layers of a model, those of models within after them.</summary>
    public static IReadOnlyList<KerasFileLayer> Layers(JsonObject? config) => [.. Each(config).Select(layer => new KerasFileLayer(NameOf(layer), ClassOf(layer), Options(layer)))];

    /// <summary>What cannot be read, layer by layer.</summary>
    public static IReadOnlyList<string> Unsupported(JsonObject? config, ReadContext context)
    {
        var found = new List<string>();
        foreach (var layer in Each(config))
        {
            try
            {
                if (ModelReader.IsInput(layer))
                    ModelReader.Input(layer, context);
                else if (!IsModel(layer) && !IsOperation(layer))
                    LayerReader.Read(layer, context);
            }
            catch (Exception error) when (error is NotSupportedException or InvalidDataException)
            {
                found.Add(error.Message.StartsWith($"{context.File}: ", StringComparison.Ordinal) ? error.Message[(context.File.Length + 2)..] : error.Message);
            }
        }

        return found;
    }

    /// <summary>The arrays of weights, without those of the optimizer and of metrics.</summary>
    public static IReadOnlyList<KerasFileArray> Weights(Hdf5Group root, ReadContext context)
    {
        if (ListedWeights.Group(root) is { } listed)
        {
            return
            [
                .. listed.Texts("layer_names")!.Select(name => listed.Descend(name)).OfType<Hdf5Group>()
                    .SelectMany(layer => ListedWeights.Named(layer, context)).Select(one => Of(one.Array)),
            ];
        }

        var stored = new StoredVariables(root);
        return [.. stored.Paths.Where(path => !path.StartsWith("optimizer", StringComparison.Ordinal) && !path.StartsWith("metrics", StringComparison.Ordinal))
            .SelectMany(stored.Of).Select(Of)];
    }

    /// <summary>How the model was trained, in a few words.</summary>
    public static string? Training(JsonObject? training)
    {
        if (training is null)
            return null;
        string[] parts =
        [
            .. Words((training["optimizer"] ?? training["optimizer_config"]), ""),
            .. Words(training["loss"], "loss "),
            .. Words(training["metrics"], "metrics "),
        ];
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    private static IEnumerable<string> Words(JsonNode? json, string before) => json.IsNothing() ? [] : [$"{before}{Word(json)}"];

    private static string Word(JsonNode? json) => json switch
    {
        JsonValue value when value.TryGetValue<string>(out var name) => name,
        JsonObject one when one.OptionalText("class_name") is { } name =>
            name is "function" ? Word(one["config"]) : name is "MeanMetricWrapper" or "LossFunctionWrapper" ? Word((one["config"] as JsonObject)?["name"]) : name,
        JsonObject byName => string.Join(", ", byName.Select(one => $"{one.Key}: {Word(one.Value)}")),
        JsonArray list => string.Join(", ", list.Where(one => !one.IsNothing()).Select(Word)),
        _ => Json.Short(json),
    };

    private static KerasFileArray Of(Hdf5Array array) => new(array.Path.Replace('\\', '/'), array.Shape, array.Kind);

    private static IEnumerable<JsonObject> Each(JsonObject? json)
    {
        if ((json?["config"] as JsonArray ?? (json?["config"] as JsonObject)?["layers"]) is not JsonArray layers)
            return [];
        return layers.OfType<JsonObject>().SelectMany(layer => IsModel(layer) ? Each(layer).Prepend(layer) : [layer]);
    }

    private static bool IsModel(JsonObject layer) => ClassOf(layer) is "Sequential" or "Functional" or "Model";

    private static bool IsOperation(JsonObject layer) => layer.OptionalText("module")?.Contains(".ops.", StringComparison.Ordinal) == true;

    private static string ClassOf(JsonObject layer) => layer.OptionalText("class_name") ?? "?";

    private static string NameOf(JsonObject layer) => layer.OptionalText("name") ?? (layer["config"] as JsonObject)?.OptionalText("name") ?? "?";

    private static string Options(JsonObject layer)
    {
        if (layer["config"] is not JsonObject config)
            return "";
        if ((config["batch_shape"] ?? config["batch_input_shape"]) is JsonArray shape && ModelReader.IsInput(layer))
            return $"({string.Join(", ", shape.Select(length => length?.ToJsonString() ?? "None"))})";
        return string.Join(", ", Telling.Where(key => Says(key, config[key])).Select(key => $"{key}={Python(config[key]!)}"));
    }

    private static bool Says(string key, JsonNode? value) => !value.IsNothing() && !(key is "activation" && Word(value) is "linear" or "tanh");

    private static string Python(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True => "True",
        JsonValueKind.Array => $"({string.Join(", ", ((JsonArray)value).Select(one => one?.ToJsonString() ?? "None"))})",
        _ => Word(value),
    };
}
