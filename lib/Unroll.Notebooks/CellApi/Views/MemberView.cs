using System.Reflection;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>An object by its public properties and fields.</summary>
internal sealed record MemberView(string TypeName, IReadOnlyList<(string Name, object? Value)> Members, string? More)
    : ValueView
{
    /// <summary>Reads the members of <paramref name="value"/>.</summary>
    public static MemberView Read(object value)
    {
        var type = value.GetType();
        var members = MembersOf(type).ToList();
        return new MemberView(
            TypeNames.Of(type),
            [.. members.Take(MaxItems).Select(member => (member.Name, Read(member, value)))],
            members.Count > MaxItems ? SequenceView.Rest(members.Count, MaxItems) : null);
    }

    /// <summary>
    /// The members that are shown: what can be read without arguments, in the order they were written.
    /// </summary>
    public static IEnumerable<MemberInfo> MembersOf(Type type)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        var properties = type.GetProperties(Public)
            .Where(property => property.GetMethod?.IsPublic == true && property.GetIndexParameters().Length == 0
                && !property.PropertyType.IsByRefLike);
        return properties.Cast<MemberInfo>().Concat(type.GetFields(Public)).OrderBy(member => member.MetadataToken);
    }

    /// <summary>One property that throws must not hide the others.</summary>
    private static object? Read(MemberInfo member, object owner)
    {
        try
        {
            return member is PropertyInfo property ? property.GetValue(owner) : ((FieldInfo)member).GetValue(owner);
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            return new Unreadable(inner);
        }
    }

    /// <summary>Stands where a property could not be read.</summary>
    private sealed class Unreadable(Exception error)
    {
        public override string ToString() => $"<{error.GetType().Name}: {error.Message}>";
    }
}
