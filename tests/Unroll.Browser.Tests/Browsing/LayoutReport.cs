using Microsoft.Playwright;

namespace Unroll.Browser.Tests.Browsing;

/// <summary>What the browser measures on a page: what is cut off, too small, or too pale to be read.</summary>
internal static class LayoutReport
{
    private const string CutOff = """
        () => {
          const seen = element => element.tagName + "." + element.className + ": " + element.textContent.trim().slice(0, 60), problems = [];
          for (const element of document.querySelectorAll("body *")) {
            if (element.scrollWidth <= element.clientWidth + 1 || !element.clientWidth) continue;
            const style = getComputedStyle(element);
            if (style.display.startsWith("inline") || element.closest("math")) continue;
            // Its own bar takes room below the content; without one nothing says that there is more.
            const border = parseFloat(style.borderTopWidth) + parseFloat(style.borderBottomWidth);
            const bar = element.offsetHeight - element.clientHeight - border;
            const scrolls = style.overflowX === "auto" || style.overflowX === "scroll";
            if (scrolls ? bar < 5 : style.overflowX !== "visible") problems.push("cut: " + seen(element));
          }
          for (const element of document.querySelectorAll("main *")) {
            if (element.closest("math, details:not([open])")) continue;
            const box = element.getBoundingClientRect();
            let place = element.parentElement;
            while (place && getComputedStyle(place).overflowX === "visible") place = place.parentElement;
            if (!place && box.width && box.right > document.documentElement.clientWidth + 1) problems.push("outside: " + seen(element));
          }
          return problems;
        }
        """;

    private const string Folded = """
        () => [...document.querySelectorAll(".code, .error, .stderr")].filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.textContent.slice(0, 80))
        """;

    private const string SmallWords = """
        async least => {
          const problems = [];
          for (const image of document.querySelectorAll("main img[src^='data:image/svg+xml;base64,']")) {
            const svg = new DOMParser().parseFromString(decodeURIComponent(escape(atob(image.src.split(",")[1]))), "image/svg+xml").documentElement;
            const scale = image.getBoundingClientRect().width / svg.viewBox.baseVal.width, box = document.createElement("div");
            box.attachShadow({ mode: "open" }).append(document.importNode(svg, true));
            document.body.append(box);
            for (const text of box.shadowRoot.querySelectorAll("text")) {
              const size = parseFloat(getComputedStyle(text).fontSize) * scale;
              if (size < least - 0.01) problems.push(size.toFixed(1) + " px: " + text.textContent);
            }
            box.remove();
          }
          return problems;
        }
        """;

    private const string Pale = """
        least => {
          const channels = color => color.match(/[\d.]+/g).map(Number);
          const over = (top, below) => { const a = top[3] ?? 1; return [0, 1, 2].map(i => top[i] * a + below[i] * (1 - a)); };
          const light = color => { const [r, g, b] = color.map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const below = element => {
            const layers = [];
            for (let at = element; at; at = at.parentElement) layers.push(channels(getComputedStyle(at).backgroundColor));
            return layers.reverse().reduce((paper, layer) => over(layer, paper), [255, 255, 255]);
          };
          const problems = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.textContent.trim() || element.closest("script, style, details:not([open]) > :not(summary)") || !element.getClientRects().length) continue;
            let opacity = 1;
            for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
            const paper = below(element), ink = channels(getComputedStyle(element).color);
            const text = over([ink[0], ink[1], ink[2], (ink[3] ?? 1) * opacity], paper), [a, b] = [light(text), light(paper)].sort((x, y) => y - x);
            const contrast = (a + 0.05) / (b + 0.05);
            if (contrast < least) problems.add(contrast.toFixed(2) + ": " + element.className + " " + walker.currentNode.textContent.trim().slice(0, 40));
          }
          return [...problems];
        }
        """;

    /// <summary>What is wider than its place, and does not show a bar to scroll it by.</summary>
    public static Task<string[]> CutOffAsync(IPage page) => page.EvaluateAsync<string[]>(CutOff);

    /// <summary>Code and messages that do not fold.</summary>
    public static Task<string[]> NotFoldedAsync(IPage page) => page.EvaluateAsync<string[]>(Folded);

    /// <summary>Words in pictures that are smaller than <paramref name="least"/> pixels as they are shown.</summary>
    public static Task<string[]> SmallWordsAsync(IPage page, double least) => page.EvaluateAsync<string[]>(SmallWords, least);

    /// <summary>Text with less contrast than <paramref name="least"/> to 1, by WCAG's formula.</summary>
    public static Task<string[]> PaleAsync(IPage page, double least) => page.EvaluateAsync<string[]>(Pale, least);
}
