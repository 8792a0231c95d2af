-- The table of folding, as the client takes it.
SELECT folding
FROM $database.builds
WHERE build = {build:String}
LIMIT 1
FORMAT JSON
