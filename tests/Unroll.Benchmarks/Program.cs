using System.CommandLine;
using Unroll.Benchmarks.Comparing;

var root = new RootCommand("Times Unroll against other libraries and against the machine.")
{
    CompareVerb.Create(),
};
return root.Parse(args).Invoke();
