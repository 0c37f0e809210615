using System.Text;

namespace Unroll.Notebooks.Reports.Formulas;

/// <content>Commands with arguments.</content>
internal sealed partial class FormulaParser
{
    private MathNode Command(string name) => name switch
    {
        "frac" or "dfrac" or "tfrac" => Fraction(name),
        "binom" => Binomial(),
        "sqrt" => Root(),
        "text" or "textrm" or "mbox" => MathNode.Leaf("mtext", Words()),
        "textbf" => MathNode.Leaf("mtext", Words(), ("class", "bold")),
        "textit" or "emph" => MathNode.Leaf("mtext", Words(), ("class", "italic")),
        "operatorname" => FormulaSymbols.Function(Words()),
        "mathrm" => Styled(node => node.Name == "mi" ? Upright(node) : node),
        "mathbf" or "boldsymbol" or "bm" => Styled(node => Bold(node, isUpright: name == "mathbf")),
        "mathit" => Argument(),
        "mathbb" => DoubleStruck(),
        "left" => Fenced(),
        "begin" => Environment(),
        "tilde" or "widetilde" => Over("~"),
        "hat" or "widehat" => Over("^"),
        "bar" or "overline" => Over("¯"),
        "vec" => Over("→"),
        "dot" => Over("˙"),
        "ddot" => Over("¨"),
        "underline" => MathNode.Of("munder", [("accentunder", "true")], Argument(), MathNode.Leaf("mo", "_")),
        "overbrace" => MathNode.Of("mover", Argument(), MathNode.Leaf("mo", "⏞")) with { HasLimits = true },
        "underbrace" => MathNode.Of("munder", Argument(), MathNode.Leaf("mo", "⏟")) with { HasLimits = true },
        "big" or "bigl" or "bigr" => Sized("1.2em"),
        "Big" or "Bigl" or "Bigr" => Sized("1.8em"),
        "bigg" or "biggl" or "biggr" => Sized("2.4em"),
        "Bigg" or "Biggl" or "Biggr" => Sized("3em"),
        _ => FormulaSymbols.Find(name) ?? throw new FormulaException($"\\{name} is not known"),
    };

    private MathNode Fraction(string name)
    {
        var fraction = MathNode.Of("mfrac", Argument(), Argument());
        return name == "frac" ? fraction : MathNode.Of("mstyle", [("displaystyle", name == "dfrac" ? "true" : "false"), ("scriptlevel", "0")], fraction);
    }

    private MathNode Binomial() => MathNode.Of(
        "mrow", MathNode.Leaf("mo", "("), MathNode.Of("mfrac", [("linethickness", "0")], Argument(), Argument()), MathNode.Leaf("mo", ")"));

    private MathNode Root()
    {
        if (!_lexer.Takes("["))
            return MathNode.Of("msqrt", Argument());
        var index = new List<MathNode>();
        while (!_lexer.Takes("]"))
            index.Add(IsEnd(_lexer.Next) ? throw new FormulaException("] is missing") : Scripts(Argument()));
        return MathNode.Of("mroot", Argument(), MathNode.Row(index));
    }

    /// <summary>Words as they stand: a formula within them, or a command, is not read.</summary>
    private string Words()
    {
        var words = _lexer.TakeWords();
        if (words.AsSpan().IndexOfAny("\\${}") >= 0)
            throw new FormulaException("there are commands in a text");

        // A browser takes spaces at the ends away.
        return words.Replace(' ', '\u00A0');
    }

    private MathNode Over(string sign) => MathNode.Of("mover", [("accent", "true")], Argument(), MathNode.Leaf("mo", sign));

    private MathNode Sized(string size)
    {
        var token = _lexer.Take().Text;
        var bracket = FormulaSymbols.Bracket(token) ?? throw new FormulaException($"{token} is not a bracket");
        return MathNode.Leaf("mo", bracket, ("minsize", size), ("maxsize", size));
    }

    private MathNode Fenced()
    {
        var nodes = new List<MathNode> { Fence() };
        nodes.AddRange(Nodes());
        _lexer.Expect("\\right");
        nodes.Add(Fence());
        return MathNode.Of("mrow", nodes);
    }

    private MathNode Fence()
    {
        var token = _lexer.Take().Text;
        var bracket = FormulaSymbols.Bracket(token) ?? throw new FormulaException($"{token} is not a bracket");
        return MathNode.Leaf("mo", bracket, ("fence", "true"), ("stretchy", "true"));
    }

    /// <summary>The argument, each of its letters in another style; letters that stood side by side become one word.</summary>
    private MathNode Styled(Func<MathNode, MathNode> style)
    {
        var argument = Argument();
        if (argument.Name != "mrow")
            return Restyle(argument, style);
        var nodes = new List<MathNode>();
        var word = new StringBuilder();
        foreach (var node in argument.Children)
        {
            if (node.Name == "mi" && !node.IsFunction)
            {
                word.Append(node.Text);
                continue;
            }

            EndWord();
            nodes.Add(Restyle(node, style));
        }

        EndWord();
        return MathNode.Row(nodes);

        void EndWord()
        {
            if (word.Length > 0)
                nodes.Add(style(MathNode.Leaf("mi", word.ToString())));
            word.Clear();
        }
    }

    private static MathNode Restyle(MathNode node, Func<MathNode, MathNode> style) => node.Children.Count == 0
        ? style(node)
        : MathNode.Of(node.Name, node.Attributes, [.. node.Children.Select(child => Restyle(child, style))]);

    /// <summary>A word of several letters is upright by itself.</summary>
    private static MathNode Upright(MathNode node) => MathNode.Leaf("mi", node.Text, node.Text.Length == 1 ? [("mathvariant", "normal")] : []);

    private static MathNode Bold(MathNode node, bool isUpright) => node.Name is not ("mi" or "mn")
        ? node
        : isUpright && node is { Name: "mi", Text.Length: 1 }
            ? MathNode.Leaf("mi", node.Text, ("mathvariant", "normal"), ("class", "bold"))
            : MathNode.Leaf(node.Name, node.Text, ("class", "bold"));

    private MathNode DoubleStruck()
    {
        var letter = Argument();
        var sign = letter.Text switch { "R" => "ℝ", "N" => "ℕ", "Z" => "ℤ", "Q" => "ℚ", "C" => "ℂ", "P" => "ℙ", "E" => "𝔼", _ => null };
        return MathNode.Leaf("mi", sign ?? throw new FormulaException($"\\mathbb has no {letter.Text} here"), ("mathvariant", "normal"));
    }
}
