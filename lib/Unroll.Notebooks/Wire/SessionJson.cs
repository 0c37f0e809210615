using System.Text.Json.Serialization;

namespace Unroll.Notebooks.Wire;

/// <summary>The messages between a front end and its session, without reflection: that is what starts fast.</summary>
[JsonSerializable(typeof(SessionReady))]
[JsonSerializable(typeof(StreamWritten))]
[JsonSerializable(typeof(Displayed))]
[JsonSerializable(typeof(DisplayUpdated))]
[JsonSerializable(typeof(OutputCleared))]
[JsonSerializable(typeof(ValueReturned))]
[JsonSerializable(typeof(ErrorRaised))]
[JsonSerializable(typeof(OutputCut))]
[JsonSerializable(typeof(CellFinished))]
[JsonSerializable(typeof(RestoreStarted))]
[JsonSerializable(typeof(RestoreEnded))]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(InputRequested))]
[JsonSerializable(typeof(CodeCompleted))]
[JsonSerializable(typeof(CodeInspected))]
[JsonSerializable(typeof(CodeChecked))]
[JsonSerializable(typeof(SessionClosed))]
[JsonSerializable(typeof(EnterFolder))]
[JsonSerializable(typeof(RunCell))]
[JsonSerializable(typeof(InterruptCell))]
[JsonSerializable(typeof(GiveInput))]
[JsonSerializable(typeof(CompleteCode))]
[JsonSerializable(typeof(InspectCode))]
[JsonSerializable(typeof(CheckCode))]
[JsonSerializable(typeof(CloseSession))]
internal sealed partial class SessionJson : JsonSerializerContext;
