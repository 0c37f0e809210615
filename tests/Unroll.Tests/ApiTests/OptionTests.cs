using System.Collections;
using System.Reflection;
using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Regularizers;
using Unroll.Training;

namespace Unroll.Tests.ApiTests;

/// <summary>What a layer, a loss or an optimizer was made with can be read back: argument kernelInitializer, property KernelInitializer.</summary>
public class OptionTests
{
    private static readonly Type[] Bases =
    [
        typeof(Layer), typeof(Initializer), typeof(Regularizer), typeof(Constraint), typeof(Optimizer), typeof(LearningRateSchedule), typeof(Loss),
        typeof(Metric),
    ];

    /// <summary>Functions, which no file could hold, and names that are taken.</summary>
    private static readonly string[] Exceptions =
    [
        "Lambda.function", "Lambda.outputShape", "Lambda.mask", "Loss.function", "Metric.function",
        "Activation.activation", // Function: no member is named as its class.
        "Bidirectional.layer", // ForwardLayer: it is a copy.
    ];

    /// <summary>Values that no default is, where the type does not tell one that is allowed.</summary>
    private static readonly Dictionary<string, object> Named = new(StringComparer.Ordinal)
    {
        ["padding"] = "same",
        ["scoreMode"] = "concat",
        ["mergeMode"] = "sum",
        ["curve"] = "PR",
        ["name"] = "own",
        ["axis"] = 1,
        ["dims"] = new[] { 2, 1 },
        ["sharedAxes"] = new[] { 1 },
        ["interpolation"] = "nearest", // The only one.
        ["targetShape"] = new[] { 2, 3 },
        ["boundaries"] = new[] { 5 },
        ["backwardLayer"] = new LSTM(2, goBackwards: true),
    };

    private static readonly Dictionary<Type, Func<object>> Samples = new()
    {
        [typeof(int)] = () => 3,
        [typeof(long)] = () => 7L,
        [typeof(double)] = () => 0.25,
        [typeof(Pair)] = () => new Pair(3, 2),
        [typeof(Margins)] = () => new Margins((3, 2), (1, 4)),
        [typeof(Shape)] = () => Shape.Of(4, 5),
        [typeof(Tensor)] = () => Tensor.Ones(3),
        [typeof(ActivationFunction)] = () => ActivationFunction.FromString("relu"),
        [typeof(Initializer)] = () => new Constant(2),
        [typeof(Regularizer)] = () => new L2(),
        [typeof(Constraint)] = () => new NonNeg(),
        [typeof(LearningRateSchedule)] = () => LearningRateSchedule.FromDouble(0.25),
        [typeof(Layer)] = () => new Dense(2),
        [typeof(RNN)] = () => new LSTM(2),
        [typeof(RNNCell)] = () => new LSTMCell(2),
        [typeof(IReadOnlyList<RNNCell>)] = () => new RNNCell[] { new LSTMCell(2), new GRUCell(3) },
        [typeof(IReadOnlyList<double>)] = () => new[] { 0.5, 0.25 },
    };

    public static TheoryData<string, int> Cases() => [.. Arguments().Select(one => (Text(one), one.Parameter.Position))];

    public static TheoryData<string, int> RecurrentCases() =>
    [
        .. Arguments().Where(one => one.Type.IsSubclassOf(typeof(RNN)))
            .Where(one => one.Parameter.Name is not ("name" or "inputShape" or "goBackwards" or "zeroOutputForMask"))
            .Select(one => (Text(one), one.Parameter.Position)),
    ];

    [Fact]
    public void Every_argument_has_a_property_of_its_name()
    {
        var missing = AllArguments().Where(one => Property(one.Type, one.Parameter) is null).Select(Text).Distinct(StringComparer.Ordinal);
        Assert.Equal(Exceptions.Order(StringComparer.Ordinal), missing.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_was_given_comes_back(string argument, int position)
    {
        var (type, constructor, parameter) = Found(argument, position);
        var (made, given) = Made(constructor, parameter);
        Assert.Equal(Comparable(given), Comparable(Property(type, parameter)!.GetValue(made)));
    }

    [Theory]
    [MemberData(nameof(RecurrentCases))]
    public void Both_directions_have_what_was_given(string argument, int position)
    {
        var (type, constructor, parameter) = Found(argument, position);
        var (made, given) = Made(constructor, parameter);
        var both = new Bidirectional((RNN)made);
        Assert.Equal(Comparable(given), Comparable(Property(type, parameter)!.GetValue(both.ForwardLayer)));
        Assert.Equal(Comparable(given), Comparable(Property(type, parameter)!.GetValue(both.BackwardLayer)));
    }

    [Fact]
    public void What_was_not_given_is_what_is_used()
    {
        var lstm = new LSTM(2);
        Assert.Equal(("tanh", "sigmoid"), (lstm.Activation.Name, lstm.RecurrentActivation.Name));
        Assert.IsType<GlorotUniform>(lstm.KernelInitializer);
        Assert.IsType<Orthogonal>(lstm.RecurrentInitializer);
        Assert.IsType<Zeros>(lstm.BiasInitializer);
        Assert.IsType<RandomUniform>(new Embedding(3, 2).EmbeddingsInitializer);
        Assert.IsType<Ones>(new BatchNormalization().MovingVarianceInitializer);
        Assert.Equal((2, new Pair(2, 2)), (new MaxPooling1D().Strides, new MaxPooling2D().Strides));
        Assert.Equal(0.001, new Adam().LearningRate);
        Assert.Null(new Adam().Schedule);
    }

    [Fact]
    public void The_schedule_of_a_learning_rate_comes_back()
    {
        var schedule = new ExponentialDecay(0.1, 10, 0.5);
        Assert.Same(schedule, new SGD(schedule).Schedule);
    }

    private static IEnumerable<(Type Type, ConstructorInfo Constructor, ParameterInfo Parameter)> AllArguments() =>
        from type in typeof(Layer).Assembly.GetExportedTypes()
        where !type.IsAbstract && type.Namespace is not "Unroll.Models" && Bases.Any(one => one.IsAssignableFrom(type))
        from constructor in type.GetConstructors()
        from parameter in constructor.GetParameters()
        select (type, constructor, parameter);

    private static IEnumerable<(Type Type, ConstructorInfo Constructor, ParameterInfo Parameter)> Arguments() =>
        AllArguments().Where(one => one.Type.Name is not (nameof(Lambda) or nameof(Loss) or nameof(Metric)) && !Exceptions.Contains(Text(one), StringComparer.Ordinal));

    private static string Text((Type Type, ConstructorInfo Constructor, ParameterInfo Parameter) one) => $"{one.Type.Name}.{one.Parameter.Name}";

    /// <summary>RNN has two constructors: one for a cell, one for several.</summary>
    private static (Type Type, ConstructorInfo Constructor, ParameterInfo Parameter) Found(string argument, int position) =>
        Arguments().First(one => Text(one) == argument && one.Parameter.Position == position);

    private static PropertyInfo? Property(Type type, ParameterInfo parameter) =>
        type.GetProperty($"{char.ToUpperInvariant(parameter.Name![0])}{parameter.Name[1..]}");

    /// <summary>Made with a value of its own for one argument, and for those without which it cannot be.</summary>
    private static (object Made, object? Given) Made(ConstructorInfo constructor, ParameterInfo wanted)
    {
        var given = Sample(wanted);
        var arguments = constructor.GetParameters().Select(one =>
            one == wanted || one.Position == wanted.Position ? given : IsNeeded(one, wanted.Name!) ? Sample(one) : one.DefaultValue);
        return (constructor.Invoke([.. arguments]), given);
    }

    private static bool IsNeeded(ParameterInfo one, string beside) => !one.HasDefaultValue || (one.Name, beside) is
        ("warmupTarget", "warmupSteps") or ("mean", "variance") or ("variance", "mean");

    private static object? Sample(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return Named.TryGetValue(parameter.Name!, out var named) && type.IsInstanceOfType(named) ? named
            : type == typeof(bool) ? !(bool)parameter.DefaultValue!
            : Samples[type]();
    }

    private static object? Comparable(object? value) => value switch
    {
        LearningRateSchedule rate => rate.At(0),
        Shape or Tensor or string => value,
        IEnumerable items => items.Cast<object>().ToArray(),
        _ => value,
    };
}
