using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Unroll.Figures.Plotly;

/// <summary>
/// Numbers that a figure holds as bytes, <c>{"dtype":"f8","bdata":"…","shape":"2, 3"}</c>, as newer versions of Plotly's
/// libraries write them: for drawing they become lists of numbers.
/// </summary>
internal static class TypedArrays
{
    /// <summary>The series with its numbers written out; the same where it has none of that kind.</summary>
    public static JsonObject WriteOut(JsonObject series) => Has(series) ? (JsonObject)Write(series)! : series;

    private static bool Has(JsonObject part) => part.Any(each => each.Value is JsonObject inner && (IsTyped(inner) || Has(inner)));

    private static bool IsTyped(JsonObject part) => part["bdata"] is JsonValue && part["dtype"] is JsonValue;

    private static JsonNode? Write(JsonNode? node) => node is not JsonObject part ? node?.DeepClone()
        : IsTyped(part) ? Numbers(part) ?? part.DeepClone()
        : new JsonObject(part.Select(each => KeyValuePair.Create(each.Key, Write(each.Value))));

    /// <summary>The numbers; null where the bytes are not what the type and the shape say.</summary>
    private static JsonArray? Numbers(JsonObject part)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(PlotlyJson.Word(part["bdata"]));
        }
        catch (FormatException)
        {
            return null;
        }

        var type = PlotlyJson.Word(part["dtype"]);
        var size = type.Length == 2 && type[1] is '1' or '2' or '4' or '8' ? type[1] - '0' : 0;
        if (size == 0 || bytes.Length % size != 0 || Number(type, new byte[8]) is null)
            return null;
        var all = new JsonNode[bytes.Length / size];
        for (var i = 0; i < all.Length; i++)
            all[i] = Number(type, bytes.AsSpan(i * size, size))!;
        if (part["shape"] is not { } shape)
            return new JsonArray(all);
        var lengths = PlotlyJson.Word(shape).Split(',', StringSplitOptions.TrimEntries);
        if (lengths.Length == 1)
            return new JsonArray(all);
        return lengths.Length == 2 && int.TryParse(lengths[1], CultureInfo.InvariantCulture, out var columns) && columns > 0 && all.Length % columns == 0
            ? new JsonArray([.. all.Chunk(columns).Select(row => (JsonNode)new JsonArray(row))])
            : null;
    }

    /// <summary>A number by its type and its bytes, the lowest first; what is not finite becomes the word for it.</summary>
    private static JsonNode? Number(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        "i1" => JsonValue.Create((sbyte)bytes[0]),
        "u1" => JsonValue.Create(bytes[0]),
        "i2" => JsonValue.Create(BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        "u2" => JsonValue.Create(BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        "i4" => JsonValue.Create(BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        "u4" => JsonValue.Create(BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        "f4" => Finite(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        "f8" => Finite(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        _ => null,
    };

    private static JsonValue Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create("NaN");
}
