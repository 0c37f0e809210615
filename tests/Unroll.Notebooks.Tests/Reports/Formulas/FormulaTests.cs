using System.Diagnostics;
using System.Text.RegularExpressions;
using Unroll.Notebooks.Reports.Formulas;

namespace Unroll.Notebooks.Tests.Formulas;

public sealed partial class FormulaTests
{
    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("12.5", "<mn>12.5</mn>")]
    [InlineData("a - b * 3.", "<mi>a</mi><mo>−</mo><mi>b</mi><mo>∗</mo><mn>3</mn><mo>.</mo>")]
    [InlineData("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>")]
    [InlineData(@"\sigma \Gamma \varepsilon", "<mi>σ</mi><mi mathvariant=\"normal\">Γ</mi><mi>ε</mi>")]
    [InlineData("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData("x^2_i", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData("h_{t-1}", "<msub><mi>h</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub>")]
    [InlineData("f''", "<msup><mi>f</mi><mo>′′</mo></msup>")]
    [InlineData(@"\frac{1}{n}", "<mfrac><mn>1</mn><mi>n</mi></mfrac>")]
    [InlineData(@"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData("x^12", "<msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>")]
    [InlineData(@"\sqrt{x}", "<msqrt><mi>x</mi></msqrt>")]
    [InlineData(@"\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>")]
    [InlineData(@"\tanh(c)", "<mi>tanh</mi><mo stretchy=\"false\">(</mo><mi>c</mi><mo stretchy=\"false\">)</mo>")]
    [InlineData(@"\tanh c", "<mi>tanh</mi><mspace width=\"0.167em\"></mspace><mi>c</mi>")]
    [InlineData(@"f \odot c \cdot d \times e", "<mi>f</mi><mo>⊙</mo><mi>c</mi><mo>⋅</mo><mi>d</mi><mo>×</mo><mi>e</mi>")]
    [InlineData(@"\mathbf{W}", "<mi mathvariant=\"normal\" class=\"bold\">W</mi>")]
    [InlineData(@"\mathrm{LSTM}", "<mi>LSTM</mi>")]
    [InlineData(@"\mathrm{d}x", "<mi mathvariant=\"normal\">d</mi><mi>x</mi>")]
    [InlineData(@"\text{if } x", "<mtext>if\u00A0</mtext><mi>x</mi>")]
    [InlineData(@"\operatorname{softmax}(x)", "<mi>softmax</mi><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo>")]
    [InlineData(@"\left( x \right)", "<mrow><mo fence=\"true\" stretchy=\"true\">(</mo><mi>x</mi><mo fence=\"true\" stretchy=\"true\">)</mo></mrow>")]
    [InlineData(@"\tilde{c}", "<mover accent=\"true\"><mi>c</mi><mo>~</mo></mover>")]
    [InlineData(@"\hat y", "<mover accent=\"true\"><mi>y</mi><mo>^</mo></mover>")]
    [InlineData(@"\sum_{t=1}^T h_t", "<munderover><mo>∑</mo><mrow><mi>t</mi><mo>=</mo><mn>1</mn></mrow><mi>T</mi></munderover><msub><mi>h</mi><mi>t</mi></msub>")]
    [InlineData(@"\mathbb{R}^n", "<msup><mi mathvariant=\"normal\">ℝ</mi><mi>n</mi></msup>")]
    [InlineData(@"12\,416", "<mn>12</mn><mspace width=\"0.167em\"></mspace><mn>416</mn>")]
    [InlineData(@"\{1, \dots, T\}", "<mo stretchy=\"false\">{</mo><mn>1</mn><mo>,</mo><mo>…</mo><mo>,</mo><mi>T</mi><mo stretchy=\"false\">}</mo>")]
    [InlineData("x % the input\n+ 1", "<mi>x</mi><mo>+</mo><mn>1</mn>")]
    public void A_construct_becomes_exactly_this(string latex, string expected) => Assert.Equal(expected, Inner(latex));

    [Fact]
    public void Equations_stand_below_each_other_at_their_signs() => Assert.Equal(
        "<mtable class=\"aligned\" displaystyle=\"true\">"
        + "<mtr><mtd><mi>c</mi></mtd><mtd><mo>=</mo><mi>f</mi></mtd></mtr><mtr><mtd><mi>h</mi></mtd><mtd><mo>=</mo><mi>o</mi></mtd></mtr></mtable>",
        Inner(@"\begin{aligned} c &= f \\ h &= o \\ \end{aligned}"));

    [Fact]
    public void A_matrix_has_brackets_that_grow() => Assert.Equal(
        "<mrow><mo fence=\"true\" stretchy=\"true\">(</mo><mtable class=\"matrix\"><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr>"
        + "<mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable><mo fence=\"true\" stretchy=\"true\">)</mo></mrow>",
        Inner(@"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"));

    [Fact]
    public void The_source_is_the_alternative_text() => Assert.Equal(
        "<math display=\"block\" alttext=\"a &lt; &quot;b&quot;\"><mi>a</mi><mo>&lt;</mo><mo>&quot;</mo><mi>b</mi><mo>&quot;</mo></math>",
        Formula.Read(" a < \"b\" ", isDisplay: true)!.ToString());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(@"\foo")]
    [InlineData(@"\")]
    [InlineData("{x")]
    [InlineData("x}")]
    [InlineData("x^")]
    [InlineData("^2")]
    [InlineData("x^2^3")]
    [InlineData("x_1_2")]
    [InlineData(@"\frac{1}")]
    [InlineData(@"\left( x")]
    [InlineData(@"x \right)")]
    [InlineData(@"\left x \right)")]
    [InlineData(@"\sqrt[3")]
    [InlineData("a & b")]
    [InlineData(@"a \\ b")]
    [InlineData(@"\text{\bf x}")]
    [InlineData(@"\text{x")]
    [InlineData(@"\begin{tikz}\end{tikz}")]
    [InlineData(@"\begin{matrix}x\end{pmatrix}")]
    [InlineData(@"\begin{matrix}x")]
    [InlineData(@"\mathbb{x}")]
    [InlineData("a # b")]
    public void What_is_not_known_or_not_whole_is_not_drawn(string latex) => Assert.Null(Formula.Read(latex, isDisplay: false));

    [Theory]
    [InlineData("{", "}")]
    [InlineData("x^{", "}")]
    [InlineData(@"\frac{1}{", "}")]
    [InlineData(@"\sqrt", "")]
    [InlineData(@"\left(", @"\right)")]
    [InlineData(@"\begin{matrix}", @"\end{matrix}")]
    [InlineData(@"\mathbf{\mathrm{", "}}")]
    [InlineData("x^", "")]
    [InlineData(@"\hat", "")]
    public void Depth_is_bounded(string open, string close)
    {
        const int Levels = 300;
        var latex = string.Concat(Enumerable.Repeat(open, Levels)) + "x" + string.Concat(Enumerable.Repeat(close, Levels));
        Assert.Null(Formula.Read(latex, isDisplay: true));
    }

    [Fact]
    public void What_lessons_write_is_not_too_deep() => Assert.NotNull(Formula.Read(
        @"\begin{pmatrix} \frac{1}{1 + \exp\left(-\left(\mathbf{W}_{f_{t}} x + \sqrt{\hat{\mathbf{b}}}\right)\right)} \end{pmatrix}", isDisplay: true));

    [Theory]
    [InlineData("{}")]
    [InlineData("x_1")]
    [InlineData("''")]
    [InlineData(@"\text{a}")]
    [InlineData("%\n")]
    [InlineData(@"\left(")]
    [InlineData(@"\text{")]
    [InlineData(@"\begin{")]
    public void Time_does_not_grow_with_the_square_of_the_length(string part)
    {
        var latex = string.Concat(Enumerable.Repeat(part, 9_900 / part.Length));
        Formula.Read(latex, isDisplay: true);
        var watch = Stopwatch.StartNew();
        Formula.Read(latex, isDisplay: true);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_very_long_one_is_not_read() => Assert.Null(Formula.Read(new string('x', 10_001), isDisplay: false));

    private static string Inner(string latex) =>
        Root().Match(Formula.Read(latex, isDisplay: false)?.ToString() ?? "").Groups["inner"].Value;

    [GeneratedRegex("^<math alttext=\"[^\"]*\">(?<inner>.*)</math>$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Root();
}
