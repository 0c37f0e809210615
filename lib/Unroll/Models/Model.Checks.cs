using Unroll.Training;

namespace Unroll.Models;

/// <content>What is looked at before the first step, so that none is made in vain.</content>
public partial class Model
{
    /// <summary>Makes the weights for the first batch.</summary>
    private void BuildFor(Tensors x, int batchSize)
    {
        CheckLastBatch(x, batchSize);
        EnsureBuilt(BatchShapes(x, batchSize), from: null);
    }

    /// <summary>Data to validate with are found wrong before the first step, not after the first epoch.</summary>
    private void CheckValidation(Tensors x, Tensors y, Tensors trained, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(x, "validationData.X");
        ArgumentNullException.ThrowIfNull(y, "validationData.Y");
        Batches.Check(x, y, batchSize, Name);
        CheckLastBatch(x, batchSize);
        var (size, usual) = (Batches.First(x, batchSize), Batches.First(trained, batchSize));
        if (IsBoundToBatch && size != usual)
        {
            throw new ArgumentException(
                $"{Name}: all its batches must be of one size, but training has batches of {usual} and validation of {size}. " +
                $"Use validation data in batches of {usual}.");
        }

        var outputs = OutputShapes(BatchShapes(x, batchSize));
        if (y.Count != outputs.Count)
            throw new ArgumentException($"{Name} gives {outputs.Count} outputs but y of validationData holds {y.Count}.");
        for (var i = 0; i < outputs.Count; i++)
            LossFor(_losses.Length == 1 ? 0 : Math.Min(i, _losses.Length - 1)).CheckShapes(y[i].Shape.With(0, null), outputs[i].With(0, null));
    }

    /// <summary>A model that is bound to a batch size cannot take a smaller last batch.</summary>
    private void CheckLastBatch(Tensors x, int batchSize)
    {
        var samples = x[0].Shape[0];
        if (samples <= batchSize || samples % batchSize == 0 || !IsBoundToBatch)
            return;
        throw new ArgumentException(
            $"{Name}: all its batches must be of one size, as it is stateful or its Input has a batchSize, " +
            $"but {samples} samples in batches of {batchSize} leave {samples % batchSize} for the last one. " +
            "Use as many samples as batchSize goes into.");
    }

    private static Shape[] BatchShapes(Tensors x, int batchSize) => [.. x.Select(input => input.Shape.With(0, Batches.First(x, batchSize)))];

    private void CheckVerbose(int verbose)
    {
        if (verbose is < 0 or > 2)
            throw new ArgumentException($"{Name}: verbose must be 0, 1 or 2 but is {verbose}.");
    }
}
