using Unroll.Notebooks.Session;

namespace Unroll.Notebooks.Tests.Sessions;

/// <summary>Where a cell asks whether it was interrupted.</summary>
public class InterruptionChecksTests
{
    private const string Check = "global::Microsoft.DotNet.Interactive.KernelInvocationContext.ThrowIfInterrupted();";

    [Theory]
    [InlineData("while (true) { }", "while (true) {?? }")]
    [InlineData("do x++; while (x < 3);", "do {??x++;} while (x < 3);")]
    [InlineData("for (;;)\n    F();", "for (;;)\n    {??F();}")]
    [InlineData("foreach (var (a, b) in c) { F(); }", "foreach (var (a, b) in c) {?? F(); }")]
    [InlineData("await foreach (var a in b) ;", "await foreach (var a in b) {??;}")]
    [InlineData("while (a) while (b) c();", "while (a) {??while (b) {??c();}}")]
    [InlineData("var f = () => { for (;;) { } };", "var f = () => {?? for (;;) {?? } };")]
    [InlineData("int F(int n) { return n < 2 ? n : F(n - 1) + F(n - 2); }", "int F(int n) {?? return n < 2 ? n : F(n - 1) + F(n - 2); }")]
    [InlineData("int F(int n) => n < 2 ? n : F(n - 1) + F(n - 2);", "int F(int n) {??return  n < 2 ? n : F(n - 1) + F(n - 2);}")]
    [InlineData("void F() => G();", "void F() {?? G();}")]
    [InlineData("ref int F() => ref a[0];", "ref int F() {??return  ref a[0];}")]
    [InlineData("int F() => throw new E();", "int F() {?? throw new E();}")]
    [InlineData("async Task F() => await G();", "async Task F() {?? await G();}")]
    [InlineData("async System.Threading.Tasks.Task<int> F() => await G();", "async System.Threading.Tasks.Task<int> F() {??return  await G();}")]
    [InlineData("Func<Task> F() => async () => { for (;;) await G(); };", "Func<Task> F() {??return  async () => {?? for (;;) {??await G();} };}")]
    [InlineData("class A { public override string ToString() => name; int B => 1; }", "class A { public override string ToString() {??return  name;} int B => 1; }")]
    [InlineData("class A { void B() { while (true) ; } }", "class A { void B() {?? while (true) {??;} } }")]
    public void Each_round_and_each_function_begins_with_the_question(string code, string expected) =>
        Assert.Equal(expected.Replace("??", Check, StringComparison.Ordinal), InterruptionChecks.AddTo(code));

    [Theory]
    [InlineData("1 + 1")]
    [InlineData("if (a) { b(); }")]
    [InlineData("class A { static A() { while (true) { } } ~A() { for (;;) { } } }")]
    [InlineData("var f = (int n) => n + 1; Expression<Func<int, int>> g = n => n;")]
    [InlineData("// while (true) { }\n\"while (true) { }\"")]
    public void Other_code_stays_as_it_is(string code) => Assert.Same(code, InterruptionChecks.AddTo(code));
}
