using System.Collections;
using System.Data;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.DotNet.Interactive.Formatting;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>What a value looks like, before anyone decides how to write it: one model under text and HTML.</summary>
internal abstract record ValueView
{
    /// <summary>How many items, entries or members are shown by default.</summary>
    public const int DefaultItems = 100;

    /// <summary>How deep nested values are shown by default.</summary>
    public const int DefaultDepth = 4;

    /// <summary>What stands for null by default.</summary>
    public const string DefaultNull = "null";

    /// <summary>How many elements one place of a page may hold.</summary>
    public const int LongestContent = 100_000;

    /// <summary>How many items, entries or members are shown; what is left out is said.</summary>
    public static int MaxItems => Formatter.ListExpansionLimit;

    /// <summary>How deep nested values are shown.</summary>
    public static int MaxDepth => Formatter.RecursionLimit;

    /// <summary>Looks at <paramref name="value"/>.</summary>
    public static ValueView Of(object? value) => value switch
    {
        null => new ScalarView(Formatter.NullString, IsText: false),
        string text => new ScalarView(text, IsText: true),
        TableView table => SequenceView.Of(table.Items) with { AsTable = true },
        DataTable table => SequenceView.Of(table.Rows) with { AsTable = true },
        DataView rows => SequenceView.Of(rows) with { AsTable = true },
        DataRow or DataRowView => new MemberView("", RowView.Of(value)!, More: null),
        ITuple tuple => new TupleView([.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])]),
        IDictionary map => MapView.Of(map.Keys.Cast<object?>().Select(key => (key, map[key!])), map.Count),
        Array { Rank: > 1 } array => SequenceView.Of(ArraySlice.Rows(array)),
        IEnumerable items when GenericMap.Entries(items) is { } entries => MapView.Of(entries, count: null),
        IEnumerable items when Grouping.Of(items) is { } group => group,
        IEnumerable items => SequenceView.Of(items),
        _ when HasMembers(value.GetType()) => MemberView.Read(value),
        _ => new ScalarView(ScalarText(value), IsText: false),
    };

    /// <summary>
    /// Only types that people wrote show their members: a property of the framework may block (Task.Result) or go on
    /// without end, and its types know how to print themselves.
    /// </summary>
    public static bool HasMembers(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || type.IsPointer)
            return false;
        if (TypeNames.IsAnonymous(type))
            return true;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
            return true;
        if (typeof(Exception).IsAssignableFrom(type) || typeof(MemberInfo).IsAssignableFrom(type)
            || typeof(Delegate).IsAssignableFrom(type) || FrameworkTypes.Contains(type))
        {
            return false;
        }

        return !HasOwnText(type) && !FSharpUnion.Is(type) && MemberView.MembersOf(type).Any();
    }

    /// <summary>
    /// A type that overrides ToString says how it wants to be read; a record's override is the compiler's.
    /// </summary>
    private static bool HasOwnText(Type type)
    {
        var print = type.GetMethod(nameof(ToString), Type.EmptyTypes);
        return print?.DeclaringType is { } owner && owner != typeof(object) && owner != typeof(ValueType)
            && !print.IsDefined(typeof(CompilerGeneratedAttribute));
    }

    private static string ScalarText(object value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        Type type => TypeNames.Of(type),
        Delegate => TypeNames.Of(value.GetType()),
        JsonDocument json => json.RootElement.ToString(),
        _ => value.ToString() ?? "",
    };
}

/// <summary>A value that is one piece of text.</summary>
internal sealed record ScalarView(string Text, bool IsText) : ValueView;

/// <summary>A tuple, all of it.</summary>
internal sealed record TupleView(IReadOnlyList<object?> Items) : ValueView;
