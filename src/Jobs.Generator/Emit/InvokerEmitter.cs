using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>Emits the call of a handler: without a state machine of its own unless there is something to dispose.</summary>
internal static class InvokerEmitter
{
    private const string Result = "global::System.Threading.Tasks.ValueTask";

    public static void Emit(SourceWriter writer, JobSignatureModel signature, HandlerModel handler)
    {
        var isAsync = handler.Disposal != HandlerDisposal.None;
        var input = signature.Input?.Name ?? "global::Jobs.Metadata.JobVoid";
        var result = signature.Result?.Name ?? "global::Jobs.Metadata.JobVoid";
        writer.Open($"private static {(isAsync ? "async " : "")}{Result}<{result}> InvokeAsync({input} input, global::Jobs.JobContext context, global::System.Threading.CancellationToken cancellationToken)");
        if (handler.Services.Count > 0)
        {
            writer.Line("var services = context.Services;");
        }

        if (isAsync)
        {
            EmitDisposing(writer, signature, handler);
        }
        else
        {
            EmitPlain(writer, signature, handler);
        }

        writer.Close();
    }

    private static void EmitPlain(SourceWriter writer, JobSignatureModel signature, HandlerModel handler)
    {
        var construction = GetConstruction(handler);
        var call = GetCall(signature, handler.IsCalledDirectly ? construction : $"(({signature.HandlerType}){construction})");
        writer.Line(signature.Result is null ? $"return global::Jobs.Metadata.JobVoid.AfterAsync({call});" : $"return {call};");
    }

    private static void EmitDisposing(SourceWriter writer, JobSignatureModel signature, HandlerModel handler)
    {
        writer.Line($"var handler = {GetConstruction(handler)};");
        writer.Open(handler.Disposal == HandlerDisposal.Async
            ? "await using (global::System.Threading.Tasks.TaskAsyncEnumerableExtensions.ConfigureAwait(handler, false))"
            : "using (handler)");
        var call = $"await {GetCall(signature, handler.IsCalledDirectly ? "handler" : $"(({signature.HandlerType})handler)")}.ConfigureAwait(false);";
        if (signature.Result is null)
        {
            writer.Line(call);
            writer.Line("return default;");
        }
        else
        {
            writer.Line("return " + call);
        }

        writer.Close();
    }

    private static string GetCall(JobSignatureModel signature, string handler) =>
        $"{handler}.HandleAsync({(signature.Input is null ? "" : "input, ")}context, cancellationToken)";

    /// <summary>Several services stand on a line each.</summary>
    private static string GetConstruction(HandlerModel handler)
    {
        var services = handler.Services.Select(ServiceExpression.Get);
        return handler.Services.Count > 1
            ? $"new {handler.Type}(\n    {string.Join(",\n    ", services)})"
            : $"new {handler.Type}({services.FirstOrDefault()})";
    }
}
