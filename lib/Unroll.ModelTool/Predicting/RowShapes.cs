using Unroll.ModelTool.Files;
using Unroll.ModelTool.Tables;

namespace Unroll.ModelTool.Predicting;

/// <summary>
/// Makes samples of the rows of a CSV file. A row is a sample where it has as many numbers as one; for an input of (time,
/// features) it is else a time step where it has as many numbers as features, and a sample is the next <c>time</c> rows, or
/// all rows where the model takes sequences of any length.
/// </summary>
internal static class RowShapes
{
    /// <param name="table">The rows.</param>
    /// <param name="input">The model's input, the batch axis first.</param>
    /// <param name="model">The model, for errors.</param>
    /// <returns>The samples, and how they were made.</returns>
    /// <exception cref="ToolException">The rows make no samples of that shape.</exception>
    public static (Tensor X, string How) Samples(CsvTable table, Shape input, string model)
    {
        int?[] axes = [.. input.Skip(1)];
        if (axes.Aggregate((long?)1, (size, axis) => size * axis) == table.Columns)
            return RowByRow(table, [.. axes.Select(axis => axis!.Value)]);
        return axes switch
        {
            [null] => RowByRow(table, [table.Columns]),
            [var time, var features] when features is null || features == table.Columns => Windows(table, time ?? table.Rows, model),
            [null, { } features] when table.Columns % features == 0 => RowByRow(table, [table.Columns / features, features]),
            _ => throw new ToolException(
                $"{table.File} has {Count(table.Columns, "column")}, and {model} takes {input}. {Fix(axes)}"),
        };
    }

    private static (Tensor X, string How) RowByRow(CsvTable table, int[] sample) => (
        Tensor.FromSpan(table.Numbers, [table.Rows, .. sample]),
        $"{Read(table)}: each row is a sample {Tuple(sample)}");

    private static (Tensor X, string How) Windows(CsvTable table, int time, string model)
    {
        var (samples, rest) = int.DivRem(table.Rows, time);
        if (rest > 0)
        {
            throw new ToolException(
                $"{table.File} has {Count(table.Rows, "row")}, and a sample of {model} takes {time} consecutive ones: "
                + $"add {time - rest}{(samples > 0 ? $" or take {rest} away" : "")}.");
        }

        return (
            Tensor.FromSpan(table.Numbers, samples, time, table.Columns),
            $"{Read(table)}: each {time} consecutive rows are a sample {Tuple([time, table.Columns])}, {samples} in all");
    }

    private static string Read(CsvTable table) => $"{table.File}, {Count(table.Rows, "row")}{(table.Header is null ? "" : " after a header")}";

    private static string Fix(int?[] axes) => axes switch
    {
        [{ } features] => $"Give each row {Count(features, "number")}.",
        [{ } time, { } features] => $"Give {Count(features, "column")} and {time} rows for each sample, or {time * features} columns and a row for each.",
        [null, { } features] => $"Give {Count(features, "column")}, a row for each time step.",
        _ when axes.All(axis => axis is not null) =>
            $"Give each row the {axes.Aggregate(1, (size, axis) => size * axis!.Value)} numbers of a sample, or use an .npy file, which has a shape.",
        _ => "Use an .npy file, which has a shape.",
    };

    private static string Count(int count, string one) => $"{count} {one}{(count == 1 ? "" : "s")}";

    private static string Tuple(int[] axes) => $"({string.Join(", ", axes)}{(axes.Length == 1 ? "," : "")})";
}
