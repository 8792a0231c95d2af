-- What is loaded last: sizes, and what the values of the facets are called.
WITH (SELECT build FROM $database.builds ORDER BY loaded DESC, build LIMIT 1) AS now
SELECT build, reports, sections, characters,
    (SELECT groupArray((facet, value, label))
     FROM (SELECT facet, value, label FROM $database.labels WHERE build = now ORDER BY facet, place)) AS labels
FROM $database.builds
WHERE build = now
LIMIT 1
FORMAT JSON
