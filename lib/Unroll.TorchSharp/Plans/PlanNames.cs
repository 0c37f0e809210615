using System.Reflection;
using TorchSharp;

namespace Unroll.TorchSharp.Plans;

/// <summary>Names of layers as C# identifiers, which differ from each other and from the members of a module.</summary>
internal sealed class PlanNames
{
    private const string Keywords =
        "abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum " +
        "event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long " +
        "namespace new null object operator out override params private protected public readonly ref return sbyte sealed short " +
        "sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual " +
        "void volatile while nn torch scope Keep PadSame ResetStates";

    private static readonly HashSet<string> Reserved =
    [
        .. Keywords.Split(' '),
        .. typeof(torch.nn.Module<torch.Tensor, torch.Tensor>)
            .GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy)
            .Select(member => member.Name),
    ];

    private readonly HashSet<string> _taken = new(Reserved, StringComparer.Ordinal);

    /// <summary>A name that nothing else has.</summary>
    public string Unique(string wanted)
    {
        var word = Identifier(wanted);
        var name = word;
        for (var i = 1; !_taken.Add(name); i++)
            name = $"{word}_{i}";
        return name;
    }

    /// <summary>Letters, digits and underlines, the first one not a digit.</summary>
    public static string Identifier(string name)
    {
        var word = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return word.Length == 0 || char.IsAsciiDigit(word[0]) ? $"_{word}" : word;
    }
}
