using System.Text;

namespace Unroll.Pictures.Network;

/// <summary>Draws a network in characters: a paragraph for each layer, recurrent ones unrolled.</summary>
internal static class NetworkText
{
    private const int Step = 8;

    public static string Draw(NetworkGraph graph, string indent = "")
    {
        var text = new StringBuilder();
        for (var i = 0; i < graph.Cards.Count; i++)
        {
            var card = graph.Cards[i];
            var from = graph.Edges.Where(edge => edge.To == card).ToArray();
            text.Append(indent).Append($"{card.Name}: {string.Join(", ", card.Lines)}");
            if (from.Length > 0 && (from.Length > 1 || i == 0 || from[0].From != graph.Cards[i - 1] || from[0].Output > 0))
                text.Append($", from {string.Join(", ", from.Select(edge => edge.Output > 0 ? $"{edge.From.Name}[{edge.Output}]" : edge.From.Name))}");
            text.Append('\n');
            if (card.Inner is { } inner)
                text.Append(Draw(inner, indent + "    ")).Append('\n');
            else
                DrawSteps(text, card, indent);
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void DrawSteps(StringBuilder text, NetworkCard card, string indent)
    {
        if (card.Rows.Count > 0)
        {
            Line(text, indent, card.In!, _ => "↓");
            foreach (var row in card.Rows)
                DrawRow(text, card, row, indent);
            if (card.Merge is not null)
                text.Append(indent).Append("  ").Append(card.Merge).Append('\n');
        }
        else if (card.IsEnd && (card.In ?? card.Out) is { } slots)
        {
            Line(text, indent, slots, slot => card.Word + slots.Labels[slot]);
        }
        else if (card.WorksEachStep)
        {
            Line(text, indent, card.In!, _ => "↓");
            Line(text, indent, card.In!, _ => $"[{Cut(card.Word)}]");
            Line(text, indent, card.In!, _ => "↓");
        }
    }

    private static void DrawRow(StringBuilder text, NetworkCard card, CellRow row, string indent)
    {
        var slots = card.In!;
        foreach (var cell in row.Cells)
        {
            var line = new StringBuilder(indent);
            for (var slot = 0; slot < slots.Count; slot++)
            {
                var word = slots.IsGap(slot) ? StepSlots.Gap : $"[{Cut(cell)}]";
                line.Append(Middle(word, slot == slots.Count - 1 ? ' ' : '─'));
                if (slot < slots.Count - 1)
                    line[^1] = row.GoesBackwards ? '─' : '→';
                if (slot > 0 && row.GoesBackwards)
                    line[^Step] = '←';
                else if (slot > 0)
                    line[^Step] = ' ';
            }

            var givesStates = card.ReturnsState && cell == row.Cells[^1] && !row.GoesBackwards;
            text.Append(line.ToString().TrimEnd()).Append(givesStates ? $" → {row.States}" : "").Append('\n');
        }

        var last = row.GoesBackwards ? 0 : slots.Count - 1;
        Line(text, indent, slots, slot => card.ReturnsSequences || slot == last ? "↓" : "");
    }

    private static string Cut(string word) => word.Length > 5 ? word[..5] : word;

    private static void Line(StringBuilder text, string indent, StepSlots slots, Func<int, string> word)
    {
        var line = new StringBuilder(indent);
        for (var slot = 0; slot < slots.Count; slot++)
            line.Append(Middle(slots.IsGap(slot) ? "" : word(slot), ' '));
        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    private static string Middle(string word, char filling)
    {
        var left = (Step - word.Length) / 2;
        return new string(filling == '─' ? ' ' : filling, Math.Max(0, left)) + word + new string(filling, Math.Max(0, Step - word.Length - left));
    }
}
