using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Tests;

public class AttributeFormatsTests
{
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, Inherited = true)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;

        public string[]? PreferredMimeTypes { get; init; }
    }

    private sealed class Source
    {
        public IEnumerable<object> CreateTypeFormatters() => [new AsHtml(), new Refuses(), new AsText(), new OnlyStrings()];
    }

    private sealed class AsHtml
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer)
        {
            writer.WriteLine($"<i>{instance.GetType().Name}</i>");
            return true;
        }
    }

    private sealed class Refuses
    {
        public string MimeType => "text/plain";

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write("half of it");
            return false;
        }
    }

    private sealed class OnlyStrings
    {
        public string MimeType => "text/latex";

        public Type Type => typeof(string);

        public bool Format(object instance, TextWriter writer) => true;
    }

    private sealed class AsText
    {
        public string MimeType => "text/plain";

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is Thrower)
                throw new FormatException("cannot be shown");
            writer.Write($"<<{instance.GetType().Name}>>");
            return true;
        }
    }

    private sealed class Empty;

    [TypeFormatterSource(typeof(Source))]
    private class Shown;

    private sealed class Derived : Shown;

    [TypeFormatterSource(typeof(Source), PreferredMimeTypes = ["text/plain", "text/html"])]
    private sealed class Both : IEnumerable<int>
    {
        public IEnumerator<int> GetEnumerator() => throw new InvalidOperationException("its own formatter comes first");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [TypeFormatterSource(typeof(Source), PreferredMimeTypes = ["text/plain"])]
    private sealed class Thrower;

    [TypeFormatterSource(typeof(Empty))]
    private sealed class Broken
    {
        public string Name => "b";
    }

    [Other.TypeFormatterSource]
    private sealed class Elsewhere
    {
        public string Name => "e";
    }

    [Throws.TypeFormatterSource]
    private sealed class Throwing
    {
        public string Name => "t";
    }

    /// <summary>An attribute of the name and of another shape, such as Plotly.NET's.</summary>
    private static class Other
    {
        [AttributeUsage(AttributeTargets.Class)]
        internal sealed class TypeFormatterSourceAttribute : Attribute;
    }

    private static class Throws
    {
        [AttributeUsage(AttributeTargets.Class)]
        internal sealed class TypeFormatterSourceAttribute : Attribute
        {
            public Type FormatterSourceType => throw new FormatException("not to be read");
        }
    }

    [TypeFormatterSource(typeof(Source), PreferredMimeTypes = ["text/latex"])]
    private sealed class WrongType;

    private static MimeBundle Format(object value, params string[] mimeTypes) => ValueRenderer.Render(value, mimeTypes);

    [Fact]
    public void Without_preferences_only_html_is_sent() =>
        Assert.Equal(KeyValuePair.Create("text/html", "<i>Shown</i>\n"), Assert.Single(Format(new Shown())));

    [Fact]
    public void A_derived_class_inherits_the_formatter() => Assert.Equal("<i>Derived</i>\n", Format(new Derived())["text/html"]);

    [Fact]
    public void Every_preferred_type_is_sent_and_a_formatter_that_returns_false_is_passed_over()
    {
        var views = Format(new Both());
        Assert.Equal(["text/html", "text/plain"], views.Keys);
        Assert.Equal("<<Both>>", views["text/plain"]);
    }

    [Fact]
    public void Only_what_is_asked_for_is_sent() => Assert.Equal("<<Shown>>", Assert.Single(Format(new Shown(), "text/plain")).Value);

    [Fact]
    public void Nested_values_are_shown_in_their_own_words()
    {
        var views = Format(new[] { new Both() });
        Assert.Equal("[<<Both>>]", views["text/plain"]);
        Assert.Contains("<td><i>Both</i>\n</td>", views["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_formatter_throws_comes_through_unwrapped() =>
        Assert.Equal("cannot be shown", Assert.Throws<FormatException>(() => Format(new Thrower())).Message);

    [Fact]
    public void A_source_that_is_none_is_passed_over() => Assert.Equal("Broken { Name = \"b\" }", Format(new Broken())["text/plain"]);

    [Fact]
    public void An_attribute_of_another_shape_is_passed_over() => Assert.Equal("Elsewhere { Name = \"e\" }", Format(new Elsewhere())["text/plain"]);

    [Fact]
    public void An_attribute_that_throws_is_passed_over() => Assert.Equal("Throwing { Name = \"t\" }", Format(new Throwing())["text/plain"]);

    [Fact]
    public void A_formatter_for_another_type_is_not_used() =>
        Assert.Throws<NotSupportedException>(() => Format(new WrongType()));
}
