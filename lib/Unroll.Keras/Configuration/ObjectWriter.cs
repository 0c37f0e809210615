using System.Text.Json.Nodes;
using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Regularizers;
using Unroll.Training;

namespace Unroll.Keras.Configuration;

/// <summary>Writes objects as Keras 3 does, by the convention that <see cref="KnownClass"/> tells of.</summary>
/// <param name="custom">What the user's own layers and functions are called.</param>
internal sealed class ObjectWriter(ICustomObjects custom)
{
    /// <summary>Arguments that are not part of a configuration: Keras has them elsewhere, or not at all.</summary>
    private static readonly string[] Elsewhere = ["name", "inputShape", "timeMajor", "useCausalMask", "returnAttentionScores"];

    public ICustomObjects Custom => custom;

    /// <summary>An object with its module: <c>{"module": "keras.initializers", "class_name": "Zeros", "config": {}, …}</c>.</summary>
    public static JsonObject Wrapped(string module, string className, JsonObject config, string? registeredName = null) => new()
    {
        ["module"] = module,
        ["class_name"] = className,
        ["config"] = config,
        ["registered_name"] = registeredName,
    };

    /// <summary>The arguments with which an object would be made again.</summary>
    /// <exception cref="NotSupportedException">One of them cannot be written.</exception>
    public JsonObject Config(KnownClass known, object one, string owner)
    {
        var config = new JsonObject();
        foreach (var parameter in known.Parameters)
        {
            if (Elsewhere.Contains(parameter.Name, StringComparer.Ordinal))
                continue;
            var property = known.Properties[parameter.Name!] ?? throw new NotSupportedException($"{owner} ({known.Names[0]}): its {parameter.Name} cannot be read back.");
            config[KnownClass.KeyOf(parameter.Name!)] = Value(property.GetValue(one), owner);
        }

        return config;
    }

    /// <summary>A part such as an initializer.</summary>
    public JsonNode? Part(ClassTable table, string module, object? one, string owner)
    {
        if (one is null)
            return null;
        var known = table.Find(one.GetType()) ?? throw new NotSupportedException($"{owner} has {one.GetType().Name}, a class of your own, which Keras does not know and a file cannot hold.");
        return Wrapped(module, known.Names[0], Config(known, one, owner));
    }

    private JsonNode? Value(object? value, string owner) => value switch
    {
        null => null,
        bool flag => flag,
        int number => number,
        long number => number,
        double number => number,
        string text => text,
        ActivationFunction activation => ActivationWords.Write(activation, owner, custom),
        Initializer => Part(Classes.Initializers, "keras.initializers", value, owner),
        Regularizer => Part(Classes.Regularizers, "keras.regularizers", value, owner),
        Constraint => Part(Classes.Constraints, "keras.constraints", value, owner),
        LearningRateSchedule => Part(Classes.Schedules, "keras.optimizers.schedules", value, owner),
        Layer layer => LayerWriter.Write(layer, this),
        IEnumerable<RNNCell> cells => new JsonArray([.. cells.Select(cell => LayerWriter.Write(cell, this))]),
        Pair pair => new JsonArray(pair.First, pair.Second),
        Margins margins => new JsonArray(Value(margins.Rows, owner), Value(margins.Columns, owner)),
        Shape shape => new JsonArray([.. shape.Select(length => length is { } known ? JsonValue.Create(known) : null)]),
        Tensor tensor => Numbers(tensor),
        IEnumerable<int> numbers => new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]),
        IEnumerable<double> numbers => new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]),
        _ => throw new NotSupportedException($"{owner} has a value of {value.GetType().Name}, which a configuration cannot hold."),
    };

    private static JsonNode Numbers(Tensor tensor) => tensor.Rank == 0
        ? JsonValue.Create((double)tensor.Item())
        : new JsonArray([.. tensor.Unstack().Select(Numbers)]);
}
