using Unroll.Notebooks.Reports.Pages;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Pages;

/// <summary>A course of two lessons with exercises, as a run draws it.</summary>
public sealed class CourseScenario : Scenario
{
    protected override string[] Arguments => ["notebooks"];

    protected override void Write()
    {
        new NotebookBuilder()
            .Markdown(
                """
                # One

                * **You will be able to** stack `LSTM` layers.
                * **Time:** about 25 minutes. **You need:** C#.
                * **Source:** somebody else.

                See [two](02-two.ipynb#a-part), [the task](exercises/01.ipynb), [some code](code.cs), [nowhere](03.ipynb) and <a href="02-two.ipynb">again</a>.
                """)
            .Code("1")
            .Save(Notebooks, "01-one.ipynb");
        new NotebookBuilder()
            .Markdown(
                """
                # Two

                **When you are through** you can

                * say what a gate does,
                * draw one.

                **Time:** an hour. **Before:** lesson 1 and 2 + 2 = 4.

                ## A part

                **Time:** this is about another time.
                """)
            .Code("1")
            .Save(Notebooks, "02-two.ipynb");
        new NotebookBuilder().Markdown("# Task one\n\nFill the gap in the cell below, so that this holds:").Code("1").Save(Folder["notebooks", "exercises"], "01.ipynb");
        File.WriteAllText(Folder["notebooks", "code.cs"], "//");
        File.WriteAllText(
            Folder["notebooks", "README.md"], "intro\n\n# A course & more\n\nFor *whom*. Begin with [one](01-one.ipynb).\n\n## In this folder\n\nnot shown\n");
    }
}

public sealed class IndexPageTests(CourseScenario scenario) : IClassFixture<CourseScenario>
{
    [Fact]
    public void The_title_and_the_aim_of_the_course_come_from_the_README_beside_it()
    {
        var index = Page("index.html");

        Assert.Contains("<title>A course &amp; more</title>", index);
        Assert.Contains("<h1>A course &amp; more</h1>", index);
        Assert.Contains("<p>For <em>whom</em>. Begin with <a href=\"notebooks/01-one.html\">one</a>.</p>", index);
        Assert.DoesNotContain("intro", index);
        Assert.DoesNotContain("not shown", index);
        Assert.Contains("<a href=\"../index.html\">A course &amp; more</a>", Page("notebooks", "01-one.html"));
    }

    [Fact]
    public void Each_lesson_says_its_aim_its_time_and_what_to_know_before()
    {
        var index = Page("index.html");

        Assert.Contains(
            "<p>You will be able to stack LSTM layers.</p>\n<p><b>Time:</b> about 25 minutes.</p>\n<p><b>You need:</b> C#.</p>\n<p class=\"note\">1 cell</p>", index);
        Assert.Contains(
            "<p>When you are through you can say what a gate does; draw one.</p>\n<p><b>Time:</b> an hour.</p>\n<p><b>Before:</b> lesson 1 and 2 + 2 = 4.</p>", index);
        Assert.DoesNotContain("another time", index);
    }

    [Fact]
    public void Folders_are_apart_and_a_sentence_that_leads_on_is_left_out()
    {
        var index = Page("index.html");

        Assert.Contains("<h2>notebooks/exercises</h2>", index);
        Assert.DoesNotContain("so that this holds", index);
    }

    [Fact]
    public void Links_between_notebooks_lead_to_their_pages_and_others_to_their_files()
    {
        var page = Page("notebooks", "01-one.html");

        Assert.Contains("<a href=\"02-two.html#a-part\">two</a>", page);
        Assert.Contains("<a href=\"exercises/01.html\">the task</a>", page);
        Assert.Contains("<a href=\"02-two.html\">again</a>", page);
        Assert.Contains("<a href=\"03.ipynb\">nowhere</a>", page);
        Assert.Contains("<a href=\"../../notebooks/code.cs\">some code</a>", page);
    }

    [Fact]
    public void The_contents_are_no_heading_before_the_first() =>
        Assert.DoesNotMatch("<h[2-6](?=[^>]*>).*<h1", Page("notebooks", "02-two.html").ReplaceLineEndings(" "));

    private string Page(params string[] path) => File.ReadAllText(scenario.Folder[["artifacts", .. path]]);
}
