using Microsoft.VisualBasic.FileIO;

namespace Quickstart;

/// <summary>One line of the sign-up file.</summary>
public sealed record SignUp(long Line, WelcomeMail Mail);

public static class SignUpFile
{
    /// <summary>Reads e-mail, name and plan from a CSV file with a header line.</summary>
    public static IReadOnlyList<SignUp> Read(string path)
    {
        using var parser = new TextFieldParser(path) { Delimiters = [","], HasFieldsEnclosedInQuotes = true };
        var rows = new List<SignUp>();
        parser.ReadFields();
        while (!parser.EndOfData)
        {
            var line = parser.LineNumber;
            var fields = parser.ReadFields() ?? [];
            rows.Add(new SignUp(line, new WelcomeMail(Field(fields, 0), Field(fields, 1), Field(fields, 2))));
        }

        return rows;
    }

    private static string Field(string[] fields, int index) => index < fields.Length ? fields[index] : string.Empty;
}
