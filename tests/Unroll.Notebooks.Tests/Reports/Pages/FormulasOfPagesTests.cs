using Unroll.Notebooks.Reports.Pages;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Pages;

/// <summary>Where Markdown has formulas, and where it has dollars.</summary>
public sealed class FormulasOfPagesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly MarkdownView _view;

    public FormulasOfPagesTests() => _view = new MarkdownView(new SafeHtml(new PagePictures(_folder.Path)));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("It costs $5 and $6.", "<p>It costs $5 and $6.</p>")]
    [InlineData("It costs US$5 or US$6.", "<p>It costs US$5 or US$6.</p>")]
    [InlineData("Between 5$ and 6$, or $5-$6.", "<p>Between 5$ and 6$, or $5-$6.</p>")]
    [InlineData(@"Pay \$x\$ now.", "<p>Pay $x$ now.</p>")]
    [InlineData("`$x$` is code.", "<p><code>$x$</code> is code.</p>")]
    [InlineData("Only $one.", "<p>Only $one.</p>")]
    public void Dollars_of_prose_stay(string markdown, string html) => Assert.Equal(html, _view.Write(markdown).Trim());

    [Fact]
    public void A_formula_in_a_line_is_inline() => Assert.Equal(
        "<p>So <span class=\"math\"><math alttext=\"x_1 * y_1\"><msub><mi>x</mi><mn>1</mn></msub><mo>∗</mo><msub><mi>y</mi><mn>1</mn></msub></math></span>.</p>",
        _view.Write("So $x_1 * y_1$.").Trim());

    [Theory]
    [InlineData("$$x$$", "<p><span class=\"math display\"><math display=\"block\" alttext=\"x\"><mi>x</mi></math></span></p>")]
    [InlineData("$$\nx\n$$", "<div class=\"math\"><math display=\"block\" alttext=\"x\"><mi>x</mi></math></div>")]
    public void Two_dollars_make_a_line_of_its_own(string markdown, string html) => Assert.Equal(html, _view.Write(markdown).Trim());

    [Theory]
    [InlineData(@"$\foo{<b>}$", "<code>$\\foo{&lt;b&gt;}$</code>")]
    [InlineData(@"$$\foo$$", "<code>$$\\foo$$</code>")]
    [InlineData("$$\n\\foo\n$$", "<code>$$\n\\foo\n$$</code>")]
    public void One_that_is_not_known_is_its_source(string markdown, string html) => Assert.Contains(html, _view.Write(markdown));

    [Fact]
    public void Words_of_a_formula_are_words()
    {
        var html = _view.Write("$<script>pwn()</script>$ and $\\text{<img src=x onerror=pwn()>}$");

        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<img", html);
        Assert.Contains("<mtext>&lt;img", html);
    }

    [Fact]
    public void MathML_of_the_author_goes_as_before() => Assert.DoesNotContain("<math", _view.Write("<math><mi>x</mi></math>"));

    [Fact]
    public void A_heading_keeps_its_words() => Assert.Contains("<h2 id=\"why-h_t\">", _view.Write("## Why $h_t$"));

    [Fact]
    public void Dollars_by_the_thousand_do_not_hold_a_page_up()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var part in new[] { "$a ", "$a$ ", "$$", "$", "$ $" })
            _view.Write(string.Concat(Enumerable.Repeat(part, 60_000 / part.Length)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }
}
