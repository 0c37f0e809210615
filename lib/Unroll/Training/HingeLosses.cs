namespace Unroll.Training;

/// <summary>The mean of max(1 - y p, 0), where y is -1 or 1; a truth of 0 and 1 is taken for that.</summary>
public sealed class Hinge() : Loss("hinge", (yTrue, yPred) => (1 - Signs(yTrue) * yPred).Relu())
{
    /// <summary>-1 and 1 where all numbers are 0 or 1.</summary>
    internal static Tensor Signs(Tensor yTrue)
    {
        foreach (var value in yTrue.Values)
            if (value is not (0 or 1))
                return yTrue;
        return 2 * yTrue - 1;
    }
}

/// <summary>The mean of max(1 - y p, 0)², where y is -1 or 1; a truth of 0 and 1 is taken for that.</summary>
public sealed class SquaredHinge() : Loss("squaredHinge", (yTrue, yPred) => (1 - Hinge.Signs(yTrue) * yPred).Relu().Square());

/// <summary>The mean over samples of max(0, 1 + max of p elsewhere - p of the class), y one-hot.</summary>
public sealed class CategoricalHinge() : Loss(
    "categoricalHinge", (yTrue, yPred) => (1 + ((1 - yTrue) * yPred).Max(-1) - (yTrue * yPred).Sum(-1)).Relu());
