using System.Runtime.InteropServices;
using TorchSharp;
using Unroll.TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll;

/// <summary>Tensors from Unroll to TorchSharp and back; both ways copy, and no gradient follows.</summary>
public static class TorchTensors
{
    /// <summary>A torch tensor of the same shape and numbers, float32.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="device">Where it lies, <c>"cpu"</c> or <c>"cuda:0"</c>. Default: the CPU.</param>
    /// <exception cref="DllNotFoundException">libtorch is not there, or cannot be loaded; says what is needed.</exception>
    public static TorchTensor ToTorch(this Tensor tensor, torch.Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        TorchSharpNatives.Load();
        return Copy(tensor.Values, [.. tensor.Shape.Select(axis => (long)axis!.Value)], device);
    }

    /// <summary>A torch tensor of a weight's present numbers.</summary>
    /// <inheritdoc cref="ToTorch(Tensor, torch.Device?)"/>
    public static TorchTensor ToTorch(this Variable variable, torch.Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(variable);
        TorchSharpNatives.Load();
        return Copy(variable.Readable, [.. variable.Shape.Select(axis => (long)axis!.Value)], device);
    }

    /// <summary>
    /// A tensor of Unroll's of the same shape and numbers; those of another type than float32 are converted to it.
    /// </summary>
    /// <exception cref="ArgumentException">An axis is longer than Unroll's tensors can have, or the numbers are complex.</exception>
    public static Tensor ToUnroll(this TorchTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (torch.is_complex(tensor.dtype))
            throw new ArgumentException($"A tensor of {tensor.dtype} has no form in float32; take its real or imag part.", nameof(tensor));
        if (Array.Exists(tensor.shape, axis => axis > Array.MaxLength))
            throw new ArgumentException($"({string.Join(", ", tensor.shape)}) has an axis longer than {Array.MaxLength}.", nameof(tensor));
        var result = Tensor.Unwritten(Array.ConvertAll(tensor.shape, axis => (int)axis));
        CopyTo(tensor, result.Values);
        return result;
    }

    /// <summary>The numbers in row-major order, wherever and however the tensor lies.</summary>
    internal static void CopyTo(TorchTensor tensor, Span<float> numbers)
    {
        if (numbers.Length == 0)
            return;
        using var scope = torch.NewDisposeScope();
        var plain = tensor.detach().to(torch.float32).cpu().contiguous();
        MemoryMarshal.Cast<byte, float>(plain.bytes).CopyTo(numbers);
    }

    private static TorchTensor Copy(ReadOnlySpan<float> numbers, long[] shape, torch.Device? device)
    {
        var copy = torch.empty(shape, torch.float32);
        if (numbers.Length > 0)
            MemoryMarshal.AsBytes(numbers).CopyTo(copy.bytes);
        if (device is null || device.type == DeviceType.CPU)
            return copy;
        using (copy)
            return copy.to(device);
    }
}
