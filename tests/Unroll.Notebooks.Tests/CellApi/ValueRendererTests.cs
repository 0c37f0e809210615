using System.Collections;
using System.Data;
using Microsoft.AspNetCore.Html;
using Unroll.Notebooks.CellApi.Views;

namespace Unroll.Notebooks.Tests;

public class ValueRendererTests
{
    private sealed record Point(int X, string Name);

    private sealed class Holder
    {
        public int Value { get; init; } = 3;

        public Holder? Next { get; set; }

        public string Broken => throw new InvalidOperationException("no");

        public int this[int index] => index;
    }

    private sealed class Named
    {
        public int Hidden { get; init; } = 1;

        public override string ToString() => "I am named";
    }

    private static string Plain(object? value) => ValueRenderer.Render(value, [])["text/plain"];

    private static string Html(object? value) => ValueRenderer.Render(value, [])["text/html"];

    public static TheoryData<object?, string> Scalars => new()
    {
        { null, "null" },
        { "a\n\"b\"", "a\n\"b\"" },
        { 'c', "c" },
        { true, "True" },
        { 3, "3" },
        { 0.1, "0.1" },
        { 0.1f, "0.1" },
        { 12.50m, "12.50" },
        { double.NaN, "NaN" },
        { DayOfWeek.Monday, "Monday" },
        { new DateTime(2026, 11, 21, 1, 2, 3, DateTimeKind.Utc), "2026-11-21 01:02:03" },
        { TimeSpan.FromSeconds(90), "00:01:30" },
        { new DateOnly(2026, 1, 2), "2026-01-02" },
        { new TimeOnly(1, 2, 3, 400), "01:02:03.4" },
        { new Func<int>(() => 3), "Func<int>" },
        { typeof(Dictionary<string, List<int[]>>), "Dictionary<string, List<int[]>>" },
        { new Version(1, 2), "1.2" },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Strings_and_scalars_are_plain_text(object? value, string text)
    {
        var views = ValueRenderer.Render(value, []);
        Assert.Equal("text/plain", Assert.Single(views).Key);
        Assert.Equal(text, views["text/plain"]);
    }

    [Fact]
    public void Everything_else_is_html_and_plain_text() =>
        Assert.Equal(["text/html", "text/plain"], ValueRenderer.Render(new Point(1, "a"), []).Keys);

    [Fact]
    public void Sequences_are_lists()
    {
        Assert.Equal("[1, 2, null]", Plain(new int?[] { 1, 2, null }));
        Assert.Equal("<pre>[&quot;a &lt;&amp;&quot;, &quot;b&quot;]</pre>", Html(new[] { "a <&", "b" }));
        Assert.Equal("[]", Plain(Array.Empty<int>()));
        Assert.Equal("[[1, 2], [3, 4], [5, 6]]", Plain(new[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }));
    }

    [Fact]
    public void Dictionaries_tuples_and_anonymous_objects()
    {
        Assert.Equal("{ \"a\": 1, \"b\": 2 }", Plain(new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 1, ["b"] = 2 }));
        Assert.Equal("{ 1: [2.5] }", Plain(new Hashtable { [1] = new[] { 2.5 } }));
        Assert.Equal("(1, \"a\", (2, 3))", Plain((1, "a", (2, 3))));
        Assert.Equal("{ A = 1, B = { C = \"x\" } }", Plain(new { A = 1, B = new { C = "x" } }));
        Assert.Equal("KeyValuePair<string, int> { Key = \"k\", Value = 1 }", Plain(KeyValuePair.Create("k", 1)));
        Assert.Equal(
            "<table><thead><tr><th>key</th><th>value</th></tr></thead><tbody><tr><td>a</td><td>1</td></tr></tbody></table>",
            Html(new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 1 }));
    }

    [Fact]
    public void Objects_show_their_members_and_one_that_throws_hides_nothing() => Assert.Equal(
        "Holder { Value = 3, Next = Holder { Value = 4, Next = null, Broken = <InvalidOperationException: no> }, Broken = <InvalidOperationException: no> }",
        Plain(new Holder { Next = new Holder { Value = 4 } }));

    [Fact]
    public void A_type_with_words_of_its_own_uses_them() => Assert.Equal("[I am named]", Plain(new[] { new Named() }));

    [Fact]
    public void A_task_that_never_ends_is_not_waited_for() =>
        Assert.StartsWith("System.Threading.Tasks.Task", Plain(new TaskCompletionSource<int>().Task), StringComparison.Ordinal);

    [Fact]
    public void Objects_in_a_sequence_are_rows_of_a_table() => Assert.Equal(
        "<table><thead><tr><th>index</th><th>X</th><th>Name</th></tr></thead><tbody>"
        + "<tr><td>0</td><td>1</td><td>a</td></tr><tr><td>1</td><td>2</td><td>b</td></tr></tbody></table>",
        Html(new[] { new Point(1, "a"), new Point(2, "b") }));

    [Fact]
    public void Tuples_dictionaries_and_groups_are_rows_too()
    {
        Assert.Equal(
            "<table><thead><tr><th>index</th><th>Item1</th><th>Item2</th></tr></thead><tbody>"
            + "<tr><td>0</td><td>1</td><td>a</td></tr><tr><td>1</td><td>2</td><td>b</td></tr></tbody></table>",
            Html(new[] { (1, "a"), (2, "b") }));
        Assert.Equal(
            "<table><thead><tr><th>index</th><th>k</th><th>z</th></tr></thead><tbody>"
            + "<tr><td>0</td><td>1</td><td></td></tr><tr><td>1</td><td>2</td><td>t</td></tr></tbody></table>",
            Html(new Dictionary<string, object>[] { new(StringComparer.Ordinal) { ["k"] = 1 }, new(StringComparer.Ordinal) { ["k"] = 2, ["z"] = "t" } }));
        var groups = new[] { "fig", "kiwi", "plum" }.GroupBy(fruit => fruit.Length);
        Assert.Equal("[{ Key = 3, Values = [\"fig\"] }, { Key = 4, Values = [\"kiwi\", \"plum\"] }]", Plain(groups));
        Assert.Equal(
            "<table><thead><tr><th>index</th><th>Key</th><th>Values</th></tr></thead><tbody>"
            + "<tr><td>0</td><td>3</td><td><pre>[&quot;fig&quot;]</pre></td></tr>"
            + "<tr><td>1</td><td>4</td><td><pre>[&quot;kiwi&quot;, &quot;plum&quot;]</pre></td></tr></tbody></table>",
            Html(groups));
    }

    [Fact]
    public void Data_tables_are_tables()
    {
        using var table = new DataTable("T") { Columns = { { "a", typeof(int) }, "b" } };
        table.Rows.Add(1, "x");
        table.Rows.Add(2, null);
        const string Rows = "<table><thead><tr><th>index</th><th>a</th><th>b</th></tr></thead><tbody>"
            + "<tr><td>0</td><td>1</td><td>x</td></tr><tr><td>1</td><td>2</td><td>null</td></tr></tbody></table>";
        Assert.Equal(Rows, Html(table));
        Assert.Equal(Rows, Html(table.DefaultView));
        Assert.Equal("{ a = 1, b = \"x\" }\n{ a = 2, b = null }", Plain(table));
        Assert.Equal("a,b\n1,x\n2,\n", ValueRenderer.Render(table, ["text/csv"])["text/csv"]);
    }

    [Fact]
    public void Nested_html_content_stays_html() => Assert.Equal(
        "<table><tbody><tr><th>A</th><td><b>x</b></td></tr></tbody></table>", Html(new { A = new HtmlString("<b>x</b>") }));

    [Fact]
    public void A_table_view_makes_scalars_rows()
    {
        var view = new TableView(new[] { 1, 2 });
        Assert.Equal(
            "<table><thead><tr><th>value</th></tr></thead><tbody><tr><td>1</td></tr><tr><td>2</td></tr></tbody></table>", Html(view));
        Assert.Equal("1\n2", Plain(view));
    }

    [Fact]
    public void What_is_left_out_is_said()
    {
        Assert.EndsWith(", 99, … and 150 more of 250]", Plain(Enumerable.Range(0, 250).ToArray()), StringComparison.Ordinal);
        Assert.EndsWith(", 99, … and more; the first 100 are shown]", Plain(Endless()), StringComparison.Ordinal);
        Assert.EndsWith("</table><p>… and 50 more of 150</p>", Html(Enumerable.Range(0, 150).ToDictionary(i => i)), StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_and_size_are_limited()
    {
        var circle = new Holder();
        circle.Next = circle;
        Assert.Contains("Next = …", Plain(circle), StringComparison.Ordinal);
        Assert.InRange(Html(circle).Length, 1, 5000);

        var line = Enumerable.Range(0, 100).ToArray();
        var cube = line.Select(_ => line.Select(_ => line).ToArray()).ToArray();
        Assert.EndsWith("\n… cut after 2,000 values", Plain(cube), StringComparison.Ordinal);
        Assert.InRange(Plain(cube).Length, 1, 50_000);
    }

    [Fact]
    public void Html_content_is_sent_as_it_is()
    {
        var views = ValueRenderer.Render(new HtmlString("<b>x</b>"), []);
        Assert.Equal("text/html", Assert.Single(views).Key);
        Assert.Equal("<b>x</b>", views["text/html"]);
    }

    [Fact]
    public void The_views_asked_for_are_the_views_sent()
    {
        Assert.Equal("text/plain", Assert.Single(ValueRenderer.Render(new Point(1, "a"), ["text/plain"])).Key);
        Assert.Equal("<pre>3</pre>", Assert.Single(ValueRenderer.Render(3, ["text/html"])).Value);
        Assert.Equal("# x", Assert.Single(ValueRenderer.Render("# x", ["text/markdown"])).Value);
        var error = Assert.Throws<NotSupportedException>(() => ValueRenderer.Render(3, ["image/png"]));
        Assert.Equal("Int32 has no view as image/png; there are text/html, text/plain, application/json and text/csv, what Formatter.Register adds, and what a type's own formatter brings.", error.Message);
    }

    private static IEnumerable<int> Endless()
    {
        for (var i = 0; ; i++)
            yield return i;
    }
}
