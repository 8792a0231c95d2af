-- 一台服务器的表。先运行一次；已经有的不动。
CREATE DATABASE IF NOT EXISTS $database;

CREATE TABLE IF NOT EXISTS $database.sections
(
$sections_columns
)
ENGINE = MergeTree
PARTITION BY build
ORDER BY section
-- 一次少读几行：要找的往往散在各处，每处都要读一段原文。
SETTINGS index_granularity = 256;

CREATE TABLE IF NOT EXISTS $database.terms
(
$terms_columns
)
ENGINE = MergeTree
PARTITION BY build
ORDER BY term;

CREATE TABLE IF NOT EXISTS $database.labels
(
$labels_columns
)
ENGINE = MergeTree
PARTITION BY build
ORDER BY (facet, place);

CREATE TABLE IF NOT EXISTS $database.builds
(
$builds_columns
)
ENGINE = MergeTree
PARTITION BY build
ORDER BY build;
