namespace Unroll.Notebooks.Reports.Pages;

/// <summary>
/// What a page takes from a notebook. What is more is not drawn, and the page says so: whatever a notebook holds, its page
/// is written, in bounded time, and opens in a browser.
/// </summary>
internal static class PageLimits
{
    /// <summary>The bytes of one picture: a photograph fits, a film does not.</summary>
    public const int PictureBytes = 10 * 1024 * 1024;

    /// <summary>The bytes of all pictures of a page: a browser opens that.</summary>
    public const int PageBytes = 50 * 1024 * 1024;

    /// <summary>The characters of a Markdown cell without the pictures in it: the parser's time grows with their square.</summary>
    public const int MarkdownCharacters = 64 * 1024;

    /// <summary>The characters of a piece of HTML: twice what a cell may show.</summary>
    public const int HtmlCharacters = 8 * 1000 * 1000;

    /// <summary>
    /// The elements of a piece of HTML. The parser's time grows with their square where none is closed, and 30 kB may ask
    /// for millions.
    /// </summary>
    public const int HtmlElements = 20_000;

    /// <summary>
    /// The elements of a piece of HTML that are open at once: for each new one the parser looks through them all. A page that
    /// leaves this many open was not written to be read.
    /// </summary>
    public const int HtmlOpen = 4000;

    /// <summary>How deep elements may be inside each other: writing them takes stack for each level.</summary>
    public const int HtmlDepth = 200;

    /// <summary>The attributes of one element.</summary>
    public const int HtmlAttributes = 200;

    /// <summary>The characters of the attributes of an element that the parser repeats in others, such as a bold one.</summary>
    public const int RepeatedCharacters = 4096;

    /// <summary>JSON up to this length is spread over lines.</summary>
    public const int JsonSpread = 64 * 1024;

    /// <summary>After this time what is left of a page is named, and not drawn.</summary>
    public static TimeSpan DrawingTime { get; } = TimeSpan.FromSeconds(20);

    /// <summary>After this time a page is abandoned, even in the middle of a part.</summary>
    public static TimeSpan LongestDrawing { get; } = TimeSpan.FromSeconds(60);
}
