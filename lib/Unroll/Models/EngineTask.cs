namespace Unroll.Models;

/// <summary>The methods of a model that an engine runs.</summary>
public enum EngineTask
{
    /// <summary>Predict and PredictAll.</summary>
    Predict,

    /// <summary>Evaluate, and the validation of Fit.</summary>
    Evaluate,

    /// <summary>Fit.</summary>
    Fit,

    /// <summary>TrainOnBatch.</summary>
    TrainOnBatch,
}
