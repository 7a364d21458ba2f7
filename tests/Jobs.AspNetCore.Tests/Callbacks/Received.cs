using System.Text.Json.Nodes;
using Jobs.Http.Signatures;

namespace Jobs.AspNetCore.Tests;

internal sealed record Received(IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    public JsonNode Body { get; } = JsonNode.Parse(Bytes)!;

    public string Text(string member) => Body[member]!.GetValue<string>();

    public string? Check(WebhookSigner signer) => signer.Check(
        Headers[WebhookSigner.IdHeader], Headers[WebhookSigner.TimestampHeader], Headers[WebhookSigner.SignatureHeader], Bytes, TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
}
