using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Unroll.Notebooks.CellApi.Guests;

/// <summary>
/// Writes the objects of which Plotly.NET makes its figures, bags of named values, as JSON. The library's own way there goes
/// through dynamic calls that are compiled for each name: half a second for a first chart, and a fifth for each later one.
/// </summary>
internal sealed class DynamicObjJson(Utf8JsonWriter writer)
{
    private const string Bag = "DynamicObj.DynamicObj";
    private const string Color = "Plotly.NET.Color";
    private const string Channels = "Plotly.NET.ARGB";
    private const int Deepest = 100;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private MethodInfo? _properties;
    private Type? _bag;

    /// <summary>The figure of <paramref name="traces"/> and <paramref name="layout"/>; null where a value is of a kind that is not known here.</summary>
    public static string? Write(IEnumerable traces, object layout)
    {
        var text = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(text, Options);
        var json = new DynamicObjJson(writer);
        writer.WriteStartObject();
        writer.WritePropertyName("data");
        if (!json.Value(traces, 0))
            return null;
        writer.WritePropertyName("layout");
        if (!json.Value(layout, 0))
            return null;
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private bool Value(object? value, int depth)
    {
        if (depth > Deepest)
            return false;
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                return true;
            case string or char:
                writer.WriteStringValue(value.ToString());
                return true;
            case bool flag:
                writer.WriteBooleanValue(flag);
                return true;
            case DateTime time:
                writer.WriteStringValue(time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));
                return true;
            case double or float or Half:
                Float((IFormattable)value);
                return true;
            case int or long or byte or short or sbyte or uint or ulong or ushort or decimal:
                writer.WriteRawValue(((IFormattable)value).ToString(format: null, CultureInfo.InvariantCulture));
                return true;
            case IDictionary:
                return false;
            case IEnumerable items:
                return Items(items, depth);
            default:
                return Members(value, depth);
        }
    }

    /// <summary>JSON has no words for what is not finite; plotly.js reads them as text, and so does the library write them.</summary>
    private void Float(IFormattable value)
    {
        var text = value.ToString(format: null, CultureInfo.InvariantCulture);
        if (double.IsFinite(Convert.ToDouble(value is Half half ? (double)half : value, CultureInfo.InvariantCulture)))
            writer.WriteRawValue(text);
        else
            writer.WriteStringValue(text);
    }

    private bool Items(IEnumerable items, int depth)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            if (!Value(item, depth + 1))
                return false;
        }

        writer.WriteEndArray();
        return true;
    }

    private bool Members(object value, int depth)
    {
        var type = value.GetType();
        if (type.FullName == Color)
            return type.GetProperty("Value") is { } color && Value(color.GetValue(value), depth + 1);
        if (type.FullName == Channels)
            return WriteChannels(type, value);
        if (!IsBag(type) || _properties!.Invoke(value, [true]) is not IEnumerable<KeyValuePair<string, object?>> members)
            return false;
        writer.WriteStartObject();
        foreach (var (name, member) in members)
        {
            writer.WritePropertyName(name);
            if (!Value(member, depth + 1))
                return false;
        }

        writer.WriteEndObject();
        return true;
    }

    /// <summary>A colour by its channels, each a byte, in the words of CSS.</summary>
    private bool WriteChannels(Type type, object value)
    {
        var channels = Array.ConvertAll(["R", "G", "B", "A"], (string name) => type.GetProperty(name)?.GetValue(value) as byte?);
        if (channels is not [{ } red, { } green, { } blue, { } alpha])
            return false;
        var opacity = alpha is 0 or 255 ? $"{alpha / 255}.0" : (alpha / 255.0).ToString(CultureInfo.InvariantCulture);
        writer.WriteStringValue($"rgba({red}, {green}, {blue}, {opacity})");
        return true;
    }

    private bool IsBag(Type type)
    {
        for (var each = type; _bag is null && each is not null; each = each.BaseType)
        {
            if (each.FullName == Bag)
                (_bag, _properties) = (each, each.GetMethod("GetProperties", [typeof(bool)]));
        }

        return _properties is not null && _bag!.IsAssignableFrom(type);
    }
}
