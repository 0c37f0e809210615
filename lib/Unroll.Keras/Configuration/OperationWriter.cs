using System.Text.Json.Nodes;
using Unroll.Layers;

namespace Unroll.Keras.Configuration;

/// <summary>Writes operations of a graph, <c>x + y</c> and <c>Ops.Mean(x, 1)</c>, as Keras 3 does.</summary>
internal static class OperationWriter
{
    /// <summary>What Keras calls the arguments with which an operation is made; the others are called with theirs.</summary>
    private static readonly Dictionary<string, string[]> Keys = new(StringComparer.Ordinal)
    {
        ["Clip"] = ["x_min", "x_max"],
        ["Softmax"] = ["axis"],
        ["Sum"] = ["axis", "keepdims"],
        ["Mean"] = ["axis", "keepdims"],
        ["Max"] = ["axis", "keepdims"],
        ["Min"] = ["axis", "keepdims"],
        ["ExpandDims"] = ["axis"],
        ["Flip"] = ["axis"],
        ["Reshape"] = ["newshape"],
        ["Transpose"] = ["axes"],
        ["Concatenate"] = ["axis"],
        ["Stack"] = ["axis"],
    };

    public static JsonObject Write(OperationLayer operation)
    {
        var config = new JsonObject { ["name"] = operation.Name };
        foreach (var (key, value) in Keys.GetValueOrDefault(operation.ClassName, []).Zip(operation.Arguments))
            config[key] = Setting(value);
        var module = operation.ClassName is "Relu" or "Sigmoid" or "Softmax" ? "nn" : "numpy";
        return ObjectWriter.Wrapped($"keras.src.ops.{module}", operation.ClassName, config, operation.ClassName);
    }

    /// <summary>What the operation is called with: tensors of the graph, and constants between them.</summary>
    public static JsonArray Arguments(OperationLayer operation, JsonNode[] tensors)
    {
        if (operation.ClassName is "Concatenate" or "Stack")
            return [new JsonArray(tensors)];
        if (Keys.ContainsKey(operation.ClassName) || operation.Arguments.Count == 0)
            return new JsonArray(tensors);

        // Of two operands one may be data: null stands in the place of the other. Other constants follow the tensor.
        return operation.Arguments is [{ } first, null] ? [Constant(first), tensors[0]]
            : operation.Arguments is [null, { } second] ? [tensors[0], Constant(second)]
            : [.. tensors, Constant(operation.Arguments[0]!)];
    }

    private static JsonNode? Setting(object? value) => value switch
    {
        null => null,
        bool flag => flag,
        int number => number,
        double number => number,
        int[] numbers => new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]),
        _ => throw new NotSupportedException($"An operation has a setting of {value.GetType().Name}, which a configuration cannot hold."),
    };

    private static JsonNode Constant(object value) => value switch
    {
        double number => number,
        Tensor { Rank: 0 } number => (double)number.Item(),
        Tensor array => new JsonObject
        {
            ["class_name"] = "__tensor__",
            ["config"] = new JsonObject { ["value"] = Numbers(array), ["dtype"] = "float32" },
        },
        Slice[] places => new JsonArray([.. places.Select(Place)]),
        _ => throw new NotSupportedException($"An operation has a constant of {value.GetType().Name}, which a configuration cannot hold."),
    };

    private static JsonNode Numbers(Tensor tensor) => tensor.Rank == 0
        ? JsonValue.Create((double)tensor.Item())
        : new JsonArray([.. tensor.Unstack().Select(Numbers)]);

    private static JsonNode Place(Slice place)
    {
        var range = place.Range;
        if (place.DropsAxis)
            return Number(range.Start);
        return new JsonObject
        {
            ["class_name"] = "__slice__",
            ["config"] = new JsonObject
            {
                ["start"] = range.Start.Equals(Index.Start) ? null : Number(range.Start),
                ["stop"] = range.End.Equals(Index.End) ? null : Number(range.End),
                ["step"] = null,
            },
        };
    }

    private static JsonValue Number(Index index) => JsonValue.Create(index.IsFromEnd ? -index.Value : index.Value);
}
