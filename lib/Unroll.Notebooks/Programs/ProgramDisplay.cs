namespace Unroll.Notebooks.Programs;

/// <summary>What a program has in place of a notebook's outputs.</summary>
internal static class ProgramDisplay
{
    public const string Class = "Notebook";
    public const string Method = "Display";
    public const string Shown = "DisplayedValue";

    /// <summary>Shows what has pages of its own as files, and everything else as text.</summary>
    public const string Code = """
        /// <summary>Shows values as far as a console can.</summary>
        static class Notebook
        {
            /// <summary>Shows a value; what comes back can show another in its place.</summary>
            public static DisplayedValue Display(this object value)
            {
                var shown = new DisplayedValue();
                shown.Update(value);
                return shown;
            }

            /// <summary>Shows what a piece of code gives, or does it where it gives nothing.</summary>
            public static void Display<T>(Func<T> code) => Display((object)code());

            public static void Display(Action code) => code();
        }

        /// <summary>A chart or drawing becomes an HTML file, everything else a line of text.</summary>
        sealed class DisplayedValue
        {
            private static int s_pages;
            private string _page;

            public void Update(object value)
            {
                if (Html(value) is not { } html)
                {
                    Console.WriteLine(Text(value));
                    return;
                }

                if (_page is null)
                {
                    _page = System.IO.Path.GetFullPath($"{System.Reflection.Assembly.GetEntryAssembly().GetName().Name}-{++s_pages}.html");
                    Console.WriteLine($"{value.GetType().Name}: see {_page}");
                }

                System.IO.File.WriteAllText(_page, html);
            }

            private static string Text(object value) => value switch
            {
                null => "null",
                string text => text,
                System.Collections.IEnumerable many when value.GetType().GetMethod("ToString", Type.EmptyTypes).DeclaringType.Namespace?.StartsWith("System") != false
                    => $"[ {string.Join(", ", many.Cast<object>().Select(Text))} ]",
                _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
            };

            // ToHtml is Unroll's, GetHtml XPlot's, and toEmbeddedHTML Plotly.NET's.
            private static string Html(object value)
            {
                foreach (var name in new[] { "ToHtml", "GetHtml" })
                {
                    if (value?.GetType().GetMethod(name, Type.EmptyTypes) is { } method && method.ReturnType == typeof(string))
                        return (string)method.Invoke(value, null);
                }

                for (var type = value?.GetType(); type is not null; type = type.BaseType)
                {
                    var method = type.GetMethod("toEmbeddedHTML") ?? type.DeclaringType?.GetMethod("toEmbeddedHTML");
                    if (method is { IsStatic: true } && method.GetParameters().Length == 1)
                        return (string)method.Invoke(null, [value]);
                }

                return null;
            }
        }
        """;
}
