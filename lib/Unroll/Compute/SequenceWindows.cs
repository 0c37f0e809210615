using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Unroll.Compute;

/// <summary>
/// The windows that slide along sequences (batch, time, features), as rows of a matrix: a window is a row of Size · Features
/// numbers. Windows without gaps lie in each other: a sequence, with zeros around it, is that matrix as it is, with rows that
/// begin a stride after each other. So nothing is copied but a sample with its zeros, into memory that stays in the cache.
/// Windows with gaps are laid out one by one, and so are those of short sequences, many at a time, since a product with few
/// rows is slow.
/// </summary>
/// <param name="Batch">How many sequences there are.</param>
/// <param name="Time">How many steps a sequence has.</param>
/// <param name="Features">How many numbers a step has.</param>
/// <param name="Count">How many windows a sequence has.</param>
/// <param name="Size">How many steps a window holds.</param>
/// <param name="Stride">How many steps lie from one window to the next.</param>
/// <param name="Dilation">How many steps lie from one place of a window to the next.</param>
/// <param name="Before">How many steps of zeros stand before a sequence.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SequenceWindows(int Batch, int Time, int Features, int Count, int Size, int Stride, int Dilation, int Before)
{
    // From so many windows on, a sequence makes a product of its own; shorter ones are put together to more rows.
    private const int LongFrom = 64;
    private const int RowsTogether = 256;

    /// <summary>How long a row is.</summary>
    public int Depth => Size * Features;

    /// <summary>How many samples make a block, which is laid out at a time; the last may have fewer.</summary>
    public int BlockSamples => Count >= LongFrom ? 1 : Math.Min(Batch, RowsTogether / Count);

    /// <summary>How many blocks there are.</summary>
    public int Blocks => (Batch + BlockSamples - 1) / BlockSamples;

    /// <summary>How many rows a block has, the last perhaps fewer.</summary>
    public int BlockRows => BlockSamples * Count;

    /// <summary>How far a row lies from the next in the memory of a block.</summary>
    public int RowStep => Overlap ? Stride * Features : Depth;

    /// <summary>How many numbers a block takes.</summary>
    public int BlockSize => Overlap ? ((Count - 1) * Stride + Size) * Features : BlockRows * Depth;

    private bool Overlap => Count >= LongFrom && Dilation == 1 && Stride <= Size;

    /// <summary>How many rows one of the blocks has.</summary>
    public int RowsOf(int block) => (Math.Min(Batch, (block + 1) * BlockSamples) - block * BlockSamples) * Count;

    /// <summary>Lays out a block.</summary>
    public void Lay(int block, ReadOnlySpan<float> sequences, Span<float> memory)
    {
        if (Overlap)
        {
            Copy(sequences, block, -Before, memory[..BlockSize]);
            return;
        }

        var (run, runs) = Runs;
        for (int row = 0, rows = RowsOf(block) * runs; row < rows; row++)
        {
            var (sample, step) = Start(block, row, runs);
            Copy(sequences, sample, step, memory.Slice(row * run, run));
        }
    }

    /// <summary>Adds up the rows of a block, one after the other in memory, at the steps that they came from.</summary>
    public void AddUp(int block, ReadOnlySpan<float> rows, Span<float> sequences)
    {
        var (run, runs) = Runs;
        var from = block * BlockSamples * Time * Features;
        sequences.Slice(from, RowsOf(block) / Count * Time * Features).Clear();
        for (int row = 0, end = RowsOf(block) * runs; row < end; row++)
        {
            var (sample, step) = Start(block, row, runs);
            var (first, last) = Within(step, run);
            if (first == last)
                continue;
            var sums = sequences.Slice((sample * Time + step) * Features + first, last - first);
            TensorPrimitives.Add(sums, rows.Slice(row * run + first, last - first), sums);
        }
    }

    // Places that follow each other are copied together.
    private (int Length, int InWindow) Runs => Dilation == 1 ? (Depth, 1) : (Features, Size);

    /// <summary>The sample and the step that a run begins with.</summary>
    private (int Sample, int Step) Start(int block, int row, int runs)
    {
        var (window, place) = Math.DivRem(row, runs);
        var (sample, number) = Math.DivRem(window, Count);
        return (block * BlockSamples + sample, number * Stride + place * Dilation - Before);
    }

    /// <summary>The part of a run that lies within the sequence.</summary>
    private (int First, int End) Within(int step, int length)
    {
        var first = (int)Math.Clamp(-(long)step * Features, 0, length);
        return (first, (int)Math.Clamp(((long)Time - step) * Features, first, length));
    }

    /// <summary>Copies a run, with zeros where it lies outside of the sequence.</summary>
    private void Copy(ReadOnlySpan<float> sequences, int sample, int step, Span<float> target)
    {
        var (first, end) = Within(step, target.Length);
        target[..first].Clear();
        if (first < end)
            sequences.Slice((sample * Time + step) * Features + first, end - first).CopyTo(target[first..]);
        target[end..].Clear();
    }
}
