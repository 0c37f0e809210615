using System.Text;

namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>The prefixes that one peer subscribes to. A prefix subscribed to twice must be cancelled twice.</summary>
internal sealed class Subscriptions(int limit, int longest)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private byte[][] _prefixes = [];

    /// <summary>Adds <paramref name="prefix"/>; the empty one wants everything.</summary>
    /// <exception cref="ZmtpException">There are too many, or it is too long.</exception>
    public void Add(byte[] prefix)
    {
        if (prefix.Length > longest)
            throw new ZmtpException($"a subscription of more than {longest} bytes");
        lock (_gate)
        {
            _counts.TryGetValue(Key(prefix), out var count);
            _counts[Key(prefix)] = count + 1;
            if (count > 0)
                return;
            if (_counts.Count > limit)
                throw new ZmtpException($"more than {limit} subscriptions");
            _prefixes = [.. _prefixes, prefix];
        }
    }

    /// <summary>Cancels one subscription to <paramref name="prefix"/>.</summary>
    public void Remove(byte[] prefix)
    {
        lock (_gate)
        {
            if (!_counts.TryGetValue(Key(prefix), out var count))
                return;
            if (count > 1)
            {
                _counts[Key(prefix)] = count - 1;
                return;
            }

            _counts.Remove(Key(prefix));
            _prefixes = [.. _prefixes.Where(other => !other.AsSpan().SequenceEqual(prefix))];
        }
    }

    /// <summary>Whether a message that begins with <paramref name="topic"/> is wanted.</summary>
    public bool Matches(byte[] topic)
    {
        var prefixes = Volatile.Read(ref _prefixes);
        return prefixes.Any(prefix => topic.AsSpan().StartsWith(prefix));
    }

    private static string Key(byte[] prefix) => Encoding.Latin1.GetString(prefix);
}
