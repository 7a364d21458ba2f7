namespace Jobs.Generator.Tests.Validation;

internal enum RandomTypeKind
{
    Class,
    Record,
    Struct,
}
