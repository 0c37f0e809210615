namespace Unroll.Models;

/// <summary>Which Keras' table <see cref="Model.Summary"/> prints.</summary>
public enum SummaryFormat
{
    /// <summary>Keras 2.7 and later 2.x: a column of space at the left, empty lines between rows, long names wrapped.</summary>
    Keras27,

    /// <summary>Keras up to 2.6: lines between rows, long names cut.</summary>
    Keras26,
}
