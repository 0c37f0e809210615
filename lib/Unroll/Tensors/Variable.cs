using System.Diagnostics.CodeAnalysis;

namespace Unroll;

/// <summary>
/// A weight: a named tensor that training changes. It stands wherever a tensor is asked for.
/// </summary>
[Views.TypeFormatterSource(typeof(Views.TextFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Variable
{
    private readonly Lock _gate = new();
    private List<(TapeLife Life, Tensor Value)> _before = [];
    private volatile Tensor _value;

    /// <summary>Makes a variable with a first value, which is copied.</summary>
    public Variable(Tensor initialValue, string name, bool trainable = true)
    {
        ArgumentNullException.ThrowIfNull(initialValue);
        ArgumentNullException.ThrowIfNull(name);
        _value = Held(initialValue.ToArray(), initialValue.Shape);
        Name = name;
        Trainable = trainable;
    }

    /// <summary>The name, with that of its layer before it: <c>lstm/kernel</c>.</summary>
    public string Name { get; }

    /// <summary>Whether training may change it.</summary>
    public bool Trainable { get; set; }

    /// <summary>The lengths of the axes, which never change.</summary>
    public Shape Shape => _value.Shape;

    /// <summary>
    /// The value as it is now; later changes of the variable may show in it. Copy it to keep it. What a
    /// <see cref="GradientTape"/> has recorded stays as it was.
    /// </summary>
    public Tensor Value
    {
        get
        {
            var value = _value;
            if (Trainable && GradientTape.IsRecording)
                GradientTape.WatchOnAll(value);
            return value;
        }
    }

    /// <summary>What its numbers cost, which training adds to the loss; null for nothing.</summary>
    internal Func<Tensor, Tensor>? Regularizer { get; init; }

    /// <summary>Puts the numbers back to where they must be, after a step of training; null where they may be anything.</summary>
    internal Func<Tensor, Tensor>? Constraint { get; init; }

    /// <summary>Counts up whenever the numbers are given out to be changed.</summary>
    internal int Version { get; private set; }

    /// <summary>Whether somebody may change the numbers without <see cref="Version"/> counting.</summary>
    internal bool IsLent => _value.IsLent;

    /// <summary>The numbers, to read, unseen by a tape.</summary>
    internal ReadOnlySpan<float> Readable => _value.Values;

    /// <summary>
    /// The numbers, to change in place; those that a tape has recorded, and can still be asked for, stay with the tape, and
    /// the variable goes on with a copy.
    /// </summary>
    internal Span<float> Writable
    {
        get
        {
            lock (_gate)
            {
                Version++;
                if (_value.Holders!.Any)
                    Replace(_value.ToArray());
                return _value.Values;
            }
        }
    }

    /// <summary>A variable stands where a tensor is asked for; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(variable))]
    public static implicit operator Tensor?(Variable? variable) => variable?.Value;

    /// <summary>The sum with a tensor or a number; the other operators likewise.</summary>
    public static Tensor operator +(Variable left, Tensor right) => Checked(left).Value + right;

    /// <inheritdoc cref="op_Addition"/>
    public static Tensor operator -(Variable left, Tensor right) => Checked(left).Value - right;

    /// <inheritdoc cref="op_Addition"/>
    public static Tensor operator *(Variable left, Tensor right) => Checked(left).Value * right;

    /// <inheritdoc cref="op_Addition"/>
    public static Tensor operator /(Variable left, Tensor right) => Checked(left).Value / right;

    /// <summary>The value with every sign turned.</summary>
    public static Tensor operator -(Variable value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return -value.Value;
    }

    /// <summary>The named form of the conversion to a tensor.</summary>
    public Tensor ToTensor() => Value;

    /// <summary>Takes over new numbers.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void Assign(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Shape != Shape)
            throw new ArgumentException($"{Name} has shape {Shape} but the new value has shape {value.Shape}.");
        value.Values.CopyTo(Writable);
    }

    /// <summary>Prints name, shape and value.</summary>
    public override string ToString() => $"<Variable {Name} shape={Shape} dtype=float32>\n{_value}";

    /// <summary>The values that a tape recorded before the present one, and that.</summary>
    internal IReadOnlyList<Tensor> ValuesFor(TapeLife life)
    {
        lock (_gate)
            return [.. _before.Where(one => one.Life == life).Select(one => one.Value), _value];
    }

    private static Tensor Held(float[] values, Shape shape) => new(shape, values) { Holders = new VariableHolders() };

    /// <summary>Goes on with other memory, and remembers for the tapes that hold it what the variable was.</summary>
    private void Replace(float[] values)
    {
        var before = _value;
        _before =
        [
            .. _before.Where(one => !one.Life.IsOver),
            .. before.Holders!.Release().Select(life => (life, before)),
        ];
        _value = Held(values, before.Shape);
    }

    private static Variable Checked(Variable left)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left;
    }
}
