using System.IO.Pipelines;
using System.Text;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Tests;

public class RawOutputTests
{
    private readonly Pipe _pipe = new();

    private RawOutput Create() => new(new StreamReader(_pipe.Reader.AsStream(), Encoding.UTF8), "token");

    private async Task WriteAsync(string text) =>
        await _pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    [Fact]
    public async Task Text_belongs_to_the_cell_whose_mark_follows_it()
    {
        var output = Create();
        var first = output.ReadCellAsync(1);
        await WriteAsync("one");
        await WriteAsync(RawOutput.Mark("token", 1)[..4]);
        await WriteAsync(RawOutput.Mark("token", 1)[4..] + "two" + RawOutput.Mark("token", 2));
        Assert.Equal(("one", false), await first);
        Assert.Equal(("two", false), await output.ReadCellAsync(2));
    }

    [Fact]
    public async Task What_a_process_wrote_last_is_kept_and_no_mark_is_shown()
    {
        var output = Create();
        await WriteAsync(RawOutput.Mark("token", 1) + "last words");
        await _pipe.Writer.CompleteAsync();
        Assert.Equal("last words", await output.ReadRestAsync());
    }

    [Fact]
    public async Task A_flood_is_cut_and_its_end_found()
    {
        var output = Create();
        await WriteAsync(new string('x', 5_000_000) + RawOutput.Mark("token", 1));
        var (text, isCut) = await output.ReadCellAsync(1);
        Assert.True(isCut);
        Assert.InRange(text.Length, 4_000_000, 4_200_000);
    }
}
