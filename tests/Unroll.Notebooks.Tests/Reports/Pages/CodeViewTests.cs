using System.Net;
using System.Text.RegularExpressions;
using Unroll.Notebooks.Reports.Pages;

namespace Unroll.Notebooks.Tests.Pages;

public sealed class CodeViewTests
{
    [Theory]
    [InlineData("var x = 5;", "<span class=\"k\">var</span> x = <span class=\"n\">5</span>;")]
    [InlineData("new LSTM(8)", "<span class=\"k\">new</span> <span class=\"t\">LSTM</span>(<span class=\"n\">8</span>)")]
    [InlineData("model.Add(x);", "model.<span class=\"m\">Add</span>(x);")]
    [InlineData("$\"a {x} b\"", "<span class=\"s\">$&quot;</span><span class=\"s\">a </span>{x}<span class=\"s\"> b</span><span class=\"s\">&quot;</span>")]
    [InlineData("// why <b>", "<span class=\"c\">// why &lt;b&gt;</span>")]
    [InlineData("#!time\nx", "<span class=\"d\">#!time</span>\nx")]
    [InlineData("#r \"a.dll\"\nx", "<span class=\"d\">#r &quot;a.dll&quot;</span>\nx")]
    [InlineData("List<int> a;", "<span class=\"t\">List</span>&lt;<span class=\"k\">int</span>&gt; a;")]
    [InlineData("foreach (var a in items) { }", "<span class=\"k\">foreach</span> (<span class=\"k\">var</span> a <span class=\"k\">in</span> items) { }")]
    [InlineData("record City(string Name);", "<span class=\"k\">record</span> <span class=\"t\">City</span>(<span class=\"k\">string</span> Name);")]
    [InlineData("\"\"\"a \"b\" c\"\"\";", "<span class=\"s\">&quot;&quot;&quot;a &quot;b&quot; c&quot;&quot;&quot;</span>;")]
    [InlineData("@\"a\\\";b", "<span class=\"s\">@&quot;a\\&quot;</span>;b")]
    [InlineData("$\"{$\"{x:0.0}\"}\"", "<span class=\"s\">$&quot;</span>{<span class=\"s\">$&quot;</span>{x:<span class=\"s\">0.0</span>}<span class=\"s\">&quot;</span>}<span class=\"s\">&quot;</span>")]
    [InlineData("$$\"\"\"{a}{{b}}\"\"\"", "<span class=\"s\">$$&quot;&quot;&quot;</span><span class=\"s\">{a}</span>{{b}}<span class=\"s\">&quot;&quot;&quot;</span>")]
    [InlineData("'\\''+'\"'", "<span class=\"s\">'\\''</span>+<span class=\"s\">'&quot;'</span>")]
    [InlineData("a[1..^2]+1.5e-3f", "a[<span class=\"n\">1</span>..^<span class=\"n\">2</span>]+<span class=\"n\">1.5e-3f</span>")]
    [InlineData("(double)x < y && Max<int>(z) > w", "(<span class=\"k\">double</span>)x &lt; y &amp;&amp; <span class=\"m\">Max</span>&lt;<span class=\"k\">int</span>&gt;(z) &gt; w")]
    [InlineData("from a in b where c select a;", "<span class=\"k\">from</span> a <span class=\"k\">in</span> b <span class=\"k\">where</span> c <span class=\"k\">select</span> a;")]
    [InlineData("var select = record;", "<span class=\"k\">var</span> select = record;")]
    public void Tokens_have_the_colours_of_what_they_are(string code, string html) => Assert.Equal(html, CodeView.Write(code));

    [Theory]
    [InlineData("var x = ;\n}{ \"open")]
    [InlineData("#!time\r\n#!whos\r\n\t/* open")]
    [InlineData("#if A\nskipped <text>\n#endif")]
    [InlineData("🙂 \"🙂\" // 🙂")]
    [InlineData("")]
    public void Whatever_stands_in_a_cell_is_shown_to_the_letter(string code) =>
        Assert.Equal(code, WebUtility.HtmlDecode(Regex.Replace(CodeView.Write(code), "</?span[^>]*>", "", RegexOptions.None, TimeSpan.FromSeconds(1))));
}
