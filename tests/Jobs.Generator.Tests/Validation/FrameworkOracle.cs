using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Jobs.Generator.Tests.Validation;

/// <summary>The framework's validator, applied to every object that is reached from one.</summary>
internal static class FrameworkOracle
{
    /// <summary>Path and message of everything that is wrong.</summary>
    /// <param name="instance">An object.</param>
    /// <param name="space">The namespace of the types to look into.</param>
    public static IReadOnlyList<(string Member, string Message)> Validate(object instance, string space)
    {
        var found = new List<(string, string)>();
        Walk(instance, "", space, found);
        return found;
    }

    private static void Walk(object? value, string path, string space, List<(string, string)> found)
    {
        switch (value)
        {
            case null or string:
                return;
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                {
                    Walk(entry.Value, $"{path}[{Convert.ToString(entry.Key, CultureInfo.InvariantCulture)}]", space, found);
                }

                return;
            case IEnumerable elements:
                var index = 0;
                foreach (var element in elements)
                {
                    Walk(element, $"{path}[{index++}]", space, found);
                }

                return;
        }

        var type = value.GetType();
        if (type.Namespace != space)
        {
            return;
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var names = result.MemberNames.DefaultIfEmpty("");
            found.AddRange(names.Select(name => (Join(path, name), result.ErrorMessage!)));
        }

        foreach (var property in type.GetProperties())
        {
            Walk(property.GetValue(value), Join(path, property.Name), space, found);
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";
}
