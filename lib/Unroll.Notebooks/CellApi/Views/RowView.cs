using System.Collections;
using System.Data;
using System.Runtime.CompilerServices;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>What an item of a sequence looks like as the row of a table.</summary>
internal static class RowView
{
    /// <summary>The fields of <paramref name="item"/> with the names of their columns; null where it is one value.</summary>
    public static IReadOnlyList<(string Name, object? Value)>? Of(object? item) => item switch
    {
        null => [],
        DataRow row => [.. row.Table.Columns.Cast<DataColumn>().Select(column => (column.ColumnName, Present(row[column])))],
        DataRowView view => Of(view.Row),
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => (Invariant($"Item{i + 1}"), tuple[i]))],
        IDictionary map when map.Keys.Cast<object>().All(key => key is string) =>
            [.. map.Keys.Cast<string>().Select(key => (key, map[key]))],
        IEnumerable<KeyValuePair<string, object?>> map => [.. map.Select(entry => (entry.Key, entry.Value))],
        IEnumerable items when Grouping.Of(items) is { } group => group.Members,
        _ when ValueView.HasMembers(item.GetType()) => MemberView.Read(item).Members,
        _ => null,
    };

    private static object? Present(object? value) => value is DBNull ? null : value;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>A sequence that has a key: what GroupBy makes.</summary>
internal static class Grouping
{
    /// <summary>The key and the values of <paramref name="items"/>, or null where it has no key.</summary>
    public static MemberView? Of(IEnumerable items)
    {
        var shape = Array.Find(items.GetType().GetInterfaces(), type =>
            type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IGrouping<,>));
        return shape is null
            ? null
            : new MemberView("", [("Key", shape.GetProperty("Key")!.GetValue(items)), ("Values", Values(items))], More: null);
    }

    /// <summary>Without their key: a cast would hand back the grouping itself.</summary>
    private static IEnumerable<object?> Values(IEnumerable items)
    {
        foreach (var item in items)
            yield return item;
    }
}
