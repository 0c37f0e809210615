namespace Unroll;

/// <summary>The tapes that have recorded a variable's numbers and can still be asked for gradients.</summary>
internal sealed class VariableHolders
{
    private readonly List<WeakReference<TapeLife>> _lives = [];

    /// <summary>Whether there is one: the numbers must not be changed then.</summary>
    public bool Any
    {
        get
        {
            lock (_lives) return _lives.Exists(IsAlive);
        }
    }

    /// <summary>Those that can still be asked.</summary>
    public IReadOnlyList<TapeLife> Living
    {
        get
        {
            lock (_lives) return [.. _lives.Select(one => one.TryGetTarget(out var life) && !life.IsOver ? life : null).OfType<TapeLife>()];
        }
    }

    public void Add(TapeLife life)
    {
        lock (_lives)
        {
            if (_lives.Exists(one => one.TryGetTarget(out var known) && known == life)) return;
            _lives.RemoveAll(one => !IsAlive(one));
            _lives.Add(new WeakReference<TapeLife>(life));
        }
    }

    private static bool IsAlive(WeakReference<TapeLife> reference) => reference.TryGetTarget(out var life) && !life.IsOver;
}
