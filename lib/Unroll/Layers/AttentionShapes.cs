namespace Unroll.Layers;

/// <summary>What the attention layers have in common.</summary>
internal static class AttentionShapes
{
    /// <summary>Checks the shapes of query, value and perhaps key against each other.</summary>
    public static void Check(string layer, IReadOnlyList<Shape> shapes, bool sameSize)
    {
        var (query, value, key) = (shapes[0], shapes[1], shapes[^1]);
        if (!Agree(query, value, 0) || !Agree(query, key, 0))
            throw new ArgumentException($"{layer}: {string.Join(", ", shapes)} must have the same batch.");
        if (!Agree(value, key, 1))
            throw new ArgumentException($"{layer}: value {value} and key {key} must have as many steps.");
        if (sameSize && !Agree(query, key, 2))
        {
            throw new ArgumentException(
                $"{layer}: query {query} and key {key} must have the same last axis. Without a key, the value is the key: give [query, value, key].");
        }
    }

    /// <summary>1 where a query stands not before a step, (1, queries, steps).</summary>
    public static Tensor Causal(int queries, int steps)
    {
        var mask = Tensor.Zeros(1, queries, steps);
        for (var query = 0; query < queries; query++)
            mask.Values.Slice(query * steps, Math.Min(query + 1, steps)).Fill(1);
        return mask;
    }

    private static bool Agree(Shape one, Shape other, int axis) => one.At(axis) is not { } a || other.At(axis) is not { } b || a == b;
}
