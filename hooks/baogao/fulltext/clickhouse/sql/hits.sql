-- How many sections have it, and how many reports; whether this build is still there.
SELECT toUInt32(count()) AS total, toUInt32(uniqExact(report)) AS reports,
    (SELECT count() > 0 FROM $database.builds WHERE build = {build:String}) AS known
FROM $database.sections
WHERE $matching
    AND about = 0
    AND $filters
    AND (empty({part:Array(String)}) OR has({part:Array(String)}, part))
FORMAT JSON
