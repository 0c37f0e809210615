using System.Text;

namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>Remembers the last signatures, so that a message somebody listened to cannot be sent again.</summary>
internal sealed class ReplayGuard(int capacity = ReplayGuard.DefaultCapacity)
{
    private const int DefaultCapacity = 65_536;

    private readonly Lock _gate = new();
    private readonly HashSet<(UInt128 High, UInt128 Low)> _seen = [];
    private readonly Queue<(UInt128 High, UInt128 Low)> _order = [];

    /// <summary>Whether <paramref name="signature"/>, one that was found right, comes for the first time.</summary>
    public bool IsNew(byte[] signature)
    {
        var hex = Encoding.ASCII.GetString(signature);
        var half = hex.Length / 2;
        var digest = (Parse(hex[..half]), Parse(hex[half..]));
        lock (_gate)
        {
            if (!_seen.Add(digest))
                return false;
            _order.Enqueue(digest);
            if (_order.Count > capacity)
                _seen.Remove(_order.Dequeue());
            return true;
        }
    }

    private static UInt128 Parse(string hex) =>
        UInt128.Parse(hex, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);
}
