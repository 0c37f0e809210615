namespace Unroll.Kernels;

/// <summary>The sizes of an LSTM over a sequence, and where the row of each sample and step lies in memory.</summary>
internal readonly record struct LstmLayout(int Batch, int Steps, int Features, int Units, bool TimeMajor, bool GoBackwards)
{
    public int Rows => Batch * Steps;

    /// <summary>The row of the input that a sample sees in the n-th step that is made.</summary>
    public int InputRow(int step, int sample) => Row(GoBackwards ? Steps - 1 - step : step, sample);

    /// <summary>The row of the output sequence, which is kept in the order of the steps made.</summary>
    public int OutputRow(int step, int sample) => Row(step, sample);

    private int Row(int time, int sample) => TimeMajor ? time * Batch + sample : sample * Steps + time;
}
