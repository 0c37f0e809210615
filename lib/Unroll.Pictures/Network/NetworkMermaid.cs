using System.Text;
using Unroll.Figures.Svg;

namespace Unroll.Pictures.Network;

/// <summary>Writes a network as a flow chart of Mermaid.</summary>
internal sealed class NetworkMermaid
{
    private readonly StringBuilder _text = new("flowchart TD\n");
    private readonly Dictionary<NetworkCard, (string[] In, string[] Out)> _ports = [];
    private int _next;

    public static string Write(NetworkGraph graph)
    {
        var mermaid = new NetworkMermaid();
        mermaid.WriteGraph(graph, "  ");
        mermaid._text.Append("  classDef cell fill:").Append(Palette.Blue).Append(",color:#fff,stroke:none\n  classDef words fill:none,stroke:none\n");
        return mermaid._text.ToString();
    }

    private void WriteGraph(NetworkGraph graph, string indent)
    {
        foreach (var card in graph.Cards)
            _ports[card] = WriteCard(card, indent);
        foreach (var edge in graph.Edges)
        {
            var (from, to) = (_ports[edge.From].Out, _ports[edge.To].In);
            if (edge.IsState)
            {
                _text.Append($"{indent}{from[^1]} -. states .-> {to[0]}\n");
                continue;
            }

            // From step to step where both have the same ones, else to or from the whole.
            for (var i = 0; i < Math.Max(from.Length, to.Length); i++)
                _text.Append($"{indent}{from[Math.Min(i, from.Length - 1)]} --> {to[Math.Min(i, to.Length - 1)]}\n");
        }
    }

    private (string[] In, string[] Out) WriteCard(NetworkCard card, string indent)
    {
        var id = $"n{_next++}";
        var label = string.Join("<br/>", card.Lines.Select(Encode).Prepend($"<b>{Encode(card.Name)}</b>"));
        if (card.Inner is { } inner)
        {
            BeginBox(card, id, indent);
            WriteGraph(inner, indent + "  ");
            _text.Append($"{indent}end\n");
            return ([id], [id]);
        }

        if (card.Rows.Count == 0)
        {
            _text.Append(card.IsEnd ? $"{indent}{id}([\"{label}\"])\n" : $"{indent}{id}[\"{label}\"]\n");
            return ([id], [id]);
        }

        return WriteUnrolled(card, id, indent);
    }

    /// <summary>A box keeps room for one line of title; the rest stands in a node within.</summary>
    private void BeginBox(NetworkCard card, string id, string indent) => _text
        .Append($"{indent}subgraph {id} [\"{Encode(card.Name)}\"]\n")
        .Append($"{indent}  {id}i[\"{string.Join("<br/>", card.Lines.Select(Encode))}\"]:::words\n");

    /// <summary>A recurrent layer: a box with a node for each step and cell, and dotted arrows for the states.</summary>
    private (string[] In, string[] Out) WriteUnrolled(NetworkCard card, string id, string indent)
    {
        var slots = card.In!;
        BeginBox(card, id, indent);
        var firsts = new List<string>();
        var lasts = new List<string[]>();
        for (var r = 0; r < card.Rows.Count; r++)
        {
            var row = card.Rows[r];
            string Name(int slot, int level) => $"{id}r{r}s{slot}c{level}";
            for (var level = 0; level < row.Cells.Count; level++)
            {
                for (var slot = 0; slot < slots.Count; slot++)
                {
                    var word = slots.IsGap(slot) ? StepSlots.Gap : Encode($"{row.Cells[level]} {slots.Labels[slot]}");
                    _text.Append($"{indent}  {Name(slot, level)}[\"{word}\"]:::cell\n");
                }

                for (var slot = 1; slot < slots.Count; slot++)
                {
                    var (from, to) = row.GoesBackwards ? (slot, slot - 1) : (slot - 1, slot);
                    _text.Append($"{indent}  {Name(from, level)} -.-> {Name(to, level)}\n");
                }

                for (var slot = 0; level > 0 && slot < slots.Count; slot++)
                    _text.Append($"{indent}  {Name(slot, level - 1)} --> {Name(slot, level)}\n");
            }

            firsts.AddRange(Steps(slots).Select(slot => Name(slot, 0)));
            lasts.Add(card.ReturnsSequences
                ? [.. Steps(slots).Select(slot => Name(slot, row.Cells.Count - 1))]
                : [Name(row.GoesBackwards ? 0 : slots.Count - 1, row.Cells.Count - 1)]);
        }

        string[] outs = lasts[0];
        if (card.Merge is not null)
        {
            _text.Append($"{indent}  {id}m[\"{card.Merge}\"]\n");
            foreach (var last in lasts.SelectMany(one => one))
                _text.Append($"{indent}  {last} --> {id}m\n");
            outs = [$"{id}m"];
        }

        _text.Append($"{indent}end\n");
        return (card.Rows.Count == 1 ? [.. firsts] : [id], card.Rows.Count > 1 && card.Merge is null ? [id] : outs);
    }

    private static IEnumerable<int> Steps(StepSlots slots) => Enumerable.Range(0, slots.Count).Where(slot => !slots.IsGap(slot));

    /// <summary>Names come from files too: what HTML or Mermaid would take as its own is written as Mermaid's entities.</summary>
    private static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var one in text)
        {
            if (one is '"' or '#' or '&' or '<' or '>' or '`' or ';' || char.IsControl(one))
                encoded.Append('#').Append((int)one).Append(';');
            else
                encoded.Append(one);
        }

        return encoded.ToString();
    }
}
