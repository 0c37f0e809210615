using System.Collections;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>The first items of a sequence, and what to say of the rest.</summary>
internal sealed record SequenceView(IReadOnlyList<object?> Items, string? More) : ValueView
{
    /// <summary>Whether the owner asked for a table.</summary>
    public bool AsTable { get; init; }

    public static SequenceView Of(IEnumerable items)
    {
        var limit = LimitOf(items);
        var shown = items.Cast<object?>().Take(limit + 1).ToList();
        if (shown.Count <= limit)
            return new SequenceView(shown, More: null);
        return new SequenceView(shown[..limit], Rest((items as ICollection)?.Count, limit));
    }

    private static int LimitOf(IEnumerable items)
    {
        var item = items.GetType().GetInterfaces()
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .Select(type => RegisteredFormats.LimitOf(type.GetGenericArguments()[0]));
        return item.FirstOrDefault(limit => limit is not null) ?? MaxItems;
    }

    /// <summary>An endless sequence has no count, and counting a long one could run its side effects.</summary>
    internal static string Rest(int? count, int limit) => count is { } all
        ? $"… and {all - limit} more of {all}"
        : $"… and more; the first {limit} are shown";
}

/// <summary>The first entries of a dictionary, and what to say of the rest.</summary>
internal sealed record MapView(IReadOnlyList<(object? Key, object? Value)> Entries, string? More) : ValueView
{
    public static MapView Of(IEnumerable<(object? Key, object? Value)> entries, int? count)
    {
        var shown = entries.Take(MaxItems + 1).ToList();
        return shown.Count <= MaxItems
            ? new MapView(shown, More: null)
            : new MapView(shown[..MaxItems], SequenceView.Rest(count, MaxItems));
    }
}

/// <summary>Dictionaries that have only the generic interface.</summary>
internal static class GenericMap
{
    /// <summary>The entries of <paramref name="items"/> where it is a generic dictionary, else null.</summary>
    public static IEnumerable<(object? Key, object? Value)>? Entries(IEnumerable items)
    {
        var isMap = items.GetType().GetInterfaces().Any(type => type.IsGenericType
            && (type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
                || type.GetGenericTypeDefinition() == typeof(IDictionary<,>)));
        return isMap ? items.Cast<object>().Select(Pair) : null;
    }

    private static (object? Key, object? Value) Pair(object entry) =>
        (entry.GetType().GetProperty("Key")?.GetValue(entry), entry.GetType().GetProperty("Value")?.GetValue(entry));
}

/// <summary>One row of an array of several dimensions.</summary>
internal sealed class ArraySlice(Array array, int[] prefix) : IEnumerable
{
    public static ArraySlice Rows(Array array) => new(array, []);

    public IEnumerator GetEnumerator()
    {
        var axis = prefix.Length;
        for (var i = array.GetLowerBound(axis); i <= array.GetUpperBound(axis); i++)
        {
            int[] index = [.. prefix, i];
            yield return axis == array.Rank - 1 ? array.GetValue(index) : new ArraySlice(array, index);
        }
    }
}
