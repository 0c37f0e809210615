using System.Diagnostics;
using Unroll.Notebooks.Reports.Pages;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Pages;

/// <summary>Files that Markdown names as pictures: only pictures are read, and only so much of them.</summary>
public sealed class PictureFileTests : IDisposable
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_picture_of_850_MB_is_named_with_its_size()
    {
        using (var file = File.Create(_folder["large.png"]))
            file.SetLength(850L * 1024 * 1024);

        Assert.Contains("picture not shown: it has 850 MB, and at most 10 MB are embedded", Draw("![large](large.png)"));
    }

    [Fact]
    public async Task Pipes_devices_folders_and_links_to_them_are_not_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes with names in folders are Unix's");
        using var made = Process.Start("mkfifo", [_folder["pipe.png"]]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        Directory.CreateDirectory(_folder["folder.png"]);
        foreach (var (link, target) in new[] { ("l-pipe", _folder["pipe.png"]), ("l-zero", "/dev/zero"), ("l-folder", _folder["folder.png"]), ("l-proc", "/proc/self/environ"), ("l-gone", _folder["gone"]), ("l-self", _folder["l-self.png"]) })
            File.CreateSymbolicLink(_folder[$"{link}.png"], target);

        foreach (var name in new[] { "pipe", "folder", "l-pipe", "l-zero", "l-folder", "l-proc", "l-gone", "l-self", "/dev/stdin" })
        {
            var drawing = Task.Run(() => Draw($"![a]({name}.png)"), TestContext.Current.CancellationToken);
            var html = await drawing.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.DoesNotContain("<img", html);
            Assert.Contains("(picture not shown: ", html);
        }
    }

    [Fact]
    public void A_link_to_a_picture_is_the_picture()
    {
        File.WriteAllBytes(_folder["real.png"], Png);
        File.CreateSymbolicLink(_folder["link.png"], _folder["real.png"]);

        Assert.Contains("<img src=\"data:image/png;base64,", Draw("![a](link.png)"));
    }

    [Theory]
    [InlineData("a%00b.png", "zero character")]
    [InlineData("../../../../../../../etc/hostname", "does not end in")]
    [InlineData("secret.png", "what it holds is not a PNG")]
    [InlineData("empty.png", "empty")]
    [InlineData("%zz.png", "no such file")]
    [InlineData("file:///etc/logo.png", "elsewhere")]
    [InlineData("//evil.example/x.png", "elsewhere")]
    [InlineData("data:text/html,x", "without base64")]
    [InlineData("data:image/png;base64,!!", "not base64")]
    [InlineData("data:", "holds no data")]
    [InlineData("", "")]
    public void What_is_not_a_picture_is_named_with_the_reason(string url, string reason)
    {
        File.WriteAllText(_folder["secret.png"], "password");
        File.WriteAllText(_folder["empty.png"], "");

        var html = Draw($"![words]({url})");

        Assert.DoesNotContain("<img", html);
        Assert.Contains("words", html);
        Assert.Contains(reason, html);
    }

    [Theory]
    [InlineData("data:image/png;base64,iVBORw0K")]
    [InlineData("data:image/jpeg;base64,/9j/4A==")]
    [InlineData("data:image/gif;base64,R0lGODlh")]
    [InlineData("data:image/webp;base64,UklGRg==")]
    [InlineData("data:image/svg+xml;base64,PHN2Zy8+")]
    public void Pictures_that_prose_carries_itself_stay(string url)
    {
        Assert.Contains($"<img src=\"{url}\"", Draw($"![a]({url})"));
        Assert.Contains($"<img src=\"{url}\" width=\"30\">", Draw($"<img src=\"{url}\" width=\"30\" onerror=\"alert(1)\">"));
    }

    [Fact]
    public void A_picture_in_an_html_tag_is_carried_along_too()
    {
        File.WriteAllBytes(_folder["a.png"], Png);

        Assert.Contains($"<img src=\"data:image/png;base64,{Convert.ToBase64String(Png)}\" width=\"30\" alt=\"x\">", Draw("<img src=\"a.png\" width=\"30\" alt=\"x\">"));
    }

    [Fact]
    public void All_pictures_of_a_page_together_have_only_so_much_room()
    {
        File.WriteAllBytes(_folder["a.png"], [.. Png, .. new byte[9 * 1024 * 1024]]);

        var html = Draw(string.Join(' ', Enumerable.Repeat("![a](a.png)", 20)));

        Assert.Equal(4, html.Split("<img").Length - 1);
        Assert.Contains("the pictures of this page have 50 MB already", html);
    }

    private string Draw(string markdown) => new MarkdownView(new SafeHtml(new PagePictures(_folder.Path))).Write(markdown);
}
