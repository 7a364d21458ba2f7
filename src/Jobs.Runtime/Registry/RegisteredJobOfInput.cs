using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Jobs.Hosting;
using Jobs.Metadata;
using Jobs.Redaction;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Registry;

/// <summary>A job and what concerns its input: reading, writing, validating.</summary>
internal abstract class RegisteredJob<TInput> : RegisteredJob
{
    private static readonly byte[] _noPayload = [];
    private readonly JobInputValidation<TInput>? _validate;
    private readonly JobJsonFormat<TInput>? _json;
    private readonly IServiceProvider _services;
    private readonly bool _hasOwnValidators;

    protected RegisteredJob(JobDescriptor descriptor, JobInputValidation<TInput>? validate, JsonTypeInfo<TInput>? json, JobsSettings settings, IServiceProvider services)
        : base(descriptor, settings)
    {
        _validate = validate;
        _json = json is null ? null : new JobJsonFormat<TInput>(json);
        _services = services;
        _hasOwnValidators = json is not null && services.GetService<IServiceProviderIsService>() is { } known && known.IsService(typeof(IJobInputValidator<TInput>));
        if (json is not null)
        {
            Definition = Definition with { InputJson = () => json, InputRedaction = new(() => JsonRedaction.Of(json)) };
        }
    }

    public override Type DeadLetterType => typeof(DeadLetter<TInput>);

    /// <summary>Checks an input outside of any attempt; the application's own validators get a scope.</summary>
    public IReadOnlyList<JobValidationError> Validate(TInput input)
    {
        var errors = ValidateAttributes(input, _services);
        if (errors.Count > 0 || !_hasOwnValidators)
        {
            return errors;
        }

        using var scope = _services.CreateScope();
        return ValidateOwn(input, scope.ServiceProvider);
    }

    /// <summary>Checks an input inside an attempt.</summary>
    public IReadOnlyList<JobValidationError> Validate(TInput input, IServiceProvider services)
    {
        var errors = ValidateAttributes(input, services);
        return errors.Count > 0 || !_hasOwnValidators ? errors : ValidateOwn(input, services);
    }

    public byte[] Write(TInput input) => _json is null ? _noPayload : _json.Write(input);

    /// <exception cref="JsonException">The payload is not such an input.</exception>
    public TInput Read(byte[] payload) => _json is null ? default! : _json.Read(payload)!;

    public override byte[] ReadSubmitted(JsonElement input)
    {
        if (_json is null)
        {
            var isEmpty = input.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || (input.ValueKind is JsonValueKind.Object && !input.EnumerateObject().MoveNext());
            return isEmpty ? _noPayload : throw new JobValidationException(Name, [new(string.Empty, "The job takes no input; send an empty object.", "Json")]);
        }

        if (Definition.InputRedaction?.Value is { } redaction && input.ValueKind is not JsonValueKind.Undefined && redaction.HasMark(input))
        {
            throw new JobValidationException(Name, [new(string.Empty, $"The input has '{JsonRedaction.Mark}' in place of a redacted value. Send the value itself; IJobManager.RevealAsync shows it to those who may see it.", "Redacted")]);
        }

        TInput value;
        try
        {
            value = input.ValueKind is JsonValueKind.Undefined ? default! : input.Deserialize(_json.Info)!;
        }
        catch (JsonException exception)
        {
            throw new JobValidationException(Name, [new(MemberPath(exception.Path), exception.Message, "Json")], exception);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException or ArgumentException or FormatException or ArithmeticException)
        {
            // The type's own constructor, setter or converter refused the value.
            throw new JobValidationException(Name, [new(string.Empty, exception.Message, "Json")], exception);
        }

        var errors = Validate(value);
        return errors.Count > 0 ? throw new JobValidationException(Name, errors) : Write(value);
    }

    public override string? FindReadingProblem(JsonElement payload)
    {
        if (_json is null)
        {
            return null;
        }

        try
        {
            var input = payload.Deserialize(_json.Info)!;
            var errors = ValidateAttributes(input, _services);
            return errors.Count == 0 ? null : $"{(errors[0].Member.Length == 0 ? "(input)" : errors[0].Member)}: {errors[0].Message}";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever reading throws, the type's own constructor included, it would throw in the attempt.
            return exception.Message;
        }
    }

    /// <summary>The path of a JSON error without the root, such as <c>lines[2].sku</c>.</summary>
    private static string MemberPath(string? path) => path is null or "$" ? string.Empty : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path.TrimStart('$');

    private IReadOnlyList<JobValidationError> ValidateAttributes(TInput input, IServiceProvider services)
    {
        if (_validate is not null)
        {
            return _validate(input, services);
        }

        return input is null ? [new(string.Empty, "The input is required.", "Required")] : [];
    }

    private static List<JobValidationError> ValidateOwn(TInput input, IServiceProvider services)
    {
        var errors = new List<JobValidationError>();
        foreach (var validator in services.GetServices<IJobInputValidator<TInput>>())
        {
            errors.AddRange(validator.Validate(input));
        }

        return errors;
    }
}
