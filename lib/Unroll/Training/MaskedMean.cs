namespace Unroll.Training;

/// <summary>
/// The mean over what a mask lets count, as in Keras 3: the sum of the values that count, divided by their number; 0 where
/// none does. (Keras 2 divided by the number of all, so that padding made the loss smaller.)
/// </summary>
internal static class MaskedMean
{
    /// <summary>The mean of values (batch, time, …), or of one number, by a mask (batch, time), or null.</summary>
    public static Tensor Of(Tensor values, Tensor? mask, string name)
    {
        if (mask is null || values.Rank == 0)
            return values.Mean();
        while (values.Rank > mask.Rank)
            values = values.Mean(-1);
        if (values.Shape != mask.Shape)
            throw new ArgumentException($"{name} gives values of shape {values.Shape}, but the mask of the predictions has shape {mask.Shape}.");
        var count = Counted(mask);
        return Tensor.Where(mask, values, 0).Sum() / (count == 0 ? 1f : count);
    }

    /// <summary>How much a batch weighs among others: how many samples it has, less the share of their steps that do not count.</summary>
    public static double Weight(int samples, Tensor? mask) =>
        mask is null || mask.Size == 0 ? samples : (double)Counted(mask) * mask.Shape[0] / mask.Size;

    private static float Counted(Tensor mask) => (1 - Tensor.Equal(mask, 0)).Sum().Item();
}
