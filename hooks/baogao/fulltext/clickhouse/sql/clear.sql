-- 列出最近一次以外的旧数据，写成删除的语句：clickhouse-client --multiquery < clear.sql | clickhouse-client --multiquery
SELECT concat('ALTER TABLE $database.', name, '$on_cluster_quoted DROP PARTITION ''', build, ''';')
FROM
(
    SELECT build FROM $database.builds ORDER BY loaded DESC, build LIMIT 1000 OFFSET 1
) AS old
CROSS JOIN
(
    SELECT arrayJoin(['builds', 'labels', 'terms', '$sections']) AS name
) AS tables
FORMAT TSVRaw;
