using System.Text;

namespace Unroll.Notebooks.Formatting;

/// <summary>Writes a value as text: <c>[1, 2, 3]</c>, <c>{ "a": 1 }</c>, <c>(1, "b")</c>, <c>Point { X = 1 }</c>.</summary>
internal static class PlainView
{
    /// <summary>The whole value; a string at the top stands without quotes.</summary>
    public static string Write(ValueView view)
    {
        if (view is ScalarView scalar)
            return scalar.Text;
        if (view is SequenceView { AsTable: true } table)
            return string.Join('\n', table.Items.Select(item => Nested(item, 1)).Concat(Optional(table.More)));
        var text = new StringBuilder();
        Write(text, view, depth: 0);
        return text.ToString();
    }

    /// <summary>A value inside another one: quoted where it is text, and in its own words where its type has some.</summary>
    public static string Nested(object? value, int depth)
    {
        if (value is not null && ConventionFormatter.Of(value.GetType())?.Format(value, MimeBundle.Plain) is { } own)
            return own;
        if (depth > ValueView.MaxDepth)
            return ValueView.Of(value) is ScalarView leaf ? Quote(leaf) : "…";
        var text = new StringBuilder();
        Write(text, ValueView.Of(value), depth);
        return text.ToString();
    }

    private static void Write(StringBuilder text, ValueView view, int depth)
    {
        switch (view)
        {
            case ScalarView scalar:
                text.Append(Quote(scalar));
                break;
            case TupleView tuple:
                text.Append('(').AppendJoin(", ", tuple.Items.Select(item => Nested(item, depth + 1))).Append(')');
                break;
            case SequenceView sequence:
                text.Append('[').AppendJoin(", ", sequence.Items.Select(item => Nested(item, depth + 1))
                    .Concat(Optional(sequence.More))).Append(']');
                break;
            case MapView map:
                var entries = map.Entries.Select(e => $"{Nested(e.Key, depth + 1)}: {Nested(e.Value, depth + 1)}");
                Braces(text, entries.Concat(Optional(map.More)));
                break;
            case MemberView item:
                text.Append(item.TypeName).Append(item.TypeName.Length > 0 ? " " : "");
                Braces(text, item.Members.Select(member => $"{member.Name} = {Nested(member.Value, depth + 1)}"));
                break;
        }
    }

    private static void Braces(StringBuilder text, IEnumerable<string> parts)
    {
        var inside = string.Join(", ", parts);
        text.Append(inside.Length == 0 ? "{ }" : $"{{ {inside} }}");
    }

    private static string Quote(ScalarView scalar) => scalar.IsText
        ? $"\"{scalar.Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}\""
        : scalar.Text;

    private static IEnumerable<string> Optional(string? text) => text is null ? [] : [text];
}
