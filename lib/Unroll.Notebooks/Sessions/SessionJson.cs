using System.Text.Json.Serialization;

namespace Unroll.Notebooks.Sessions;

/// <summary>The messages between a runner and its sessions, without reflection: that is what starts fast.</summary>
[JsonSerializable(typeof(SessionEvent))]
[JsonSerializable(typeof(SessionRequest))]
internal sealed partial class SessionJson : JsonSerializerContext;
