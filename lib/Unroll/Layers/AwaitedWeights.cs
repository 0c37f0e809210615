namespace Unroll.Layers;

/// <summary>
/// While it lives, weights that this thread makes begin with zeros and no initializer is asked, since their numbers come from
/// a file; and they may not hold more numbers than the file can.
/// </summary>
internal sealed class AwaitedWeights : IDisposable
{
    [ThreadStatic]
    private static AwaitedWeights? _current;

    private readonly AwaitedWeights? _outer;
    private readonly string _file;
    private long _room;

    /// <param name="file">What errors call the file.</param>
    /// <param name="room">How many numbers it can hold.</param>
    public AwaitedWeights(string file, long room)
    {
        (_outer, _file, _room) = (_current, file, room);
        _current = this;
    }

    public static AwaitedWeights? Current => _current;

    public Tensor Place(string name, Shape shape)
    {
        _room -= shape.LongSize;
        return _room >= 0 ? Tensor.Zeros(shape) : throw new InvalidDataException(
            $"{_file}: weight {name} of shape {shape} does not fit: the layers ask for more numbers than the file can hold.");
    }

    public void Dispose() => _current = _outer;
}
