namespace Jobs.Generator.Models;

/// <summary>How a handler is built, called and disposed.</summary>
/// <param name="Type">The class, qualified.</param>
/// <param name="Services">The constructor's arguments, in order.</param>
/// <param name="Disposal">What happens after the attempt.</param>
/// <param name="IsCalledDirectly">False when only the interface leads to the method: an explicit or default implementation, or overloads that could win.</param>
internal sealed record HandlerModel(string Type, EquatableArray<ServiceModel> Services, HandlerDisposal Disposal, bool IsCalledDirectly);
