using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.DotNet.Interactive.Formatting;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>What cells have registered with <see cref="Formatter"/>.</summary>
internal static class RegisteredFormats
{
    /// <summary>Deeper than any page is nested; a formatter that shows its own value never ends.</summary>
    private const int DeepestCall = 64;

    private static readonly ConcurrentDictionary<Type, int> Limits = new();
    private static ImmutableList<ITypeFormatter> _formatters = [];
    private static ImmutableList<(Type Type, string[] MimeTypes)> _preferences = [];

    [ThreadStatic]
    private static int _depth;

    /// <summary>Adds a formatter before the older ones.</summary>
    public static void Add(ITypeFormatter formatter) =>
        ImmutableInterlocked.Update(ref _formatters, (list, added) => list.Insert(0, added), formatter);

    /// <summary>Sets what values of a type are sent as.</summary>
    public static void Prefer(Type type, string[] mimeTypes) =>
        ImmutableInterlocked.Update(ref _preferences, (list, added) => list.Insert(0, added), (type, mimeTypes));

    /// <summary>Sets how many items of a sequence are shown.</summary>
    public static void SetLimit(Type item, int limit) => Limits[item] = limit;

    /// <summary>How many items of a sequence are shown, where that was set for the type of its items.</summary>
    public static int? LimitOf(Type item) => Limits.TryGetValue(item, out var limit) ? limit : null;

    /// <summary>Forgets all.</summary>
    public static void Clear()
    {
        _formatters = [];
        _preferences = [];
        Limits.Clear();
    }

    /// <summary>What values of <paramref name="type"/> are to be sent as, or null where nobody said.</summary>
    public static string[]? PreferredFor(Type type) =>
        MostSpecialFirst(_preferences, each => each.Type, type).FirstOrDefault().MimeTypes;

    /// <summary>Whether there is a formatter.</summary>
    public static bool Has(Type type, string mimeType) =>
        _formatters.Exists(each => each.MimeType == mimeType && IsFor(each.Type, type));

    /// <summary>The text of <paramref name="value"/> as <paramref name="mimeType"/>, or null where no formatter makes one.</summary>
    public static string? Format(object value, string mimeType)
    {
        if (_formatters.Count == 0)
            return null;
        var candidates = _formatters.Where(each => each.MimeType == mimeType);
        foreach (var formatter in MostSpecialFirst(candidates, each => each.Type, value.GetType()))
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
            if (Call(formatter, value, new FormatContext(writer)))
                return writer.ToString();
        }

        return null;
    }

    private static bool Call(ITypeFormatter formatter, object value, FormatContext context)
    {
        if (_depth >= DeepestCall)
        {
            throw new InvalidOperationException(
                $"The formatter of {TypeNames.Of(formatter.Type)} as {formatter.MimeType} shows its own value again, without end.");
        }

        _depth++;
        try
        {
            return formatter.Format(value, context);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>Those for <paramref name="type"/>: the most special type first, and of equals the newest.</summary>
    private static List<T> MostSpecialFirst<T>(IEnumerable<T> all, Func<T, Type> typeOf, Type type)
    {
        var fitting = all.Where(each => IsFor(typeOf(each), type)).ToList();
        return fitting.Count < 2
            ? fitting
            : [.. fitting.OrderBy(each => fitting.Count(other => IsMoreSpecial(typeOf(other), typeOf(each))))];
    }

    private static bool IsMoreSpecial(Type one, Type other) => one != other && IsFor(other, one) && !IsFor(one, other);

    private static bool IsFor(Type target, Type type)
    {
        if (target.IsAssignableFrom(type))
            return true;
        if (!target.IsGenericTypeDefinition)
            return false;
        for (var each = type; each is not null; each = each.BaseType)
        {
            if (Defines(each))
                return true;
        }

        return Array.Exists(type.GetInterfaces(), Defines);

        bool Defines(Type candidate) => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == target;
    }
}
