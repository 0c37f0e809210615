using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <summary>How values become Plotly's JSON and come back.</summary>
internal static class PlotlyJson
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode node) => node.ToJsonString(Compact);

    /// <summary>
    /// The JSON of a value: sequences become arrays, a tensor nested arrays, dates text in ISO's form; what is no number
    /// (NaN, infinity) becomes null, which Plotly leaves out of the picture.
    /// </summary>
    /// <exception cref="NotSupportedException">The value is of a type that has no JSON here.</exception>
    public static JsonNode? Node(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        // A part stays the same object, so that it can be changed after it was set.
        PlotlyObject { Json.Parent: null } part => part.Json,
        PlotlyObject part => part.Json.DeepClone(),
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        short or sbyte or byte or ushort or uint => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong number => JsonValue.Create(number),
        float number => float.IsFinite(number) ? JsonValue.Create(number) : null,
        double number => double.IsFinite(number) ? JsonValue.Create(number) : null,
        Half number => Node((float)number),
        decimal number => JsonValue.Create(number),
        char letter => JsonValue.Create(letter.ToString()),
        DateTime time => JsonValue.Create(time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        DateTimeOffset time => Node(time.UtcDateTime),
        DateOnly day => JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Color color => Node(color.Value),
        Colorscale scale => Node(scale.Value),
        Tensor tensor => Rows(tensor, tensor.Shape, 0, tensor.Size),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(Node)]),
        Enum word => StyleWords.Node(word),
        _ => throw new NotSupportedException($"A {value.GetType().Name} has no JSON in a figure. Use numbers, strings, dates or sequences of them."),
    };

    /// <summary>A number, string, flag, null or list.</summary>
    public static object? Value(JsonNode? node) => node switch
    {
        null => null,
        JsonArray array => array.Select(Value).ToList(),
        JsonValue value when value.GetValueKind() is JsonValueKind.Number => Number(value),
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        JsonValue value => Word(value),
        _ => Text(node),
    };

    /// <summary>The number a value is, or spells; Plotly reads numbers in strings too.</summary>
    public static double? Number(JsonNode? node)
    {
        if (node is not JsonValue value) return null;
        return value.GetValueKind() switch
        {
            JsonValueKind.Number when double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            JsonValueKind.String when double.TryParse(value.GetValue<string>(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
            _ => null,
        };
    }

    /// <summary>The text of a string, number or flag.</summary>
    public static string Word(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => Text(node),
    };

    /// <summary>Puts what <paramref name="added"/> says into <paramref name="target"/>, object by object; the later one wins.</summary>
    public static void Merge(JsonObject target, JsonObject added)
    {
        foreach (var (name, value) in added)
        {
            if (value is JsonObject inner && target[name] is JsonObject known) Merge(known, inner);
            else target[name] = value?.DeepClone();
        }
    }

    private static JsonNode? Rows(Tensor tensor, Shape shape, int start, int size)
    {
        if (shape.Rank == 0) return Node(tensor.Values[start]);
        var step = shape[0] == 0 ? 0 : size / shape[0];
        var rows = new JsonNode?[shape[0]];
        for (var i = 0; i < rows.Length; i++) rows[i] = Rows(tensor, shape.From(1), start + i * step, step);
        return new JsonArray(rows);
    }
}
