namespace Unroll.Compute.Recurrent;

/// <summary>The sizes of a recurrent layer over a sequence, and where the rows of a step lie in memory.</summary>
/// <param name="Batch">How many samples there are.</param>
/// <param name="Steps">How many steps are made.</param>
/// <param name="Features">The length of x.</param>
/// <param name="Units">The length of h.</param>
/// <param name="Gates">How many columns of the kernels belong to a unit: 4 for an LSTM.</param>
/// <param name="TimeMajor">Whether time is the first axis of input and sequence.</param>
/// <param name="GoBackwards">Whether the last step is made first.</param>
internal readonly record struct RecurrentLayout(int Batch, int Steps, int Features, int Units, int Gates, bool TimeMajor, bool GoBackwards)
{
    /// <summary>The first step that is made, of a pass over a part of the sequence; see <see cref="Part"/>.</summary>
    public int From { get; private init; }

    /// <summary>How many steps the sequence has.</summary>
    public int Length { get; private init; } = Steps;

    /// <summary>The first step that is not made.</summary>
    public int To => From + Steps;

    /// <summary>Whether some steps of the sequence are made, not all.</summary>
    public bool IsPart => Steps < Length;

    /// <summary>The rows of what is kept of each step.</summary>
    public int Rows => Batch * Steps;

    /// <summary>The length of a row of x and h side by side, which a step multiplies with both kernels at once.</summary>
    public int Depth => Features + Units;

    /// <summary>The columns of a kernel.</summary>
    public int Width => Gates * Units;

    /// <summary>How many multiplications a step needs.</summary>
    public long StepWork => (long)Batch * Depth * Width;

    /// <summary>A pass over some steps: input and sequence are the whole ones, the tape is as long as the part.</summary>
    public RecurrentLayout Part(int from, int steps) => this with { From = from, Steps = steps };

    /// <summary>How far the rows of two samples lie apart, in rows.</summary>
    public int SampleStep => TimeMajor ? 1 : Length;

    /// <summary>The row of the input that the first sample sees in the n-th step that is made.</summary>
    public int InputRow(int step) => OutputRow(GoBackwards ? Length - 1 - step : step);

    /// <summary>The first sample's row of the output sequence, which is kept in the order of the steps made.</summary>
    public int OutputRow(int step) => TimeMajor ? step * Batch : step;
}
