using System.Reflection;
using System.Runtime.CompilerServices;

namespace Unroll.Tests.ApiTests;

/// <summary>Types as C# writes them, with a question mark where null may stand.</summary>
internal static class ApiTypeName
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string Of(ParameterInfo parameter) => Of(parameter.ParameterType, Nullability.Create(parameter), Names(parameter));

    public static string Of(PropertyInfo property) => Of(property.PropertyType, Nullability.Create(property), Names(property));

    public static string Of(FieldInfo field) => Of(field.FieldType, Nullability.Create(field), Names(field));

    public static string Of(Type type, NullabilityInfo? nullability = null, Queue<string?>? tupleNames = null)
    {
        if (type.IsByRef) return Of(type.GetElementType()!, nullability, tupleNames);
        if (Nullable.GetUnderlyingType(type) is { } value) return Of(value, nullability?.GenericTypeArguments.FirstOrDefault(), tupleNames) + "?";
        var mark = nullability is { ReadState: NullabilityState.Nullable } or { ReadState: NullabilityState.Unknown, WriteState: NullabilityState.Nullable }
            && !type.IsValueType ? "?" : "";
        return Plain(type, nullability, tupleNames) + mark;
    }

    private static string Plain(Type type, NullabilityInfo? nullability, Queue<string?>? tupleNames)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsArray)
            return $"{Of(type.GetElementType()!, nullability?.ElementType, tupleNames)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (!type.IsGenericType) return type.Name;
        var arguments = type.GetGenericArguments();
        if (typeof(ITuple).IsAssignableFrom(type))
        {
            var names = arguments.Select(_ => tupleNames is { Count: > 0 } ? tupleNames.Dequeue() : null).ToArray();
            return $"({string.Join(", ", arguments.Select((argument, i) => $"{Of(argument, At(i), tupleNames)} {names[i]}".TrimEnd()))})";
        }

        return $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments.Select((argument, i) => Of(argument, At(i), tupleNames)))}>";

        NullabilityInfo? At(int i) => nullability is not null && i < nullability.GenericTypeArguments.Length ? nullability.GenericTypeArguments[i] : null;
    }

    private static Queue<string?> Names(ICustomAttributeProvider member) => new(
        member.GetCustomAttributes(typeof(TupleElementNamesAttribute), false).OfType<TupleElementNamesAttribute>().SelectMany(names => names.TransformNames));
}
