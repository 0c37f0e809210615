using System.Text.Json;
using System.Text.Json.Serialization;

namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>The contents of all messages, without reflection: that is what starts fast.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(MimeBundleJson)])]
[JsonSerializable(typeof(MessageHeader))]
[JsonSerializable(typeof(ExecuteRequest))]
[JsonSerializable(typeof(CompleteRequest))]
[JsonSerializable(typeof(InspectRequest))]
[JsonSerializable(typeof(IsCompleteRequest))]
[JsonSerializable(typeof(HistoryRequest))]
[JsonSerializable(typeof(CommInfoRequest))]
[JsonSerializable(typeof(CommOpen))]
[JsonSerializable(typeof(ShutdownRequest))]
[JsonSerializable(typeof(InputReply))]
[JsonSerializable(typeof(ExecuteMetadata))]
[JsonSerializable(typeof(OkReply))]
[JsonSerializable(typeof(ErrorReply))]
[JsonSerializable(typeof(KernelInfoReply))]
[JsonSerializable(typeof(ExecuteOkReply))]
[JsonSerializable(typeof(ExecuteErrorReply))]
[JsonSerializable(typeof(ExpressionValue))]
[JsonSerializable(typeof(CompleteReply))]
[JsonSerializable(typeof(InspectReply))]
[JsonSerializable(typeof(IsCompleteReply))]
[JsonSerializable(typeof(HistoryReply))]
[JsonSerializable(typeof(CommInfoReply))]
[JsonSerializable(typeof(ShutdownReply))]
[JsonSerializable(typeof(StatusContent))]
[JsonSerializable(typeof(ExecuteInput))]
[JsonSerializable(typeof(StreamText))]
[JsonSerializable(typeof(DisplayContent))]
[JsonSerializable(typeof(ExecuteResultContent))]
[JsonSerializable(typeof(ClearOutputContent))]
[JsonSerializable(typeof(ErrorContent))]
[JsonSerializable(typeof(CommClose))]
[JsonSerializable(typeof(InputRequest))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonArray))]
internal sealed partial class ProtocolJson : JsonSerializerContext;
