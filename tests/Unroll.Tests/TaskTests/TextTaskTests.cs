using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Tests.TaskTests;

/// <summary>Tasks with words, digits and letters: embeddings, masks, attention, sparse labels.</summary>
public class TextTaskTests
{
    public TextTaskTests()
    {
        Backend.ClearSession();
        Backend.SetRandomSeed(1);
    }

    /// <summary>
    /// Sentences of 2 to 9 words made by a grammar: a good or a bad word, perhaps turned by a "not" before it, among words that
    /// say nothing. 0 is padding, 1 is "not", 2 to 4 are good, 5 to 7 bad, 8 to 19 say nothing.
    /// </summary>
    [Fact]
    public void Sentiment_of_padded_sentences_is_learned_with_its_negations()
    {
        var random = new Random(7);
        var sentences = new List<int[]>();
        var labels = new List<double>();
        for (var i = 0; i < 1200; i++)
        {
            var (isGood, isTurned) = (random.Next(2) == 0, random.Next(2) == 0);
            List<int> words = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(8, 20))];
            int[] core = isTurned ? [1, random.Next(3) + (isGood ? 2 : 5)] : [random.Next(3) + (isGood ? 2 : 5)];
            words.InsertRange(random.Next(words.Count + 1), core);
            sentences.Add([.. words]);
            labels.Add(isGood != isTurned ? 1 : 0);
        }

        var (x, y) = (Utils.PadSequences(sentences, maxlen: 10, padding: "post"), Tensor.Of([.. labels]).Reshape(-1, 1));
        var model = new Sequential([new Embedding(20, 8, maskZero: true), new LSTM(12), new Dense(1, activation: "sigmoid")]);
        model.Compile(new Adam(0.01), "binaryCrossentropy", metrics: ["acc"]);
        model.Fit(x[..1000], y[..1000], epochs: 15, verbose: 0);
        Assert.InRange(model.Evaluate(x[1000..], y[1000..], verbose: 0)[1], 0.97, 1);
    }

    /// <summary>An encoder and a decoder with attention. 10 begins the answer, which is the digits in reverse.</summary>
    [Fact]
    public void Digits_are_reversed_by_an_encoder_and_a_decoder_with_attention()
    {
        var digits = new RandomState(2).RandInt(0, 10, [1200, 5]);
        var answer = digits.Flip(1);
        var given = Tensor.Concat([Tensor.Full([1200, 1], 10), answer[.., ..^1]], axis: 1);

        var (source, target) = (new Input([5]), new Input([5]));
        var (encoded, h, c) = new LSTM(32, returnSequences: true, returnState: true).ApplyAll(new Embedding(11, 16).Apply(source));
        var decoded = new LSTM(32, returnSequences: true).Apply(new Embedding(11, 16).Apply(target), initialState: [h, c]);
        var looked = new Attention().Apply([decoded, encoded]);
        var classes = new Dense(10, activation: "softmax").Apply(new Concatenate().Apply([decoded, looked]));
        var model = new Model([source, target], classes);
        model.Compile(new Adam(0.01), "sparseCategoricalCrossentropy", metrics: ["accuracy"]);
        model.Fit([digits[..1000], given[..1000]], answer[..1000], epochs: 20, verbose: 0);

        // Digit by digit, each from the answers so far.
        var said = Tensor.Full([200, 5], 10);
        for (var place = 0; place < 5; place++)
        {
            var next = model.Predict([digits[1000..], said])[.., place].ArgMax();
            if (place < 4)
                said = Tensor.Concat([said[.., ..(place + 1)], next.Reshape(-1, 1), said[.., (place + 2)..]], axis: 1);
            Assert.InRange(Tensor.Equal(next, answer[1000.., place]).Mean().Item(), 0.95, 1);
        }
    }

    /// <summary>Letters one after the other; then a text is written by drawing from what the model expects.</summary>
    [Fact]
    public void A_text_is_learned_by_letters_and_another_is_drawn_from_it()
    {
        const string Text = "the cat sat on the mat and the rat sat on the cat and the bat sat on the rat ";
        var letters = Text.Distinct().Order().ToList();
        var codes = Tensor.FromSpan([.. string.Concat(Enumerable.Repeat(Text, 6)).Select(letter => (float)letters.IndexOf(letter))], Text.Length * 6);
        var data = new TimeseriesDataset(codes, codes[8..], 8, batchSize: 32, shuffle: true);
        var model = new Sequential([new Embedding(letters.Count, 8), new GRU(32), new Dense(letters.Count)]);
        model.Compile(new Adam(0.01), new SparseCategoricalCrossentropy(fromLogits: true));
        model.Fit(data, epochs: 15, verbose: 0);

        var random = new Random(3);
        var written = "the cat ";
        for (var i = 0; i < 80; i++)
        {
            var last = Tensor.FromSpan([.. written[^8..].Select(letter => (float)letters.IndexOf(letter))], 1, 8);
            var shares = (model.Predict(last) / 0.5).Softmax().ToArray();
            var (draw, next) = (random.NextDouble(), 0);
            while (next + 1 < shares.Length && (draw -= shares[next]) > 0)
                next++;
            written += letters[next];
        }

        var words = Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var drawn = written.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..^1];
        Assert.InRange(drawn.Count(words.Contains) / (double)drawn.Length, 0.9, 1);
    }
}
