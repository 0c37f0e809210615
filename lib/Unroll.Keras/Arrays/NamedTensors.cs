namespace Unroll.Keras.Arrays;

/// <summary>What is to be saved under names.</summary>
internal static class NamedTensors
{
    /// <exception cref="ArgumentException">A name is there twice, or one that the format keeps to itself.</exception>
    public static IReadOnlyList<KeyValuePair<string, Tensor>> Checked(IEnumerable<KeyValuePair<string, Tensor>> tensors, string? reserved = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        KeyValuePair<string, Tensor>[] all = [.. tensors];
        foreach (var (name, tensor) in all)
        {
            if (name is null || tensor is null)
                throw new ArgumentNullException(nameof(tensors), $"A name is null, or the tensor {name}.");
            if (name == reserved)
                throw new ArgumentException($"No tensor may be called {name}, which the format keeps for metadata.", nameof(tensors));
            if (!names.Add(name))
                throw new ArgumentException($"There are two tensors called {name}.", nameof(tensors));
        }

        return all;
    }
}
