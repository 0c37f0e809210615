namespace Unroll.Benchmarks.Comparing;

/// <summary>What is timed.</summary>
internal enum Mode
{
    /// <summary>The bare layer, or the model where there are several, over the whole sequence, all outputs kept.</summary>
    Inference,

    /// <summary>The same as users call it: <c>model.Predict</c>, <c>session.run</c>.</summary>
    Predict,

    /// <summary>One step: forward, backward and Adam, on the mean squared error of Dense(1) on the last output, or on the mean of the outputs.</summary>
    Training,
}
