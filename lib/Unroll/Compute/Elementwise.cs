namespace Unroll.Compute;

/// <summary>Elementwise operations on two arrays whose shapes broadcast as NumPy's do.</summary>
internal static class Elementwise
{
    /// <summary>
    /// Fills <paramref name="result"/>, of axes <paramref name="axes"/>. The axes of the operands are given in the
    /// result's rank, 1 where they repeat.
    /// </summary>
    public static void Binary<TOperation>(
        ReadOnlySpan<float> left,
        ReadOnlySpan<int> leftAxes,
        ReadOnlySpan<float> right,
        ReadOnlySpan<int> rightAxes,
        Span<float> result,
        ReadOnlySpan<int> axes)
        where TOperation : IBinaryOperation
    {
        if (result.IsEmpty)
            return;
        if (left.Length == result.Length && right.Length == result.Length)
        {
            TOperation.Invoke(left, right, result);
            return;
        }

        if (right.Length == 1 && left.Length == result.Length)
        {
            TOperation.Invoke(left, right[0], result);
            return;
        }

        if (left.Length == 1 && right.Length == result.Length)
        {
            TOperation.Invoke(left[0], right, result);
            return;
        }

        // Walk over the rows along the last axis; within one, each operand either runs along or stands still.
        var last = axes.Length - 1;
        var length = axes[last];
        Span<int> leftSteps = stackalloc int[axes.Length];
        Span<int> rightSteps = stackalloc int[axes.Length];
        Steps(leftAxes, leftSteps);
        Steps(rightAxes, rightSteps);
        Span<int> place = stackalloc int[axes.Length];
        place.Clear();
        int leftAt = 0, rightAt = 0;
        for (var start = 0; start < result.Length; start += length)
        {
            var row = result.Slice(start, length);
            if (leftSteps[last] == 0 && rightSteps[last] == 0)
            {
                TOperation.Invoke(left.Slice(leftAt, 1), right[rightAt], row[..1]);
                row[1..].Fill(row[0]);
            }
            else if (leftSteps[last] == 0)
            {
                TOperation.Invoke(left[leftAt], right.Slice(rightAt, length), row);
            }
            else if (rightSteps[last] == 0)
            {
                TOperation.Invoke(left.Slice(leftAt, length), right[rightAt], row);
            }
            else
            {
                TOperation.Invoke(left.Slice(leftAt, length), right.Slice(rightAt, length), row);
            }

            for (var axis = last - 1; axis >= 0; axis--)
            {
                leftAt += leftSteps[axis];
                rightAt += rightSteps[axis];
                if (++place[axis] < axes[axis])
                    break;
                leftAt -= leftSteps[axis] * axes[axis];
                rightAt -= rightSteps[axis] * axes[axis];
                place[axis] = 0;
            }
        }
    }

    /// <summary>How far to go in memory for one step along each axis: 0 along an axis that repeats.</summary>
    private static void Steps(ReadOnlySpan<int> axes, Span<int> steps)
    {
        var step = 1;
        for (var axis = axes.Length - 1; axis >= 0; axis--)
        {
            steps[axis] = axes[axis] == 1 ? 0 : step;
            step *= axes[axis];
        }
    }
}
