using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Tests.LayerTests;

/// <summary>Arguments that cannot work are refused at once, in whole sentences.</summary>
public class ArgumentErrorTests
{
    public ArgumentErrorTests() => Backend.ClearSession();

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Counts_must_be_positive(int count)
    {
        Refused($"lstm: units must be a positive whole number but is {count}.", () => new LSTM(count));
        Refused($"lstm_cell: units must be a positive whole number but is {count}.", () => new LSTMCell(count));
        Refused($"dense: units must be a positive whole number but is {count}.", () => new Dense(count));
        Refused($"conv1d: filters must be a positive whole number but is {count}.", () => new Conv1D(count, 2));
        Refused($"conv1d_1: kernelSize must be a positive whole number but is {count}.", () => new Conv1D(2, count));
        Refused($"conv1d_2: strides must be a positive whole number but is {count}.", () => new Conv1D(2, 2, strides: count));
        Refused($"conv1d_3: dilationRate must be a positive whole number but is {count}.", () => new Conv1D(2, 2, dilationRate: count));
        Refused($"max_pooling1d: poolSize must be a positive whole number but is {count}.", () => new MaxPooling1D(count));
        Refused($"max_pooling1d_1: strides must be a positive whole number but is {count}.", () => new MaxPooling1D(2, strides: count));
    }

    [Theory]
    [InlineData(-0.1, "-0.1")]
    [InlineData(1, "1")]
    [InlineData(double.NaN, "NaN")]
    public void Rates_lie_between_0_and_1(double rate, string word)
    {
        Refused($"dropout: rate must be at least 0 and below 1 but is {word}.", () => new Dropout(rate));
        Refused($"lstm: dropout must be at least 0 and below 1 but is {word}.", () => new LSTM(1, dropout: rate));
        Refused($"lstm_1: recurrentDropout must be at least 0 and below 1 but is {word}.", () => new LSTM(1, recurrentDropout: rate));
    }

    [Fact]
    public void Unknown_names_are_answered_with_the_nearest_known_one()
    {
        Refused(
            "Unknown activation \"rellu\". Did you mean \"relu\"? Known: linear, tanh, sigmoid, hardSigmoid, hardSigmoid3, relu, softmax, elu, selu, softplus, softsign, exponential, gelu, swish, silu, " +
            "leakyRelu, relu6, mish, hardSilu, hardSwish, logSoftmax, celu, logSigmoid, tanhShrink, sparsePlus.",
            () => new Dense(1, activation: "rellu"));
        Refused(
            "Unknown initializer \"glorot\". Did you mean \"zeros\"? Known: zeros, ones, constant, glorotUniform, glorotNormal, identity, lecunUniform, lecunNormal, truncatedNormal, heUniform, heNormal, orthogonal, randomNormal, randomUniform.",
            () => new Dense(1, kernelInitializer: "glorot"));
        Refused(
            "Unknown padding \"some\". Did you mean \"same\"? Known: valid, same, causal.", () => new Conv1D(1, 1, padding: "some"));
        Refused(
            "Unknown mergeMode \"add\". Did you mean \"ave\"? Known: concat, sum, mul, ave.",
            () => new Bidirectional(new LSTM(1), mergeMode: "add"));
        Refused("Unknown optimizer \"adamm\". Did you mean \"adam\"? Known: sgd, rmsprop, adam, adamw, adagrad, adadelta, adamax, nadam.", () => Optimizer.FromString("adamm"));
        Refused(
            "Unknown loss \"msse\". Did you mean \"mse\"? Known: mse, meanSquaredError, mae, meanAbsoluteError, mape, meanAbsolutePercentageError, msle, meanSquaredLogarithmicError, bce, binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy, huber, logCosh, kld, klDivergence, kullbackLeiblerDivergence, poisson, cosineSimilarity, hinge, squaredHinge, categoricalHinge.",
            () => Loss.FromString("msse"));
        Refused("Unknown metric \"acuracy\". Did you mean \"accuracy\"? Known: mse, mean_squared_error, mae, mean_absolute_error, mape, mean_absolute_percentage_error, msle, mean_squared_logarithmic_error, root_mean_squared_error, accuracy, acc, binary_accuracy, categorical_accuracy, sparse_categorical_accuracy, top_k_categorical_accuracy, sparse_top_k_categorical_accuracy, bce, binary_crossentropy, categorical_crossentropy, sparse_categorical_crossentropy, logcosh, kld, kl_divergence, poisson, hinge, squared_hinge, categorical_hinge, cosine_similarity, precision, recall, auc.", () => Metric.FromString("acuracy"));
    }

    [Fact]
    public void Keras_spelling_of_names_is_known_too()
    {
        Assert.Equal("hardSigmoid", ActivationFunction.FromString("hard_sigmoid").Name);
        Assert.IsType<Initializers.GlorotUniform>(Initializers.Initializer.FromString("glorot_uniform"));
        Assert.IsType<BinaryCrossentropy>(Loss.FromString("binary_crossentropy"));
        Assert.IsType<RMSprop>(Optimizer.FromString("RMSprop"));
    }

    [Fact]
    public void Options_that_do_not_go_together()
    {
        var error = Assert.Throws<NotSupportedException>(() => new Conv1D(1, 2, strides: 2, dilationRate: 3));
        Assert.Equal("conv1d: strides 2 together with dilationRate 3 is not supported, as in Keras.", error.Message);
        Refused("max_pooling1d: padding must be \"valid\" or \"same\", not \"causal\".", () => new MaxPooling1D(2, padding: "causal"));
        Refused(
            "bidirectional: backwardLayer must go the other way: make it with goBackwards: true.",
            () => new Bidirectional(new LSTM(1), backwardLayer: new LSTM(1)));
        Refused(
            "bidirectional_1: both layers need the same returnSequences, returnState, stateful and timeMajor.",
            () => new Bidirectional(new LSTM(1), backwardLayer: new LSTM(1, goBackwards: true, returnSequences: true)));
        Refused("reshape: targetShape (-1, -1) may hold one -1 and no other negative length.", () => new Reshape([-1, -1]));
        Refused("reshape_1: targetShape (2, -3) may hold one -1 and no other negative length.", () => new Reshape([2, -3]));
        Refused("stacked_rnn_cells needs at least one cell. (Parameter 'cells')", () => new StackedRNNCells([]));
        var cell = new LSTMCell(1);
        Refused("stacked_rnn_cells_1 has one cell twice; make a cell for each layer.", () => new StackedRNNCells([cell, cell]));
    }

    [Fact]
    public void Numbers_of_optimizers()
    {
        Refused("learningRate must not be negative but is -0.5.", () => new SGD(-0.5f));
        Refused("learningRate must not be negative but is NaN.", () => new Adam(float.NaN));
        Refused("momentum must be between 0 and 1 but is 1.5.", () => new SGD(momentum: 1.5f));
    }

    [Fact]
    public void Nothing_is_no_layer()
    {
        Assert.Throws<ArgumentNullException>(() => new RNN((RNNCell)null!));
        Assert.Throws<ArgumentNullException>(() => new Bidirectional(null!));
        Assert.Throws<ArgumentNullException>(() => new TimeDistributed(null!));
        Assert.Throws<ArgumentNullException>(() => new Sequential().Add((Layer)null!));
        Assert.Throws<ArgumentNullException>(() => new Dense(1).Apply((Tensors)null!));
    }

    private static void Refused(string message, Func<object> make) => Assert.Equal(message, Assert.Throws<ArgumentException>(make).Message);
}
