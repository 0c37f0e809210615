using Unroll.Notebooks.Reports.Pages;

namespace Unroll.Notebooks.Tests.Pages;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain\ntext", "plain\ntext")]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("10%\r50%\r100%\nend", "100%\nend")]
    [InlineData("longer\rab", "abnger")]
    [InlineData("windows\r\nline", "windows\nline")]
    [InlineData("\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007", "link")]
    public void It_stands_as_a_terminal_shows_it(string written, string settled) => Assert.Equal(settled, TerminalText.Settle(written));
}
