namespace Unroll.Notebooks.Watching;

/// <summary>The page around the pages: it asks for changes, and loads the page within anew where the reader was.</summary>
internal static class LiveShell
{
    public const string Html = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Notebooks</title>
        <style>
        html, body { margin: 0; height: 100%; }
        iframe { border: 0; width: 100%; height: 100%; display: block; }
        #status { position: fixed; right: 1rem; bottom: 1rem; max-width: 80vw; padding: .4rem .8rem; border-radius: .4rem;
          font: .9rem system-ui, sans-serif; background: #1f2328; color: #fff; }
        #status:empty { display: none; }
        </style>
        </head>
        <body>
        <iframe id="page" title="Notebook" src="/pages/index.html"></iframe>
        <div id="status" role="status"></div>
        <script>
        const page = document.getElementById("page"), status = document.getElementById("status");
        let version = -1, pages = 0, scroll = null;
        page.addEventListener("load", () => {
          document.title = page.contentDocument.title || "Notebooks";
          if (scroll !== null) page.contentWindow.scrollTo(0, scroll);
          scroll = null;
        });
        async function follow() {
          for (;;) {
            try {
              const state = await (await fetch(`/state?since=${version}`)).json();
              status.textContent = state.status;
              if (state.pages !== pages) {
                pages = state.pages;
                scroll = page.contentWindow.scrollY;
                page.contentWindow.location.reload();
              }
              version = state.version;
            } catch {
              status.textContent = "The watching has ended.";
              await new Promise(done => setTimeout(done, 2000));
              version = -1;
            }
          }
        }
        follow();
        </script>
        </body>
        </html>
        """;
}
