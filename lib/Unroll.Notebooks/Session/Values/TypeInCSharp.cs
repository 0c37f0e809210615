using System.Collections;
using System.Reflection;
using Unroll.Notebooks.CellApi.Views;

namespace Unroll.Notebooks.Session.Values;

/// <summary>How C# declares a variable that holds an object of another language.</summary>
internal static class TypeInCSharp
{
    /// <summary>
    /// The name of the most special type that a cell can write, <c>dynamic</c> where that is object. A type that has no name
    /// for cells may have one that it derives from or implements, as an iterator does.
    /// </summary>
    public static string Of(object? value) => value is null ? "object" : Name(Nameable(value.GetType()));

    /// <summary>The assemblies that have to be known for it.</summary>
    public static IEnumerable<Assembly> Assemblies(object? value) =>
        value is null ? [] : Parts(Nameable(value.GetType())).Select(type => type.Assembly).Distinct();

    /// <summary>The most special type that code of another language can name; object where there is none.</summary>
    public static Type Nameable(Type type)
    {
        for (var each = type; each is not null && each != typeof(object) && each != typeof(ValueType); each = each.BaseType)
        {
            if (CanName(each))
                return each;
        }

        var shapes = type.GetInterfaces().Where(shape => CanName(shape) && typeof(IEnumerable).IsAssignableFrom(shape)).ToList();
        return shapes.Find(shape => shapes.TrueForAll(other => other.IsAssignableFrom(shape))) ?? typeof(object);
    }

    /// <summary>What a cell has compiled lies in no file, and has a name only in the language it is of.</summary>
    private static bool CanName(Type type) => Parts(type).All(part =>
        part.IsVisible && !TypeNames.IsAnonymous(part) && !part.IsPointer && !part.Assembly.IsDynamic && part.Assembly.Location.Length > 0);

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        return type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Parts)] : [type];
    }

    private static string Name(Type type)
    {
        if (type == typeof(object))
            return "dynamic";
        if (type.IsArray)
            return ArrayName(type);
        var arguments = new Queue<Type>(type.IsGenericType ? type.GetGenericArguments() : []);
        var parts = new List<string>();
        foreach (var each in Nesting(type))
        {
            var tick = each.Name.IndexOf('`', StringComparison.Ordinal);
            if (tick < 0)
            {
                parts.Add($"@{each.Name}");
                continue;
            }

            var count = each.GetGenericArguments().Length - (each.DeclaringType?.GetGenericArguments().Length ?? 0);
            var own = string.Join(", ", Enumerable.Range(0, count).Select(_ => Name(arguments.Dequeue())));
            parts.Add($"@{each.Name[..tick]}<{own}>");
        }

        var space = type.Namespace is { } name ? $"{name}." : "";
        return $"global::{space}{string.Join('.', parts)}";
    }

    /// <summary>The first rank is that of the outermost array: <c>int[][,]</c>.</summary>
    private static string ArrayName(Type type)
    {
        var ranks = "";
        while (type.IsArray)
        {
            ranks += $"[{new string(',', type.GetArrayRank() - 1)}]";
            type = type.GetElementType()!;
        }

        return Name(type) + ranks;
    }

    private static Stack<Type> Nesting(Type type)
    {
        var outermostFirst = new Stack<Type>();
        for (var each = type; each is not null; each = each.DeclaringType)
            outermostFirst.Push(each);
        return outermostFirst;
    }
}
