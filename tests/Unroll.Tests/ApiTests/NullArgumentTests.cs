using System.Reflection;
using System.Runtime.ExceptionServices;
using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Tests.ApiTests;

/// <summary>Whoever passes null where none is allowed is told which argument it was, on the whole public surface.</summary>
public class NullArgumentTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, Func<object>> Samples = new()
    {
        [typeof(Tensor)] = () => Tensor.Ones(2, 3),
        [typeof(Tensors)] = () => (Tensors)Tensor.Ones(2, 3),
        [typeof(Tensor[])] = () => new[] { Tensor.Ones(2, 3) },
        [typeof(IReadOnlyList<Tensor>)] = () => new[] { Tensor.Ones(2, 3) },
        [typeof(IReadOnlyList<Variable>)] = () => new[] { new Variable(Tensor.Ones(2, 3), "w") },
        [typeof(Variable)] = () => new Variable(Tensor.Ones(2, 3), "w"),
        [typeof(Shape)] = () => Shape.Create([2, 3]),
        [typeof(IReadOnlyList<Shape>)] = () => new[] { Shape.Create([2, 3]) },
        [typeof(GradientTape)] = () => new GradientTape(),
        [typeof(KerasTensor)] = () => new Input([3]),
        [typeof(KerasTensors)] = () => (KerasTensors)new Input([3]),
        [typeof(Input)] = () => new Input([3]),
        [typeof(ActivationFunction)] = () => ActivationFunction.Tanh,
        [typeof(Initializer)] = () => new Ones(),
        [typeof(RandomState)] = () => new RandomState(1),
        [typeof(PrintOptions)] = () => PrintOptions.Default,
        [typeof(Layer)] = () => new Dense(1),
        [typeof(Dense)] = () => new Dense(1),
        [typeof(LSTMCell)] = () => new LSTMCell(1),
        [typeof(RNNCell)] = () => new LSTMCell(1),
        [typeof(IReadOnlyList<RNNCell>)] = () => new[] { new LSTMCell(1) },
        [typeof(IReadOnlyList<Layer>)] = () => new Layer[] { new Dense(1) },
        [typeof(RNN)] = () => new LSTM(1),
        [typeof(LSTM)] = () => new LSTM(1),
        [typeof(StackedRNNCells)] = () => new StackedRNNCells([new LSTMCell(1)]),
        [typeof(Bidirectional)] = () => new Bidirectional(new LSTM(1)),
        [typeof(TimeDistributed)] = () => new TimeDistributed(new Dense(1)),
        [typeof(Conv1D)] = () => new Conv1D(1, 1),
        [typeof(ConvLSTM1D)] = () => new ConvLSTM1D(1, 1),
        [typeof(ConvLSTM2D)] = () => new ConvLSTM2D(1, 1),
        [typeof(ConvLSTM1DCell)] = () => new ConvLSTM1DCell(1, 1),
        [typeof(ConvLSTM2DCell)] = () => new ConvLSTM2DCell(1, 1),
        [typeof(MaxPooling1D)] = () => new MaxPooling1D(),
        [typeof(Flatten)] = () => new Flatten(),
        [typeof(Reshape)] = () => new Reshape([3]),
        [typeof(Dropout)] = () => new Dropout(0.5),
        [typeof(Activation)] = () => new Activation("relu"),
        [typeof(Concatenate)] = () => new Concatenate(),
        [typeof(Add)] = () => new Add(),
        [typeof(InputLayer)] = () => new Input([3]).Layer,
        [typeof(Model)] = Compiled,
        [typeof(Sequential)] = Compiled,
        [typeof(Optimizer)] = () => new SGD(),
        [typeof(Loss)] = () => new MeanSquaredError(),
        [typeof(IReadOnlyList<Loss>)] = () => new Loss[] { new MeanSquaredError() },
        [typeof(IReadOnlyDictionary<string, Loss>)] = () => new Dictionary<string, Loss>(StringComparer.Ordinal) { ["dense"] = "mse" },
        [typeof(Action<Model, string>)] = () => (Action<Model, string>)((_, _) => { }),
        [typeof(IReadOnlyList<double>)] = () => new[] { 0.1, 0.2, 0.3 },
        [typeof(IEnumerable<IReadOnlyList<int>>)] = () => new[] { new[] { 1, 2 } },
        [typeof(IEnumerable<IReadOnlyList<float>>)] = () => new[] { new[] { 1f, 2 } },
        [typeof(Metric)] = () => (Metric)"mse",
        [typeof(Func<Tensor, Tensor>)] = () => (Func<Tensor, Tensor>)(x => x),
        [typeof(Func<Tensor, Tensor, Tensor>)] = () => (Func<Tensor, Tensor, Tensor>)((x, _) => x),
        [typeof(string)] = () => "mse",
        [typeof(int[])] = () => new[] { 2, 3 },
        [typeof(IReadOnlyList<int>)] = () => new[] { 1, 1 },
        [typeof(float[])] = () => new[] { 1f },
        [typeof(double[])] = () => new[] { 1.0 },
    };

    public static TheoryData<string, string> Cases() => [.. Nulls().Select(one => (Signature(one.Method), one.Parameter.Name!)).Distinct()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_argument_that_is_null_is_named(string signature, string parameter)
    {
        var (method, nothing) = Nulls().First(one => Signature(one.Method) == signature && one.Parameter.Name == parameter);
        var target = method.IsStatic || method.IsConstructor ? null : Sample(method.ReflectedType!);
        var arguments = method.GetParameters().Select(one => one == nothing || one.Position == nothing.Position ? null : one.HasDefaultValue ? Default(one) : Sample(one.ParameterType)).ToArray();
        var error = Record.Exception(() =>
        {
            try
            {
                _ = method is ConstructorInfo constructor ? constructor.Invoke(arguments) : method.Invoke(target, arguments);
            }
            catch (TargetInvocationException failure)
            {
                ExceptionDispatchInfo.Throw(failure.InnerException!);
            }
        });
        Assert.Equal(parameter, Assert.IsType<ArgumentNullException>(error).ParamName);
    }

    [Fact]
    public void Names_that_are_null_stay_null()
    {
        string? none = null;
        Assert.Null((ActivationFunction?)none);
        Assert.Null((Initializer?)none);
        Assert.Null((Optimizer?)none);
        Assert.Null((Loss?)none);
        Assert.Null((Metric?)none);
        Assert.Null((Tensors?)(Tensor?)null);
        Assert.Null((Tensors?)(Tensor[]?)null);
        Assert.Null((KerasTensors?)(KerasTensor?)null);
        Assert.Null((Shape?)(int[]?)null);
        Assert.Null((Tensor?)(Variable?)null);
        Assert.Same(ActivationFunction.Linear, new Dense(3, activation: none).Activation);
        Assert.Same(ActivationFunction.Linear, new Conv1D(3, 1, activation: none).Activation);
        Assert.Same(ActivationFunction.Tanh, new LSTM(3, activation: none).ActivationOfCell());
    }

    [Fact]
    public void An_item_that_is_null_is_named_with_its_place()
    {
        var x = Tensor.Ones(2, 3);
        Named("tensors[1] is null. (Parameter 'tensors')", () => Tensor.Concat([x, null!]));
        Named("tensors[0] is null. (Parameter 'tensors')", () => Tensor.Stack([null!, x]));
        Named("layers[1] is null. (Parameter 'layers')", () => new Sequential([new Dense(1), null!]));
        Named("cells[0] is null. (Parameter 'cells')", () => new StackedRNNCells([null!]));
        Named("weights[0] is null. (Parameter 'weights')", () => Done(() => Compiled().SetWeights([null!, x])));
        Named("callbacks[0] is null. (Parameter 'callbacks')", () => Compiled().Fit(x, Tensor.Ones(2, 1), callbacks: [null!], verbose: 0));
        Named("metrics[0] is null. (Parameter 'metrics')", () => Done(() => Compiled().Compile("sgd", "mse", metrics: [null!])));
        Named("Tensor 1 of 2 is null. (Parameter 'items')", () => new Add().Apply([x, null!]));
        Named("Symbolic tensor 0 of 1 is null. (Parameter 'items')", () => new Add().Apply(KerasTensors.Create([null!])));

        static object? Done(Action call)
        {
            call();
            return null;
        }

        static void Named(string message, Func<object?> call) => Assert.Equal(message, Assert.Throws<ArgumentNullException>(call).Message);
    }

    /// <summary>The methods and constructors that take a reference that must not be null, with that parameter.</summary>
    private static IEnumerable<(MethodBase Method, ParameterInfo Parameter)> Nulls() =>
        from type in typeof(Tensor).Assembly.GetExportedTypes()
        where !type.IsEnum && !type.IsValueType
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Cast<MethodBase>()
            .Concat(type.IsAbstract ? [] : type.GetConstructors())
        where !method.IsGenericMethodDefinition && method.DeclaringType!.Assembly == type.Assembly
        where method.IsStatic || method.IsConstructor || Samples.ContainsKey(type)
        where method is not MethodInfo { ReturnType.IsByRefLike: true } && !method.GetParameters().Any(one => one.ParameterType.IsByRefLike || one.IsOut)
        from parameter in method.GetParameters()
        where !parameter.ParameterType.IsValueType && Nullability.Create(parameter).WriteState == NullabilityState.NotNull
        select (method, parameter);

    private static string Signature(MethodBase method) =>
        $"{method.ReflectedType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(one => one.ParameterType.ToString()))})";

    private static object? Default(ParameterInfo parameter) =>
        parameter.DefaultValue is null && parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : parameter.DefaultValue;

    private static object Sample(Type type) =>
        Samples.TryGetValue(type, out var make) ? make()
        : type == typeof(Pair) ? new Pair(1, 1)
        : type.IsValueType ? Convert.ChangeType(1, Nullable.GetUnderlyingType(type) ?? type, System.Globalization.CultureInfo.InvariantCulture)
        : type.IsArray ? Array.CreateInstance(type.GetElementType()!, new int[type.GetArrayRank()])
        : type.GetConstructor(Type.EmptyTypes) is { } plain ? plain.Invoke([])
        : type.GetConstructors()[0] is var first ? first.Invoke([.. first.GetParameters().Select(one => one.HasDefaultValue ? Default(one) : Sample(one.ParameterType))])
        : throw new NotSupportedException($"A sample of {type} is needed.");

    private static Sequential Compiled()
    {
        var model = new Sequential([new Dense(1, inputShape: [3])]);
        model.Compile("sgd", "mse");
        return model;
    }
}

/// <summary>What a test may look up of a layer's cell.</summary>
file static class Cells
{
    public static ActivationFunction ActivationOfCell(this RNN layer) => ((LSTMCell)layer.Cell).Activation;
}
