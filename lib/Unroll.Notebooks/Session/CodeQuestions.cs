using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>
/// Answers questions about code that does not run, as the session would compile it now. Nothing is known of code that could
/// overflow the compiler's stack, or takes long to read: the variables are worth more than the answer.
/// </summary>
internal sealed class CodeQuestions(CSharpSession session)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>The answer; what goes wrong is said in it.</summary>
    public CodeAnswer Answer(SessionRequest request) => request switch
    {
        CompleteCode question => Known(question.Code, () => Complete(question))
            ?? new CodeCompleted(question.Id, [], question.Position, question.Position),
        InspectCode question => Known(question.Code, () => Inspect(question)) ?? new CodeInspected(question.Id, null),
        _ => throw new ArgumentException($"{request.GetType().Name} is not a question.", nameof(request)),
    };

    private static CodeAnswer? Known(string code, Func<CodeAnswer> answer) =>
        ScriptSyntax.TryParse(code) is null ? null : LimitedThread.Run(answer, Limit);

    private CodeCompleted Complete(CompleteCode question)
    {
        try
        {
            var (items, start) = HostLineCompletion.Find(question.Code, question.Position)
                ?? CodeCompletion.Find(session.Model(question.Code), question.Position);
            return new CodeCompleted(question.Id, [.. items], start, question.Position);
        }
        catch (Exception error)
        {
            return new CodeCompleted(question.Id, [], 0, 0, Why(error));
        }
    }

    private CodeInspected Inspect(InspectCode question)
    {
        try
        {
            var text = CodeInspection.Describe(session.Model(question.Code), question.Position, question.IsDetailed);
            return new CodeInspected(question.Id, text is null ? null : new MimeBundle { [MimeBundle.Plain] = text });
        }
        catch (Exception error)
        {
            return new CodeInspected(question.Id, null, Why(error));
        }
    }

    private static string Why(Exception error) => $"{error.GetType().Name}: {MachinePaths.Hide(error.Message)}";
}
