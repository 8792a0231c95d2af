-- Sections in the order they are shown: in the title, in a heading, on word boundaries, anywhere; then BM25.
-- Those of one report stand together, the best report first. The numbers are those of the static index.
SELECT section, points
FROM
(
    SELECT section, report, year, points, max(points) OVER (PARTITION BY report) AS best
    FROM
    (
        SELECT section, report, year,
            multiIf(empty({words:Array(String)}), 0, titled, 3, $in_heading, 2, $on_words, 1, 0) * 1e4
            + $score AS points,
            report GLOBAL IN (
                SELECT report FROM $database.sections
                WHERE $matching
                    AND about = 1
                    AND $filters
            ) AS titled
        FROM $database.sections
        WHERE $matching
            AND about = 0
            AND $filters
            AND (empty({part:Array(String)}) OR has({part:Array(String)}, part))
    )
)
ORDER BY if({sort:String} = 'year', year, 0) DESC, best DESC, year DESC, report, points DESC, section
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
FORMAT JSON
