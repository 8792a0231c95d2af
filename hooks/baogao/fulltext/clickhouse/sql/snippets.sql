-- The texts of some sections, as written: what the client cuts its snippets from.
SELECT section, report, name, title, year, unit, unit_name, kind, role, part, anchor, heading, text
FROM $database.sections
WHERE build = {build:String}
    AND section IN {sections:Array(UInt32)}
ORDER BY section
FORMAT JSON
