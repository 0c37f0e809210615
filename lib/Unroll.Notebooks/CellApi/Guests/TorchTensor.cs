using System.Globalization;
using System.Reflection;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Guests;

/// <summary>Tensors of TorchSharp, printed as NumPy prints arrays, with their shape, type and device.</summary>
internal sealed class TorchTensor() : Guest("TorchSharp.torch+Tensor", MimeBundle.Plain)
{
    private static readonly string[] Numbers = ["Float16", "BFloat16", "Float32", "Float64"];
    private static readonly string[] Counts = ["Byte", "Int8", "Int16", "Int32", "Int64", "Bool"];

    /// <inheritdoc/>
    public override Func<string, string?>? Look(object value)
    {
        var tensor = value.GetType();
        while (tensor.FullName != TypeName)
            tensor = tensor.BaseType!;
        if (tensor.GetProperty("IsInvalid")?.GetValue(value) is true)
            return Views("torch.Tensor (disposed)");
        if (tensor.GetProperty("shape")?.GetValue(value) is not long[] shape || tensor.GetProperty("dtype")?.GetValue(value)?.ToString() is not { } type)
            return null;
        var grad = tensor.GetProperty("requires_grad")?.GetValue(value) is true ? ", requires grad" : "";
        var facts = $"torch.Tensor, shape ({string.Join(", ", shape)}{(shape.Length == 1 ? "," : "")}), {Word(type)}, {tensor.GetProperty("device")?.GetValue(value)}{grad}";
        return Views(Values(new TensorReader(tensor), value, shape, type) is { } text ? $"{text}\n{facts}" : $"{facts} (its values are not shown)");
    }

    private static Func<string, string?> Views(string text) => mimeType => mimeType switch
    {
        MimeBundle.Plain => text,
        MimeBundle.Html => $"<pre>{HtmlText.Encode(text)}</pre>",
        _ => null,
    };

    /// <summary>The numbers; null where there are none to read, as of a tensor that is sparse or has a shape alone.</summary>
    private static string? Values(TensorReader reader, object tensor, long[] shape, string type)
    {
        try
        {
            if (Numbers.Contains(type, StringComparer.Ordinal))
                return NumPyText.Write(reader.Read<double>(tensor, shape, "Float64"), shape, values => new FloatFormat(values, type).Write);
            if (!Counts.Contains(type, StringComparer.Ordinal))
                return null;
            Func<long, string> word = type == "Bool"
                ? value => value != 0 ? "True" : "False"
                : value => value.ToString(CultureInfo.InvariantCulture);
            return NumPyText.Write(reader.Read<long>(tensor, shape, "Int64"), shape, values =>
            {
                var width = values.Max(value => word(value).Length);
                return value => word(value).PadLeft(width);
            });
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    /// <summary>The type as NumPy and PyTorch call it.</summary>
    private static string Word(string type) => type switch
    {
        "Byte" => "uint8",
        "ComplexFloat32" => "complex64",
        "ComplexFloat64" => "complex128",
        _ => type.ToLowerInvariant(),
    };
}
