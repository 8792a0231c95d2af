-- Reports that have it in what they are called: title, year, unit, kind, role. The newest first.
SELECT report, name, title, year, unit, unit_name, kind, role, toUInt32(count() OVER ()) AS total
FROM $database.sections
WHERE $matching
    AND about = 1
    AND notEmpty({words:Array(String)})
    AND $filters
ORDER BY year DESC, report
LIMIT {limit:UInt32}
FORMAT JSON
