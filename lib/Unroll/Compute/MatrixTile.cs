using System.Runtime.CompilerServices;
using Unroll.Compute.Simd;

namespace Unroll.Compute;

/// <summary>
/// The innermost part of a matrix product: a tile of the result, up to six rows by <see cref="ISimd{TSelf}.TileVectors"/>
/// vectors, is held in registers while it runs down a panel. Each number of the panel is read once for six rows, each
/// number of the left matrix once for all the vectors: that is what lifts the product from the speed of the cache to that
/// of the multiplier. Measured on one core with 512 bits: 100 % of the FMA peak at (30, 512, 2048), packing not counted.
/// </summary>
internal static class MatrixTile
{
    /// <summary>The most rows a tile holds.</summary>
    public const int MaxRows = 6;

    /// <summary>
    /// As many rows go through two panels of two vectors at once: a sum waits for the one before it, and so few sums would leave
    /// the multiplier idle. Measured on one core with 256 bits: an LSTM at (1, 100, 64, 128) takes 0.36 ms in place of 0.53 ms.
    /// </summary>
    public const int PairRows = 2;

    /// <summary>
    /// <c>result += left · panel</c>, or <c>=</c> without <paramref name="accumulate"/>, for rows that
    /// <paramref name="left"/> keeps <paramref name="rowStep"/> apart and its columns <paramref name="columnStep"/> apart.
    /// </summary>
    /// <param name="left">The first number of the tile's rows.</param>
    /// <param name="rowStep">How far one row lies from the next; with <paramref name="columnStep"/> it may be transposed.</param>
    /// <param name="columnStep">How far one column lies from the next.</param>
    /// <param name="panel">Rows of a packed panel.</param>
    /// <param name="result">The first number of the tile of the result.</param>
    /// <param name="resultStep">How far one row of the result lies from the next.</param>
    /// <param name="rows">How many rows, from 1 to <see cref="MaxRows"/>.</param>
    /// <param name="depth">How many columns of left and rows of the panel.</param>
    /// <param name="accumulate">Whether to add to the result.</param>
    public static void Run<V>(
        ref float left, int rowStep, int columnStep, ref float panel, ref float result, int resultStep, int rows, int depth, bool accumulate)
        where V : struct, ISimd<V>
    {
        var a = (nuint)rowStep;
        var s = (nuint)columnStep;
        var c = (nuint)resultStep;
        switch (rows)
        {
            case 1:
                Tile<V, One, One>(ref left, a, s, ref panel, 0, ref result, c, depth, accumulate);
                break;
            case 2:
                Tile<V, Two, One>(ref left, a, s, ref panel, 0, ref result, c, depth, accumulate);
                break;
            case 3:
                Tile<V, Three, One>(ref left, a, s, ref panel, 0, ref result, c, depth, accumulate);
                break;
            case 4:
                Tile<V, Four, One>(ref left, a, s, ref panel, 0, ref result, c, depth, accumulate);
                break;
            case 5:
                Tile<V, Five, One>(ref left, a, s, ref panel, 0, ref result, c, depth, accumulate);
                break;
            default:
                Tile<V, Six, One>(ref left, a, s, ref panel, 0, ref result, c, depth, accumulate);
                break;
        }
    }

    /// <summary>The same for panels side by side, so far apart, and rows whose columns follow each other.</summary>
    public static void RunStrip<V>(
        ref float left, int rowStep, ref float panels, nint panelStep, ref float result, int resultStep, int rows, int width, int depth, bool accumulate)
        where V : struct, ISimd<V>
    {
        var panelWidth = V.TileVectors * V.Count;
        for (var column = 0; column < width; column += panelWidth)
        {
            ref var panel = ref Unsafe.Add(ref panels, column / panelWidth * panelStep);
            ref var target = ref Unsafe.Add(ref result, column);
            if (V.TileVectors == 2 && rows <= PairRows && column + panelWidth < width)
            {
                RunPair<V>(ref left, (nuint)rowStep, ref panel, (nuint)panelStep, ref target, (nuint)resultStep, rows, depth, accumulate);
                column += panelWidth;
            }
            else
            {
                Run<V>(ref left, rowStep, 1, ref panel, ref target, resultStep, rows, depth, accumulate);
            }
        }
    }

    private static void RunPair<V>(
        ref float left, nuint a, ref float panel, nuint panelStep, ref float result, nuint c, int rows, int depth, bool accumulate)
        where V : struct, ISimd<V>
    {
        if (rows == 1)
            Tile<V, One, Two>(ref left, a, 1, ref panel, panelStep, ref result, c, depth, accumulate);
        else
            Tile<V, Two, Two>(ref left, a, 1, ref panel, panelStep, ref result, c, depth, accumulate);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Tile<V, TRows, TPanels>(
        ref float left, nuint a, nuint s, ref float panel, nuint panelStep, ref float result, nuint c, int depth, bool accumulate)
        where V : struct, ISimd<V>
        where TRows : struct, ICount
        where TPanels : struct, ICount
    {
        var w = (nuint)V.Count;
        ref var rest = ref Unsafe.Add(ref panel, TPanels.Value > 1 ? panelStep : 2 * w);
        var zero = V.Broadcast(0);
        // Written out row by row, and without a call after the loop: sums that are passed by reference, or live across a
        // call, are kept in memory by the compiler, and the product is four times slower.
        V r00 = zero, r01 = zero, r02 = zero, r03 = zero, r10 = zero, r11 = zero, r12 = zero, r13 = zero;
        V r20 = zero, r21 = zero, r22 = zero, r23 = zero, r30 = zero, r31 = zero, r32 = zero, r33 = zero;
        V r40 = zero, r41 = zero, r42 = zero, r43 = zero, r50 = zero, r51 = zero, r52 = zero, r53 = zero;

        // The rows have a reference each, so that the loop computes no addresses: with 256 bits it is as long as the machine
        // can take in anyway.
        ref var x1 = ref Unsafe.Add(ref left, TRows.Value > 1 ? a : 0);
        ref var x2 = ref Unsafe.Add(ref left, TRows.Value > 2 ? 2 * a : 0);
        ref var x3 = ref Unsafe.Add(ref left, TRows.Value > 3 ? 3 * a : 0);
        ref var x4 = ref Unsafe.Add(ref left, TRows.Value > 4 ? 4 * a : 0);
        ref var x5 = ref Unsafe.Add(ref left, TRows.Value > 5 ? 5 * a : 0);
        nuint at = 0, line = 0;
        for (var i = 0; i < depth; i++)
        {
            V b0 = V.Load(ref panel, line), b1 = V.Load(ref panel, line + w), b2 = zero, b3 = zero;
            if (V.TileVectors * TPanels.Value > 2)
                b2 = V.Load(ref rest, line);
            if (V.TileVectors * TPanels.Value > 2)
                b3 = V.Load(ref rest, line + w);
            line += (nuint)V.TileVectors * w;
            var x = V.Broadcast(Unsafe.Add(ref left, at));
            r00 = V.MultiplyAdd(x, b0, r00);
            r01 = V.MultiplyAdd(x, b1, r01);
            if (V.TileVectors * TPanels.Value > 2)
                r02 = V.MultiplyAdd(x, b2, r02);
            if (V.TileVectors * TPanels.Value > 2)
                r03 = V.MultiplyAdd(x, b3, r03);

            if (TRows.Value > 1)
            {
                x = V.Broadcast(Unsafe.Add(ref x1, at));
                r10 = V.MultiplyAdd(x, b0, r10);
                r11 = V.MultiplyAdd(x, b1, r11);
                if (V.TileVectors * TPanels.Value > 2)
                    r12 = V.MultiplyAdd(x, b2, r12);
                if (V.TileVectors * TPanels.Value > 2)
                    r13 = V.MultiplyAdd(x, b3, r13);
            }

            if (TRows.Value > 2)
            {
                x = V.Broadcast(Unsafe.Add(ref x2, at));
                r20 = V.MultiplyAdd(x, b0, r20);
                r21 = V.MultiplyAdd(x, b1, r21);
                if (V.TileVectors * TPanels.Value > 2)
                    r22 = V.MultiplyAdd(x, b2, r22);
                if (V.TileVectors * TPanels.Value > 2)
                    r23 = V.MultiplyAdd(x, b3, r23);
            }

            if (TRows.Value > 3)
            {
                x = V.Broadcast(Unsafe.Add(ref x3, at));
                r30 = V.MultiplyAdd(x, b0, r30);
                r31 = V.MultiplyAdd(x, b1, r31);
                if (V.TileVectors * TPanels.Value > 2)
                    r32 = V.MultiplyAdd(x, b2, r32);
                if (V.TileVectors * TPanels.Value > 2)
                    r33 = V.MultiplyAdd(x, b3, r33);
            }

            if (TRows.Value > 4)
            {
                x = V.Broadcast(Unsafe.Add(ref x4, at));
                r40 = V.MultiplyAdd(x, b0, r40);
                r41 = V.MultiplyAdd(x, b1, r41);
                if (V.TileVectors * TPanels.Value > 2)
                    r42 = V.MultiplyAdd(x, b2, r42);
                if (V.TileVectors * TPanels.Value > 2)
                    r43 = V.MultiplyAdd(x, b3, r43);
            }

            if (TRows.Value > 5)
            {
                x = V.Broadcast(Unsafe.Add(ref x5, at));
                r50 = V.MultiplyAdd(x, b0, r50);
                r51 = V.MultiplyAdd(x, b1, r51);
                if (V.TileVectors * TPanels.Value > 2)
                    r52 = V.MultiplyAdd(x, b2, r52);
                if (V.TileVectors * TPanels.Value > 2)
                    r53 = V.MultiplyAdd(x, b3, r53);
            }

            at += s;
        }

        Finish<V, TPanels>(ref result, accumulate, r00, r01, r02, r03);
        if (TRows.Value > 1)
            Finish<V, TPanels>(ref Unsafe.Add(ref result, c), accumulate, r10, r11, r12, r13);
        if (TRows.Value > 2)
            Finish<V, TPanels>(ref Unsafe.Add(ref result, 2 * c), accumulate, r20, r21, r22, r23);
        if (TRows.Value > 3)
            Finish<V, TPanels>(ref Unsafe.Add(ref result, 3 * c), accumulate, r30, r31, r32, r33);
        if (TRows.Value > 4)
            Finish<V, TPanels>(ref Unsafe.Add(ref result, 4 * c), accumulate, r40, r41, r42, r43);
        if (TRows.Value > 5)
            Finish<V, TPanels>(ref Unsafe.Add(ref result, 5 * c), accumulate, r50, r51, r52, r53);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<V, TPanels>(ref float row, bool accumulate, V r0, V r1, V r2, V r3)
        where V : struct, ISimd<V>
        where TPanels : struct, ICount
    {
        var w = (nuint)V.Count;
        V.Store(accumulate ? V.Load(ref row, 0) + r0 : r0, ref row, 0);
        V.Store(accumulate ? V.Load(ref row, w) + r1 : r1, ref row, w);
        if (V.TileVectors * TPanels.Value > 2)
            V.Store(accumulate ? V.Load(ref row, 2 * w) + r2 : r2, ref row, 2 * w);
        if (V.TileVectors * TPanels.Value > 2)
            V.Store(accumulate ? V.Load(ref row, 3 * w) + r3 : r3, ref row, 3 * w);
    }
}
