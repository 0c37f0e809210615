using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.ModelTests;

/// <summary>Summaries character for character. The tables here end their lines early; the width is checked apart.</summary>
public class SummaryTests
{
    public SummaryTests() => Backend.ClearSession();

    [Fact]
    public void Convolution_before_an_LSTM()
    {
        var inputs = new Input([9, 3], name: "input_7");
        var conv = new Conv1D(2, 2, padding: "same").Apply(inputs);
        var pool = new MaxPooling1D(padding: "same").Apply(conv);
        AssertTable(
            """
            Model: "model"
            _________________________________________________________________
             Layer (type)                Output Shape              Param #
            =================================================================
             input_7 (InputLayer)        [(None, 9, 3)]            0

             conv1d (Conv1D)             (None, 9, 2)              14

             max_pooling1d (MaxPooling1D  (None, 5, 2)             0
             )

             lstm (LSTM)                 (None, 5)                 160

            =================================================================
            Total params: 174
            Trainable params: 174
            Non-trainable params: 0
            _________________________________________________________________
            """,
            new Model(inputs, new LSTM(5).Apply(pool)),
            width: 65);
    }

    [Fact]
    public void Long_names_go_on_in_the_next_line()
    {
        var inputs = new Input([9, 3], name: "input_8");
        KerasTensor x = new Reshape([3, 3, 3]).Apply(inputs);
        x = new TimeDistributed(new Conv1D(2, 2, padding: "same")).Apply(x);
        x = new TimeDistributed(new MaxPooling1D(padding: "same")).Apply(x);
        x = new TimeDistributed(new Flatten()).Apply(x);
        AssertTable(
            """
            Model: "model"
            _________________________________________________________________
             Layer (type)                Output Shape              Param #
            =================================================================
             input_8 (InputLayer)        [(None, 9, 3)]            0

             reshape (Reshape)           (None, 3, 3, 3)           0

             time_distributed (TimeDistr  (None, 3, 3, 2)          14
             ibuted)

             time_distributed_1 (TimeDis  (None, 3, 2, 2)          0
             tributed)

             time_distributed_2 (TimeDis  (None, 3, 4)             0
             tributed)

             lstm (LSTM)                 (None, 5)                 200

            =================================================================
            Total params: 214
            Trainable params: 214
            Non-trainable params: 0
            _________________________________________________________________
            """,
            new Model(inputs, new LSTM(5).Apply(x)),
            width: 65);
    }

    [Fact]
    public void Stacked_LSTMs_in_the_older_table()
    {
        var model = new Sequential();
        model.Add(new LSTM(64, returnSequences: true, inputShape: [5, 2], name: "lstm_26"));
        model.Add(new LSTM(32, inputShape: [1000000, 200000], name: "lstm_27"));
        AssertTable(
            """
            Model: "sequential"
            _________________________________________________________________
            Layer (type)                 Output Shape              Param #
            =================================================================
            lstm_26 (LSTM)               (None, 5, 64)             17152
            _________________________________________________________________
            lstm_27 (LSTM)               (None, 32)                12416
            =================================================================
            Total params: 29,568
            Trainable params: 29,568
            Non-trainable params: 0
            _________________________________________________________________
            """,
            model,
            width: 65,
            format: SummaryFormat.Keras26);
    }

    [Fact]
    public void Long_names_are_cut_in_the_older_table()
    {
        var model = new Sequential([new TimeDistributed(new Flatten(), inputShape: [3, 2, 2], name: "a_name_of_some_length")]);
        var table = model.Summary(format: SummaryFormat.Keras26, print: _ => { });
        Assert.Equal("a_name_of_some_length (TimeD (None, 3, 4)              0         ", table.Split('\n')[4]);
    }

    [Fact]
    public void Branches_show_their_connections()
    {
        var inputs = new Input([4, 3]);
        var other = new Input([2]);
        var left = new Dense(5).Apply(new LSTM(5).Apply(inputs));
        var model = new Model([inputs, other], new Dense(1).Apply(new Concatenate().Apply([left, other])), name: "branching");
        AssertTable(
            """
            Model: "branching"
            __________________________________________________________________________________________________
             Layer (type)                   Output Shape         Param #     Connected to
            ==================================================================================================
             input_1 (InputLayer)           [(None, 4, 3)]       0           []

             lstm (LSTM)                    (None, 5)            180         ['input_1[0][0]']

             dense (Dense)                  (None, 5)            30          ['lstm[0][0]']

             input_2 (InputLayer)           [(None, 2)]          0           []

             concatenate (Concatenate)      (None, 7)            0           ['dense[0][0]',
                                                                              'input_2[0][0]']

             dense_1 (Dense)                (None, 1)            8           ['concatenate[0][0]']

            ==================================================================================================
            Total params: 218
            Trainable params: 218
            Non-trainable params: 0
            __________________________________________________________________________________________________
            """,
            model,
            width: 98);
        AssertTable(
            """
            Model: "branching"
            __________________________________________________________________________________________________
            Layer (type)                    Output Shape         Param #     Connected to
            ==================================================================================================
            input_1 (InputLayer)            [(None, 4, 3)]       0
            __________________________________________________________________________________________________
            lstm (LSTM)                     (None, 5)            180         input_1[0][0]
            __________________________________________________________________________________________________
            dense (Dense)                   (None, 5)            30          lstm[0][0]
            __________________________________________________________________________________________________
            input_2 (InputLayer)            [(None, 2)]          0
            __________________________________________________________________________________________________
            concatenate (Concatenate)       (None, 7)            0           dense[0][0]
                                                                             input_2[0][0]
            __________________________________________________________________________________________________
            dense_1 (Dense)                 (None, 1)            8           concatenate[0][0]
            ==================================================================================================
            Total params: 218
            Trainable params: 218
            Non-trainable params: 0
            __________________________________________________________________________________________________
            """,
            model,
            width: 98,
            format: SummaryFormat.Keras26);
    }

    [Fact]
    public void Shared_layers_and_states_name_the_call_and_the_output()
    {
        Input first = new([4, 3]), second = new([4, 3]);
        var shared = new LSTM(5, returnSequences: true, returnState: true);
        var (_, h, _) = shared.ApplyAll(first);
        var (_, _, c) = shared.ApplyAll(second);
        AssertTable(
            """
            Model: "states"
            __________________________________________________________________________________________________
             Layer (type)                   Output Shape         Param #     Connected to
            ==================================================================================================
             input_1 (InputLayer)           [(None, 4, 3)]       0           []

             input_2 (InputLayer)           [(None, 4, 3)]       0           []

             lstm (LSTM)                    [(None, 4, 5),       180         ['input_1[0][0]',
                                             (None, 5),                       'input_2[0][0]']
                                             (None, 5)]

             add (Add)                      (None, 5)            0           ['lstm[0][1]',
                                                                              'lstm[1][2]']

            ==================================================================================================
            Total params: 180
            Trainable params: 180
            Non-trainable params: 0
            __________________________________________________________________________________________________
            """,
            new Model([first, second], new Add().Apply([h, c]), name: "states"),
            width: 98);
    }

    [Fact]
    public void A_layer_called_on_two_shapes_has_multiple()
    {
        Input first = new([4, 3]), second = new([6, 3]);
        var shared = new LSTM(5, returnSequences: true);
        var model = new Model([first, second], [shared.Apply(first), shared.Apply(second)]);
        Assert.Contains("\n lstm (LSTM)                    multiple             180         ['input_1[0][0]',", model.Summary(print: _ => { }), StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_models_folded_and_unfolded()
    {
        var inner = new Input([9, 2]);
        var encoder = new Model(inner, new LSTM(5).Apply(inner), name: "encoder");
        var head = new Sequential([new Dense(1, inputShape: [5])], name: "head");
        var inputs = new Input([9, 2]);
        var model = new Model(inputs, head.Apply(encoder.Apply(inputs)), name: "outer");
        AssertTable(
            """
            Model: "outer"
            _________________________________________________________________
             Layer (type)                Output Shape              Param #
            =================================================================
             input_2 (InputLayer)        [(None, 9, 2)]            0

             encoder (Functional)        (None, 5)                 160

             head (Sequential)           (None, 1)                 6

            =================================================================
            Total params: 166
            Trainable params: 166
            Non-trainable params: 0
            _________________________________________________________________
            """,
            model,
            width: 65);
        AssertTable(
            """
            Model: "outer"
            _________________________________________________________________
             Layer (type)                Output Shape              Param #
            =================================================================
             input_2 (InputLayer)        [(None, 9, 2)]            0

             encoder (Functional)        (None, 5)                 160
            |¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯|
            | input_1 (InputLayer)      [(None, 9, 2)]            0         |
            |                                                               |
            | lstm (LSTM)               (None, 5)                 160       |
            ¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯

             head (Sequential)           (None, 1)                 6
            |¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯|
            | dense (Dense)             (None, 1)                 6         |
            ¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯

            =================================================================
            Total params: 166
            Trainable params: 166
            Non-trainable params: 0
            _________________________________________________________________
            """,
            model,
            width: 65,
            expandNested: true);
        Assert.Equal(
            "Summary: expandNested is not in the table of Keras 2.6. Use SummaryFormat.Keras27.",
            Assert.Throws<NotSupportedException>(() => model.Summary(format: SummaryFormat.Keras26, expandNested: true, print: _ => { })).Message);
    }

    [Fact]
    public void Frozen_weights_are_counted_apart()
    {
        var model = new Sequential([new LSTM(64, inputShape: [5, 2], returnSequences: true), new LSTM(32)]);
        model.Layers[0].Trainable = false;
        var lines = model.Summary(print: _ => { }).Split('\n');
        Assert.Equal(["Total params: 29,568", "Trainable params: 12,416", "Non-trainable params: 17,152"], lines[^4..^1]);
    }

    [Fact]
    public void The_width_and_the_columns_can_be_given()
    {
        var model = new Sequential([new Dense(1, inputShape: [2])]);
        var lines = model.Summary(lineLength: 50, print: _ => { }).Split('\n');
        Assert.Equal(new string('_', 50), lines[1]);
        Assert.Equal(" Layer (type)         Output Shape        Param # ", lines[2]);
        Assert.Equal(
            " dense (Dense)                (None, 1)           3                               ",
            model.Summary(lineLength: 82, positions: [30, 50, 82], print: _ => { }).Split('\n')[4]);
        Assert.Equal(
            "Summary needs 3 positions, one for each column, but got 2. (Parameter 'positions')",
            Assert.Throws<ArgumentException>(() => model.Summary(positions: [0.5, 1], print: _ => { })).Message);
    }

    [Fact]
    public void Is_printed_to_the_console_and_returned()
    {
        var model = new Sequential([new Dense(1, inputShape: [2])]);
        var (printed, table) = Captured.Output(() => model.Summary());
        Assert.Equal(table + Environment.NewLine, printed);
    }

    [Fact]
    public void A_model_that_does_not_know_its_input_has_none_yet() => Assert.Equal(
        "sequential has no weights yet, so Summary cannot answer. Give the first layer an inputShape, or call it on data once.",
        Assert.Throws<InvalidOperationException>(() => new Sequential([new Dense(1)]).Summary()).Message);

    private static void AssertTable(
        string expected, Model model, int width, SummaryFormat format = SummaryFormat.Keras27, bool expandNested = false)
    {
        var lines = model.Summary(format: format, expandNested: expandNested, print: _ => { }).Split('\n');
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', lines.Select(line => line.TrimEnd())));

        // The title and the counts are as long as they are; every other line fills the width.
        Assert.All(lines[1..^4], line => Assert.Equal(width, line.Length));
        Assert.Equal(width, lines[^1].Length);
    }
}
