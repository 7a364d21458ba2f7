-- What occurs among which jobs: a row for each value that any job of a block of 1024 numbers has, so that a list by what is rare looks at
-- the blocks in which it occurs. An index would cost a row per job; this costs nothing for a job like the ones before it. A mark may
-- outlive the jobs that it speaks of: it says where to look, not what is there.
-- kind 1: a lane; 2: a priority; 3: a tag; 4: a submitter; 5: the hour of creation.
CREATE TABLE jobs_mark (
    kind  INTEGER NOT NULL,
    value ANY NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (kind, value, block)
) STRICT, WITHOUT ROWID;

CREATE INDEX jobs_mark_block ON jobs_mark (block);

INSERT INTO jobs_mark (kind, value, block)
SELECT DISTINCT 1, lane, job >> 10 FROM jobs_job
UNION SELECT DISTINCT 2, priority, job >> 10 FROM jobs_job
UNION SELECT DISTINCT 3, t.value, j.job >> 10 FROM jobs_job j, json_each(j.tags) t
UNION SELECT DISTINCT 4, submitter, job >> 10 FROM jobs_job WHERE submitter IS NOT NULL
UNION SELECT DISTINCT 5, created_at / 36000000000, job >> 10 FROM jobs_job;
