namespace Unroll.ModelTool.Inspecting;

/// <summary>
/// What is in an ONNX file, without its numbers. The numbers of the fields are facts of
/// <see href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</see>.
/// </summary>
internal sealed class OnnxContents
{
    private readonly ProtoReader _proto;

    private OnnxContents(ProtoReader proto) => _proto = proto;

    public long IrVersion { get; private set; }

    public string Producer { get; private set; } = "";

    public string ProducerVersion { get; private set; } = "";

    public bool HasGraph { get; private set; }

    /// <summary>The operator sets: version and domain, <c>17</c>, <c>1 of ai.onnx.ml</c>.</summary>
    public List<string> OperatorSets { get; } = [];

    public List<string> Operations { get; } = [];

    public List<DescribedTensor> Inputs { get; } = [];

    public List<DescribedTensor> Outputs { get; } = [];

    public List<DescribedTensor> Constants { get; } = [];

    /// <exception cref="InvalidDataException">It is not protobuf, or is damaged.</exception>
    public static OnnxContents Read(Stream stream)
    {
        var proto = new ProtoReader(stream);
        var contents = new OnnxContents(proto);
        contents.Each(stream.Length, () => proto.Field switch
        {
            1 => Take(() => contents.IrVersion = proto.Varint()),
            2 => Take(() => contents.Producer = proto.Text()),
            3 => Take(() => contents.ProducerVersion = proto.Text()),
            7 => Take(contents.ReadGraph),
            8 => Take(contents.ReadOperatorSet),
            _ => false,
        });
        return contents;
    }

    /// <summary>Goes through the fields of a message; what is not taken is passed over.</summary>
    private void Each(long end, Func<bool> take)
    {
        while (_proto.Next(end))
        {
            if (!take())
                _proto.Skip();
        }
    }

    private static bool Take(Action read)
    {
        read();
        return true;
    }

    private void ReadOperatorSet()
    {
        var (domain, version) = ("", 0L);
        Each(_proto.End(), () => _proto.Field switch
        {
            1 => Take(() => domain = _proto.Text()),
            2 => Take(() => version = _proto.Varint()),
            _ => false,
        });
        OperatorSets.Add(domain.Length == 0 ? $"{version}" : $"{version} of {domain}");
    }

    private void ReadGraph()
    {
        HasGraph = true;
        Each(_proto.End(), () => _proto.Field switch
        {
            1 => Take(ReadOperation),
            5 => Take(ReadConstant),
            11 => Take(() => Inputs.Add(ReadPlace())),
            12 => Take(() => Outputs.Add(ReadPlace())),
            _ => false,
        });
    }

    private void ReadOperation()
    {
        var operation = "?";
        Each(_proto.End(), () => _proto.Field == 4 && Take(() => operation = _proto.Text()));
        Operations.Add(operation);
    }

    private void ReadConstant()
    {
        var (name, kind) = ("", 0L);
        var axes = new List<string>();
        Each(_proto.End(), () => _proto.Field switch
        {
            1 => Take(() => axes.AddRange(_proto.Numbers().Select(axis => $"{axis}"))),
            2 => Take(() => kind = _proto.Varint()),
            8 => Take(() => name = _proto.Text()),
            _ => false,
        });
        Constants.Add(new DescribedTensor(name, Tuple(axes), Kind(kind)));
    }

    private DescribedTensor ReadPlace()
    {
        var (name, kind) = ("", 0L);
        List<string>? axes = null;
        Each(_proto.End(), () => _proto.Field switch
        {
            1 => Take(() => name = _proto.Text()),

            // TypeProto, and in it TypeProto.Tensor: the kind and the shape.
            2 => Take(() => Each(_proto.End(), () => _proto.Field == 1 && Take(() => Each(_proto.End(), () => _proto.Field switch
            {
                1 => Take(() => kind = _proto.Varint()),
                2 => Take(() => axes = ReadAxes()),
                _ => false,
            })))),
            _ => false,
        });
        return new DescribedTensor(name, axes is null ? "(any shape)" : Tuple(axes), Kind(kind));
    }

    private List<string> ReadAxes()
    {
        var axes = new List<string>();
        Each(_proto.End(), () => _proto.Field == 1 && Take(() =>
        {
            var axis = "?";
            Each(_proto.End(), () => _proto.Field switch
            {
                1 => Take(() => axis = $"{_proto.Varint()}"),
                2 => Take(() => axis = _proto.Text()),
                _ => false,
            });
            axes.Add(axis);
        }));
        return axes;
    }

    private static string Tuple(List<string> axes) => $"({string.Join(", ", axes)}{(axes.Count == 1 ? "," : "")})";

    /// <summary>TensorProto.DataType in NumPy's words.</summary>
    private static string Kind(long kind) => kind switch
    {
        1 => "float32",
        2 => "uint8",
        3 => "int8",
        4 => "uint16",
        5 => "int16",
        6 => "int32",
        7 => "int64",
        8 => "string",
        9 => "bool",
        10 => "float16",
        11 => "float64",
        12 => "uint32",
        13 => "uint64",
        14 => "complex64",
        15 => "complex128",
        16 => "bfloat16",
        _ => $"kind {kind}",
    };
}
