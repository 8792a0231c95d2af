-- Which passages have every word and none of the unwanted ones. Included by the other queries.
-- LIKE takes its pairs of characters from the text index and is exact; so is hasAll for single characters.
build = {build:String}
    AND folded LIKE concat('%', replaceRegexpAll({words:Array(String)}[1], '[%_\\\\]', '\\\\\\0'), '%')
    AND folded LIKE concat('%', replaceRegexpAll({words:Array(String)}[2], '[%_\\\\]', '\\\\\\0'), '%')
    AND folded LIKE concat('%', replaceRegexpAll({words:Array(String)}[3], '[%_\\\\]', '\\\\\\0'), '%')
    AND folded LIKE concat('%', replaceRegexpAll({words:Array(String)}[4], '[%_\\\\]', '\\\\\\0'), '%')
    AND hasAll(arrayDistinct(ngrams(folded, 1)), arrayFilter(word -> lengthUTF8(word) = 1, {words:Array(String)}))
    AND arrayAll(word -> position(folded, word) > 0, arraySlice({words:Array(String)}, 5))
    AND NOT arrayExists(word -> position(folded, word) > 0, {without:Array(String)})
