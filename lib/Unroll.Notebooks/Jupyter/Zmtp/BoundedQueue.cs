using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>
/// A queue that is limited in items and in weight. One item always fits into an empty queue, however heavy.
/// Several threads may add; one takes.
/// </summary>
internal sealed class BoundedQueue<T>(int maxItems, long maxWeight, Func<T, long> weigh)
{
    private readonly Channel<T> _items = Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _gate = new();
    private int _count;
    private long _weight;
    private volatile bool _completed;
    private TaskCompletionSource _room = NewSignal();

    /// <summary>How many items wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds <paramref name="item"/>; false when there is no room, or the queue is complete.</summary>
    public bool TryAdd(T item)
    {
        var weight = weigh(item);
        lock (_gate)
        {
            if (_count > 0 && (_count >= maxItems || _weight + weight > maxWeight))
                return false;
            if (!_items.Writer.TryWrite(item))
                return false;
            _count++;
            _weight += weight;
            return true;
        }
    }

    /// <summary>Adds <paramref name="item"/> once there is room; false when the queue is complete.</summary>
    public async ValueTask<bool> AddAsync(T item, CancellationToken cancellation)
    {
        while (true)
        {
            // Fetched before the attempt, so that room made in between wakes us.
            var room = Volatile.Read(ref _room).Task;
            if (TryAdd(item))
                return true;
            if (_completed)
                return false;
            await room.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until an item can be taken; false when no more will come.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => _items.Reader.WaitToReadAsync(cancellation);

    /// <summary>Takes the oldest item, if there is one.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        if (!_items.Reader.TryRead(out item))
            return false;
        TaskCompletionSource room;
        lock (_gate)
        {
            _count--;
            _weight -= weigh(item);
            room = _room;
            _room = NewSignal();
        }

        room.TrySetResult();
        return true;
    }

    /// <summary>Takes no more items; those that are there can still be taken.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            _items.Writer.TryComplete();
            _room.TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
