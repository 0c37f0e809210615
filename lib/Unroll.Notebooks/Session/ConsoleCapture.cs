using System.Globalization;
using System.Text;
using Unroll.Notebooks.CellApi;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>Takes over the console, so that what cells write becomes events and what they read is asked for.</summary>
internal sealed class ConsoleCapture : IDisposable
{
    private readonly (TextWriter Out, TextWriter Error, TextReader In) _before = (Console.Out, Console.Error, Console.In);
    private readonly TextWriter _out;
    private readonly TextWriter _error;
    private readonly CellInput _in;

    public ConsoleCapture(Action<SessionEvent> publish)
    {
        _out = new StreamWriterEvents("stdout", publish);
        _error = new StreamWriterEvents("stderr", publish);
        CellInput.Current = _in = new CellInput(publish);
        Install();
    }

    /// <summary>Done before each cell, because one may have called Console.SetOut and left it so.</summary>
    public void Install()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
        Console.SetIn(_in);
    }

    /// <summary>Gives the console back.</summary>
    public void Dispose()
    {
        Console.SetOut(_before.Out);
        Console.SetError(_before.Error);
        Console.SetIn(_before.In);
        _out.Dispose();
        _error.Dispose();
        _in.Dispose();
    }

    /// <summary>A writer whose every call is one event, in the order of the calls on both streams.</summary>
    private sealed class StreamWriterEvents : TextWriter
    {
        private readonly string _name;
        private readonly Action<SessionEvent> _publish;

        public StreamWriterEvents(string name, Action<SessionEvent> publish)
        {
            _name = name;
            _publish = publish;
            CoreNewLine = ['\n'];
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Send(value.ToString());

        public override void Write(string? value) => Send(value ?? "");

        public override void Write(char[] buffer, int index, int count) => Send(new string(buffer, index, count));

        public override void Write(ReadOnlySpan<char> buffer) => Send(new string(buffer));

        public override void WriteLine() => Send("\n");

        public override void WriteLine(string? value) => Send(value + "\n");

        public override void WriteLine(char[] buffer, int index, int count) =>
            Send(new string(buffer, index, count) + "\n");

        public override void WriteLine(ReadOnlySpan<char> buffer) => Send($"{buffer}\n");

        // A number and its newline are one event, or another thread's output could come between them.
        public override void WriteLine(object? value) => Send(Text(value) + "\n");

        public override void WriteLine(bool value) => Send(Text(value) + "\n");

        public override void WriteLine(char value) => Send(Text(value) + "\n");

        public override void WriteLine(int value) => Send(Text(value) + "\n");

        public override void WriteLine(long value) => Send(Text(value) + "\n");

        public override void WriteLine(float value) => Send(Text(value) + "\n");

        public override void WriteLine(double value) => Send(Text(value) + "\n");

        public override void WriteLine(decimal value) => Send(Text(value) + "\n");

        private static string Text(object? value) => Convert.ToString(value, CultureInfo.CurrentCulture) ?? "";

        private void Send(string text)
        {
            if (text.Length > 0)
                _publish(new StreamWritten(_name, text));
        }
    }
}
