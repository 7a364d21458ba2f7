using System.Reflection.Metadata;
using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Reads an assembly's attributes from its metadata tables, without making symbols of it.</summary>
internal static class PortableExecutableParser
{
    private const ushort AttributeProlog = 1;

    public static ReferencedAssemblyModel? Parse(PortableExecutableReference reference)
    {
        try
        {
            return reference.GetMetadata() is AssemblyMetadata assembly ? Parse(assembly.GetModules()[0].GetMetadataReader()) : null;
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException)
        {
            // The compiler reports a reference that it cannot read; for the generator it has no jobs.
            return null;
        }
    }

    private static ReferencedAssemblyModel? Parse(MetadataReader reader)
    {
        if (!reader.IsAssembly)
        {
            return null;
        }

        var definition = reader.GetAssemblyDefinition();
        return ReferencedAttributes.ToModel(
            reader.GetString(definition.Name),
            definition.GetCustomAttributes().Select(handle => ParseAttribute(reader, reader.GetCustomAttribute(handle))));
    }

    private static (ReferencedAttributeKind Kind, string[] Arguments) ParseAttribute(MetadataReader reader, CustomAttribute attribute)
    {
        var kind = Classify(reader, attribute.Constructor);
        if (kind == ReferencedAttributeKind.Other)
        {
            return (kind, []);
        }

        var blob = reader.GetBlobReader(attribute.Value);
        if (blob.ReadUInt16() != AttributeProlog)
        {
            return (ReferencedAttributeKind.Other, []);
        }

        var arguments = new string[ReferencedAttributes.CountArguments(kind)];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = blob.ReadSerializedString() ?? "";
        }

        return (kind, arguments);
    }

    private static ReferencedAttributeKind Classify(MetadataReader reader, EntityHandle constructor)
    {
        if (constructor.Kind != HandleKind.MemberReference)
        {
            return ReferencedAttributeKind.Other;
        }

        var parent = reader.GetMemberReference((MemberReferenceHandle)constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
        {
            return ReferencedAttributeKind.Other;
        }

        var type = reader.GetTypeReference((TypeReferenceHandle)parent);
        return ReferencedAttributes.Classify(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }
}
