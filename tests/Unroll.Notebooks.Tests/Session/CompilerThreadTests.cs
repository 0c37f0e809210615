using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Unroll.Notebooks.Session;

namespace Unroll.Notebooks.Tests.Session;

/// <summary>A compiler that fails: no cell is known that makes Roslyn do so, so it is called as nobody should.</summary>
public sealed class CompilerThreadTests
{
    private static Exception CompilerError => Record.Exception(() => CSharpSyntaxTree.ParseText((SourceText)null!))!;

    [Fact]
    public void A_fault_of_the_compiler_is_said_as_that()
    {
        var error = Assert.Throws<CompilerFaultException>(
            () => CompilerThread.Run(() => CSharpSyntaxTree.ParseText((SourceText)null!), TestContext.Current.CancellationToken));
        Assert.StartsWith("The C# compiler itself failed on this cell (ArgumentNullException)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_other_error_stays_as_it_is() => Assert.Throws<FormatException>(
        () => CompilerThread.Run(() => throw new FormatException("mine"), TestContext.Current.CancellationToken));

    /// <summary>One of its threads fails, where nobody watches, and the one that compiles waits for it.</summary>
    [Fact]
    public void A_fault_on_another_thread_ends_the_waiting()
    {
        using var never = new ManualResetEventSlim();
        Assert.Throws<CompilerFaultException>(() => CompilerThread.Run(
            () =>
            {
                Assert.False(CompilerThread.TryFail(new FormatException("of a cell")));
                Assert.True(CompilerThread.TryFail(CompilerError));
                never.Wait(TestContext.Current.CancellationToken);
            },
            TestContext.Current.CancellationToken));
        never.Set();
        Assert.False(CompilerThread.TryFail(CompilerError), "nothing is compiled any more");
    }

    [Fact]
    public void An_interruption_ends_the_waiting()
    {
        using var never = new ManualResetEventSlim();
        using var interruption = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.ThrowsAny<OperationCanceledException>(() => CompilerThread.Run(() => never.Wait(TimeSpan.FromSeconds(20), CancellationToken.None), interruption.Token));
        never.Set();
    }
}
