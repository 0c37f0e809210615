using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Unroll.Figures.Svg;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Pictures.Network;
using Unroll.Tests.FigureTests;

namespace Unroll.Tests.PictureTests;

public sealed partial class ModelPlotTests
{
    private static readonly Dictionary<string, Func<Model>> Models = new(StringComparer.Ordinal)
    {
        ["stack"] = () => new Sequential(
            [
                new LSTM(8, returnSequences: true, inputShape: [9, 3], name: "lower"), new Dropout(0.1, name: "dropout"),
                new LSTM(4, name: "upper"), new Dense(1, name: "dense"),
            ]),
        ["both ways"] = () => new Sequential(
            [
                new Bidirectional(new LSTM(8, returnSequences: true), inputShape: [9, 3]), new TimeDistributed(new Dense(4)),
                new Bidirectional(new LSTM(3), mergeMode: "sum"),
            ]),
        ["cells"] = () => new Sequential([new RNN([new LSTMCell(4), new LSTMCell(2)], returnSequences: true, inputShape: [null, 3], name: "rnn")]),
        ["backwards"] = () => new Sequential([new LSTM(2, goBackwards: true, returnSequences: true, inputShape: [3, 1], name: "back")]),
        ["convolution"] = () => new Sequential([new Conv1D(16, 3, inputShape: [100, 4]), new MaxPooling1D(2), new Flatten(), new Dense(2)]),
        ["film"] = () => new Sequential(
            [
                new ConvLSTM2D(4, 3, returnSequences: true, inputShape: [5, 8, 8, 1], name: "film"), new ConvLSTM2D(2, 2, goBackwards: true, name: "last"),
                new Flatten(), new Dense(1),
            ]),
        ["states"] = States,
        ["shared"] = Shared,
        ["nested"] = Nested,
        ["unmerged"] = () =>
        {
            var x = new Input([4, 3]);
            var all = new Bidirectional(new LSTM(2, returnState: true, returnSequences: true), mergeMode: null).ApplyAll(x);
            return new Model(x, [all[0], all[1], all[4]]);
        },
        ["time first"] = () =>
        {
            var x = new Input([2, 3], batchSize: 9);
            return new Model(x, new LSTM(4, timeMajor: true, returnSequences: true).Apply(x));
        },
        ["own cell"] = () => new Sequential([new RNN(new Sums(), inputShape: [4, 2]), new Dense(1)]),
    };

    public static TheoryData<string> Names() => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryModelIsDrawn(string name)
    {
        var model = Models[name]();
        foreach (var plot in (ModelPlot[])[model.Plot(), model.Plot(showShapes: false, expandNested: true, maxSteps: 9)])
        {
            var picture = SvgText.Check(plot.ToSvg());
            foreach (var layer in model.Layers.Where(layer => layer.Name.Length < 16))
            {
                Assert.Contains(layer.Name, picture.Value, StringComparison.Ordinal);
                Assert.Contains(layer.Name, plot.ToMermaid(), StringComparison.Ordinal);
                Assert.Contains(layer.Name, plot.ToString(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void ASequenceLeavesAtEachStepAndAnAnswerAtTheLast() => Assert.Equal(
        """
        lower_input: InputLayer, (None, 9, 3)
           x1      x2      x3              x9
        lower: LSTM · 8 units, (None, 9, 8), 384 parameters
           ↓       ↓       ↓               ↓
         [LSTM]→ [LSTM]→ [LSTM]→   ⋯───→ [LSTM]
           ↓       ↓       ↓               ↓
        dropout: Dropout, (None, 9, 8), 0 parameters
        upper: LSTM · 4 units, (None, 4), 208 parameters
           ↓       ↓       ↓               ↓
         [LSTM]→ [LSTM]→ [LSTM]→   ⋯───→ [LSTM]
                                           ↓
        dense: Dense, (None, 1), 5 parameters
        output: (None, 1)
        """.ReplaceLineEndings("\n"),
        Models["stack"]().Plot().ToString());

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public void ThePictureHasAnArrowForEachStepThatIsGiven(bool returnSequences, int arrows)
    {
        var svg = new Sequential([new LSTM(2, returnSequences: returnSequences, inputShape: [3, 1])]).Plot().ToSvg();

        // Heads of arrows: three inputs, two states, what leaves, and two in the key.
        Assert.Equal(3 + 2 + arrows + 2, Head().Count(svg));
    }

    [GeneratedRegex(@"M[\d. ]+l[-\d. ]+[hv]6z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Head();

    [Fact]
    public void A_notebook_shows_an_image_that_says_what_it_shows()
    {
        var html = Models["stack"]().Plot().ToHtml();

        Assert.StartsWith("<img alt=\"The network sequential", html, StringComparison.Ordinal);
        Assert.Contains("upper, LSTM · 4 units, (None, 4), 208 parameters, from dropout", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", html, StringComparison.Ordinal);
        var svg = Encoding.UTF8.GetString(Convert.FromBase64String(html.Split("base64,")[1].Split('"')[0]));
        Assert.Contains(">dropout</text>", svg, StringComparison.Ordinal);
        Assert.Contains("@media(prefers-color-scheme:dark)", svg, StringComparison.Ordinal);
        Assert.Equal(XElement.Parse(svg).Attribute("width")!.Value, html.Split(" width=\"")[1].Split('"')[0]);
    }

    [Fact]
    public void Words_of_layers_and_boxes_are_whole()
    {
        var svg = new Sequential(
            [
                new Reshape([3, 3, 3], inputShape: [9, 3]), new TimeDistributed(new Conv1D(2, 2)), new TimeDistributed(new MaxPooling1D(2)),
                new TimeDistributed(new Flatten()), new Bidirectional(new LSTM(32)),
            ]).Plot().ToSvg();

        Assert.Contains(">TimeDistributed · MaxPooling1D</text>", svg, StringComparison.Ordinal);
        Assert.Contains(">Bidirectional · 2 × 32 units</text>", svg, StringComparison.Ordinal);
        Assert.Equal(3, svg.Split(">MaxPooling1D</text>").Length - 1);
        Assert.DoesNotContain("…", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("font-size=\"10\"", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#b34e00", "#fff")]
    [InlineData("#f08a3c", "#16181d")]
    public void States_are_seen_on_the_paper_of_each_theme(string ink, string paper)
    {
        Assert.Contains($"--state:{ink}", Palette.ImageColors, StringComparison.Ordinal);
        Assert.Contains($"--state:{ink}", Palette.Style, StringComparison.Ordinal);
        Assert.Contains($"fill:{paper}", Palette.ImageStyle, StringComparison.Ordinal);
        double[] light = [Rgb.Parse(ink)!.Value.Luminance, Rgb.Parse(paper)!.Value.Luminance];
        Assert.InRange((light.Max() + 0.05) / (light.Min() + 0.05), 4.5, 21);
    }

    [Fact]
    public void TheSecondDirectionGoesBack()
    {
        var text = Models["both ways"]().Plot().ToString();
        Assert.Contains("[LSTM]→ [LSTM]→", text, StringComparison.Ordinal);
        Assert.Contains("[LSTM]─←[LSTM]─←", text, StringComparison.Ordinal);
        Assert.Contains("[Dense] [Dense]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void MermaidHasANodeForEachStep() => Assert.Equal(
        """
        flowchart TD
          n0(["<b>back_input</b><br/>InputLayer<br/>(None, 3, 1)"])
          subgraph n1 ["back"]
            n1i["LSTM · 2 units<br/>(None, 3, 2)<br/>32 parameters<br/>gives its last step first"]:::words
            n1r0s0c0["LSTM 1"]:::cell
            n1r0s1c0["LSTM 2"]:::cell
            n1r0s2c0["LSTM 3"]:::cell
            n1r0s1c0 -.-> n1r0s0c0
            n1r0s2c0 -.-> n1r0s1c0
          end
          n2(["<b>output</b><br/>(None, 3, 2)"])
          n0 --> n1r0s0c0
          n0 --> n1r0s1c0
          n0 --> n1r0s2c0
          n1r0s0c0 --> n2
          n1r0s1c0 --> n2
          n1r0s2c0 --> n2
          classDef cell fill:#0072B2,color:#fff,stroke:none
          classDef words fill:none,stroke:none

        """.ReplaceLineEndings("\n"),
        Models["backwards"]().Plot().ToMermaid());

    [Fact]
    public void StatesGoFromLayerToLayer()
    {
        var plot = States().Plot();
        Assert.Contains("decoder: LSTM · 4 units, (None, 9, 4), 144 parameters, from encoder, encoder[1], encoder[2]", plot.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, plot.ToMermaid().Split("-. states .->").Length - 1);
    }

    [Fact]
    public void ASharedLayerIsDrawnAtEachCall() =>
        Assert.Contains("call 2, the same weights", Shared().Plot().ToString(), StringComparison.Ordinal);

    [Fact]
    public void ModelsWithinAreShownWhenAsked()
    {
        Assert.DoesNotContain("inside", Nested().Plot().ToSvg(), StringComparison.Ordinal);
        Assert.Contains("inside", Nested().Plot(expandNested: true).ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void AModelThatKnowsNoInputSaysSo()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Sequential([new LSTM(2)]).Plot());
        Assert.Contains("plot", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Models["stack"]().Plot(maxSteps: 2));
    }

    private static Model States()
    {
        var x = new Input([9, 3]);
        var (sequence, h, c) = new LSTM(4, returnSequences: true, returnState: true, name: "encoder").ApplyAll(x);
        return new Model(x, new LSTM(4, returnSequences: true, name: "decoder").Apply(sequence, [h, c]));
    }

    private static Model Shared()
    {
        var (left, right) = (new Input([9, 3], name: "left"), new Input([9, 3], name: "right"));
        var lstm = new LSTM(4, name: "shared");
        var (first, second) = (lstm.Apply(left), lstm.Apply(right));
        var joined = new Dense(4).Apply(new Concatenate().Apply([first, second]));
        return new Model([left, right], [new Add().Apply([joined, new Dense(4).Apply(first)]), joined]);
    }

    private static Model Nested()
    {
        var x = new Input([9, 3]);
        return new Model(x, new Dense(1).Apply(new Sequential([new LSTM(4, inputShape: [9, 3], name: "inside"), new Dense(3)], name: "within").Apply(x)));
    }

    /// <summary>Adds up what it reads.</summary>
    private sealed class Sums : RNNCell
    {
        public override IReadOnlyList<int> StateSize => [2];

        protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training)
        {
            var sum = states[0] + input;
            return (sum, sum);
        }
    }
}
