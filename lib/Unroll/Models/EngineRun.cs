namespace Unroll.Models;

/// <summary>
/// A model and data on an engine while one method of the model runs. Disposing of it frees what is only for this run.
/// </summary>
public abstract class EngineRun : IDisposable
{
    /// <summary>The outputs for some samples, in inference mode.</summary>
    /// <param name="start">The first sample.</param>
    /// <param name="count">How many there are.</param>
    protected internal abstract Tensors Predict(int start, int count);

    /// <summary>Losses and metrics on some samples, in inference mode.</summary>
    /// <inheritdoc cref="Predict"/>
    protected internal abstract BatchResult Evaluate(int start, int count);

    /// <summary>One step of training; whatever goes wrong is found before a weight is changed.</summary>
    /// <param name="order">Which samples come first; null for the order that they have.</param>
    /// <param name="start">The first place in the order.</param>
    /// <param name="count">How many samples there are.</param>
    /// <param name="where">Where in the training this is, for errors: <c>in epoch 2, batch 1 of 3</c>.</param>
    /// <exception cref="InvalidOperationException">A loss or a gradient is NaN or infinite.</exception>
    protected internal abstract BatchResult Train(int[]? order, int start, int count, string where);

    /// <summary>Gives the model its weights and its states as they are now.</summary>
    protected internal abstract void HandBack();

    /// <summary>Takes the model's weights and states, which somebody may have changed.</summary>
    protected internal abstract void TakeOver();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what is only for this run.</summary>
    protected abstract void Dispose(bool disposing);
}
