using Unroll.Benchmarks.Peers;

return args switch
{
    ["onnx"] => Protocol.Serve(() => new OnnxPeer()),
    ["torchsharp"] => Protocol.Serve(() => new TorchSharpPeer()),
    _ => throw new ArgumentException("Say which peer: onnx or torchsharp."),
};
