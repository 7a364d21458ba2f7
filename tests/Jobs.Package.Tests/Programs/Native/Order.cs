using System.ComponentModel.DataAnnotations;

namespace Native;

public enum Shipping { Standard, Express }

public sealed record Address([Required, StringLength(100)] string Street, [RegularExpression("^[0-9]{5}$")] string ZipCode);

public sealed record Line([Required, StringLength(20)] string Sku, [Range(1, 100)] int Count, [Range(typeof(decimal), "0.01", "9999.99")] decimal Price);

/// <summary>Attributes that trimming and reflection make hard: lengths of collections, typed ranges, comparisons, nested values.</summary>
public sealed record Order(
    [EmailAddress] string Customer,
    [property: Compare(nameof(Order.Customer))] string Confirmation,
    [MinLength(1), MaxLength(10)] IReadOnlyList<Line> Lines,
    Address Address,
    Dictionary<string, string> Notes,
    Shipping Shipping = Shipping.Standard) : IValidatableObject
{
    public DateOnly? DeliverOn { get; init; }

    public int Copies { get; init; } = 2;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Shipping == Shipping.Express && DeliverOn is not null)
            yield return new ValidationResult("Express comes at once.", [nameof(DeliverOn)]);
    }
}

public sealed record Receipt(decimal Total, string PrintedBy, int Attempts, Shipping Shipping, IReadOnlyList<string> Skus);
