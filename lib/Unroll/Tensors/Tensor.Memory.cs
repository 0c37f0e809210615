using System.Numerics;
using System.Runtime.InteropServices;

namespace Unroll;

/// <content>
/// Who may have written: a tape trusts numbers that nobody could have changed, and notes a fingerprint of those that somebody
/// got to write.
/// </content>
public sealed partial class Tensor
{
    private bool _recorded;
    private ulong? _printWhenLent;

    /// <summary>
    /// All elements in row-major order, to read and to write. A <see cref="GradientTape"/> does not see what is written: it
    /// refuses to go back through numbers that were changed after it had recorded them.
    /// </summary>
    public Span<float> Span
    {
        get
        {
            if (!IsLent && _recorded)
                _printWhenLent = Fingerprint();
            IsLent = true;
            return _values;
        }
    }

    /// <summary>All elements, for the library, which writes only what it has just made.</summary>
    internal Span<float> Values => _values;

    /// <summary>The same, to hand to other threads.</summary>
    internal float[] Memory => _values;

    /// <summary>Whether a change of one would be seen in the other.</summary>
    internal bool SharesMemoryWith(Tensor other) => _values.Length > 0 && ReferenceEquals(_values, other._values);

    /// <summary>Whether no element is NaN or infinite.</summary>
    internal bool IsFinite
    {
        get
        {
            // A number times 0 is 0, unless it is NaN or infinite: those make the sum NaN.
            var sum = Vector<float>.Zero;
            var vectors = MemoryMarshal.Cast<float, Vector<float>>(_values.AsSpan());
            foreach (var vector in vectors)
                sum += vector * Vector<float>.Zero;
            foreach (var value in _values.AsSpan(vectors.Length * Vector<float>.Count))
                if (!float.IsFinite(value))
                    return false;
            return Vector.EqualsAll(sum, Vector<float>.Zero);
        }
    }

    /// <summary>Whether somebody got a span, through which the numbers can be changed unseen.</summary>
    internal bool IsLent { get; private set; }

    /// <summary>The tapes that the numbers must wait for, where they are a variable's.</summary>
    internal VariableHolders? Holders { get; init; }

    /// <summary>Remembers that a tape has recorded this; says whether it must take a fingerprint, as the tensor is lent.</summary>
    internal bool MarkRecorded()
    {
        _recorded = true;
        return IsLent;
    }

    /// <summary>Whether the numbers are those that a tape recorded, given its fingerprint if it had to take one.</summary>
    internal bool IsAsRecorded(ulong? print) => (print ?? _printWhenLent) is not { } expected || expected == Fingerprint();

    /// <summary>A number that changes with any element.</summary>
    internal ulong Fingerprint()
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        var words = MemoryMarshal.Cast<float, ulong>(_values.AsSpan());
        ulong a = 1, b = 2, c = 3, d = 4;
        var i = 0;

        // Four chains, so that a product need not wait for the one before.
        for (; i + 4 <= words.Length; i += 4)
        {
            a = (a ^ words[i]) * Prime;
            b = (b ^ words[i + 1]) * Prime;
            c = (c ^ words[i + 2]) * Prime;
            d = (d ^ words[i + 3]) * Prime;
        }

        for (; i < words.Length; i++)
            a = (a ^ words[i]) * Prime;
        if (_values.Length % 2 == 1)
            b = (b ^ BitConverter.SingleToUInt32Bits(_values[^1])) * Prime;
        return ((a * Prime ^ b) * Prime ^ c) * Prime ^ d;
    }

    /// <summary>The same numbers in memory of their own, which a tape follows back.</summary>
    internal Tensor Identity() => GradientTape.Record(Copy(), (this, g => g));

    /// <summary>Memory for the elements, or an error that names the shape.</summary>
    private static float[] Allocate(Shape shape, bool cleared)
    {
        var size = shape.Size;
        try
        {
            return cleared ? new float[size] : GC.AllocateUninitializedArray<float>(size);
        }
        catch (OutOfMemoryException error)
        {
            throw shape.NoMemory(error);
        }
    }
}
