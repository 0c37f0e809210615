using System.Text.Json.Nodes;
using Unroll.Layers;

namespace Unroll.Keras.Configuration;

/// <summary>Operations of Keras 3 in a graph, <c>x + y</c>, <c>x[:, -1]</c> and <c>ops.mean(x, axis=1)</c>, as <see cref="Ops"/> has them.</summary>
internal static class OperationReader
{
    private static readonly Dictionary<string, Func<Operands, KerasTensor>> Known = new(StringComparer.Ordinal)
    {
        ["Add"] = all => all.Both((x, y) => x + y, (x, y) => x + y, (x, y) => x + y),
        ["Subtract"] = all => all.Both((x, y) => x - y, (x, y) => x - y, (x, y) => x - y),
        ["Multiply"] = all => all.Both((x, y) => x * y, (x, y) => x * y, (x, y) => x * y),
        ["TrueDivide"] = all => all.Both((x, y) => x / y, (x, y) => x / y, (x, y) => x / y),
        ["Divide"] = all => all.Both((x, y) => x / y, (x, y) => x / y, (x, y) => x / y),
        ["Negative"] = all => -all.X,
        ["Absolute"] = all => Ops.Absolute(all.X),
        ["Abs"] = all => Ops.Absolute(all.X),
        ["Exp"] = all => Ops.Exp(all.X),
        ["Log"] = all => Ops.Log(all.X),
        ["Sqrt"] = all => Ops.Sqrt(all.X),
        ["Square"] = all => Ops.Square(all.X),
        ["Power"] = all => Ops.Power(all.X, all.Constant()),
        ["Tanh"] = all => Ops.Tanh(all.X),
        ["Sigmoid"] = all => Ops.Sigmoid(all.X),
        ["Relu"] = all => Ops.Relu(all.X),
        ["Softmax"] = all => Ops.Softmax(all.X, all.Axis ?? -1),
        ["Clip"] = all => Ops.Clip(all.X, all.Number("x_min"), all.Number("x_max")),
        ["Sum"] = all => Ops.Sum(all.X, all.NeededAxis, all.KeepDims),
        ["Mean"] = all => Ops.Mean(all.X, all.NeededAxis, all.KeepDims),
        ["Max"] = all => Ops.Max(all.X, all.NeededAxis, all.KeepDims),
        ["Min"] = all => Ops.Min(all.X, all.NeededAxis, all.KeepDims),
        ["ExpandDims"] = all => Ops.ExpandDims(all.X, all.NeededAxis),
        ["Flip"] = all => Ops.Flip(all.X, all.NeededAxis),
        ["Reshape"] = all => Ops.Reshape(all.X, all.Numbers("newshape")),
        ["Transpose"] = all => Ops.Transpose(all.X, all.Numbers("axes")),
        ["Matmul"] = all => Ops.Matmul(all.X, all.Y),
        ["Maximum"] = all => Ops.Maximum(all.X, all.Y),
        ["Minimum"] = all => Ops.Minimum(all.X, all.Y),
        ["Greater"] = all => Ops.Greater(all.X, all.Y),
        ["Concatenate"] = all => Ops.Concatenate(KerasTensors.Create(all.Tensors), all.Axis ?? -1),
        ["Stack"] = all => Ops.Stack(KerasTensors.Create(all.Tensors), all.Axis ?? 0),
        ["GetItem"] = all => all.X[all.Places()],
    };

    /// <summary>Places an operation in the graph.</summary>
    public static KerasTensors Place(GraphCall call, KerasTensor[] tensors, ReadContext context)
    {
        var name = call.Layer.ClassName;
        if (!Known.TryGetValue(name, out var place) || tensors.Length == 0)
            throw context.Unsupported(call.Layer.Name, name, $"is an operation that is not here. There are {string.Join(", ", Known.Keys)}.");
        var result = place(new Operands(call, tensors, context));
        result.Layer.Name = call.Layer.Name;
        return result;
    }

    /// <summary>What an operation is called with, and how it is configured.</summary>
    private sealed class Operands(GraphCall call, KerasTensor[] tensors, ReadContext context)
    {
        public KerasTensor[] Tensors => tensors;

        public KerasTensor X => tensors[0];

        public KerasTensor Y => tensors.Length == 2 ? tensors[1] : throw Refusal("of which one is not a tensor of the graph");

        public int? Axis => call.Layer.Config["axis"] switch
        {
            null => null,
            JsonArray { Count: 1 } one => (int)one[0]!,
            JsonArray => throw Refusal("over several axes"),
            var axis => (int)axis,
        };

        public int NeededAxis => Axis ?? throw Refusal("over all axes, the batch among them");

        public bool KeepDims => !call.Layer.Config["keepdims"].IsNothing();

        public double Number(string key) => call.Layer.Config[key] is JsonValue value && value.TryGetValue<double>(out var number)
            ? number
            : throw Refusal($"without a number {key}");

        public int[] Numbers(string key) => [.. (call.Layer.Config[key] as JsonArray ?? throw Refusal($"without a list {key}")).Select(one => (int)one!)];

        /// <summary>An operation of two operands, one of which may be a number.</summary>
        public KerasTensor Both(
            Func<KerasTensor, KerasTensor, KerasTensor> both, Func<KerasTensor, Tensor, KerasTensor> right, Func<Tensor, KerasTensor, KerasTensor> left)
        {
            if (tensors.Length == 2)
                return both(tensors[0], tensors[1]);
            return IsConstant(0) ? left(ConstantTensor(), tensors[0]) : right(tensors[0], ConstantTensor());
        }

        /// <summary>The operand that is a number.</summary>
        public double Constant() => Second is JsonValue value && value.TryGetValue<double>(out var number)
            ? number
            : throw Refusal($"with {Json.Short(Second)}");

        /// <summary>The operand that is a number or an array of them: <c>{"class_name": "__tensor__", "config": {"value": […]}}</c>.</summary>
        private Tensor ConstantTensor()
        {
            if (Second is not JsonObject array || array["config"] is not JsonObject { } config || config["value"] is not { } value)
                return Constant();
            var (shape, numbers) = (new List<int>(), new List<float>());
            for (var at = value; at is JsonArray { Count: > 0 } list; at = list[0]!)
                shape.Add(list.Count);
            Flatten(value, numbers);
            return numbers.Count == shape.Aggregate(1L, (size, length) => size * length)
                ? Tensor.FromSpan([.. numbers], [.. shape])
                : throw Refusal($"with {Json.Short(Second)}");
        }

        private void Flatten(JsonNode? json, List<float> numbers)
        {
            if (json is JsonArray list)
            {
                foreach (var one in list)
                    Flatten(one, numbers);
            }
            else
            {
                numbers.Add(json is JsonValue value && value.TryGetValue<float>(out var number) ? number : throw Refusal($"with {Json.Short(json)} in an array"));
            }
        }

        /// <summary>The places of <c>x[:, 1:3, -1]</c>.</summary>
        public Slice[] Places() => Second switch
        {
            JsonArray list => [.. list.Select(Place)],
            JsonObject tuple when tuple["items"] is JsonArray items => [.. items.Select(Place)],
            var one => [Place(one)],
        };

        private JsonNode? Second => IsConstant(0) ? call.Arguments[0] : call.Arguments.ElementAtOrDefault(1);

        private bool IsConstant(int place) => TensorReference.Of(call.Arguments.ElementAtOrDefault(place)) is null && place < call.Arguments.Count;

        private Slice Place(JsonNode? json)
        {
            if (json is JsonValue value && value.TryGetValue<int>(out var index))
                return index < 0 ? new Index(-index, fromEnd: true) : new Index(index);
            if (json is not JsonObject one || one["config"] is not JsonObject range || one.OptionalText("class_name") is not "__slice__" || !(range["step"] is null || (int?)range["step"] == 1))
                throw Refusal($"with {Json.Short(json)} as a place");
            return new Range(End((int?)range["start"], Index.Start), End((int?)range["stop"], Index.End));
        }

        private static Index End(int? place, Index otherwise) => place switch
        {
            null => otherwise,
            < 0 => new Index(-place.Value, fromEnd: true),
            _ => new Index(place.Value),
        };

        private NotSupportedException Refusal(string what) => context.Unsupported(call.Layer.Name, call.Layer.ClassName, $"is an operation {what}, which cannot be said here.");
    }
}
