-- Takes the write lock at once, so that the busy timeout applies and a read can never be too old to be followed by a write.
BEGIN IMMEDIATE
