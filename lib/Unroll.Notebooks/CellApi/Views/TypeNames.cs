namespace Unroll.Notebooks.CellApi.Views;

/// <summary>Types as a C# programmer writes them.</summary>
internal static class TypeNames
{
    /// <summary>The short name of <paramref name="type"/>, with its type arguments.</summary>
    public static string Of(Type type)
    {
        if (IsAnonymous(type))
            return "";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (!type.IsGenericType)
            return Keyword(type) ?? type.Name;
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        var name = tick < 0 ? type.Name : type.Name[..tick];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }

    /// <summary>Whether the compiler made the type for a <c>new { … }</c>.</summary>
    public static bool IsAnonymous(Type type) => type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal);

    private static string? Keyword(Type type) => type.IsEnum ? null : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "bool",
        TypeCode.Byte => "byte",
        TypeCode.Char => "char",
        TypeCode.Decimal => "decimal",
        TypeCode.Double => "double",
        TypeCode.Int32 => "int",
        TypeCode.Int64 => "long",
        TypeCode.Single => "float",
        TypeCode.String => "string",
        _ => type == typeof(object) ? "object" : null,
    };
}

/// <summary>Which types come with .NET.</summary>
internal static class FrameworkTypes
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";

    /// <summary>Whether <paramref name="type"/> is one of them.</summary>
    public static bool Contains(Type type) => Contains(type.Assembly);

    /// <summary>Whether <paramref name="assembly"/> is of .NET.</summary>
    public static bool Contains(System.Reflection.Assembly assembly) =>
        !assembly.IsDynamic && Path.GetDirectoryName(assembly.Location) == Folder;
}
