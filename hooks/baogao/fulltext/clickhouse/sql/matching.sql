-- Which passages have every word and none of the unwanted ones. Included by the other queries.
-- LIKE takes its pairs of characters from the text index and is exact; so is hasAll for single characters. What is not asked is constant,
-- and costs nothing.
build = {build:String}
    AND (lengthUTF8({words:Array(String)}[1]) <= 1 OR folded LIKE concat('%', replaceRegexpAll({words:Array(String)}[1], '[%_\\\\]', '\\\\\\0'), '%'))
    AND (lengthUTF8({words:Array(String)}[2]) <= 1 OR folded LIKE concat('%', replaceRegexpAll({words:Array(String)}[2], '[%_\\\\]', '\\\\\\0'), '%'))
    AND (lengthUTF8({words:Array(String)}[3]) <= 1 OR folded LIKE concat('%', replaceRegexpAll({words:Array(String)}[3], '[%_\\\\]', '\\\\\\0'), '%'))
    AND (lengthUTF8({words:Array(String)}[4]) <= 1 OR folded LIKE concat('%', replaceRegexpAll({words:Array(String)}[4], '[%_\\\\]', '\\\\\\0'), '%'))
    AND (empty(arrayFilter(word -> lengthUTF8(word) = 1, {words:Array(String)}))
        OR hasAll(arrayDistinct(ngrams(folded, 1)), arrayFilter(word -> lengthUTF8(word) = 1, {words:Array(String)})))
    AND (length({words:Array(String)}) <= 4 OR arrayAll(word -> position(folded, word) > 0, arraySlice({words:Array(String)}, 5)))
    AND (empty({without:Array(String)}) OR NOT arrayExists(word -> position(folded, word) > 0, {without:Array(String)}))
