using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Regularizers;
using Unroll.Training;

namespace Unroll.Keras.Configuration;

/// <summary>Makes objects of Keras' configurations, by the convention that <see cref="KnownClass"/> tells of.</summary>
internal static class ObjectReader
{
    /// <summary>Makes an object of a class.</summary>
    /// <param name="known">The class.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="owner">The layer or optimizer that errors name.</param>
    /// <param name="context">What reading needs.</param>
    /// <param name="given">Arguments that the caller made itself, by their names, and keys that it read.</param>
    /// <exception cref="NotSupportedException">A key says something that the class cannot.</exception>
    public static object Make(
        KnownClass known, JsonObject config, string owner, ReadContext context, IReadOnlyDictionary<string, object?>? given = null)
    {
        var values = new Dictionary<string, object?>(given ?? new Dictionary<string, object?>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (key, value) in config)
        {
            var parameter = known.ParameterOf(key);
            if (values.ContainsKey(parameter ?? key))
                continue;
            if (parameter is not null)
                values.Add(parameter, Convert(value, known.Parameters.First(one => one.Name == parameter).ParameterType, key, owner, context));
            else if (!value.IsNothing() && !known.Ignores(key, value))
                throw context.Unsupported(owner, known.Names[0], $"has {key}: {Json.Short(value)}, which {known.Type.Name} here cannot do.");
        }

        return Invoke(known, values, owner, context);
    }

    /// <summary>An initializer, regularizer, constraint or schedule: a name, or a class with its configuration.</summary>
    public static object? Part(ClassTable table, JsonNode? json, string what, string owner, ReadContext context)
    {
        if (json is null)
            return null;
        var (name, config) = NamedObject(json, context);
        var known = table.Find(name) ?? throw context.Unsupported(owner, name, $"is {what} that is not here. There are {string.Join(", ", table.All.Select(one => one.Names[0]))}.");
        return Make(known, config, $"{owner}, {known.Names[0]}", context, Unused(known));
    }

    /// <summary>The class and the configuration of an object, which may be a name alone.</summary>
    public static (string Name, JsonObject Config) NamedObject(JsonNode json, ReadContext context) => json switch
    {
        JsonValue value when value.TryGetValue<string>(out var name) => (name, []),

        // A function of Keras' own, such as an activation: {"class_name": "function", "config": "relu"}.
        JsonObject one when one.OptionalText("class_name") is "function" && one.OptionalText("config") is { } name => (name, []),
        JsonObject one => (one.Text("class_name", context.File), one["config"] as JsonObject ?? []),
        _ => throw context.Wrong(json, "a name or an object with class_name and config"),
    };

    private static object Invoke(KnownClass known, Dictionary<string, object?> values, string owner, ReadContext context)
    {
        var arguments = new object?[known.Parameters.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = known.Parameters[i];
            if (values.TryGetValue(parameter.Name!, out var value))
                arguments[i] = value ?? (parameter.HasDefaultValue ? parameter.DefaultValue : null);
            else if (known.IsAbsent(KnownClass.KeyOf(parameter.Name!), out var absent))
                arguments[i] = Convert(absent, parameter.ParameterType, parameter.Name!, owner, context);
            else if (parameter.HasDefaultValue)
                arguments[i] = parameter.DefaultValue;
            else
                throw new InvalidDataException($"{context.File}: {owner} ({known.Names[0]}) has no {KnownClass.KeyOf(parameter.Name!)}.");
        }

        try
        {
            return known.Constructor.Invoke(System.Reflection.BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{context.File}: {owner} ({known.Names[0]}): {error.Message}", error);
        }
    }

    /// <summary>Keys that objects other than layers have, and that change nothing.</summary>
    private static Dictionary<string, object?> Unused(KnownClass known) =>
        new[] { "name", "dtype" }.Where(key => known.ParameterOf(key) is null).ToDictionary(key => key, _ => (object?)null, StringComparer.Ordinal);

    private static object? Convert(JsonNode? json, Type type, string key, string owner, ReadContext context)
    {
        if (json is null)
            return null;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(ActivationFunction))
            return ActivationWords.Read(json, owner, context);
        if (type == typeof(Initializer))
            return InitializerReader.Read(json, owner, context);
        if (type == typeof(Regularizer))
            return Part(Classes.Regularizers, json, "a regularizer", owner, context);
        if (type == typeof(Constraint))
            return Part(Classes.Constraints, json, "a constraint", owner, context);
        if (type == typeof(LearningRateSchedule))
            return json.GetValueKind() == JsonValueKind.Number
                ? (LearningRateSchedule)Number(json, context)
                : Part(Classes.Schedules, json, "a learning-rate schedule", owner, context);
        if (type == typeof(RNNCell))
            return LayerReader.Cell(json, context);
        if (type == typeof(IReadOnlyList<RNNCell>))
            return List(json, context).Select(cell => LayerReader.Cell(cell, context)).ToArray();
        if (typeof(Layer).IsAssignableFrom(type))
            return LayerReader.Read(json as JsonObject ?? throw context.Wrong(json, "a layer"), context);
        return Plain(json, type, context) ?? throw new NotSupportedException($"{context.File}: {owner} has {key}: {Json.Short(json)}, and {type.Name} is not read from a configuration.");
    }

    private static object? Plain(JsonNode json, Type type, ReadContext context)
    {
        if (type == typeof(bool))
            return json.GetValueKind() switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw context.Wrong(json, "true or false"),
            };
        if (type == typeof(string))
            return json.GetValueKind() == JsonValueKind.String ? json.GetValue<string>() : throw context.Wrong(json, "a text");
        if (type == typeof(double))
            return Number(Single(json), context);
        if (type == typeof(int))
            return Whole(Single(json), context);
        if (type == typeof(long))
            return (long)Whole(Single(json), context);
        if (type == typeof(int[]) || type == typeof(IReadOnlyList<int>))
            return List(json, context).Select(one => Whole(one, context)).ToArray();
        if (type == typeof(IReadOnlyList<double>))
            return List(json, context).Select(one => Number(one, context)).ToArray();
        if (type == typeof(Pair))
            return PairOf(json, context);
        if (type == typeof(Margins))
            return MarginsOf(json, context);
        if (type == typeof(Shape))
            return ShapeOf(json, context);
        return type == typeof(Tensor) ? TensorOf(json, context) : null;
    }

    /// <summary>Keras takes a number, or a list of it, for one axis: <c>kernel_size: [3]</c>.</summary>
    private static JsonNode Single(JsonNode json) => json is JsonArray { Count: 1 } list && list[0] is { } one ? one : json;

    private static JsonArray Listed(JsonNode json, ReadContext context) => json as JsonArray ?? throw context.Wrong(json, "a list");

    private static IEnumerable<JsonNode> List(JsonNode json, ReadContext context) =>
        Listed(json, context).Select(one => one ?? throw context.Wrong(json, "a list without null"));

    private static double Number(JsonNode? json, ReadContext context) =>
        json?.GetValueKind() == JsonValueKind.Number ? double.Parse(json.ToJsonString(), CultureInfo.InvariantCulture) : throw context.Wrong(json ?? "null", "a number");

    private static int Whole(JsonNode? json, ReadContext context)
    {
        var number = Number(json, context);
        return number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number : throw context.Wrong(json!, "a whole number");
    }

    private static Pair PairOf(JsonNode json, ReadContext context) => json switch
    {
        JsonArray { Count: 1 } one => Whole(one[0], context),
        JsonArray { Count: 2 } two => (Whole(two[0], context), Whole(two[1], context)),
        JsonArray => throw context.Wrong(json, "one number or two"),
        _ => Whole(json, context),
    };

    /// <summary>Keras' padding of pictures: <c>[[1, 1], [2, 2]]</c>, <c>[1, 2]</c> or <c>1</c>.</summary>
    private static Margins MarginsOf(JsonNode json, ReadContext context) => json is JsonArray { Count: 2 } two
        ? new Margins(PairOf(two[0] ?? throw context.Wrong(json, "two pairs"), context), PairOf(two[1] ?? throw context.Wrong(json, "two pairs"), context))
        : Whole(json, context);

    /// <summary>Lengths, and null for an axis without one.</summary>
    private static Shape ShapeOf(JsonNode json, ReadContext context) => Shape.Create(
        [.. Listed(json, context).Select(one => one is null ? (int?)null : Whole(one, context) is var length and >= 0 ? length : throw context.Wrong(one, "a length"))]);

    /// <summary>Numbers in nested lists, of which those of length 1 around a list of numbers fall away.</summary>
    private static Tensor TensorOf(JsonNode json, ReadContext context)
    {
        while (json is JsonArray { Count: 1 } list && list[0] is JsonArray within)
            json = within;
        return json is JsonArray numbers ? Tensor.Of([.. numbers.Select(one => Number(one, context))]) : Tensor.Of(Number(json, context));
    }
}
