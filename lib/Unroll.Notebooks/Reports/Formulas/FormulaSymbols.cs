using System.Collections.Frozen;

namespace Unroll.Notebooks.Reports.Formulas;

/// <summary>What commands without arguments stand for.</summary>
internal static class FormulaSymbols
{
    private static readonly FrozenDictionary<string, string> LowerGreek = Table(
        """
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ
        pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω ell ℓ
        """);

    private static readonly FrozenDictionary<string, string> Upright = Table(
        """
        Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω infty ∞ partial ∂ nabla ∇ top ⊤ bot ⊥ emptyset ∅
        """);

    private static readonly FrozenDictionary<string, string> Operators = Table(
        """
        odot ⊙ oplus ⊕ ominus ⊖ otimes ⊗ circ ∘ bullet ∙ cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆
        le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆
        cup ∪ cap ∩ setminus ∖ land ∧ wedge ∧ lor ∨ vee ∨ neg ¬ lnot ¬ forall ∀ exists ∃ to → rightarrow → leftarrow ← leftrightarrow ↔
        Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ iff ⟺ mapsto ↦ uparrow ↑ downarrow ↓ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱
        mid ∣ parallel ∥ perp ⟂ colon : prime ′ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | lVert ‖ rVert ‖ vert |
        lbrace { rbrace } lbrack [ rbrack ]
        """);

    private static readonly FrozenDictionary<string, string> Large = Table("sum ∑ prod ∏ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂");

    private static readonly FrozenSet<string> Functions = Words(
        "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom ker lg ln log sec sin sinh tan tanh");

    /// <summary>Functions with their bounds below.</summary>
    private static readonly FrozenSet<string> Bounded = Words("inf lim max min sup Pr");

    private static readonly FrozenDictionary<string, string> Spaces = Table(
        ", 0.167em : 0.222em ; 0.278em ! -0.167em quad 1em qquad 2em enspace 0.5em thinspace 0.167em");

    /// <summary>The node of a command, given without its backslash; null where it is not known or wants arguments.</summary>
    public static MathNode? Find(string command)
    {
        if (LowerGreek.TryGetValue(command, out var letter))
            return MathNode.Leaf("mi", letter);
        if (Upright.TryGetValue(command, out var upright))
            return MathNode.Leaf("mi", upright, ("mathvariant", "normal"));
        if (Operators.TryGetValue(command, out var sign))
            return MathNode.Leaf("mo", sign, command is "vert" or "lvert" or "rvert" or "lVert" or "rVert" ? [("stretchy", "false")] : []);
        if (Large.TryGetValue(command, out var large))
            return MathNode.Leaf("mo", large) with { HasLimits = true };
        if (Functions.Contains(command))
            return Function(command);
        if (Bounded.Contains(command))
            return MathNode.Leaf("mo", command, ("movablelimits", "true"), ("rspace", "0.167em")) with { HasLimits = true };
        if (Spaces.TryGetValue(command, out var width))
            return MathNode.Leaf("mspace", "", ("width", width));
        return command switch
        {
            "int" => MathNode.Leaf("mo", "∫"),
            "{" or "}" => MathNode.Leaf("mo", command, ("stretchy", "false")),
            "|" or "Vert" => MathNode.Leaf("mo", "‖", ("stretchy", "false")),
            "%" or "$" or "#" or "&" or "_" => MathNode.Leaf("mi", command, ("mathvariant", "normal")),
            " " => MathNode.Leaf("mspace", "", ("width", "0.333em")),
            _ => null,
        };
    }

    /// <summary>The name of a function: upright, however long.</summary>
    public static MathNode Function(string name) => MathNode.Leaf("mi", name, name.Length == 1 ? [("mathvariant", "normal")] : []) with { IsFunction = true };

    /// <summary>A sign as it is typed.</summary>
    public static MathNode Typed(string sign) => sign switch
    {
        "-" => MathNode.Leaf("mo", "−"),
        "*" => MathNode.Leaf("mo", "∗"),
        "~" => MathNode.Leaf("mspace", "", ("width", "0.333em")),
        "(" or ")" or "[" or "]" or "|" => MathNode.Leaf("mo", sign, ("stretchy", "false")),
        _ => MathNode.Leaf("mo", sign),
    };

    /// <summary>What stands after <c>\left</c>, <c>\right</c> and the like; empty for a point, null for what is not a bracket.</summary>
    public static string? Bracket(string token) => token switch
    {
        "(" or ")" or "[" or "]" or "|" or "/" => token,
        "." => "",
        "<" => "⟨",
        ">" => "⟩",
        "\\{" or "\\}" => token[1..],
        "\\|" or "\\Vert" => "‖",
        _ when token.Length > 2
            && Find(token[1..]) is { Name: "mo", Text: "⟨" or "⟩" or "⌊" or "⌋" or "⌈" or "⌉" or "|" or "‖" or "{" or "}" or "[" or "]" } sign => sign.Text,
        _ => null,
    };

    private static FrozenDictionary<string, string> Table(string pairs) => pairs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
