using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi;

/// <summary>Lines that a person types for a cell. Where there is no person, reading fails at once instead of hanging.</summary>
internal sealed class CellInput(Action<SessionEvent> publish) : TextReader
{
    private readonly Lock _turn = new();
    private TaskCompletionSource<GiveInput>? _answer;
    private string _rest = "";
    private bool _isEnded;
    private bool _isAllowed;
    private CancellationToken _interruption;

    /// <summary>The input of this process's cells.</summary>
    public static CellInput? Current { get; set; }

    /// <summary>A cell begins: whether it may ask, and what ends its waiting.</summary>
    public void Begin(bool isAllowed, CancellationToken interruption)
    {
        (_isAllowed, _interruption) = (isAllowed, interruption);
        (_rest, _isEnded) = ("", false);
    }

    /// <summary>Hands over what was typed.</summary>
    public void Give(GiveInput given) => Interlocked.Exchange(ref _answer, null)?.TrySetResult(given);

    /// <summary>Asks for a line; null at the end of all input.</summary>
    /// <param name="prompt">What the person is asked.</param>
    /// <param name="isPassword">Whether what is typed stays hidden.</param>
    /// <param name="names">What the answer is called, where it is given ahead of time.</param>
    /// <exception cref="NotSupportedException">Nobody is there to type it.</exception>
    public string? Ask(string prompt, bool isPassword, params string[] names)
    {
        lock (_turn)
        {
            if (!_isAllowed)
                throw new NotSupportedException(InputRefusal.Of(prompt, names));
            if (_isEnded)
                return null;
            var answer = new TaskCompletionSource<GiveInput>(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _answer, answer);
            publish(new InputRequested(prompt, isPassword) { Names = names });
            answer.Task.Wait(_interruption);
            var given = answer.Task.Result;
            if (given.Refusal is { } why)
                throw new NotSupportedException(why);
            _isEnded = given.Text is null;
            return given.Text;
        }
    }

    /// <inheritdoc/>
    public override int Peek() => Fill() ? _rest[0] : -1;

    /// <inheritdoc/>
    public override int Read()
    {
        if (!Fill())
            return -1;
        var next = _rest[0];
        _rest = _rest[1..];
        return next;
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if (count == 0 || !Fill())
            return 0;
        var taken = Math.Min(count, _rest.Length);
        _rest.CopyTo(0, buffer, index, taken);
        _rest = _rest[taken..];
        return taken;
    }

    /// <inheritdoc/>
    public override string? ReadLine()
    {
        if (_rest.Length == 0)
            return Ask("", isPassword: false);
        var line = _rest.TrimEnd('\n');
        _rest = "";
        return line;
    }

    /// <inheritdoc/>
    public override string ReadToEnd() => throw new NotSupportedException(
        "Console.In.ReadToEnd has no end to wait for in a notebook: read lines with Console.ReadLine.");

    private bool Fill()
    {
        if (_rest.Length == 0 && Ask("", isPassword: false) is { } line)
            _rest = line + "\n";
        return _rest.Length > 0;
    }
}
