namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>How a cell is to be run.</summary>
/// <param name="ExecutionCount">The number that errors call the cell by.</param>
/// <param name="IsSilent">Whether nobody sees what it shows.</param>
/// <param name="StoresHistory">Whether it counts among what the user has run.</param>
/// <param name="AllowsInput">Whether somebody is there to type.</param>
internal sealed record ExecutionOptions(int ExecutionCount, bool IsSilent, bool StoresHistory, bool AllowsInput);
