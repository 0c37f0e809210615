namespace Unroll.Compute.Recurrent;

/// <summary>The sizes of a recurrent layer over a sequence, and where the rows of a step lie in memory.</summary>
/// <param name="Batch">How many samples there are.</param>
/// <param name="Steps">How many steps a sequence has.</param>
/// <param name="Features">The length of x.</param>
/// <param name="Units">The length of h.</param>
/// <param name="Gates">How many columns of the kernels belong to a unit: 4 for an LSTM.</param>
/// <param name="TimeMajor">Whether time is the first axis of input and sequence.</param>
/// <param name="GoBackwards">Whether the last step is made first.</param>
internal readonly record struct RecurrentLayout(int Batch, int Steps, int Features, int Units, int Gates, bool TimeMajor, bool GoBackwards)
{
    public int Rows => Batch * Steps;

    /// <summary>The length of a row of x and h side by side, which a step multiplies with both kernels at once.</summary>
    public int Depth => Features + Units;

    /// <summary>The columns of a kernel.</summary>
    public int Width => Gates * Units;

    /// <summary>How many multiplications a step needs.</summary>
    public long StepWork => (long)Batch * Depth * Width;

    /// <summary>How far the rows of two samples lie apart, in rows.</summary>
    public int SampleStep => TimeMajor ? 1 : Steps;

    /// <summary>The row of the input that the first sample sees in the n-th step that is made.</summary>
    public int InputRow(int step) => OutputRow(GoBackwards ? Steps - 1 - step : step);

    /// <summary>The first sample's row of the output sequence, which is kept in the order of the steps made.</summary>
    public int OutputRow(int step) => TimeMajor ? step * Batch : step;
}
