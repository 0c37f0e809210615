using System.Text.Json.Nodes;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Configuration;

/// <summary>Writes layers as Keras 3 does.</summary>
internal static class LayerWriter
{
    /// <summary>Layers that Keras would take with channels first where that is its default.</summary>
    private static readonly Type[] ChannelsLast =
        [typeof(Conv1D), typeof(Conv2D), typeof(ConvLSTM1D), typeof(ConvLSTM2D), typeof(MaxPooling1D), typeof(MaxPooling2D), typeof(AveragePooling1D),
         typeof(GlobalAveragePooling1D), typeof(GlobalMaxPooling1D), typeof(Flatten)];

    /// <summary>A layer with its class, configuration and input shape.</summary>
    /// <exception cref="NotSupportedException">It is of a class of the user's own that is not registered, or has what Keras 3 lacks.</exception>
    public static JsonObject Write(Layer layer, ObjectWriter objects)
    {
        if (layer is Model model)
            return ModelWriter.Write(model, objects);
        if (objects.Custom.ClassOf(layer) is { } className)
            return Own(layer, className, objects);
        var known = Classes.Layers.Find(layer.GetType()) ?? throw Unwritable(layer);
        CheckTimeMajor(layer);
        var config = Base(layer);
        foreach (var (key, value) in layer switch
        {
            Bidirectional both => Directions(both, objects),
            Activation activation => new JsonObject { ["activation"] = ActivationWords.Write(activation.Function, layer.Name, objects.Custom) },
            _ => objects.Config(known, layer, layer.Name),
        })
        {
            config[key] = value?.DeepClone();
        }

        // Keras takes no other argument there.
        if (layer is SpatialDropout1D)
            config.Remove("trainable");
        if (ChannelsLast.Contains(layer.GetType()))
            config["data_format"] = "channels_last";
        return ObjectWriter.Wrapped("keras.layers", known.Names[0], config);
    }

    /// <summary>What the configuration of every layer begins with.</summary>
    public static JsonObject Base(Layer layer) => new()
    {
        ["name"] = layer.Name,
        ["trainable"] = layer.Trainable,
        ["dtype"] = ObjectWriter.Wrapped("keras", "DTypePolicy", new JsonObject { ["name"] = "float32" }),
    };

    public static JsonObject Input(KerasTensor input) => ObjectWriter.Wrapped("keras.layers", "InputLayer", new JsonObject
    {
        ["batch_shape"] = ShapeOf(input.Shape),
        ["dtype"] = "float32",
        ["sparse"] = false,
        ["name"] = input.Layer.Name,
    });

    public static JsonArray ShapeOf(Shape shape) => [.. shape.Select(length => JsonValue.Create(length))];

    private static JsonObject Directions(Bidirectional both, ObjectWriter objects)
    {
        if (both.ForwardLayer is { ReturnSequences: true, ZeroOutputForMask: false })
        {
            Session.Current.Warn(
                $"{both.Name} is of an old Keras, where a masked step repeats the output before it. Bidirectional gives zeros there since, " +
                "so that on masked data the saved model differs.");
        }

        return new()
        {
            ["merge_mode"] = both.MergeMode,
            ["layer"] = Write(both.ForwardLayer, objects),
            ["backward_layer"] = Write(both.BackwardLayer, objects),
        };
    }

    private static JsonObject Own(Layer layer, string className, ObjectWriter objects)
    {
        var config = Base(layer);
        foreach (var (key, value) in objects.Custom.ConfigOf(layer))
            config[key] = value?.DeepClone();
        var plain = className[(className.LastIndexOf('>') + 1)..];
        return ObjectWriter.Wrapped("builtins", plain, config, className);
    }

    private static void CheckTimeMajor(Layer layer)
    {
        if (layer is RNN { TimeMajor: true })
            throw new NotSupportedException($"{layer.Name} ({layer.ClassName}) has timeMajor: true, which Keras 3 does not know. Put a Permute([2, " +
                $"1]) before it, and write it with timeMajor: false.");
    }

    private static NotSupportedException Unwritable(Layer layer) => layer switch
    {
        Lambda => new($"{layer.Name} (Lambda) holds a function of C#, which a file cannot hold. A layer class of your own, registered with " +
            $"CustomObjects.AddLayer, can be written."),
        _ => new($"{layer.Name} ({layer.ClassName}) is of a class that Keras does not know. Register it: new " +
            $"CustomObjects().AddLayer(\"{layer.GetType().Name}\", config => …, layer => …)."),
    };
}
