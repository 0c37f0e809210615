using System.Text.Json;

namespace Unroll.Keras.Arrays;

/// <summary>The header's words on one tensor: <c>{"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}</c>.</summary>
internal static class SafetensorsEntryReader
{
    private static readonly Dictionary<string, ElementType> Types = new(StringComparer.Ordinal)
    {
        ["F64"] = ElementType.Float64,
        ["F32"] = ElementType.Float32,
        ["F16"] = ElementType.Float16,
        ["BF16"] = ElementType.BFloat16,
        ["I64"] = ElementType.Int64,
        ["I32"] = ElementType.Int32,
        ["I16"] = ElementType.Int16,
        ["I8"] = ElementType.Int8,
        ["U64"] = ElementType.UInt64,
        ["U32"] = ElementType.UInt32,
        ["U16"] = ElementType.UInt16,
        ["U8"] = ElementType.UInt8,
        ["BOOL"] = ElementType.Bool,
    };

    /// <exception cref="InvalidDataException">Something is missing, twice there, or does not fit the rest.</exception>
    /// <exception cref="NotSupportedException">The numbers are of a type that is not read.</exception>
    public static SafetensorsEntry Read(ref Utf8JsonReader reader, string name, string file)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new InvalidDataException($"{file}: tensor {name} must be an object with dtype, shape and data_offsets.");
        string? dtype = null;
        List<long>? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString();
            reader.Read();
            var isTwice = key switch { "dtype" => dtype is not null, "shape" => shape is not null, "data_offsets" => offsets is not null, _ => false };
            if (isTwice)
                throw new InvalidDataException($"{file}: tensor {name} has {key} twice.");
            if (key == "dtype")
                dtype = reader.GetString();
            else if (key == "shape")
                shape = Numbers(ref reader, name, "shape", file);
            else if (key == "data_offsets")
                offsets = Numbers(ref reader, name, "data_offsets", file);
            else
                reader.Skip();
        }

        if (dtype is null || shape is null || offsets is null)
            throw new InvalidDataException($"{file}: tensor {name} needs dtype, shape and data_offsets.");
        return Checked(name, TypeOf(dtype, name, file), Elements.CheckedShape(shape, $"{file}: tensor {name}"), offsets, file);
    }

    private static SafetensorsEntry Checked(string name, ElementType type, Shape shape, List<long> offsets, string file)
    {
        if (offsets is not [var begin, var end] || begin < 0 || end < begin)
            throw new InvalidDataException($"{file}: tensor {name} has data_offsets [{string.Join(", ", offsets)}], which are not a begin and an end.");
        var expected = shape.LongSize * type.Size;
        return end - begin == expected
            ? new SafetensorsEntry(name, type, shape, begin, end)
            : throw new InvalidDataException($"{file}: tensor {name} of {type.Name} {shape} takes {expected} bytes, but its data_offsets hold {end - begin}.");
    }

    private static ElementType TypeOf(string dtype, string name, string file)
    {
        if (Types.TryGetValue(dtype, out var type))
            return type;
        var known = $"Known: {string.Join(", ", Types.Keys)}.";
        if (dtype is "C64" or "F4" or "F6_E2M3" or "F6_E3M2" || dtype.StartsWith("F8_", StringComparison.Ordinal))
            throw new NotSupportedException($"{file}: tensor {name} is of type {dtype}, which is not read. {known}");
        throw new InvalidDataException($"{file}: tensor {name} is of an unknown type, {dtype}. {known}");
    }

    private static List<long> Numbers(ref Utf8JsonReader reader, string name, string key, string file)
    {
        var numbers = new List<long>();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new InvalidDataException($"{file}: {key} of tensor {name} must be a list of whole numbers.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number))
                throw new InvalidDataException($"{file}: {key} of tensor {name} must be a list of whole numbers.");
            if (numbers.Count == Elements.MostAxes)
                throw new InvalidDataException($"{file}: {key} of tensor {name} has more than {Elements.MostAxes} numbers.");
            numbers.Add(number);
        }

        return numbers;
    }
}
