using System.Reflection;

namespace Unroll.Notebooks.CellApi.Guests;

/// <summary>Reads the numbers of a tensor that are shown: of a large one, the ends of its axes, wherever it lies.</summary>
/// <param name="type">The type torch.Tensor.</param>
internal sealed class TensorReader(Type type)
{
    /// <summary>The numbers that <see cref="NumPyText"/> shows of <paramref name="tensor"/>, in row-major order; null where a member is missing.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="scalarType">The name of the type to read it as, which is that of <typeparamref name="T"/>.</param>
    public T[]? Read<T>(object tensor, long[] shape, string scalarType)
    {
        var isCut = NumPyText.IsCut(shape);
        var kept = shape.Select(length => NumPyText.Kept(length, isCut)).ToArray();
        var values = new T[kept.Aggregate(1L, (product, length) => product * length)];
        return Fill(tensor, 0, 0) ? values : null;

        // An axis that is cut has two parts; where none is left to cut, what there is lies together.
        bool Fill(object part, int axis, long offset)
        {
            while (axis < shape.Length && kept[axis] == shape[axis])
                axis++;
            if (axis == shape.Length)
                return Copy(part, offset);
            var stride = kept.Skip(axis + 1).Aggregate(1L, (product, length) => product * length);
            var half = kept[axis] / 2;
            return Half(0, offset) && Half(shape[axis] - half, offset + (half * stride));

            bool Half(long start, long at)
            {
                using var narrow = Call(part, "narrow", (long)axis, start, half);
                return narrow.Value is { } found && Fill(found, axis + 1, at);
            }
        }

        // The part keeps the lengths that it was cut to; its rows lie apart in the whole.
        bool Copy(object part, long offset)
        {
            using var detached = Call(part, "detach");
            using var near = Call(detached.Value, "cpu");
            using var cast = Cast(near.Value, scalarType);
            if (cast.Value is null || type.GetMethod("data", Type.EmptyTypes)?.MakeGenericMethod(typeof(T)).Invoke(cast.Value, []) is not IEnumerable<T> data
                || type.GetProperty("shape")?.GetValue(cast.Value) is not long[] lengths)
            {
                return false;
            }

            var index = new long[lengths.Length];
            foreach (var value in data)
            {
                var place = offset;
                for (long axis = lengths.Length - 1, stride = 1; axis >= 0; stride *= kept[axis--])
                    place += index[axis] * stride;
                values[place] = value;
                for (var axis = lengths.Length - 1; axis >= 0 && ++index[axis] == lengths[axis]; axis--)
                    index[axis] = 0;
            }

            return true;
        }
    }

    private Owned Call(object? tensor, string name, params object[] arguments) => new(tensor is null
        ? null
        : type.GetMethod(name, [.. arguments.Select(each => each.GetType())])?.Invoke(tensor, arguments));

    /// <summary>The tensor with numbers of another type.</summary>
    private Owned Cast(object? tensor, string scalarType)
    {
        var method = Array.Find(type.GetMethods(), each => each.Name == "to_type" && each.GetParameters() is [{ ParameterType.IsEnum: true }, ..]);
        if (tensor is null || method is null)
            return new Owned(null);
        var parameters = method.GetParameters();
        object?[] arguments = [Enum.Parse(parameters[0].ParameterType, scalarType), .. parameters.Skip(1).Select(each => each.DefaultValue)];
        return new Owned(method.Invoke(tensor, arguments));
    }

    /// <summary>A tensor made here, which holds memory that no garbage collector sees.</summary>
    private readonly record struct Owned(object? Value) : IDisposable
    {
        public void Dispose() => (Value as IDisposable)?.Dispose();
    }
}
