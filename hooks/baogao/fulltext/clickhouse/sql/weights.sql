-- What a query is weighed by: its grams with their rarity, which of its words are the office's own, and the numbers of BM25.
-- The client hands them back to the query that orders.
WITH
    (SELECT groupArray(term) FROM $database.terms
     WHERE build = {build:String} AND office AND has({words:Array(String)}, term)) AS known,
    arrayFlatten(arrayMap(word -> if(lengthUTF8(word) <= 2 OR has(known, word), [word], ngrams(word, 2)),
                          {words:Array(String)})) AS grams,
    (SELECT groupArray((term, passages)) FROM $database.terms
     WHERE build = {build:String} AND has(grams, term)) AS counted
SELECT known, grams,
    arrayMap(gram -> log(1 + (passages - counted.2[indexOf(counted.1, gram)] + 0.5)
        / (counted.2[indexOf(counted.1, gram)] + 0.5)), grams) AS rarities,
    [mean, k1, b] AS measure
FROM $database.builds
WHERE build = {build:String}
LIMIT 1
FORMAT JSON
