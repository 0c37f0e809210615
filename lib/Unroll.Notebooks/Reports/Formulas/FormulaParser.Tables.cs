namespace Unroll.Notebooks.Reports.Formulas;

/// <content>Environments: what stands in rows and columns.</content>
internal sealed partial class FormulaParser
{
    private MathNode Environment()
    {
        var name = _lexer.TakeWords();
        var node = name switch
        {
            "equation" or "equation*" => MathNode.Row(Nodes()),
            "aligned" or "align" or "align*" or "split" => Table("aligned", isDisplay: true),
            "gathered" or "gather" or "gather*" => Table("gathered", isDisplay: true),
            "matrix" => Table("matrix"),
            "pmatrix" => Bracketed("(", Table("matrix"), ")"),
            "bmatrix" => Bracketed("[", Table("matrix"), "]"),
            "Bmatrix" => Bracketed("{", Table("matrix"), "}"),
            "vmatrix" => Bracketed("|", Table("matrix"), "|"),
            "cases" => Bracketed("{", Table("cases"), ""),
            _ => throw new FormulaException($"the environment {name} is not known"),
        };
        _lexer.Expect("\\end");
        if (_lexer.TakeWords() is var end && end != name)
            throw new FormulaException($"\\begin{{{name}}} ends with \\end{{{end}}}");
        return node;
    }

    /// <summary>A class says how the columns stand: browsers leave that to style sheets.</summary>
    private MathNode Table(string style, bool isDisplay = false)
    {
        var rows = new List<MathNode>();
        var cells = new List<MathNode>();
        while (true)
        {
            cells.Add(MathNode.Of("mtd", Nodes()));
            if (_lexer.Takes("&"))
                continue;
            var isEmpty = cells.Count == 1 && cells[0].Children.Count == 0;
            var goesOn = _lexer.Takes("\\\\");

            // After the last \\ nothing begins.
            if (goesOn || !isEmpty)
                rows.Add(MathNode.Of("mtr", [.. cells]));
            cells.Clear();
            if (!goesOn)
                break;
        }

        return MathNode.Of("mtable", isDisplay ? [("class", style), ("displaystyle", "true")] : [("class", style)], rows);
    }

    private static MathNode Bracketed(string before, MathNode table, string after) => MathNode.Of(
        "mrow", MathNode.Leaf("mo", before, ("fence", "true"), ("stretchy", "true")), table, MathNode.Leaf("mo", after, ("fence", "true"), ("stretchy", "true")));
}
