using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>What the outputs of a model are called in the file.</summary>
internal static class OutputNames
{
    /// <summary>After the layer; of several tensors of a recurrent layer the states have theirs after it, others a number.</summary>
    public static string Of(KerasTensor output)
    {
        var place = output.Producer.Outputs.Index().First(one => ReferenceEquals(one.Item, output)).Index;
        if (place == 0)
            return output.Layer.Name;
        return output.Layer is RNN rnn
            ? $"{rnn.Name}_{RecurrentCall.Word(rnn, place - 1)}"
            : FormattableString.Invariant($"{output.Layer.Name}_{place}");
    }
}
