using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Regularizers;
using Unroll.Training;

namespace Unroll.Keras.Configuration;

/// <summary>Keras' classes that the library has, each with what does not follow the convention.</summary>
internal static class Classes
{
    public static readonly ClassTable Layers = new(
        KnownClass.Of<Activation>(),
        KnownClass.Of<ActivityRegularization>().Ignoring("activity_regularizer"),
        KnownClass.Of<Add>(),
        KnownClass.Of<AdditiveAttention>().Renamed("causal", "useCausalMask"),
        KnownClass.Of<Attention>().Renamed("causal", "useCausalMask"),
        KnownClass.Of<Average>(),
        KnownClass.Of<AveragePooling1D>("AvgPool1D"),
        KnownClass.Of<AveragePooling2D>("AvgPool2D"),
        KnownClass.Of<BatchNormalization>().Ignoring("fused").Ignoring("renorm_momentum").Ignoring("renorm_clipping"),
        KnownClass.Of<Concatenate>(),
        KnownClass.Of<Conv1D>("Convolution1D").Ignoring("groups", 1),
        KnownClass.Of<Conv2D>("Convolution2D").Ignoring("groups", 1),
        KnownClass.Of<ConvLSTM1D>(),
        KnownClass.Of<ConvLSTM2D>(),
        KnownClass.Of<ConvLSTM1DCell>(),
        KnownClass.Of<ConvLSTM2DCell>(),
        KnownClass.Of<Cropping1D>(),
        KnownClass.Of<Dense>(),
        KnownClass.Of<DepthwiseConv1D>().Ignoring("groups", 1),
        KnownClass.Of<Dot>(),
        KnownClass.Of<Dropout>(),
        KnownClass.Of<ELU>(),
        KnownClass.Of<Embedding>().Ignoring("input_length"),
        KnownClass.Of<Flatten>(),
        KnownClass.Of<GRU>().Absent("reset_after", false),
        KnownClass.Of<GRUCell>().Absent("reset_after", false),
        KnownClass.Of<GaussianDropout>(),
        KnownClass.Of<GaussianNoise>(),
        KnownClass.Of<GlobalAveragePooling1D>("GlobalAvgPool1D"),
        KnownClass.Of<GlobalAveragePooling2D>("GlobalAvgPool2D"),
        KnownClass.Of<GlobalMaxPooling1D>("GlobalMaxPool1D"),
        KnownClass.Of<GlobalMaxPooling2D>("GlobalMaxPool2D"),
        KnownClass.Of<LSTM>(),
        KnownClass.Of<LSTMCell>(),
        KnownClass.Of<LayerNormalization>(),
        KnownClass.Of<LeakyReLU>().Renamed("alpha", "negativeSlope"),
        KnownClass.Of<Masking>(),
        KnownClass.Of<MaxPooling1D>("MaxPool1D"),
        KnownClass.Of<MaxPooling2D>("MaxPool2D"),
        KnownClass.Of<Maximum>(),
        KnownClass.Of<Minimum>(),
        KnownClass.Of<MultiHeadAttention>()
            .Ignoring("query_shape").Ignoring("key_shape").Ignoring("value_shape").Ignoring("attention_axes", new System.Text.Json.Nodes.JsonArray(1)),
        KnownClass.Of<Multiply>(),
        KnownClass.Of<Normalization>(),
        KnownClass.Of<PReLU>(),
        KnownClass.Of<Permute>(),
        KnownClass.Of<RNN>(),
        KnownClass.Of<ReLU>(),
        KnownClass.Of<RepeatVector>(),
        KnownClass.Of<Rescaling>(),
        KnownClass.Of<Reshape>(),
        KnownClass.Of<SeparableConv1D>("SeparableConvolution1D")
            .Ignoring("groups", 1).Ignoring("kernel_initializer").Ignoring("kernel_regularizer").Ignoring("kernel_constraint"),
        KnownClass.Of<SimpleRNN>(),
        KnownClass.Of<SimpleRNNCell>(),
        KnownClass.Of<Softmax>(),
        KnownClass.Of<SpatialDropout1D>(),
        KnownClass.Of<SpatialDropout2D>(),
        KnownClass.Of<StackedRNNCells>().Ignoring("reverse_state_order", false),
        KnownClass.Of<Subtract>(),
        KnownClass.Of<TimeDistributed>(),
        KnownClass.Of<UpSampling1D>(),
        KnownClass.Of<UpSampling2D>(),
        KnownClass.Of<ZeroPadding1D>(),
        KnownClass.Of<ZeroPadding2D>(),
        KnownClass.Of<Bidirectional>());

    public static readonly ClassTable Initializers = new(
        KnownClass.Of<Constant>(),
        KnownClass.Of<GlorotNormal>(),
        KnownClass.Of<GlorotUniform>(),
        KnownClass.Of<HeNormal>(),
        KnownClass.Of<HeUniform>(),
        KnownClass.Of<Identity>("IdentityInitializer"),
        KnownClass.Of<LecunNormal>(),
        KnownClass.Of<LecunUniform>(),
        KnownClass.Of<Ones>(),
        KnownClass.Of<Orthogonal>("OrthogonalInitializer"),
        KnownClass.Of<RandomNormal>("Normal"),
        KnownClass.Of<RandomUniform>("Uniform"),
        KnownClass.Of<TruncatedNormal>(),
        KnownClass.Of<Zeros>());

    public static readonly ClassTable Regularizers = new(KnownClass.Of<L1>(), KnownClass.Of<L2>(), KnownClass.Of<L1L2>());

    public static readonly ClassTable Constraints = new(
        KnownClass.Of<MaxNorm>().Renamed("m", "maxValue"), KnownClass.Of<MinMaxNorm>(), KnownClass.Of<NonNeg>(), KnownClass.Of<UnitNorm>());

    public static readonly ClassTable Schedules = new(
        KnownClass.Of<CosineDecay>(),
        KnownClass.Of<CosineDecayRestarts>(),
        KnownClass.Of<ExponentialDecay>(),
        KnownClass.Of<InverseTimeDecay>(),
        KnownClass.Of<PiecewiseConstantDecay>(),
        KnownClass.Of<PolynomialDecay>());

    public static readonly ClassTable Optimizers = new(
        KnownClass.Of<SGD>(),
        KnownClass.Of<RMSprop>(),
        KnownClass.Of<Adam>(),
        KnownClass.Of<AdamW>(),
        KnownClass.Of<Adagrad>(),
        KnownClass.Of<Adadelta>(),
        KnownClass.Of<Adamax>(),
        KnownClass.Of<Nadam>());

    public static readonly ClassTable Losses = new(
        KnownClass.Of<BinaryCrossentropy>(),
        KnownClass.Of<CategoricalCrossentropy>(),
        KnownClass.Of<CategoricalHinge>(),
        KnownClass.Of<CosineSimilarity>(),
        KnownClass.Of<Hinge>(),
        KnownClass.Of<Huber>("huber_loss"),
        KnownClass.Of<KLDivergence>("KLD", "kullback_leibler_divergence"),
        KnownClass.Of<LogCosh>(),
        KnownClass.Of<MeanAbsoluteError>("mae"),
        KnownClass.Of<MeanAbsolutePercentageError>("mape"),
        KnownClass.Of<MeanSquaredError>("mse"),
        KnownClass.Of<MeanSquaredLogarithmicError>("msle"),
        KnownClass.Of<Poisson>(),
        KnownClass.Of<SparseCategoricalCrossentropy>(),
        KnownClass.Of<SquaredHinge>());

    public static readonly ClassTable Metrics = new(
        KnownClass.Of<AUC>(),
        KnownClass.Of<BinaryAccuracy>(),
        KnownClass.Of<Precision>(),
        KnownClass.Of<Recall>(),
        KnownClass.Of<RootMeanSquaredError>(),
        KnownClass.Of<SparseTopKCategoricalAccuracy>(),
        KnownClass.Of<TopKCategoricalAccuracy>());
}
