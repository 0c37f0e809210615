namespace Unroll.Notebooks.Reports.Formulas;

/// <summary>
/// Reads a formula in one pass, without going back. How deep its parts are inside each other is bounded, so that no source
/// takes the stack.
/// </summary>
internal sealed partial class FormulaParser
{
    private const int MostDepth = 50;

    private readonly FormulaLexer _lexer;
    private int _depth;

    private FormulaParser(string latex) => _lexer = new FormulaLexer(latex);

    /// <summary>The nodes of a formula.</summary>
    /// <exception cref="FormulaException">It holds what is not known.</exception>
    public static List<MathNode> Parse(string latex)
    {
        var parser = new FormulaParser(latex);
        var nodes = parser.Nodes();
        return parser._lexer.Next.IsEnd ? nodes : throw new FormulaException($"{parser._lexer.Next.Text} does not belong here");
    }

    /// <summary>Nodes up to what ends them: the end, a closing brace, or what parts cells and rows.</summary>
    private List<MathNode> Nodes()
    {
        if (++_depth > MostDepth)
            throw new FormulaException("its parts are too deep inside each other");
        var nodes = new List<MathNode>();
        while (!IsEnd(_lexer.Next))
        {
            var node = Scripts(Atom(_lexer.Take()));
            if (nodes.Count > 0 && nodes[^1].IsFunction && node is { Name: not "mo" and not "mspace" })
                nodes.Add(MathNode.Leaf("mspace", "", ("width", "0.167em")));
            nodes.Add(node);
        }

        _depth--;
        return nodes;
    }

    private static bool IsEnd(FormulaToken token) => token.IsEnd || token.Text is "}" or "&" or "\\\\" or "\\right" or "\\end";

    private MathNode Atom(FormulaToken token)
    {
        if (token.IsCommand)
            return Command(token.Text[1..]);
        var first = token.Text[0];
        if (first == '{')
            return GroupRest();
        if (char.IsAsciiDigit(first))
            return MathNode.Leaf("mn", token.Text);
        if (char.IsLetter(token.Text, 0))
            return MathNode.Leaf("mi", token.Text);
        if (first is '^' or '_')
            throw new FormulaException($"{token.Text} has nothing to stand at");
        if (first is '\\' or '#' or '$' || char.IsControl(first))
            throw new FormulaException($"{token.Text} has no meaning");
        return FormulaSymbols.Typed(token.Text);
    }

    /// <summary>What is in braces, the first of which is taken.</summary>
    private MathNode GroupRest()
    {
        var nodes = Nodes();
        _lexer.Expect("}");
        return MathNode.Row(nodes);
    }

    /// <summary>What a command or a script is about: a group, or one sign.</summary>
    private MathNode Argument()
    {
        if (IsEnd(_lexer.Next))
            throw new FormulaException("something is missing");
        if (++_depth > MostDepth)
            throw new FormulaException("its parts are too deep inside each other");
        var node = Atom(_lexer.TakeOne());
        _depth--;
        return node;
    }

    /// <summary>The node with what stands above and below it.</summary>
    private MathNode Scripts(MathNode node)
    {
        MathNode? sub = null, sup = null;
        while (_lexer.Next.Text is "^" or "_" or "'")
        {
            var sign = _lexer.Take().Text;
            if ((sign == "_" ? sub : sup) is not null)
                throw new FormulaException($"there are two {sign}");
            if (sign == "_")
                sub = Argument();
            else
                sup = sign == "^" ? Argument() : Primes();
        }

        return (sub, sup, node.HasLimits) switch
        {
            (null, null, _) => node,
            (not null, null, true) => MathNode.Of("munder", node, sub),
            (null, not null, true) => MathNode.Of("mover", node, sup),
            (not null, not null, true) => MathNode.Of("munderover", node, sub, sup),
            (not null, null, _) => MathNode.Of("msub", node, sub) with { IsFunction = node.IsFunction },
            (null, not null, _) => MathNode.Of("msup", node, sup) with { IsFunction = node.IsFunction },
            (not null, not null, _) => MathNode.Of("msubsup", node, sub, sup) with { IsFunction = node.IsFunction },
        };
    }

    private MathNode Primes()
    {
        var count = 1;
        while (_lexer.Takes("'"))
            count++;
        return MathNode.Leaf("mo", new string('′', count));
    }
}
