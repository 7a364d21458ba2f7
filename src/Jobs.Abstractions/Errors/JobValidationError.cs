namespace Jobs;

/// <summary>One rule that an input breaks.</summary>
/// <param name="Member">A path such as <c>Lines[2].Sku</c>; empty for the input as a whole.</param>
/// <param name="Message">What is wrong, as the framework's validator would say it.</param>
/// <param name="Rule">The rule: the attribute's name without its suffix, such as <c>EmailAddress</c>; <c>Json</c> for text that is not such an input.</param>
public sealed record JobValidationError(string Member, string Message, string Rule);
