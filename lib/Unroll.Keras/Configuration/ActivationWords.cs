using System.Text.Json.Nodes;
using Unroll.Layers;

namespace Unroll.Keras.Configuration;

/// <summary>Activations by Keras' names, which meant other functions in other versions.</summary>
internal static class ActivationWords
{
    /// <summary>Ours by Keras' names; the others are the same words, written in their way.</summary>
    private static readonly (string Keras, string Ours)[] Special = [("hard_sigmoid", "hardSigmoid3")];

    /// <summary>Keras 3 has no name for Keras 2's hard_sigmoid: under this one it asks for a function, and does not take another.</summary>
    private const string OldHardSigmoid = "hard_sigmoid_keras2";

    public static ActivationFunction Read(JsonNode json, string owner, ReadContext context)
    {
        var (name, config) = ObjectReader.NamedObject(json, context);
        if (context.Custom.FindActivation(name) is { } custom)
            return custom;
        if (Classes.Layers.Find(name) is not null && config.Count > 0)
            return OfLayer(json, context);
        try
        {
            return ActivationFunction.FromString(Ours(name, context.Version));
        }
        catch (ArgumentException error)
        {
            throw new NotSupportedException(
                $"{context.File}: {owner} has activation {name}, which is not here. {error.Message} One of your own goes into CustomObjects.AddActivation(\"{name}\", …).", error);
        }
    }

    /// <summary>Keras' name of an activation; one that Keras does not know is a function, which it looks for among its custom objects.</summary>
    /// <exception cref="NotSupportedException">It is one of the user's own that was not registered.</exception>
    public static JsonNode Write(ActivationFunction activation, string owner, ICustomObjects custom)
    {
        if (custom.NameOf(activation) is { } name)
            return Function(name);
        if (!activation.IsOwn)
            throw new NotSupportedException($"{owner} has an activation of your own, {activation.Name}. Register it, CustomObjects.AddActivation(\"{activation.Name}\", …), so that it can be found again.");
        if (activation.Name == "hardSigmoid")
        {
            Session.Current.Warn(
                $"{owner} has Keras 2's hard_sigmoid, for which Keras 3 has no name. It is written as {OldHardSigmoid}; Keras 3 loads it with " +
                $"custom_objects={{\"{OldHardSigmoid}\": f}}, where f is def f(x): return keras.ops.clip(0.2 * x + 0.5, 0, 1).");
            return Function(OldHardSigmoid);
        }

        return Array.Find(Special, word => word.Ours == activation.Name).Keras ?? Session.SnakeCase(activation.Name);
    }

    private static JsonObject Function(string name) => new()
    {
        ["module"] = "builtins",
        ["class_name"] = "function",
        ["config"] = name,
        ["registered_name"] = "function",
    };

    private static string Ours(string name, KerasVersion version) => name switch
    {
        // Keras 2: 0.2 x + 0.5; Keras 3: x / 6 + 0.5.
        "hard_sigmoid" => version.Major >= 3 ? "hardSigmoid3" : "hardSigmoid",
        OldHardSigmoid => "hardSigmoid",
        _ => name,
    };

    /// <summary>A layer without weights that stands where a function is asked for: <c>activation=LeakyReLU(0.1)</c>.</summary>
    private static ActivationFunction OfLayer(JsonNode json, ReadContext context)
    {
        var layer = LayerReader.Read((JsonObject)json, context);
        return new ActivationFunction(layer.Name, x => layer.Apply(x)) { Layer = layer };
    }
}
