namespace Unroll.Notebooks.Session;

/// <summary>
/// The thread that cells run on: one for all, as long as none of them is stopped. The runtime stops a thread only once; it
/// tries in vain the second time, and what is left of the first may come to a later cell when that waits (.NET 10.0.12). So
/// a thread that may have been stopped is not used again.
/// </summary>
internal sealed class CellThread
{
    /// <summary>Room for recursion that is deep but ends.</summary>
    public const int StackSize = 16 * 1024 * 1024;

    private Worker? _worker;

    /// <summary>Runs <paramref name="cell"/>, which throws nothing, to its end.</summary>
    public void Run(Action cell, CancellationToken interruption)
    {
        _worker ??= new Worker();
        if (_worker.Run(cell, interruption))
            _worker = null;
    }

    private sealed class Worker
    {
        private readonly object _gate = new();
        private Action? _cell;
        private CancellationToken _interruption;
        private bool _isOver;

        public Worker() => new Thread(Work, StackSize) { IsBackground = true, Name = "Cells" }.Start();

        /// <summary>Runs a cell; returns whether the thread ends with it.</summary>
        public bool Run(Action cell, CancellationToken interruption)
        {
            lock (_gate)
            {
                (_cell, _interruption) = (cell, interruption);
                Monitor.Pulse(_gate);
                while (_cell is not null)
                    Monitor.Wait(_gate);
                return _isOver;
            }
        }

        private void Work()
        {
            while (!_isOver)
            {
                try
                {
                    Next()();
                }
                finally
                {
                    // No stop comes in here, and nothing follows that could wait for one.
                    lock (_gate)
                    {
                        _isOver = _interruption.IsCancellationRequested;
                        _cell = null;
                        Monitor.Pulse(_gate);
                    }
                }
            }
        }

        private Action Next()
        {
            lock (_gate)
            {
                while (_cell is null)
                    Monitor.Wait(_gate);
                return _cell;
            }
        }
    }
}
