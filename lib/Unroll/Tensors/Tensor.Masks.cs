namespace Unroll;

/// <content>The mask that a tensor bears from layer to layer.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// Which steps count, 1, and which are passed over, 0: of shape (batch, time), or null where all count. A
    /// <c>Masking</c> or an Embedding with maskZero makes it, layers hand it on to their results as in Keras, and
    /// losses leave out what it passes over. Arithmetic does not hand it on. Keras: <c>_keras_mask</c>.
    /// </summary>
    public Tensor? Mask { get; internal set; }

    /// <summary>
    /// The same numbers with a mask, (batch, time), for the layers that come: 0 for a step to pass over; null for none.
    /// Keras: <c>layer(x, mask=mask)</c>.
    /// </summary>
    public Tensor WithMask(Tensor? mask)
    {
        var masked = Identity();
        masked.Mask = mask;
        return masked;
    }
}
