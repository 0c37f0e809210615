using System.Text.RegularExpressions;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>
/// A cell that is a name with a question mark before or after it, as Jupyter's users ask for help: <c>Math.Max?</c>,
/// <c>?model</c>; two question marks ask for all there is. No such cell is C#.
/// </summary>
internal sealed partial record HelpRequest(string Expression, bool IsDetailed)
{
    /// <summary>What <paramref name="code"/> asks about; null where it is a cell to run.</summary>
    public static HelpRequest? Of(string code)
    {
        var text = code.Trim();
        var name = text.Trim('?').Trim();
        var marks = text.Length - text.Replace("?", "", StringComparison.Ordinal).Length;
        var isHelp = marks is 1 or 2 && (text.StartsWith('?') != text.EndsWith('?')) && Name().IsMatch(name);
        return isHelp ? new HelpRequest(name, marks == 2) : null;
    }

    /// <summary>Identifiers with dots between them, each with type arguments or without.</summary>
    [GeneratedRegex(@"^(@?[\p{L}_][\p{L}\p{N}_]*(<[\p{L}\p{N}_.,<>\s]*>)?(\.|$))+(?<!\.)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
