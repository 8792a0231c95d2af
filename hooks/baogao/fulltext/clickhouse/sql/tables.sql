-- 一台服务器的表。先运行一次；已经有的不动。
CREATE DATABASE IF NOT EXISTS $database;

CREATE TABLE IF NOT EXISTS $database.sections
(
$sections_columns
)
ENGINE = MergeTree
PARTITION BY build
ORDER BY section;

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
