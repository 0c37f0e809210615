using System.Reflection;
using System.Text.Json;
using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Training;

namespace Unroll.Tests.Support;

/// <summary>
/// Layers, optimizers and losses from <c>{"class", "args"}</c> with Keras' names. Arguments that are not there take the
/// library's defaults; one that no constructor knows fails the test.
/// </summary>
internal static class MadeFromJson
{
    private static readonly Dictionary<string, Type> Losses = new(StringComparer.Ordinal)
    {
        ["mse"] = typeof(MeanSquaredError),
        ["mae"] = typeof(MeanAbsoluteError),
        ["binary_crossentropy"] = typeof(BinaryCrossentropy),
        ["categorical_crossentropy"] = typeof(CategoricalCrossentropy),
        ["sparse_categorical_crossentropy"] = typeof(SparseCategoricalCrossentropy),
        ["huber"] = typeof(Huber),
    };

    public static Layer Layer(JsonElement spec, string? name = null)
    {
        var type = typeof(Layer).Assembly.GetType($"Unroll.Layers.{spec.GetProperty("class").GetString()}", throwOnError: true)!;
        return (Layer)Make(type, spec.GetProperty("args"), name);
    }

    public static Optimizer Optimizer(JsonElement spec) => (Optimizer)Training(spec);

    /// <summary>By name where there are no arguments, so that the names are tested too.</summary>
    public static Loss Loss(JsonElement spec)
    {
        var (name, args) = (spec.GetProperty("name").GetString()!, spec.GetProperty("args"));
        return args.EnumerateObject().Any() ? (Loss)Make(Losses[name], args, name: null) : name;
    }

    /// <summary>Keras' <c>return_sequences</c> is <c>returnSequences</c> here; <c>beta_1</c> is <c>beta1</c>.</summary>
    public static string CamelCase(string name)
    {
        var words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>An optimizer, a schedule or a metric.</summary>
    public static object Training(JsonElement spec)
    {
        var type = typeof(Optimizer).Assembly.GetType($"Unroll.Training.{spec.GetProperty("class").GetString()}", throwOnError: true)!;
        return Make(type, spec.GetProperty("args"), name: null);
    }

    private static object Make(Type type, JsonElement args, string? name)
    {
        var given = args.EnumerateObject().ToDictionary(arg => ParameterName(arg), arg => arg.Value, StringComparer.Ordinal);
        var constructor = type.GetConstructors().Single(one => Array.TrueForAll(
            one.GetParameters(), parameter => parameter.HasDefaultValue || given.ContainsKey(parameter.Name!)) &&
            given.Keys.All(key => one.GetParameters().Any(parameter => string.Equals(parameter.Name, key, StringComparison.Ordinal))));
        return constructor.Invoke([.. constructor.GetParameters().Select(Value)]);

        object? Value(ParameterInfo parameter)
        {
            if (given.TryGetValue(parameter.Name!, out var json))
                return Convert(json, parameter.ParameterType);
            return name is not null && parameter.Name is "name" ? name : parameter.DefaultValue;
        }
    }

    /// <summary>Keras' RNN takes a cell or a list of cells under one name.</summary>
    private static string ParameterName(JsonProperty arg) => arg.Name switch
    {
        "cell" when arg.Value.ValueKind == JsonValueKind.Array => "cells",
        "clipnorm" => "clipNorm",
        "clipvalue" => "clipValue",
        "global_clipnorm" => "globalClipNorm",
        _ => CamelCase(arg.Name),
    };

    private static object? Convert(JsonElement json, Type type)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return null;
        if (typeof(Layer).IsAssignableFrom(type))
            return Layer(json);
        if (type == typeof(IReadOnlyList<RNNCell>))
            return json.EnumerateArray().Select(cell => (RNNCell)Layer(cell)).ToArray();
        if (type == typeof(ActivationFunction))
            return (ActivationFunction)json.GetString()!;
        if (type == typeof(Initializer))
            return new Constant(json.GetSingle());
        if (type == typeof(Pair?) || type == typeof(Pair))
            return PairOf(json);
        if (type == typeof(Margins?))
            return MarginsOf(json);
        if (type == typeof(LearningRateSchedule))
            return json.ValueKind == JsonValueKind.Number ? (LearningRateSchedule)json.GetDouble() : Training(json);
        if (type == typeof(int[]) || type == typeof(IReadOnlyList<int>))
            return json.Integers();
        if (type == typeof(IReadOnlyList<double>))
            return json.Doubles();
        if (type == typeof(int) || type == typeof(int?))
            return json.GetInt32();
        if (type == typeof(float))
            return json.GetSingle();
        if (type == typeof(double) || type == typeof(double?))
            return json.GetDouble();
        if (type == typeof(bool))
            return json.GetBoolean();
        if (type == typeof(string))
            return json.GetString();
        throw new NotSupportedException($"No value of type {type} is read from JSON yet.");
    }

    private static Pair PairOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? new Pair(json[0].GetInt32(), json[1].GetInt32()) : json.GetInt32();

    private static Margins MarginsOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? new Margins(PairOf(json[0]), PairOf(json[1])) : json.GetInt32();
}
