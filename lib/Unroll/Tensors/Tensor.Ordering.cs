namespace Unroll;

/// <content>Places, order, and numbers taken from places.</content>
public sealed partial class Tensor
{
    /// <summary>1 where <paramref name="left"/> is less, else 0; broadcasting, without a gradient.</summary>
    public static Tensor Less(Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return Greater(right, left);
    }

    /// <summary>1 where <paramref name="left"/> is greater or equal, else 0; broadcasting, without a gradient.</summary>
    public static Tensor GreaterEqual(Tensor left, Tensor right) => Maximum(Greater(left, right), Equal(left, right)).StopGradient();

    /// <summary>1 where <paramref name="left"/> is less or equal, else 0; broadcasting, without a gradient.</summary>
    public static Tensor LessEqual(Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return GreaterEqual(right, left);
    }

    /// <summary>1 where the two differ, also where one is NaN, else 0; broadcasting, without a gradient.</summary>
    public static Tensor NotEqual(Tensor left, Tensor right) => 1 - Equal(left, right);

    /// <summary>How many elements are not 0: of a comparison, how often it holds.</summary>
    public int CountNonzero()
    {
        var count = 0;
        foreach (var value in _values)
            count += value != 0 ? 1 : 0;
        return count;
    }

    /// <summary>The places of the smallest elements along an axis, the first of equal ones; without a gradient.</summary>
    public Tensor ArgMin(int axis = -1) => (-this).ArgMax(axis);

    /// <summary>The places that put the elements along an axis in rising order, equal ones as they come; without a gradient. NaN comes last.</summary>
    public Tensor ArgSort(int axis = -1)
    {
        axis = CheckedAxis(axis);
        var (outer, length, inner) = Around(axis);
        var result = ZerosLike(this);
        var places = new int[length];
        for (var line = 0; line < outer * inner; line++)
        {
            var first = line / inner * length * inner + line % inner;
            for (var j = 0; j < length; j++)
                places[j] = j;
            Array.Sort(places, (a, b) => Order(_values[first + a * inner], _values[first + b * inner]) is var order and not 0 ? order : a - b);
            for (var j = 0; j < length; j++)
                result._values[first + j * inner] = places[j];
        }

        return result;
    }

    /// <summary>The elements along an axis in rising order. NaN comes last.</summary>
    public Tensor Sort(int axis = -1) => TakeAlong(ArgSort(axis), axis);

    /// <summary>The sums of the elements up to each place along an axis.</summary>
    public Tensor CumSum(int axis)
    {
        axis = CheckedAxis(axis);
        var (_, length, inner) = Around(axis);
        var result = Copy();
        for (var i = 0; i < result.Size; i++)
            if (i / inner % length > 0)
                result._values[i] += result._values[i - inner];
        return GradientTape.Record(result, (this, g => g.Flip(axis).CumSum(axis).Flip(axis)));
    }

    /// <summary>
    /// The slices at some places of an axis: <c>table.Gather(labels)</c> has a row of the table for each label. The axis gives way to
    /// those of the places. Keras: <c>ops.take</c>.
    /// </summary>
    /// <param name="indices">Whole numbers, from 0.</param>
    /// <param name="axis">The axis that they count along.</param>
    /// <exception cref="ArgumentException">A number is not that of a place.</exception>
    public Tensor Gather(Tensor indices, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(indices);
        axis = CheckedAxis(axis);
        var length = Shape[axis];
        var places = new int[indices.Size];
        for (var i = 0; i < places.Length; i++)
        {
            var place = indices._values[i];
            places[i] = place >= 0 && place < length && place == MathF.Floor(place) ? (int)place : throw new ArgumentException(
                FormattableString.Invariant($"Gather: {place} is not a place along axis {axis} of {Shape}: they are 0 to {length - 1}."));
        }

        var front = axis == 0 ? this : MoveAxis(axis, 0);
        ReadOnlySpan<int> rest = ((ReadOnlySpan<int>)front.Shape)[1..];
        var taken = front.Reshape(length, length == 0 ? 0 : front.Size / length).Rows(places, [places.Length])
            .Reshape([.. (ReadOnlySpan<int>)indices.Shape, .. rest]);
        return axis == 0 ? taken : taken.MoveAxis([.. Enumerable.Range(0, indices.Rank)], [.. Enumerable.Range(axis, indices.Rank)]);
    }

    /// <summary>Along an axis, the element at each of some places; as many as there are places.</summary>
    private Tensor TakeAlong(Tensor places, int axis)
    {
        axis = CheckedAxis(axis);
        var result = ZerosLike(this);
        for (var i = 0; i < Size; i++)
            result._values[i] = _values[Source(places, axis, i)];
        return GradientTape.Record(result, (this, g => g.PutAlong(places, axis)));
    }

    private Tensor PutAlong(Tensor places, int axis)
    {
        var result = ZerosLike(this);
        for (var i = 0; i < Size; i++)
            result._values[Source(places, axis, i)] += _values[i];
        return GradientTape.Record(result, (this, g => g.TakeAlong(places, axis)));
    }

    private int Source(Tensor places, int axis, int i)
    {
        var (_, length, inner) = Around(axis);
        return i + ((int)places._values[i] - i / inner % length) * inner;
    }

    private static int Order(float a, float b) => float.IsNaN(a) ? float.IsNaN(b) ? 0 : 1 : float.IsNaN(b) ? -1 : a.CompareTo(b);
}
