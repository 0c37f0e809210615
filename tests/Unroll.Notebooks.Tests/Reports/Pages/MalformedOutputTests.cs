using System.Text.Json.Nodes;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Pages;

/// <summary>Outputs that a file holds and no program should have written: each by itself, on a page that stays whole.</summary>
public sealed class MalformedOutputTests : IDisposable
{
    private static readonly string[] Odd = ["null", "5", "true", "{}", "[]", "[null]", "[[1],{\"a\":2}]", "\"\"", "\"\\u0000\\u001b\"", "{\"text/html\":[1,null]}"];

    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        ["stream"] = """{"name":"stdout","text":["shown\n"]}""",
        ["error"] = """{"ename":"shown","evalue":"way","traceback":["shown"]}""",
        ["display_data"] = """{"data":{"text/html":"<b>shown</b>"},"metadata":{}}""",
        ["execute_result"] = """{"data":{"text/plain":"shown"},"metadata":{},"execution_count":1}""",
        ["update_display_data"] = """{"data":{"image/png":"AAAA"},"metadata":{}}""",
        ["unheard_of"] = """{"data":{"application/json":{"shown":1}},"metadata":{}}""",
    };

    private static readonly string[] Types =
        ["text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "application/vnd.plotly.v1+json", "text/markdown", "text/latex", "application/json", "text/plain", "odd\"><b>/x"];

    private readonly TempFolder _folder = new();

    public static TheoryData<string, string, string?> Fields
    {
        get
        {
            var fields = new TheoryData<string, string, string?>();
            foreach (var (type, json) in Whole)
            {
                foreach (var name in JsonNode.Parse(json)!.AsObject().Select(each => each.Key))
                {
                    fields.Add(type, name, null);
                    foreach (var value in Odd)
                        fields.Add(type, name, value);
                }
            }

            return fields;
        }
    }

    public static MatrixTheoryData<string, string> Views => new(Types, Odd);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Fields))]
    public void An_output_with_a_field_that_is_missing_or_of_another_kind_leaves_the_page_whole(string type, string field, string? value)
    {
        var output = JsonNode.Parse(Whole[type])!.AsObject();
        output["output_type"] = type;
        if (value is null)
            output.Remove(field);
        else
            output[field] = JsonNode.Parse(value);

        AssertWhole(output);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void A_view_of_any_kind_leaves_the_page_whole(string type, string value) => AssertWhole(new JsonObject
    {
        ["output_type"] = "display_data",
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject { [type] = JsonNode.Parse(value) },
    });

    [Fact]
    public void What_cannot_be_drawn_is_said_in_its_place_and_its_plain_view_is_shown()
    {
        var page = Page(
            Output("""{"metadata":{}}"""),
            Output("""{"data":{"image/png":"x\" onerror=\"alert(1)"}}"""),
            Output("""{"data":{"image/png":"not base64","text/plain":"a small picture"}}"""));

        Assert.Contains("<p class=\"failure\">This output cannot be drawn: it has no object &quot;data&quot;</p>", page);
        Assert.Contains("<p class=\"failure\">This output cannot be drawn: its data are not base64</p>", page);
        Assert.Contains("<p class=\"note\">Shown as text, because the image/png cannot be drawn: its data are not base64</p>\n<pre class=\"value\">a small picture</pre>", page);
        Assert.DoesNotContain("onerror", page);
    }

    private void AssertWhole(JsonObject output)
    {
        var page = Page(output);

        Assert.Contains("<pre class=\"stdout\">before</pre>", page);
        Assert.Contains("<pre class=\"stdout\">after</pre>", page);
        Assert.DoesNotContain("This page cannot be drawn", page);
        Assert.DoesNotContain("<b>/x", page);
        Assert.EndsWith("</html>\n", page);
    }

    private string Page(params JsonObject[] outputs)
    {
        var all = new JsonArray([Output("""{"output_type":"stream","name":"stdout","text":"before"}"""), .. outputs, Output("""{"output_type":"stream","name":"stdout","text":"after"}""")]);
        return DrawnPage.Write(new NotebookBuilder().Code("1").With(cell => cell["outputs"] = all), _folder);
    }

    private static JsonObject Output(string json)
    {
        var output = JsonNode.Parse(json)!.AsObject();
        output.TryAdd("output_type", "display_data");
        return output;
    }
}
