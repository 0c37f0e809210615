namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>
/// What of Keras each code cell of the source lessons uses, in the order of the text: classes and calls, with the names of their
/// arguments in alphabetical order. A call of a list's <c>append</c> is <c>add</c> here.
/// </summary>
internal static class LessonConstructs
{
    private const string LstmOfStates = "LSTM return_sequences return_state";

    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["000_3ea53906da2e5742 In[4]"] = Stack("LSTM input_shape", "predict"),
        ["000_3ea53906da2e5742 In[5]"] = Stack("LSTM input_shape", "predict"),
        ["000_3ea53906da2e5742 In[6]"] = Stack("LSTM input_shape return_sequences", "predict"),
        ["000_3ea53906da2e5742 In[17]"] = Stack("LSTM input_shape return_sequences", "LSTM input_shape return_sequences", "Dense", "predict"),
        ["000_3ea53906da2e5742 In[21]"] = Stack("LSTM input_shape return_sequences", "LSTM input_shape return_sequences", "Dense", "predict"),
        ["000_3ea53906da2e5742 In[22]"] = Stack("LSTM input_shape return_sequences", "LSTM input_shape return_sequences", "Dense", "predict"),
        ["000_3ea53906da2e5742 In[27]"] = Stack("LSTM input_shape return_sequences", "LSTM input_shape return_sequences", "predict"),
        ["001_f479d31f8f0130e4 In[1]"] = Stack("LSTM input_shape"),
        ["001_f479d31f8f0130e4 In[2]"] = ["predict"],
        ["001_f479d31f8f0130e4 In[3]"] = Stack("LSTM input_shape return_sequences", "predict"),
        ["002_580a09a321e3ab3a question code[1]"] = ["Sequential", "add", "LSTM input_shape return_sequences", "add", "LSTM input_shape"],
        ["002_580a09a321e3ab3a answer 1 code[1]"] = ["Sequential", "add", "LSTM input_shape return_sequences", "add", "LSTM"],
        ["002_580a09a321e3ab3a answer 1 summary[1]"] = ["summary"],
        ["002_580a09a321e3ab3a answer 1 code[2]"] = ["Sequential", "add", "LSTM input_shape return_sequences", "add", "LSTM input_shape", "summary"],
        ["002_580a09a321e3ab3a answer 1 code[3]"] = ["Sequential", "add", "LSTM input_shape return_sequences", "add", "LSTM return_sequences"],
        ["002_580a09a321e3ab3a answer 1 summary[2]"] = ["summary"],
        ["003_4c62bb17357ce3f6 In[4]"] = [LstmOfStates],
        ["003_4c62bb17357ce3f6 In[9]"] = ["LSTMCell", "add"],
        ["003_4c62bb17357ce3f6 In[10]"] = ["LSTMCell", "add"],
        ["003_4c62bb17357ce3f6 In[11]"] = ["StackedRNNCells"],
        ["003_4c62bb17357ce3f6 In[12]"] = ["RNN return_sequences return_state"],
        ["004_ea557a95c183a5e6 code[4]"] = ["Input shape", "LSTM", "Model inputs outputs"],
        ["004_ea557a95c183a5e6 code[5]"] = ["predict"],
        ["004_ea557a95c183a5e6 code[6]"] = ["Input shape", "LSTM return_sequences", "Model inputs outputs", "predict"],
        ["004_ea557a95c183a5e6 code[7]"] = ["Input shape", "LSTM return_state", "Model inputs outputs", "predict"],
        ["004_ea557a95c183a5e6 code[8]"] = ["Input shape", LstmOfStates, "Model inputs outputs", "predict"],
        ["004_ea557a95c183a5e6 code[9]"] = ["Input shape", "LSTM time_major", "Model inputs outputs"],
        ["004_ea557a95c183a5e6 code[11]"] = ["predict"],
        ["004_ea557a95c183a5e6 code[12]"] = ["Input shape", "Conv1D filters kernel_size padding", "MaxPooling1D padding"],
        ["004_ea557a95c183a5e6 code[13]"] = ["LSTM", "Model inputs outputs", "summary"],
        ["004_ea557a95c183a5e6 code[14]"] =
        [
            "Input shape", "Reshape target_shape", "TimeDistributed", "Conv1D filters kernel_size padding", "TimeDistributed", "MaxPooling1D padding",
            "TimeDistributed", "Flatten",
        ],
        ["004_ea557a95c183a5e6 code[15]"] = ["LSTM", "Model inputs outputs", "summary"],
        ["004_ea557a95c183a5e6 code[16]"] =
        [
            "Input shape", "LSTM return_sequences", "Conv1D activation filters input_shape kernel_size", "MaxPooling1D pool_size", "Flatten",
            "Model inputs outputs", "predict",
        ],
        ["004_ea557a95c183a5e6 code[17]"] = ["get_weights"],
        ["004_ea557a95c183a5e6 code[18]"] = ["get_weights"],
        ["004_ea557a95c183a5e6 code[19]"] = ["get_weights"],
    };

    /// <summary>A sequential model: each layer is added, then the model is compiled, and perhaps predicts.</summary>
    private static string[] Stack(params string[] parts) =>
    [
        "Sequential",
        .. parts.Where(part => part != "predict").SelectMany(layer => (string[])["add", layer]),
        "compile loss optimizer",
        .. parts.Where(part => part == "predict"),
    ];
}
