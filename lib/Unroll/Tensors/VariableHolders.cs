namespace Unroll;

/// <summary>The tapes that have recorded a variable's numbers and can still be asked for gradients.</summary>
internal sealed class VariableHolders
{
    private readonly List<TapeLife> _lives = [];
    private int _sweepAt = 8;

    /// <summary>Whether there is one: the numbers must not be changed then.</summary>
    public bool Any
    {
        get
        {
            lock (_lives)
                return _lives.Exists(life => !life.IsOver);
        }
    }

    public void Add(TapeLife life)
    {
        lock (_lives)
        {
            if (_lives.Count > 0 && _lives[^1] == life)
                return;
            if (_lives.Count >= _sweepAt)
            {
                _lives.RemoveAll(one => one.IsOver);
                _sweepAt = 8 + 2 * _lives.Count;
            }

            _lives.Add(life);
        }
    }

    /// <summary>Lets go of the tapes, as the numbers change no more, and says which can still be asked.</summary>
    public IReadOnlyList<TapeLife> Release()
    {
        lock (_lives)
        {
            TapeLife[] living = [.. _lives.Where(life => !life.IsOver).Distinct()];
            _lives.Clear();
            return living;
        }
    }
}

/// <summary>Whether a tape can still be asked: as long as it can, numbers that it recorded must stay as they were.</summary>
internal sealed class TapeLife(GradientTape tape)
{
    private volatile bool _ended;

    /// <summary>The tape, unless nobody holds it any more.</summary>
    public WeakReference<GradientTape> Tape { get; } = new(tape);

    public bool IsOver => _ended || !Tape.TryGetTarget(out _);

    public void End() => _ended = true;
}
