namespace Unroll.Compute;

/// <summary>The sizes of an LSTM over a sequence, and where the rows of a step lie in memory.</summary>
internal readonly record struct LstmLayout(int Batch, int Steps, int Features, int Units, bool TimeMajor, bool GoBackwards)
{
    public int Rows => Batch * Steps;

    /// <summary>The length of a row of x and h side by side, which a step multiplies with both kernels at once.</summary>
    public int Depth => Features + Units;

    /// <summary>How many multiplications a step needs.</summary>
    public long StepWork => (long)Batch * Depth * 4 * Units;

    /// <summary>How far the rows of two samples lie apart, in rows.</summary>
    public int SampleStep => TimeMajor ? 1 : Steps;

    /// <summary>The row of the input that the first sample sees in the n-th step that is made.</summary>
    public int InputRow(int step) => OutputRow(GoBackwards ? Steps - 1 - step : step);

    /// <summary>The first sample's row of the output sequence, which is kept in the order of the steps made.</summary>
    public int OutputRow(int step) => TimeMajor ? step * Batch : step;
}
