using Jobs;

namespace Native;

public sealed class NoGiftsToTheOffice : IJobInputValidator<Order>
{
    public IEnumerable<JobValidationError> Validate(Order input) =>
        input.Notes.ContainsKey("gift") ? [new JobValidationError("Notes", "No gifts.", "NoGifts")] : [];
}
