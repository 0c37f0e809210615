namespace Unroll;

/// <summary>
/// A weight: a named tensor that training changes. It stands wherever a tensor is asked for.
/// </summary>
[Display.TypeFormatterSource(typeof(Display.TextFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Variable
{
    private readonly Tensor _value;

    /// <summary>Makes a variable with a first value, which is copied.</summary>
    public Variable(Tensor initialValue, string name, bool trainable = true)
    {
        ArgumentNullException.ThrowIfNull(initialValue);
        _value = initialValue.Copy();
        Name = name;
        Trainable = trainable;
    }

    /// <summary>The name, with that of its layer before it: <c>lstm/kernel</c>.</summary>
    public string Name { get; }

    /// <summary>Whether training may change it.</summary>
    public bool Trainable { get; set; }

    /// <summary>The lengths of the axes, which never change.</summary>
    public Shape Shape => _value.Shape;

    /// <summary>The value as it is now; later changes of the variable show in it. Copy it to keep it.</summary>
    public Tensor Value
    {
        get
        {
            if (Trainable && GradientTape.IsRecording) GradientTape.WatchOnAll(_value);
            return _value;
        }
    }

    /// <summary>The numbers, to read and write in place, unseen by a tape.</summary>
    internal Span<float> Span => _value.Span;

    /// <summary>A variable stands where a tensor is asked for.</summary>
    public static implicit operator Tensor(Variable variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable.Value;
    }

    /// <summary>The sum with a tensor or a number; the other operators likewise.</summary>
    public static Tensor operator +(Variable left, Tensor right) => Checked(left).Value + right;

    /// <inheritdoc cref="op_Addition"/>
    public static Tensor operator -(Variable left, Tensor right) => Checked(left).Value - right;

    /// <inheritdoc cref="op_Addition"/>
    public static Tensor operator *(Variable left, Tensor right) => Checked(left).Value * right;

    /// <inheritdoc cref="op_Addition"/>
    public static Tensor operator /(Variable left, Tensor right) => Checked(left).Value / right;

    /// <summary>The value with every sign turned.</summary>
    public static Tensor operator -(Variable value) => -Checked(value).Value;

    /// <summary>The named form of the conversion to a tensor.</summary>
    public Tensor ToTensor() => Value;

    /// <summary>Takes over new numbers.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void Assign(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Shape != Shape)
            throw new ArgumentException($"{Name} has shape {Shape} but the new value has shape {value.Shape}.");
        value.Span.CopyTo(_value.Span);
    }

    /// <summary>Prints name, shape and value.</summary>
    public override string ToString() => $"<Variable {Name} shape={Shape} dtype=float32>\n{_value}";

    private static Variable Checked(Variable variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable;
    }
}
