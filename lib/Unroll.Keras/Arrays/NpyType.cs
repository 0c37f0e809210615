namespace Unroll.Keras.Arrays;

/// <summary>NumPy's words for types: <c>&lt;f4</c> is a float of 4 bytes, the least first.</summary>
internal static class NpyType
{
    private static readonly Dictionary<string, ElementType> Types = new(StringComparer.Ordinal)
    {
        ["f2"] = ElementType.Float16,
        ["f4"] = ElementType.Float32,
        ["f8"] = ElementType.Float64,
        ["i1"] = ElementType.Int8,
        ["i2"] = ElementType.Int16,
        ["i4"] = ElementType.Int32,
        ["i8"] = ElementType.Int64,
        ["u1"] = ElementType.UInt8,
        ["u2"] = ElementType.UInt16,
        ["u4"] = ElementType.UInt32,
        ["u8"] = ElementType.UInt64,
        ["b1"] = ElementType.Bool,
    };

    /// <exception cref="InvalidDataException">It is not a word of NumPy's.</exception>
    /// <exception cref="NotSupportedException">Such arrays hold no numbers that a tensor could.</exception>
    public static (ElementType Type, bool IsBigEndian) Of(string word, string what)
    {
        var isOrdered = word is ['<' or '>' or '=' or '|', ..];
        var kind = isOrdered ? word[1..] : word;
        if (Types.TryGetValue(kind, out var type))
            return (type, word[0] == '>' || (word[0] != '<' && !BitConverter.IsLittleEndian));
        throw kind switch
        {
            ['O', ..] => new NotSupportedException(
                $"{what} holds Python objects ('{word}'). They are saved as a pickle, which runs code where it is read, so they are never read. " +
                "Save an array of numbers: np.save(path, array.astype(np.float32))."),
            ['c' or 'f' or 'S' or 'U' or 'M' or 'm' or 'V' or 'a', ..] => new NotSupportedException(
                $"{what} is an array of type '{word}', which no tensor holds. Known: {string.Join(", ", Types.Keys)}."),
            _ => new InvalidDataException($"{what} has an unknown type, '{word}'. Known: {string.Join(", ", Types.Keys)}."),
        };
    }

    public static NotSupportedException Structured(string what) => new(
        $"{what} is an array of records, whose descr is not one type. Save each field as an array of its own.");
}
