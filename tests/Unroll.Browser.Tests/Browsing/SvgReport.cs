using System.Text.Json;
using Microsoft.Playwright;

namespace Unroll.Browser.Tests.Browsing;

/// <summary>What the browser measures in the pictures of a page.</summary>
internal static class SvgReport
{
    // A box is the room that a line of text takes, which is more than its ink: boxes that touch by a little do not overlap.
    private const string Script = """
        slack => {
          const problems = [], name = svg => (svg.querySelector("title")?.textContent || "a picture").slice(0, 60);
          for (const svg of document.querySelectorAll("svg")) {
            if (!svg.getClientRects().length) continue;
            if (svg.parentElement.closest("svg")) continue;
            if (svg.closest(".js-plotly-plot")) continue;
            if (!svg.querySelector(":scope > title")?.textContent.trim()) problems.push(name(svg) + ": no title");
            if (svg.getAttribute("role") !== "img") problems.push(name(svg) + ": no role");
            const frame = svg.getBoundingClientRect(), boxes = [];
            for (const text of svg.querySelectorAll("text")) {
              const box = text.getBoundingClientRect();
              if (!text.textContent.trim() || !box.width) continue;
              if (box.left < frame.left - slack || box.right > frame.right + slack || box.top < frame.top - slack || box.bottom > frame.bottom + slack)
                problems.push(name(svg) + ": «" + text.textContent + "» leaves the picture");
              for (const [other, before] of boxes) {
                const across = Math.min(box.right, before.right) - Math.max(box.left, before.left);
                const down = Math.min(box.bottom, before.bottom) - Math.max(box.top, before.top);
                if (across > slack && down > slack * 2) problems.push(name(svg) + ": «" + text.textContent + "» overlaps «" + other + "»");
              }
              boxes.push([text.textContent, box]);
            }
          }
          return problems;
        }
        """;

    private const double Slack = 1.5;

    /// <summary>One line for each thing that is wrong: no title, text that overlaps or leaves its picture.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(IPage page)
    {
        var found = await page.EvaluateAsync(Script, Slack);
        return [.. found!.Value.EnumerateArray().Select(each => each.GetString()!)];
    }
}
