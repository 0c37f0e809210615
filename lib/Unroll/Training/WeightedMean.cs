namespace Unroll.Training;

/// <summary>
/// The mean of a batch's values as in Keras 3, where some count more than others. A mask leaves values out: the sum of those
/// that count is divided by their number (Keras 2 divided by the number of all, so that padding made a loss smaller). Weights
/// multiply values and leave the number as it is.
/// </summary>
internal static class WeightedMean
{
    /// <summary>The mean; 0 where no value counts.</summary>
    /// <param name="values">Values (batch, time, …), or one number.</param>
    /// <param name="mask">Which count, (batch, time), or null for all.</param>
    /// <param name="weights">How much, (batch) or (batch, time), or null for 1 each.</param>
    /// <param name="name">What gives the values, for errors.</param>
    public static Tensor Of(Tensor values, Tensor? mask, Tensor? weights, string name)
    {
        if (values.Rank == 0 || mask is null && weights is null)
            return values.Mean();
        values = Reduced(values, mask, weights, name);
        if (weights is not null)
            values *= Spread(weights, values, name);
        if (mask is null)
            return values.Mean();
        var count = Counted(mask);
        return Tensor.Where(Spread(mask, values, name), values, 0).Sum() / (count == 0 ? 1f : count);
    }

    /// <summary>The sum of the values, each as often as it weighs, and the sum of the weights: what a metric adds up.</summary>
    public static (double Sum, double Weight) Parts(Tensor values, Tensor? mask, Tensor? weights, string name)
    {
        if (values.Rank == 0)
            return (values.Item(), 1);
        values = Reduced(values, mask, weights, name);
        var each = Tensor.Ones(values.Shape);
        if (weights is not null)
            each *= Spread(weights, values, name);
        if (mask is not null)
            each = Tensor.Where(Spread(mask, values, name), each, 0);
        return (Tensor.Where(each, values * each, 0).Sum().Item(), each.Sum().Item());
    }

    /// <summary>How much each number of the predictions counts.</summary>
    public static float[] Each(Tensor predictions, Tensor? mask, Tensor? weights, string name)
    {
        var each = Tensor.Ones(predictions.Shape);
        if (weights is not null)
            each *= Spread(weights, predictions, name);
        return (mask is null ? each : Tensor.Where(Spread(mask, predictions, name), each, 0)).ToArray();
    }

    private static Tensor Reduced(Tensor values, Tensor? mask, Tensor? weights, string name)
    {
        // A column of weights, (batch, 1), is meant for the samples.
        var axes = Math.Max(mask?.Rank ?? 1, weights is null ? 1 : Flat(weights).Rank);
        while (values.Rank > axes)
            values = values.Mean(-1);
        return mask is null || values.Rank >= mask.Rank ? values : throw new ArgumentException(
            $"{name} gives values of shape {values.Shape}, but the mask of the predictions has shape {mask.Shape}.");
    }

    /// <summary>One for each value, of one for each sample or step.</summary>
    private static Tensor Spread(Tensor each, Tensor values, string name)
    {
        each = Flat(each);
        int[] shape = [.. (ReadOnlySpan<int>)values.Shape];
        for (var axis = 0; axis < each.Rank; axis++)
        {
            if (each.Rank > values.Rank || each.Shape[axis] != values.Shape[axis])
                throw new ArgumentException($"{name} gives values of shape {values.Shape}; weights or a mask of shape {each.Shape} do not fit them.");
        }

        return each.Reshape([.. shape.Select((length, axis) => axis < each.Rank ? length : 1)]).BroadcastTo(shape);
    }

    private static Tensor Flat(Tensor weights) => weights.Rank > 1 && weights.Shape[^1] == 1 ? weights.Reshape(((ReadOnlySpan<int>)weights.Shape)[..^1]) : weights;

    private static float Counted(Tensor mask) => (1 - Tensor.Equal(mask, 0)).Sum().Item();
}
