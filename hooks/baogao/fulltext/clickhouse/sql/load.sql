-- 装入这一次导出（$build）。在导出的目录里运行：clickhouse-client --multiquery < load.sql
-- 装好以前，读者查到的还是上一次的；最后一句一执行就换过来。中途失败的，从头再运行一遍。
ALTER TABLE $database.$sections$on_cluster DROP PARTITION '$build';
ALTER TABLE $database.terms$on_cluster DROP PARTITION '$build';
ALTER TABLE $database.labels$on_cluster DROP PARTITION '$build';
ALTER TABLE $database.builds$on_cluster DROP PARTITION '$build';

INSERT INTO $database.sections FROM INFILE 'data/sections-*.ndjson.gz' FORMAT JSONEachRow;

INSERT INTO $database.labels FROM INFILE 'data/labels.ndjson.gz' FORMAT JSONEachRow;

INSERT INTO $database.terms FROM INFILE 'data/terms.ndjson.gz' FORMAT JSONEachRow;

-- 数一数每个字、每两个相连的字在几节里有，排序用。
INSERT INTO $database.terms
SELECT '$build', gram, 0, count()
FROM
(
    SELECT arrayJoin(arrayDistinct(arrayConcat(ngrams(folded, 1), ngrams(folded, 2)))) AS gram
    FROM $database.sections
    WHERE build = '$build'
)
WHERE position(gram, '\n') = 0
GROUP BY gram;

INSERT INTO $database.builds FROM INFILE 'data/builds.ndjson.gz' FORMAT JSONEachRow;
