namespace Unroll.Layers;

/// <content>How masks go through a layer.</content>
public abstract partial class Layer
{
    private bool? _supportsMasking;
    private bool _saidMaskIsLost;

    /// <summary>
    /// Whether the layer hands masks on. A layer of your own that works on each step alone sets it, as in Keras; one that
    /// overrides <see cref="ComputeMask"/> has it set. Where it is false, a mask that comes ends here, and a warning says so.
    /// </summary>
    public bool SupportsMasking
    {
        get => _supportsMasking ?? _methods.OverridesComputeMask;
        protected set => _supportsMasking = value;
    }

    /// <summary>Whether there may be a mask for the outputs where none came in.</summary>
    internal virtual bool MakesMasks => _methods.OverridesComputeMask;

    /// <summary>Whether an output that is an input hands its mask on: layers within have said what they do with it.</summary>
    internal virtual bool LeavesMasksToLayersWithin => false;

    /// <summary>
    /// The masks of the outputs, null for one that has none; outputs that the list does not reach have none. By default
    /// those of the inputs. Called where <see cref="SupportsMasking"/> is true.
    /// </summary>
    /// <param name="inputs">What the layer was called on.</param>
    /// <param name="previousMask">The masks of the inputs, one for each; null for none.</param>
    protected virtual IReadOnlyList<Tensor?> ComputeMask(Tensors inputs, IReadOnlyList<Tensor?> previousMask) => previousMask;

    /// <summary>Gives the outputs their masks.</summary>
    private void PassMasks(Tensors inputs, IReadOnlyList<Tensor> outputs)
    {
        var hasMask = false;
        for (var i = 0; i < inputs.Count && !hasMask; i++)
            hasMask = inputs[i].Mask is not null;
        if (!hasMask && !MakesMasks)
            return;
        if (SupportsMasking)
        {
            var masks = ComputeMask(inputs, [.. inputs.Select(input => input.Mask)]) ??
                throw new InvalidOperationException($"{Name}: ComputeMask of {GetType().Name} returned null; it must give a list.");
            for (var i = 0; i < Math.Min(outputs.Count, masks.Count); i++)
                outputs[i].Mask ??= masks[i];
        }
        else if (!LeavesMasksToLayersWithin && hasMask && !_saidMaskIsLost && !ShapeTrial.IsRunning)
        {
            _saidMaskIsLost = true;
            Session.Current.Warn(
                $"{Name} ({ClassName}) was passed an input with a mask, but it does not support masking: later layers will not see the mask, " +
                "and the loss will count every step.");
        }
    }
}
