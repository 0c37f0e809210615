using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>What comes of a command, as the cell that sent it is told.</summary>
internal sealed class NestedEvents(KernelCommand command)
{
    private readonly List<KernelEvent> _events = [];

    /// <summary>So far.</summary>
    public IReadOnlyList<KernelEvent> All => _events;

    /// <summary>Adds what the command itself produces.</summary>
    public void Add(KernelEvent happened) => _events.Add(happened);

    /// <summary>The code ended in a value.</summary>
    public void Return(object? value, MimeBundle data) => Add(new ReturnValueProduced(value, command, Texts(data)));

    /// <summary>Something was shown or written; the value that the code ended in is there already.</summary>
    public void Hear(SessionEvent happened)
    {
        switch (happened)
        {
            case Displayed shown when _events.LastOrDefault() is not ReturnValueProduced value || !IsOf(value, shown.Data):
                Add(new DisplayedValueProduced(Plain(shown.Data), command, Texts(shown.Data), shown.DisplayId));
                break;
            case DisplayUpdated updated:
                Add(new DisplayedValueUpdated(Plain(updated.Data), command, Texts(updated.Data), updated.DisplayId));
                break;
            case StreamWritten { Name: "stdout" } written:
                Add(new StandardOutputValueProduced(command, [new FormattedValue(MimeBundle.Plain, written.Text)]));
                break;
            case StreamWritten written:
                Add(new StandardErrorValueProduced(command, [new FormattedValue(MimeBundle.Plain, written.Text)]));
                break;
        }
    }

    private static string? Plain(MimeBundle data) => data.GetValueOrDefault(MimeBundle.Plain);

    private static FormattedValue[] Texts(MimeBundle data) => [.. data.Select(view => new FormattedValue(view.Key, view.Value))];

    private static bool IsOf(ReturnValueProduced value, MimeBundle data) =>
        value.FormattedValues.Select(view => view.Value).SequenceEqual(data.Values, StringComparer.Ordinal);
}
