using System.Text.Json.Serialization;
using Jobs;

namespace CompileErrors;

public sealed record MailInput(string To);

[Job("mail")] public sealed class Mail : Handler;
[Job("mail")] public sealed class SameName : Handler;
[Job("no name")] public sealed class NoName : Handler;
[Job] public sealed class NoHandler;
public sealed class NoJob : Handler;
[Job] public abstract class Abstract : Handler;
[Job] public sealed class Generic<T> : Handler;
[Job] file sealed class OutOfReach : Handler;
[Job] public sealed class NoConstructor : Handler { private NoConstructor() { } }
[Job] public sealed class NotAService(Span<int> numbers) : Handler { public int Count { get; } = numbers.Length; }
[Job] public abstract class Base : Handler { protected async void Forget() => await Task.Yield(); }
[Job] public sealed class TwoInterfaces : Handler, IJobHandler<MailInput> { ValueTask IJobHandler<MailInput>.HandleAsync(MailInput input, JobContext context, CancellationToken cancellationToken) => default; }
[Job(Aliases = ["mail"])] public sealed class AliasOfAnother : Handler;
[Job("other-mail")] public sealed class MailHandler : Handler;
[Job(ClientName = "GetType")] public sealed class HidesAMember : Handler;
[Job] public interface IImport : IJobContract<MailInput>;
[Job(Contract = typeof(IImport))] public sealed class OtherInput : Handler;
[Job("named", Contract = typeof(IPlain))] public sealed class NamedHandler : Handler;
[Job(JsonContext = typeof(JsonConverter))] public sealed class NoContext : Handler;
[Job(DeadLetterTo = typeof(Mail))] public sealed class LettersNobodyHolds : Handler;
[Job] public sealed class HiddenInput : IJobHandler<HiddenInput.Input> { private sealed record Input; ValueTask IJobHandler<Input>.HandleAsync(Input input, JobContext context, CancellationToken cancellationToken) => default; }
[Job(Cron = "@daily")] public sealed class NothingToRunWith : IJobHandler<MailInput> { public ValueTask HandleAsync(MailInput input, JobContext context, CancellationToken cancellationToken) => default; }

// What is right, for the others to be wrong about.
[Job("plain")] public interface IPlain : IJobContract;
public abstract class Handler : IJobHandler { public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default; }
