-- Differs from the last answer when another connection has committed in between. Reads no page of the file.
PRAGMA data_version
