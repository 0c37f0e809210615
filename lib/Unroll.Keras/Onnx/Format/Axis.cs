namespace Unroll.Keras.Onnx.Format;

/// <summary>An axis in a shape: a length, or a word for one that each call brings.</summary>
internal sealed class Axis : Message
{
    private readonly Field _field;

    public Axis(long length) => _field = Field.Of(1, length);

    public Axis(string word) => _field = Field.Of(2, word);

    protected override IEnumerable<Field> Fields() => [_field];
}
