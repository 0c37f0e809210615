namespace Unroll;

/// <summary>The tapes that have recorded a variable's numbers and can still be asked for gradients.</summary>
internal sealed class VariableHolders
{
    private readonly List<TapeLife> _lives = [];

    /// <summary>Whether there is one: the numbers must not be changed then.</summary>
    public bool Any
    {
        get
        {
            lock (_lives) return _lives.Exists(life => !life.IsOver);
        }
    }

    public void Add(TapeLife life)
    {
        lock (_lives)
        {
            if (_lives.Count > 0 && _lives[^1] == life) return;
            _lives.RemoveAll(one => one.IsOver || one == life);
            _lives.Add(life);
        }
    }

    /// <summary>Lets go of the tapes, as the numbers change no more, and says which can still be asked.</summary>
    public IReadOnlyList<TapeLife> Release()
    {
        lock (_lives)
        {
            var living = _lives.FindAll(life => !life.IsOver);
            _lives.Clear();
            return living;
        }
    }
}

/// <summary>Whether a tape can still be asked: as long as it can, numbers that it recorded must stay as they were.</summary>
internal sealed class TapeLife
{
    private volatile bool _isOver;

    public bool IsOver => _isOver;

    public void End() => _isOver = true;
}
