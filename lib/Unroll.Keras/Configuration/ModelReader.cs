using System.Text.Json.Nodes;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Configuration;

/// <summary>Makes models of Keras' configurations.</summary>
internal static class ModelReader
{
    /// <summary>The model that a configuration tells of.</summary>
    /// <exception cref="NotSupportedException">Something in it is not here.</exception>
    public static Model Read(JsonObject json, ReadContext context)
    {
        if (context.Version.Major < 2)
            throw new NotSupportedException($"{context.File} was written by Keras {context.Version}, whose words and weights are others. Keras 2 " +
                $"reads it: load it there, and save it again.");
        return LayerReader.Read(json, context) as Model ?? throw new NotSupportedException(
            $"{context.File} holds {json.OptionalText("class_name")}, which is not a model.");
    }

    public static Sequential Sequential(JsonObject json, ReadContext context)
    {
        // Keras 2.2 and before wrote the list of layers alone.
        var config = json["config"] as JsonObject ?? [];
        var layers = Layers(json["config"] as JsonArray ?? config.Array("layers", context.File), context);
        var model = new Sequential(config.OptionalText("name") ?? "sequential");
        if (layers.Count > 0 && InputOf(layers[0], config, json["build_config"] as JsonObject, context) is { } input)
            model.Add(input);
        foreach (var layer in layers.Where(layer => !IsInput(layer)))
            model.Add(LayerReader.Read(layer, context));
        return model;
    }

    public static Model Functional(JsonObject json, ReadContext context)
    {
        var config = json.Object("config", context.File);
        return new GraphReader(config, Layers(config.Array("layers", context.File), context), context).Read();
    }

    public static bool IsInput(JsonObject layer) => layer.OptionalText("class_name") is "InputLayer";

    /// <summary>The input that an InputLayer stands for.</summary>
    public static Input Input(JsonObject layer, ReadContext context)
    {
        var config = layer.Object("config", context.File);
        var name = config.OptionalText("name") ?? layer.OptionalText("name");
        foreach (var key in new[] { "sparse", "ragged" })
        {
            if (!config[key].IsNothing())
                throw context.Unsupported(name ?? "?", "InputLayer", $"is {key}, and tensors here are neither sparse nor ragged.");
        }

        DataTypes.Note(config["dtype"], name ?? "?", "InputLayer", context);
        var shape = ShapeIn(config) ?? SampleShape(config) ?? throw context.Unsupported(name ?? "?", "InputLayer", "has no batch_shape.");
        return Of(shape, name, context);
    }

    private static List<JsonObject> Layers(JsonArray list, ReadContext context) =>
        [.. list.Select(layer => layer as JsonObject ?? throw context.Wrong(layer ?? list, "a layer"))];

    /// <summary>
    /// The input of a sequential model: an InputLayer, the first layer's batch shape, or the shape for which the model was built.
    /// </summary>
    private static Input? InputOf(JsonObject first, JsonObject config, JsonObject? built, ReadContext context)
    {
        if (IsInput(first))
            return Input(first, context);
        var own = first["config"] as JsonObject;
        var shape = ShapeIn(own) ?? ShapeIn((own?["layer"] as JsonObject)?["config"] as JsonObject)
            ?? config["build_input_shape"] as JsonArray ?? built?["input_shape"] as JsonArray;
        return shape is null ? null : Of(shape, $"{own?.OptionalText("name") ?? "first"}_input", context);
    }

    /// <summary>The shape of one sample, as some converters write it, with a batch axis.</summary>
    private static JsonArray? SampleShape(JsonObject config) => (config["input_shape"] ?? config["shape"]) is JsonArray sample
        ? [null, .. sample.Select(length => length?.DeepClone())]
        : null;

    private static JsonArray? ShapeIn(JsonObject? config) => config?["batch_shape"] as JsonArray ?? config?["batch_input_shape"] as JsonArray;

    private static Input Of(JsonArray batchShape, string? name, ReadContext context)
    {
        if (batchShape.Count == 0)
            throw context.Wrong(batchShape, "a shape with a batch axis");
        int?[] lengths = [.. batchShape.Select(length => Length(length, batchShape, context))];
        return new Input(Shape.Create(lengths.AsSpan(1)), lengths[0], name);
    }

    private static int? Length(JsonNode? json, JsonArray shape, ReadContext context)
    {
        if (json is null)
            return null;
        return json is JsonValue value && value.TryGetValue<int>(out var length) && length > 0
            ? length : throw context.Wrong(shape, "a list of lengths, or null for one that is not known");
    }
}
