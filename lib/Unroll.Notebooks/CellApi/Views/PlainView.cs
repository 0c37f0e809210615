using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>
/// Writes a value as text: <c>[1, 2, 3]</c>, <c>{ "a": 1 }</c>, <c>(1, "b")</c>, <c>Point { X = 1 }</c>.
/// </summary>
internal sealed class PlainView
{
    private const string LeftOut = "…";
    private readonly ViewBudget _budget = new();

    /// <summary>The whole value; a string at the top stands without quotes.</summary>
    public static string Write(ValueView view)
    {
        if (view is ScalarView scalar)
            return scalar.Text;
        var writer = new PlainView();
        var text = view is SequenceView { AsTable: true } table
            ? string.Join('\n', [.. table.Items.Select(item => writer.Nested(item, 1)), .. Optional(table.More)])
            : writer.Text(view, depth: 0);
        return string.Join('\n', [text, .. Optional(writer._budget.Cut)]);
    }

    /// <summary>The value with one level of what is in it: enough where there is no room for more.</summary>
    public static string WriteBrief(ValueView view) => new PlainView().Text(view, Math.Max(0, ValueView.MaxDepth - 1));

    /// <summary>
    /// A value inside another one: quoted where it is text, and in its own words where its type has some.
    /// </summary>
    private string Nested(object? value, int depth)
    {
        if (!_budget.TrySpend())
            return LeftOut;
        if (OwnFormat.Of(value, MimeBundle.Plain) is { } own)
            return own;
        return depth <= ValueView.MaxDepth || IsLeaf(value) ? Text(ValueView.Of(value), depth) : LeftOut;
    }

    /// <summary>Below the depth limit nothing is enumerated any more.</summary>
    private static bool IsLeaf(object? value) => value is null or string or IConvertible;

    private string Text(ValueView view, int depth) => view switch
    {
        ScalarView scalar => Quote(scalar),
        TupleView tuple => $"({string.Join(", ", tuple.Items.Select(item => Nested(item, depth + 1)))})",
        SequenceView sequence => $"[{string.Join(
            ", ", [.. sequence.Items.Select(item => Nested(item, depth + 1)), .. Optional(sequence.More)])}]",
        MapView map => Braces(
            map.Entries.Select(entry => $"{Nested(entry.Key, depth + 1)}: {Nested(entry.Value, depth + 1)}"), map.More),
        MemberView item => item.TypeName + (item.TypeName.Length > 0 ? " " : "") + Braces(
            item.Members.Select(member => $"{member.Name} = {Nested(member.Value, depth + 1)}"), item.More),
        _ => throw new NotSupportedException($"PlainView does not know {view.GetType().Name}."),
    };

    private static string Braces(IEnumerable<string> parts, string? more)
    {
        var inside = string.Join(", ", parts.Concat(Optional(more)));
        return inside.Length == 0 ? "{ }" : $"{{ {inside} }}";
    }

    private static string Quote(ScalarView scalar) => scalar.IsText
        ? $"\"{scalar.Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}\""
        : scalar.Text;

    private static IEnumerable<string> Optional(string? text) => text is null ? [] : [text];
}
