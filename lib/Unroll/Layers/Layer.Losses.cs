using Unroll.Regularizers;

namespace Unroll.Layers;

/// <content>What a layer adds to the loss of the model.</content>
public abstract partial class Layer
{
    /// <summary>
    /// What the regularizers of the trained weights ask now, a number for each, of this layer and those within. Training and
    /// Evaluate add them to the loss, and what <see cref="AddLoss"/> was given meanwhile.
    /// </summary>
    public IReadOnlyList<Tensor> Losses =>
        [.. TrainableWeights.Where(weight => weight.Regularizer is not null).Select(weight => weight.Regularizer!(weight.Value))];

    /// <summary>What the layer's output costs; null for nothing.</summary>
    public Regularizer? ActivityRegularizer { get; private protected init; }

    /// <summary>
    /// Adds to the loss of the batch that is being trained or evaluated; call it from <see cref="Call(Tensor, bool)"/>. Where
    /// no model trains or evaluates, nothing happens.
    /// </summary>
    /// <param name="loss">One number with no axis, made with tensor operations.</param>
    protected void AddLoss(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Size != 1)
            throw new ArgumentException($"{Name}: a loss is one number, but AddLoss got {loss.Shape}.");
        CallLosses.Add(loss);
    }

    private void ChargeActivity(IReadOnlyList<Tensor> outputs)
    {
        if (ActivityRegularizer is null || !CallLosses.IsCollecting)
            return;
        foreach (var output in outputs)
            CallLosses.Add(ActivityRegularizer.Call(output));
    }
}
