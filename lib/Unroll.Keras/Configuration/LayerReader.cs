using System.Text.Json.Nodes;
using Unroll.Layers;

namespace Unroll.Keras.Configuration;

/// <summary>Makes layers of Keras' configurations: <c>{"class_name": "LSTM", "config": {…}}</c>.</summary>
internal static class LayerReader
{
    /// <summary>What every layer has and nothing here depends on.</summary>
    private static readonly string[] Unused =
    [
        "trainable", "dtype", "batch_input_shape", "batch_shape", "batch_size", "dynamic", "autocast", "input_dtype", "supports_masking",

        // How it is computed, not what; recurrent layers draw their dropout from the library's one generator.
        "implementation", "seed",
    ];

    public static Layer Read(JsonObject json, ReadContext context)
    {
        var className = json.OptionalText("class_name") ?? throw context.Wrong(json, "a layer with a class_name");
        var config = json["config"] as JsonObject ?? [];
        var name = config.OptionalText("name") ?? json.OptionalText("name") ?? Session.SnakeCase(className);
        var layer = Made(className, json, config, name, context);
        if (config["trainable"] is { } trainable && trainable.IsNothing())
            layer.Trainable = false;
        DataTypes.Note(config["dtype"], name, className, context);
        return layer;
    }

    public static RNNCell Cell(JsonNode json, ReadContext context) =>
        Read(json as JsonObject ?? throw context.Wrong(json, "a cell"), context) as RNNCell ?? throw context.Wrong(json, "a cell of a recurrent layer");

    private static Layer Made(string className, JsonObject json, JsonObject config, string name, ReadContext context)
    {
        if ((context.Custom.FindLayer(json.OptionalText("registered_name") ?? className) ?? context.Custom.FindLayer(className)) is { } custom)
            return Named(custom(Copy(config, name)), name, className, context);
        return className switch
        {
            "Sequential" => ModelReader.Sequential(json, context),
            "Functional" or "Model" => ModelReader.Functional(json, context),
            "Bidirectional" => Bidirectional(config, name, context),
            "CuDNNLSTM" => Known(Classes.Layers.Find("LSTM")!, config, name, context),
            "CuDNNGRU" => Known(Classes.Layers.Find("GRU")!, With(config, "reset_after", true), name, context),
            "Lambda" => throw context.Unsupported(
                name, className, "holds Python code, which is never run. Write the function in C# and register it: " +
                $"new CustomObjects().AddLayer(\"Lambda\", config => new Lambda(x => …, name: (string?)config[\"name\"])), then load with it."),
            "TFOpLambda" or "SlicingOpLambda" or "TensorFlowOpLayer" => throw context.Unsupported(
                name, className, $"is an operation of TensorFlow, {config.OptionalText("function") ?? name}, which is not here. A layer registered " +
                    $"with CustomObjects can take its place."),
            _ when Classes.Layers.Find(className) is { } known => Known(known, config, name, context),
            _ => throw Unknown(className, name, context),
        };
    }

    private static Layer Known(KnownClass known, JsonObject config, string name, ReadContext context)
    {
        var given = Unused.Where(key => known.ParameterOf(key) is null).ToDictionary(key => key, _ => (object?)null, StringComparer.Ordinal);
        given["name"] = name;

        // Channels come last here, which is what Keras does on a processor.
        if (config.OptionalText("data_format") is null or "channels_last")
            given["data_format"] = null;
        return (Layer)ObjectReader.Make(known, config, name, context, given);
    }

    /// <summary>
    /// Keras writes both directions. Ours makes the second like the first and names both itself, so that only what is not
    /// mirrored has to be read.
    /// </summary>
    private static Bidirectional Bidirectional(JsonObject config, string name, ReadContext context)
    {
        var forward = Direction(config, "layer", "forward_", context);
        var given = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["layer"] = Read(forward, context) as RNN
                ?? throw context.Unsupported(name, "Bidirectional", $"wraps {forward.OptionalText("class_name")}, which is not a recurrent layer."),
            ["backward_layer"] = null,
            ["name"] = name,
        };
        foreach (var key in Unused)
            given[key] = null;
        if (config["backward_layer"] is JsonObject && !IsMirrored(forward, Direction(config, "backward_layer", "backward_", context)))
            given["backwardLayer"] = Read((JsonObject)config["backward_layer"]!, context) as RNN;
        var both = (Bidirectional)ObjectReader.Make(Classes.Layers.Find("Bidirectional")!, config, name, context, given);

        // Before TensorFlow took Keras over, a masked step repeated the output before it.
        if (context.Version.IsBeforeTensorFlow)
            both.ForwardLayer.ZeroOutputForMask = both.BackwardLayer.ZeroOutputForMask = false;
        return both;
    }

    /// <summary>The layer of a direction, under the name that it had before it was wrapped.</summary>
    private static JsonObject Direction(JsonObject config, string key, string prefix, ReadContext context)
    {
        var layer = config.Object(key, context.File).DeepClone().AsObject();
        if (layer["config"] is JsonObject inner && inner.OptionalText("name") is { } name && name.StartsWith(prefix, StringComparison.Ordinal))
            inner["name"] = name[prefix.Length..];
        return layer;
    }

    private static bool IsMirrored(JsonObject forward, JsonObject backward)
    {
        var (one, other) = (Comparable(forward), Comparable(backward));
        var isMirrored = (bool?)one["go_backwards"] != (bool?)other["go_backwards"];
        one.Remove("go_backwards");
        other.Remove("go_backwards");
        return isMirrored && JsonNode.DeepEquals(one, other);
    }

    /// <summary>A configuration without what differs from object to object.</summary>
    private static JsonObject Comparable(JsonObject layer)
    {
        var config = layer["config"]!.DeepClone().AsObject();
        config.Remove("name");
        Strip(config);
        return config;
    }

    private static void Strip(JsonObject json)
    {
        json.Remove("shared_object_id");
        foreach (var (_, value) in json)
        {
            if (value is JsonObject within)
                Strip(within);
        }
    }

    private static Layer Named(Layer? layer, string name, string className, ReadContext context)
    {
        if (layer is null)
            throw context.Unsupported(name, className, "was made as null by what CustomObjects has for it.");
        if (!string.Equals(layer.Name, name, StringComparison.Ordinal))
            throw context.Unsupported(name, className, $"was made with the name {layer.Name}. Hand the name on: (string?)config[\"name\"].");
        return layer;
    }

    private static JsonObject Copy(JsonObject config, string name) => With(config, "name", name);

    private static JsonObject With(JsonObject config, string key, JsonNode value)
    {
        var copy = config.DeepClone().AsObject();
        copy[key] = value;
        return copy;
    }

    private static NotSupportedException Unknown(string className, string name, ReadContext context)
    {
        var plain = className[(className.LastIndexOf('>') + 1)..];
        var nearest = NearestName.Of(Classes.Layers.All.Select(one => one.Names[0]), plain);
        return context.Unsupported(
            name, className, $"is of a class that is not here; the nearest is {nearest}. A layer of your own takes its place: new " +
                $"CustomObjects().AddLayer(\"{className}\", config => …).");
    }
}
