using Microsoft.CodeAnalysis;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Formatting;

namespace Unroll.Notebooks.Sessions;

/// <summary>
/// Answers questions about code that does not run, as the session would compile it now. Nothing is known of code that could
/// overflow the compiler's stack: the variables are worth more than the answer.
/// </summary>
internal sealed class CodeQuestions(CSharpSession session)
{
    /// <summary>The answer; what goes wrong is said in it.</summary>
    public CodeAnswer Answer(SessionRequest request)
    {
        try
        {
            return request switch
            {
                CompleteCode { Code: var code } complete when !ScriptSyntax.IsModest(code) => new CodeCompleted(complete.Id, [], complete.Position, complete.Position),
                InspectCode { Code: var code } inspect when !ScriptSyntax.IsModest(code) => new CodeInspected(inspect.Id, null),
                CompleteCode complete => Complete(complete),
                InspectCode inspect => new CodeInspected(inspect.Id, Inspect(inspect)),
                _ => throw new ArgumentException($"{request.GetType().Name} is no question.", nameof(request)),
            };
        }
        catch (Exception error)
        {
            var why = $"{error.GetType().Name}: {MachinePaths.Hide(error.Message)}";
            return request is InspectCode inspect
                ? new CodeInspected(inspect.Id, null, why)
                : new CodeCompleted(((CompleteCode)request).Id, [], 0, 0, why);
        }
    }

    private CodeCompleted Complete(CompleteCode question)
    {
        var (items, start) = CodeCompletion.Find(session.Model(question.Code), question.Position);
        return new CodeCompleted(question.Id, [.. items], start, question.Position);
    }

    private MimeBundle? Inspect(InspectCode question) =>
        CodeInspection.Describe(session.Model(question.Code), question.Position, question.IsDetailed) is { } text
            ? new MimeBundle { [MimeBundle.Plain] = text }
            : null;
}
