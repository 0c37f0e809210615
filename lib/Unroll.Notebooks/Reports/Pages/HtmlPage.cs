using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>What all pages share: a document that needs no other file and no network, and is not let ask for them.</summary>
internal static class HtmlPage
{
    private static readonly string Style = ReadStyle();

    /// <summary>A whole document around <paramref name="body"/>.</summary>
    public static string Write(string title, string body, ContentPolicy policy) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{policy}">
        <meta name="referrer" content="no-referrer">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>{HtmlText.Encode(title)}</title>
        <style>
        {Style}</style>
        </head>
        <body>
        {body}
        </body>
        </html>

        """;

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
