-- 几台服务器的表：每台在 config.d 里写好 macros（cluster、shard、replica）和 remote_servers，并有 ClickHouse Keeper；在一台上运行一次。
-- 各节按报告分在各片，每片有副本；字表、词表、名称不大，每台都有一份。
CREATE DATABASE IF NOT EXISTS $database ON CLUSTER '{cluster}';

CREATE TABLE IF NOT EXISTS $database.sections_local ON CLUSTER '{cluster}'
(
$sections_columns
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/$database/sections', '{replica}')
PARTITION BY build
ORDER BY section
-- 一次少读几行：要找的往往散在各处，每处都要读一段原文。
SETTINGS index_granularity = 256;

CREATE TABLE IF NOT EXISTS $database.sections ON CLUSTER '{cluster}' AS $database.sections_local
ENGINE = Distributed('{cluster}', '$database', 'sections_local', cityHash64(name));

CREATE TABLE IF NOT EXISTS $database.terms ON CLUSTER '{cluster}'
(
$terms_columns
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/$database/terms', '{shard}-{replica}')
PARTITION BY build
ORDER BY term;

CREATE TABLE IF NOT EXISTS $database.labels ON CLUSTER '{cluster}'
(
$labels_columns
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/$database/labels', '{shard}-{replica}')
PARTITION BY build
ORDER BY (facet, place);

CREATE TABLE IF NOT EXISTS $database.builds ON CLUSTER '{cluster}'
(
$builds_columns
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/$database/builds', '{shard}-{replica}')
PARTITION BY build
ORDER BY build;
