using System.Text;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>
/// The real standard output and error of the session's process. Cells do not reach them through Console, but native
/// code
/// and processes that a cell starts do; a mark after each cell tells the runner whose text it was.
/// </summary>
internal sealed class RawStreams(string token)
{
    private readonly Stream[] _streams = [Console.OpenStandardOutput(), Console.OpenStandardError()];

    /// <summary>Says on both streams that the cell <paramref name="number"/> has ended.</summary>
    public void Mark(int number)
    {
        var mark = Encoding.ASCII.GetBytes(RawOutput.Mark(token, number));
        foreach (var stream in _streams)
        {
            stream.Write(mark);
            stream.Flush();
        }
    }
}
