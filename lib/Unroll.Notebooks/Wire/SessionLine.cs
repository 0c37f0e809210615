using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Unroll.Notebooks.Wire;

/// <summary>
/// A message as a line: the name of its kind, a space, and its JSON. That the kind stands outside of the JSON is for the
/// start: a serializer that knows the kinds from a base type learns all of them before it reads or writes the first.
/// </summary>
internal static class SessionLine
{
    private static readonly Dictionary<string, Type> Kinds = new[]
    {
        typeof(SessionReady), typeof(StreamWritten), typeof(Displayed), typeof(DisplayUpdated), typeof(OutputCleared),
        typeof(ValueReturned), typeof(ErrorRaised), typeof(OutputCut), typeof(CellFinished), typeof(Notice),
        typeof(RestoreStarted), typeof(RestoreEnded),
        typeof(InputRequested), typeof(CodeCompleted), typeof(CodeInspected), typeof(CodeChecked), typeof(SessionClosed),
        typeof(EnterFolder), typeof(RunCell), typeof(InterruptCell), typeof(GiveInput), typeof(CompleteCode), typeof(InspectCode), typeof(CheckCode), typeof(CloseSession),
    }.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The line of <paramref name="message"/>, its end included.</summary>
    public static byte[] Write(object message)
    {
        var kind = message.GetType();
        var json = JsonSerializer.SerializeToUtf8Bytes(message, JsonOf(kind));
        return [.. Encoding.UTF8.GetBytes(kind.Name), (byte)' ', .. json, (byte)'\n'];
    }

    /// <summary>The message of a line without its end.</summary>
    /// <exception cref="JsonException">The line is not whole, or its kind is not a <typeparamref name="TMessage"/>.</exception>
    public static TMessage Read<TMessage>(string line)
        where TMessage : class
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !Kinds.TryGetValue(line[..space], out var kind))
            throw new JsonException("The line does not begin with the kind of a message.");
        return JsonSerializer.Deserialize(line.AsSpan(space + 1), JsonOf(kind)) as TMessage
            ?? throw new JsonException($"{kind.Name} is not expected here.");
    }

    private static JsonTypeInfo JsonOf(Type kind) => SessionJson.Default.GetTypeInfo(kind)
        ?? throw new NotSupportedException($"{nameof(SessionJson)} has no {kind.Name}.");
}
